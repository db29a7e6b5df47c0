"""Addresses of summary reports."""

from django.urls import path

from campaign.summary import views

app_name = "summary"
urlpatterns = [
    path("summaries/", views.ReportList.as_view(), name="report_list"),
    path("summaries/write/", views.write, name="write"),
    path("summaries/<int:pk>/", views.report, name="report"),
    path("summaries/<int:pk>/file/", views.file_report, name="file"),
]
