"""Addresses of surveys; the ballot is public."""

from django.urls import path

from campaign.survey.views import ballot, lists, pages, results

app_name = "survey"
urlpatterns = [
    path("ballot/", ballot.ballot, name="ballot"),
    path("ballot/thanks/", ballot.thanks, name="thanks"),
    path("surveys/", lists.SurveyList.as_view(), name="survey_list"),
    path("surveys/new/", pages.survey_new, name="survey_new"),
    path("surveys/<int:pk>/", pages.survey, name="survey"),
    path("surveys/<int:pk>/edit/", pages.survey_edit, name="survey_edit"),
    path("surveys/<int:pk>/discard/", pages.survey_discard, name="survey_discard"),
    path("surveys/<int:pk>/open/", pages.survey_open, name="survey_open"),
    path("surveys/<int:pk>/close/", pages.survey_close, name="survey_close"),
    path("surveys/<int:pk>/codes/", pages.codes_new, name="codes"),
    path("surveys/<int:pk>/paper/<str:respondents>/", pages.paper, name="paper"),
    path("surveys/<int:pk>/form/", pages.paper_form, name="paper_form"),
    path("surveys/<int:pk>/result/", results.result, name="result"),
    path("surveys/<int:pk>/result/export/", results.export, name="result_export"),
]
