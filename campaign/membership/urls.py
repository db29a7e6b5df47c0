"""Addresses of finding and gaining members."""

from django.urls import path

from campaign.membership import applicant_views, report_views, views

app_name = "membership"
urlpatterns = [
    path("membership/searches/", views.SearchList.as_view(), name="search_list"),
    path("membership/searches/<int:pk>/", views.search_page, name="search"),
    path("membership/searches/<int:pk>/edit/", views.CorrectSearch.as_view(), name="search_edit"),
    path("membership/searches/<int:pk>/step/", views.EnterStep.as_view(), name="search_step"),
    path("membership/searches/<int:pk>/close/", views.CloseSearch.as_view(), name="search_close"),
    path("membership/searches/<int:pk>/reopen/", views.ReopenSearch.as_view(), name="search_reopen"),
    path("membership/steps/<int:pk>/edit/", views.CorrectStep.as_view(), name="step_edit"),
    path("membership/members/<int:pk>/search/", views.OpenSearch.as_view(), name="search_new"),
    path("membership/contact/", views.ContactList.as_view(), name="contact_list"),
    path("membership/applicants/", applicant_views.ApplicantList.as_view(), name="applicant_list"),
    path("membership/applicants/<int:pk>/", applicant_views.applicant_page, name="applicant"),
    path("membership/applicants/<int:pk>/edit/", applicant_views.CorrectApplicant.as_view(), name="applicant_edit"),
    path("membership/applicants/<int:pk>/admit/", applicant_views.AdmitApplicant.as_view(), name="applicant_admit"),
    path(
        "membership/applicants/<int:pk>/withdraw/",
        applicant_views.WithdrawApplicant.as_view(),
        name="applicant_withdraw",
    ),
    path(
        "membership/applicants/new/<int:organization>/",
        applicant_views.NewApplicant.as_view(),
        name="applicant_new",
    ),
    path("membership/nodes/<int:pk>/<slug:name>/", report_views.report, name="report"),
]
