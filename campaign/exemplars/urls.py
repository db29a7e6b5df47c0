"""Addresses of models."""

from django.urls import path

from campaign.exemplars import views

app_name = "exemplars"
urlpatterns = [
    path("models/", views.ModelList.as_view(), name="exemplar_list"),
    path("models/new/", views.Nominate.as_view(), name="nominate"),
    path("models/collection/", views.collection, name="collection"),
    path("models/<int:pk>/", views.exemplar, name="exemplar"),
    path("models/<int:pk>/deeds/", views.TellDeeds.as_view(), name="deeds"),
    path("models/<int:pk>/verify/", views.Verify.as_view(), name="verify"),
    path("models/<int:pk>/consent/", views.Consent.as_view(), name="consent"),
    path("models/<int:pk>/publicise/", views.Publicise.as_view(), name="publicise"),
    path("models/<int:pk>/present/", views.Present.as_view(), name="present"),
    path("models/<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
]
