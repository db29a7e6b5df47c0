"""Addresses of campaigns and calendars."""

from django.urls import path

from campaign.plan import calendars, pages, views

app_name = "plan"
urlpatterns = [
    path("calendar/", calendars.CalendarList.as_view(), name="calendar"),
    path("calendar/<int:pk>/", calendars.UnitCalendar.as_view(), name="unit_calendar"),
    path("calendar/<int:pk>/change/", calendars.ChangeDates.as_view(), name="change"),
    path("calendar/<int:pk>/undo/", calendars.UndoChange.as_view(), name="undo"),
    path("calendar/<int:pk>/peaks/", calendars.AddPeak.as_view(), name="peak_add"),
    path("calendar/<int:pk>/peaks/<int:peak>/remove/", calendars.RemovePeak.as_view(), name="peak_remove"),
    path("calendar/in-step/", pages.InStepList.as_view(), name="in_step"),
    path("calendar/guidance/", pages.OwnGuidanceList.as_view(), name="own_guidance"),
    path("calendar/<int:pk>/guidance/", pages.UnitGuidancePage.as_view(), name="unit_guidance"),
    path("calendar/<int:pk>/guidance/change/", pages.ChangeGuidance.as_view(), name="change_guidance"),
    path("campaigns/", views.CampaignList.as_view(), name="campaign_list"),
    path("campaigns/launch/", views.LaunchPage.as_view(), name="launch"),
    path("campaigns/<slug:code>/", views.CampaignPage.as_view(), name="campaign"),
    path("campaigns/<slug:code>/starting/", views.Starting.as_view(), name="starting"),
    path("campaigns/<slug:code>/guidance/", pages.GuidancePage.as_view(), name="guidance"),
    path("campaigns/<slug:code>/choose/", views.ChooseCampaign.as_view(), name="choose"),
]
