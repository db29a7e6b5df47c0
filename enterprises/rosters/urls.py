"""Addresses of rosters."""

from django.urls import path

from enterprises.rosters import views

app_name = "rosters"
urlpatterns = [
    path("rosters/", views.Start.as_view(), name="start"),
    path("rosters/<int:pk>/", views.RunPage.as_view(), name="run"),
    path("rosters/<int:pk>/job/", views.Job.as_view(), name="job"),
    path("rosters/<int:pk>/write/", views.Write.as_view(), name="write"),
    path("rosters/<int:pk>/cancel/", views.Cancel.as_view(), name="cancel"),
    path("rosters/<int:pk>/again/", views.Again.as_view(), name="again"),
    path("rosters/<int:pk>/errors/", views.ErrorSheet.as_view(), name="error_sheet"),
    path("rosters/export/<str:kind>.<str:ending>", views.Export.as_view(), name="export"),
]
