"""Addresses of exports."""

from django.urls import path

from enterprises.exporting import views

app_name = "exports"
urlpatterns = [
    path("exports/", views.ExportList.as_view(), name="list"),
    path("exports/order/", views.Order.as_view(), name="order"),
    path("exports/<int:pk>/", views.ExportPage.as_view(), name="run"),
    path("exports/<int:pk>/job/", views.Job.as_view(), name="job"),
    path("exports/<int:pk>/file/", views.Download.as_view(), name="file"),
    path("exports/<int:pk>/cancel/", views.Cancel.as_view(), name="cancel"),
    path("exports/<int:pk>/again/", views.Again.as_view(), name="again"),
]
