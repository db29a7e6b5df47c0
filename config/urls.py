"""Addresses: one ``include`` for each room."""

from django.urls import include, path

urlpatterns = [
    path("", include("campaign.overview.urls")),
    path("", include("enterprises.signin.urls")),
]
