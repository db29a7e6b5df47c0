"""Addresses of phase transitions."""

from django.urls import path

from campaign.gates import lists, views

app_name = "gates"
urlpatterns = [
    path("gates/", lists.UnitList.as_view(), name="unit_list"),
    path("gates/forced/", lists.ForcedList.as_view(), name="forced"),
    path("gates/<int:pk>/", views.UnitPage.as_view(), name="unit"),
    path("gates/<int:pk>/look-back/", views.LookBack.as_view(), name="look_back"),
    path("gates/<int:pk>/ask/", views.Ask.as_view(), name="ask"),
    path("gates/<int:pk>/pass/", views.LetPass.as_view(), name="pass"),
    path("gates/<int:pk>/refuse/", views.Refuse.as_view(), name="refuse"),
    path("gates/<int:pk>/make-up/", views.SendToMakeUp.as_view(), name="make_up"),
    path("gates/<int:pk>/undo/", views.Undo.as_view(), name="undo"),
]
