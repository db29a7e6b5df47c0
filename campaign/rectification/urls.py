"""Addresses of rectification."""

from django.urls import path

from campaign.rectification import plan_views, views

app_name = "rectification"
urlpatterns = [
    path("rectification/", views.ItemList.as_view(), name="item_list"),
    path("rectification/top/", views.TopList.as_view(), name="top"),
    path("rectification/new/<int:organization>/", views.NewItem.as_view(), name="item_new"),
    path("rectification/<int:pk>/", views.item_page, name="item"),
    path("rectification/<int:pk>/edit/", views.EditItem.as_view(), name="item_edit"),
    path("rectification/<int:pk>/start/", views.StartItem.as_view(), name="item_start"),
    path("rectification/<int:pk>/finish/", views.FinishItem.as_view(), name="item_finish"),
    path("rectification/<int:pk>/reopen/", views.ReopenItem.as_view(), name="item_reopen"),
    path("rectification/<int:pk>/withdraw/", views.WithdrawItem.as_view(), name="item_withdraw"),
    path("rectification/<int:pk>/files/", views.AddProof.as_view(), name="proof_add"),
    path("rectification/files/<int:pk>/", views.proof, name="proof"),
    path("rectification/plans/", plan_views.PlanList.as_view(), name="plan_list"),
    path("rectification/plans/new/<int:organization>/", plan_views.NewPlan.as_view(), name="plan_new"),
    path("rectification/plans/<int:pk>/", plan_views.plan_page, name="plan"),
    path("rectification/plans/<int:pk>/edit/", plan_views.EditPlan.as_view(), name="plan_edit"),
    path("rectification/plans/<int:pk>/submit/", plan_views.SubmitPlan.as_view(), name="plan_submit"),
    path("rectification/plans/<int:pk>/review/", plan_views.ReviewPlan.as_view(), name="plan_review"),
    path("rectification/plans/<int:pk>/approve/", plan_views.ApprovePlan.as_view(), name="plan_approve"),
    path("rectification/plans/<int:pk>/return/", plan_views.ReturnPlan.as_view(), name="plan_return"),
    path("rectification/members/<int:pk>/", plan_views.measures, name="measures"),
    path("rectification/members/<int:pk>/new/", plan_views.NewMeasure.as_view(), name="measure_new"),
    path("rectification/measures/<int:pk>/done/", plan_views.FinishMeasure.as_view(), name="measure_done"),
]
