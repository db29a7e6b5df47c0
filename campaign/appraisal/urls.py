"""Addresses of talks, analyses, life meetings, appraisals, corrections and notices."""

from django.urls import path

from campaign.appraisal.views import analyses, appraisals, corrections, life, notices, talks

app_name = "appraisal"
urlpatterns = [
    path("talks/", talks.TalkList.as_view(), name="talks"),
    path("talks/nobody/", talks.UntalkedList.as_view(), name="untalked"),
    path("talks/new/", talks.talk_new, name="talk_new"),
    path("talks/<int:pk>/withdraw/", talks.talk_withdraw, name="talk_withdraw"),
    path("analyses/", analyses.analyses, name="analyses"),
    path("analyses/<int:pk>/", analyses.analysis, name="analysis"),
    path("analyses/<int:pk>/withdraw/", analyses.analysis_withdraw, name="analysis_withdraw"),
    path("members/<int:member>/analysis/", analyses.analysis_write, name="analysis_write"),
    path("life-meetings/", life.LifeMeetingList.as_view(), name="life_meetings"),
    path("meetings/<int:meeting>/quality/", life.quality, name="quality"),
    path("appraisals/", appraisals.appraisals, name="appraisals"),
    path("appraisals/all/", appraisals.AppraisalList.as_view(), name="appraisal_list"),
    path("appraisals/<int:pk>/", appraisals.appraisal, name="appraisal"),
    path("appraisals/<int:pk>/feedback/", appraisals.feedback, name="feedback"),
    path("appraisals/<int:pk>/acknowledge/", appraisals.acknowledge, name="acknowledge"),
    path("appraisals/<int:pk>/reply/", appraisals.reply, name="reply"),
    path("appraisals/<int:pk>/withdraw/", appraisals.appraisal_withdraw, name="appraisal_withdraw"),
    path("members/<int:member>/appraisal/", appraisals.appraisal_write, name="appraisal_write"),
    path("corrections/", corrections.CorrectionList.as_view(), name="corrections"),
    path("corrections/new/", corrections.correction_new, name="correction_new"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("appraisal-notices/", notices.NoticeList.as_view(), name="notices"),
    path("appraisal-notices/new/", notices.notice_new, name="notice_new"),
    path("appraisal-notices/<int:pk>/", notices.notice, name="notice"),
    path("appraisal-notices/<int:pk>/withdraw/", notices.notice_withdraw, name="notice_withdraw"),
]
