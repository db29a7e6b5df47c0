"""Addresses of filings."""

from django.urls import path

from campaign.filings import views

app_name = "filings"
urlpatterns = [
    path("filings/", views.FilingList.as_view(), name="filing_list"),
    path("filings/new/", views.filing_new, name="filing_new"),
    path("filings/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("filings/<int:pk>/file/", views.attachment, name="attachment"),
]
