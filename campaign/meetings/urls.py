"""Addresses of meetings."""

from django.urls import path

from campaign.meetings.views import log, pages

app_name = "meetings"
urlpatterns = [
    path("meetings/", pages.MeetingList.as_view(), name="meeting_list"),
    path("meetings/new/", log.meeting_new, name="meeting_new"),
    path("meetings/new/part/", log.meeting_part, name="meeting_part"),
    path("meetings/<int:pk>/", pages.detail, name="detail"),
    path("meetings/<int:pk>/edit/", log.meeting_edit, name="edit"),
    path("meetings/<int:pk>/reasons/", log.meeting_reasons, name="reasons"),
    path("meetings/<int:pk>/confirm/", pages.confirm, name="confirm"),
    path("meetings/<int:pk>/discard/", pages.discard, name="discard"),
    path("meetings/<int:pk>/addendum/", pages.addendum, name="addendum"),
    path("meetings/<int:pk>/attach/", pages.attach, name="attach"),
    path("meetings/<int:pk>/record/", pages.record, name="record"),
    path("meetings/attachments/<int:pk>/", pages.attachment, name="attachment"),
    path("meetings/exclusions/<int:organization>/", pages.exclusions, name="exclusions"),
]
