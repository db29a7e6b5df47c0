"""Addresses of leadership."""

from django.urls import path

from campaign.leadership.views import bodies, leaders, organizations, plans, training

app_name = "leadership"
urlpatterns = [
    path("leadership/", organizations.OrganizationList.as_view(), name="organization_list"),
    path("leadership/conditions/", organizations.SupportList.as_view(), name="support_list"),
    path("leadership/<int:pk>/", organizations.OrganizationPage.as_view(), name="organization"),
    path("leadership/owed/", organizations.owed_own, name="owed_own"),
    path("leadership/<int:pk>/owed/", organizations.owed_part, name="owed"),
    path("leadership/<int:pk>/group/", bodies.Group.as_view(), name="group"),
    path("leadership/groups/<int:pk>/head/", bodies.Head.as_view(), name="head"),
    path("leadership/groups/<int:pk>/seats/new/", bodies.NewSeat.as_view(), name="seat_new"),
    path("leadership/seats/<int:pk>/end/", bodies.EndSeat.as_view(), name="seat_end"),
    path("leadership/<int:pk>/office/", bodies.Office.as_view(), name="office"),
    path("leadership/offices/<int:pk>/staff/new/", bodies.NewStaff.as_view(), name="staff_new"),
    path("leadership/staff/<int:pk>/end/", bodies.EndStaff.as_view(), name="staff_end"),
    path("leadership/<int:pk>/responsible/", bodies.StandIn.as_view(), name="stand_in"),
    path("leadership/<int:pk>/administrative-head/", bodies.AdminHead.as_view(), name="admin_head"),
    path("leadership/responsible/<int:pk>/end/", bodies.EndResponsibility.as_view(), name="responsibility_end"),
    path("leadership/plans/", plans.PlanList.as_view(), name="plan_list"),
    path("leadership/<int:pk>/plans/new/", plans.WritePlan.as_view(), name="plan_new"),
    path("leadership/plans/<int:pk>/", plans.PlanPage.as_view(), name="plan"),
    path("leadership/plans/<int:pk>/decide/", plans.MovePlan.as_view(), name="plan_move"),
    path("leadership/plans/versions/<int:pk>/file/", plans.plan_file, name="plan_file"),
    path("leadership/trainings/", training.TrainingList.as_view(), name="training_list"),
    path("leadership/untrained/", training.UntrainedList.as_view(), name="untrained_list"),
    path("leadership/<int:pk>/trainings/new/", training.NewTraining.as_view(), name="training_new"),
    path("leadership/trainings/<int:pk>/", training.TrainingPage.as_view(), name="training"),
    path("leadership/trainings/<int:pk>/file/", training.training_file, name="training_file"),
    path("leadership/trainees/<int:pk>/undo/", training.SignOut.as_view(), name="trainee_undo"),
    path("leadership/leaders/", leaders.LeaderList.as_view(), name="leader_list"),
    path("leadership/leaders/<int:pk>/", leaders.Sheet.as_view(), name="sheet"),
    path("leadership/<int:pk>/facts/new/", leaders.NewFact.as_view(), name="fact_new"),
    path("leadership/facts/<int:pk>/withdraw/", leaders.WithdrawFact.as_view(), name="fact_withdraw"),
    path("leadership/points/", leaders.PointList.as_view(), name="point_list"),
    path("leadership/<int:pk>/points/new/", leaders.NewPoint.as_view(), name="point_new"),
    path("leadership/points/<int:pk>/", leaders.PointPage.as_view(), name="point"),
    path("leadership/points/<int:pk>/visits/new/", leaders.NewVisit.as_view(), name="visit_new"),
    path("leadership/points/<int:pk>/end/", leaders.EndPoint.as_view(), name="point_end"),
    path("leadership/points/<int:pk>/put-forward/", leaders.PutForward.as_view(), name="point_forward"),
    path("leadership/points/<int:pk>/decide/", leaders.Decide.as_view(), name="point_decide"),
]
