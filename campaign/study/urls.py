"""Addresses of study."""

from django.urls import path

from campaign.study import views

app_name = "study"
urlpatterns = [
    path("makeups/", views.MakeUpList.as_view(), name="makeup_list"),
    path("makeups/new/", views.makeup_new, name="makeup_new"),
    path("makeups/<int:pk>/undo/", views.makeup_undo, name="makeup_undo"),
    path("study/hours/", views.hours, name="hours"),
    path("study/figures/", views.figures, name="figures"),
]
