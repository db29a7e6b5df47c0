"""Addresses of services."""

from django.urls import path

from campaign.services import record_views, views

app_name = "services"
urlpatterns = [
    path("services/", views.home, name="home"),
    path("services/commitments/", views.CommitmentList.as_view(), name="commitment_list"),
    path("services/commitments/new/<int:organization>/", record_views.NewCommitment.as_view(), name="commitment_new"),
    path("services/commitments/<int:pk>/", record_views.commitment, name="commitment"),
    path("services/commitments/<int:pk>/edit/", record_views.EditCommitment.as_view(), name="commitment_edit"),
    path("services/commitments/<int:pk>/check/", record_views.NewCheck.as_view(), name="commitment_check"),
    path("services/issues/", views.IssueList.as_view(), name="issue_list"),
    path("services/issues/new/<int:organization>/", record_views.NewIssue.as_view(), name="issue_new"),
    path("services/issues/<int:pk>/", record_views.issue, name="issue"),
    path("services/issues/<int:pk>/edit/", record_views.EditIssue.as_view(), name="issue_edit"),
    path("services/issues/<int:pk>/step/", record_views.NewStep.as_view(), name="issue_step"),
    path("services/lines/", views.LineList.as_view(), name="line_list"),
    path("services/lines/new/<int:organization>/", record_views.NewLine.as_view(), name="line_new"),
    path("services/lines/<int:pk>/edit/", record_views.EditLine.as_view(), name="line_edit"),
    path("services/activities/", views.ActivityList.as_view(), name="activity_list"),
    path("services/activities/new/<int:organization>/", record_views.NewActivity.as_view(), name="activity_new"),
    path("services/activities/<int:pk>/edit/", record_views.EditActivity.as_view(), name="activity_edit"),
    path("services/rules/", views.RuleList.as_view(), name="rule_list"),
    path("services/rules/new/<int:organization>/", record_views.NewRule.as_view(), name="rule_new"),
    path("services/rules/<int:pk>/edit/", record_views.EditRule.as_view(), name="rule_edit"),
]
