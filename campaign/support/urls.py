"""Addresses of support of the grass roots."""

from django.urls import path

from campaign.support.views import burden, care, difficulties, home, proposals, weak

app_name = "support"
urlpatterns = [
    path("support/", home.home, name="home"),
    path("support/owed/", home.owed_own, name="owed_own"),
    path("support/<int:pk>/owed/", home.owed, name="owed"),
    path("support/<int:pk>/figures/", home.NodeFigures.as_view(), name="figures"),
    path("support/weak/", weak.WeakList.as_view(), name="weak_list"),
    path("support/weak/new/<int:organization>/", weak.OpenWeak.as_view(), name="weak_new"),
    path("support/weak/<int:pk>/", weak.weak_page, name="weak"),
    path("support/weak/<int:pk>/measure/", weak.AddMeasure.as_view(), name="measure_new"),
    path("support/weak/<int:pk>/report/", weak.ReportImproved.as_view(), name="weak_report"),
    path("support/weak/<int:pk>/accept/", weak.AcceptImproved.as_view(), name="weak_accept"),
    path("support/weak/<int:pk>/send-back/", weak.SendBack.as_view(), name="weak_return"),
    path("support/weak/<int:pk>/reopen/", weak.ReopenWeak.as_view(), name="weak_reopen"),
    path("support/weak/<int:pk>/withdraw/", weak.WithdrawWeak.as_view(), name="weak_withdraw"),
    path("support/measures/<int:pk>/withdraw/", weak.WithdrawMeasure.as_view(), name="measure_withdraw"),
    path("support/proposals/", proposals.ProposalList.as_view(), name="proposal_list"),
    path("support/proposals/<int:pk>/dismiss/", proposals.Dismiss.as_view(), name="proposal_dismiss"),
    path("support/dismissed/", proposals.DismissedList.as_view(), name="dismissed_list"),
    path("support/dismissed/<int:pk>/undo/", proposals.UndoDismissal.as_view(), name="dismissal_undo"),
    path("support/requests/", difficulties.RequestList.as_view(), name="request_list"),
    path("support/requests/new/<int:organization>/", difficulties.NewRequest.as_view(), name="request_new"),
    path("support/requests/<int:pk>/", difficulties.request_page, name="request"),
    path("support/requests/<int:pk>/edit/", difficulties.EditRequest.as_view(), name="request_edit"),
    path("support/requests/<int:pk>/answer/", difficulties.AnswerRequest.as_view(), name="request_answer"),
    path("support/requests/<int:pk>/solve/", difficulties.SolveRequest.as_view(), name="request_solve"),
    path("support/requests/<int:pk>/refuse/", difficulties.RefuseRequest.as_view(), name="request_refuse"),
    path("support/requests/<int:pk>/reopen/", difficulties.ReopenRequest.as_view(), name="request_reopen"),
    path("support/requests/<int:pk>/withdraw/", difficulties.WithdrawRequest.as_view(), name="request_withdraw"),
    path("support/care/<int:organization>/", care.records, name="care_list"),
    path("support/care/<int:organization>/new/", care.NewCare.as_view(), name="care_new"),
    path("support/care/records/<int:pk>/", care.record, name="care"),
    path("support/care/records/<int:pk>/withdraw/", care.WithdrawCare.as_view(), name="care_withdraw"),
    path("support/care/<int:organization>/totals/", care.totals, name="care_totals"),
    path("support/burden/<int:organization>/", burden.burden, name="burden"),
]
