"""Addresses of mechanisms and regulations."""

from django.urls import path

from campaign.mechanisms import views

app_name = "mechanisms"
urlpatterns = [
    path("mechanisms/", views.MechanismList.as_view(), name="mechanism_list"),
    path("mechanisms/new/<int:organization>/", views.NewMechanism.as_view(), name="mechanism_new"),
    path("mechanisms/<int:pk>/", views.mechanism, name="mechanism"),
    path("mechanisms/<int:pk>/move/", views.MoveMechanism.as_view(), name="move"),
    path("mechanisms/<int:pk>/review/", views.ReviewMechanism.as_view(), name="review"),
    path("regulations/", views.RegulationList.as_view(), name="regulation_list"),
    path("regulations/new/<int:organization>/", views.NewRegulation.as_view(), name="regulation_new"),
    path("regulations/<int:pk>/", views.CorrectRegulation.as_view(), name="regulation"),
]
