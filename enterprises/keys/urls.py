"""Addresses of keys. What stands on paper is short."""

from django.urls import path

from enterprises.keys import views

app_name = "keys"
urlpatterns = [
    path("k/", views.door, name="door"),
    path("k/<slug:code>/", views.door, name="open"),
    path("organizations/<int:organization>/keys/", views.sheet, name="sheet"),
    path("keys/<int:pk>/revoke/", views.revoke, name="revoke"),
]
