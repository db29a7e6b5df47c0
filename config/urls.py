"""Addresses: one ``include`` for each room."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="signin:menu"), name="start"),
    path("", include("enterprises.signin.urls")),
]
