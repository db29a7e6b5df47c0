"""Appraisals: the branch's list, writing, feeding back, and the member's answer (items 64, 66)."""

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.appraisal import standing
from campaign.appraisal.access import keeps_texts
from campaign.appraisal.actions import appraisals as actions
from campaign.appraisal.forms import AppraisalForm, FeedbackForm, PaperFeedbackForm, ReasonForm, ReplyForm
from campaign.appraisal.models import AppraisalOpinion, AppraisalReply, AppraisalVersion, CorrectionRequest
from campaign.appraisal.secrecy import note_read, restricted
from campaign.appraisal.views.shared import branch_recorded_for, campaign_in_hand, campaign_name, ticked
from campaign.meetings.models import Meeting
from campaign.plan.current import campaign_of
from campaign.plan.models import Campaign
from enterprises.access import roles
from enterprises.action import ActionError
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Account, Member, Organization


def _meetings(account: Account, branch: Organization, campaign: Campaign) -> QuerySet:
    """The confirmed meetings that may have agreed the branch's appraisals, the latest first."""
    held = Meeting.objects.visible_to(account).filter(
        organization=branch,
        state=Meeting.State.CONFIRMED,
        kind__in=actions.kinds_agreeing(branch),
        held_on__gte=campaign.launched_on,
    )
    return held.defer("due_ids", "voter_ids", "gist").order_by("-held_on", "-pk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appraisals(request: HttpRequest) -> HttpResponse:
    """Whose appraisal was fed back; ticking those to whom one on paper was given."""
    branch = branch_recorded_for(request)
    campaign = campaign_in_hand(request)
    meetings = _meetings(request.user, branch, campaign)
    form = PaperFeedbackForm(request.POST if request.method == "POST" else None, meetings=meetings)
    chosen = ticked(request)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.feed_back_on_paper(
                by=request.user,
                campaign=campaign,
                organization=branch,
                meeting=told["meeting"],
                way=told["way"],
                days=dict.fromkeys(chosen, told["day"]),
                submission=told["submission"],
            )
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            words = ngettext("%(n)d appraisal is noted.", "%(n)d appraisals are noted.", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect(request.get_full_path())
    context = {"organization": branch, "campaign": campaign, "form": form, "chosen": chosen}
    context |= _branch_context(request, branch, campaign) | {"has_meeting": meetings.exists()}
    return render(request, "appraisal/appraisals.html", context)


def _branch_context(request: HttpRequest, branch: Organization, campaign: Campaign) -> dict:
    seen = set(Member.objects.visible_to(request.user).filter(branch=branch).values_list("pk", flat=True))
    readable = AppraisalOpinion.objects.visible_to(request.user).filter(
        campaign=campaign, member__branch=branch, withdrawn_on=None
    )
    by_member = {appraisal.member_id: appraisal for appraisal in readable}
    rows = [
        {"standing": s, "appraisal": by_member.get(s.member.pk)}
        for s in standing.of_appraisals(campaign, branch)
        if s.member.pk in seen
    ]
    return {
        "rows": rows,
        "open": [r for r in rows if not r["standing"].started],
        "expected": sum(1 for r in rows if r["standing"].expected),
        "done": sum(1 for r in rows if r["standing"].expected and r["standing"].done_on),
        "keeps_texts": keeps_texts(request.user, branch),
        "by_committee": "BRANCH_COMMITTEE" in actions.kinds_agreeing(branch),
    }


class AppraisalFilter(django_filters.FilterSet):
    """Filters by what is still to be done."""

    STATES = [
        ("unfed", gettext_lazy("not fed back yet")),
        ("unread", gettext_lazy("fed back, not acknowledged")),
        ("replied", gettext_lazy("with a reply")),
    ]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")

    class Meta:
        model = AppraisalOpinion
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        if value == "unfed":
            return queryset.filter(fed_back_on=None)
        if value == "unread":
            return queryset.filter(fed_back_on__isnull=False, acknowledged_at=None)
        return queryset.filter(pk__in=AppraisalReply.objects.visible_to(self.request.user).values("appraisal"))


class AppraisalList(ListView):
    """The appraisals of the own branch with their days. Texts are on their pages only, never in a list."""

    title = gettext_lazy("Appraisals")
    model = AppraisalOpinion
    permission = roles.RECORD
    columns = [
        Column(
            "member",
            gettext_lazy("Member"),
            value="member.name",
            sort="member__name_key",
            link=lambda a: reverse("appraisal:appraisal", args=[a.pk]),
        ),
        Column("meeting", gettext_lazy("Agreed on"), value="meeting.held_on", sort="meeting__held_on"),
        Column("fed_back_on", gettext_lazy("Fed back on"), sort="fed_back_on"),
        Column("way", pgettext_lazy("feedback", "way"), value="get_way_display"),
        Column("acknowledged_at", gettext_lazy("Acknowledged at"), sort="acknowledged_at"),
    ]
    filterset_class = AppraisalFilter
    search = ("member__name__contains", "member__code__startswith")
    ordering = "member"
    nothing = gettext_lazy("No appraisal has been recorded yet")

    def get_queryset(self):
        standing_ones = super().get_queryset().filter(campaign=campaign_of(self.request), withdrawn_on=None)
        return standing_ones.select_related("member", "meeting")

    def facts(self):
        return campaign_name(self.request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@restricted
def appraisal_write(request: HttpRequest, member: int) -> HttpResponse:
    """Write what the branch agreed about a member, or a corrected version of it."""
    visible = Member.objects.visible_to(request.user).on_roll().select_related("branch__enterprise")
    person = get_object_or_404(visible, pk=member)
    if not keeps_texts(request.user, person.branch):
        raise PermissionDenied
    campaign = campaign_in_hand(request)
    standing_one = AppraisalOpinion.objects.visible_to(request.user).filter(
        campaign=campaign, member=person, withdrawn_on=None
    )
    present = standing_one.first()
    latest = AppraisalVersion.objects.visible_to(request.user).filter(appraisal=present).last() if present else None
    if latest is not None:
        note_read(request, present, present.organization)
    form = AppraisalForm(
        request.POST if request.method == "POST" else None,
        meetings=_meetings(request.user, person.branch, campaign),
        initial={"text": latest.text, "meeting": present.meeting_id} if latest else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.write_appraisal(by=request.user, campaign=campaign, member=person, **form.cleaned_data)
            messages.success(request, _("It is written. Now give it to the member and enter the day."))
            return redirect("appraisal:appraisal", written.pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {
        "member": person,
        "campaign": campaign,
        "form": form,
        "again": latest is not None,
        "by_committee": "BRANCH_COMMITTEE" in actions.kinds_agreeing(person.branch),
        "back_url": _branch_url(person.branch, campaign),
    }
    return render(request, "appraisal/appraisal_form.html", context)


def _branch_url(branch: Organization, campaign: Campaign) -> str:
    return f"{reverse('appraisal:appraisals')}?organization={branch.pk}&campaign={campaign.code}"


def _appraisal(request: HttpRequest, pk: int) -> AppraisalOpinion:
    related = ("member__branch", "organization", "campaign__definition", "meeting", "recorded_by")
    visible = AppraisalOpinion.objects.visible_to(request.user).filter(withdrawn_on=None)
    return get_object_or_404(visible.select_related(*related), pk=pk)


def _answers_for_branch(request: HttpRequest, found: AppraisalOpinion) -> bool:
    return keeps_texts(request.user, found.organization) or (
        found.organization.closed_on is not None and keeps_texts(request.user, found.member.branch)
    )


def _page(request: HttpRequest, found: AppraisalOpinion, **forms) -> HttpResponse:
    """The page of an appraisal. The member sees it once it was fed back: first in words, then here."""
    own = request.user.member_id == found.member_id
    secretary = _answers_for_branch(request, found)
    if own and not secretary and found.fed_back_on is None:
        versions: list[AppraisalVersion] = []
    else:
        shown = AppraisalVersion.objects.visible_to(request.user).filter(appraisal=found)
        versions = list(shown.select_related("written_by").order_by("-number"))
    replies = list(AppraisalReply.objects.visible_to(request.user).filter(appraisal=found))
    if versions or replies:
        note_read(request, found, found.organization)
    asked = CorrectionRequest.objects.visible_to(request.user).filter(appraisal=found)
    context = {
        "appraisal": found,
        "member": found.member,
        "own": own,
        "secretary": secretary,
        "versions": versions,
        "replies": replies,
        "corrections": asked,
        "history": changes(found),
        "feedback_form": FeedbackForm() if secretary and found.fed_back_on is None else None,
        "reply_form": ReplyForm() if own and found.fed_back_on else None,
        "may_withdraw": secretary and not versions and not replies,
        "back_url": reverse("overview:me")
        if own and not secretary
        else _branch_url(found.member.branch, found.campaign),
    }
    return render(request, "appraisal/appraisal.html", context | forms)


@login_required
@require_safe
@restricted
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """The appraisal with its feedback, the reply, and what is to be done next. Every showing is noted."""
    return _page(request, _appraisal(request, pk))


@login_required
@require_POST
@restricted
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the day on which the appraisal was given to the member."""
    found = _appraisal(request, pk)
    if not _answers_for_branch(request, found):
        raise PermissionDenied
    form = FeedbackForm(request.POST)
    if form.is_valid():
        try:
            actions.feed_back(by=request.user, appraisal=found, **form.cleaned_data)
            messages.success(request, _("The day of the feedback is entered."))
            return redirect("appraisal:appraisal", pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _page(request, found, feedback_form=form)


@login_required
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The member takes note of the own appraisal."""
    found = _appraisal(request, pk)
    if request.user.member_id != found.member_id:
        raise PermissionDenied
    try:
        actions.acknowledge(by=request.user, appraisal=found)
        messages.success(request, _("You have taken note of it."))
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect("appraisal:appraisal", pk)


@login_required
@require_POST
@restricted
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The member answers; the answer is kept with the appraisal."""
    found = _appraisal(request, pk)
    if request.user.member_id != found.member_id:
        raise PermissionDenied
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            actions.reply(by=request.user, appraisal=found, **form.cleaned_data)
            messages.success(request, _("Your reply is kept with the appraisal."))
            return redirect("appraisal:appraisal", pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _page(request, found, reply_form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appraisal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a feedback on paper entered by mistake."""
    found = _appraisal(request, pk)
    if not _answers_for_branch(request, found):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = _branch_url(found.member.branch, found.campaign)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_appraisal(by=request.user, appraisal=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is withdrawn."))
            return redirect(back)
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    context = {"title": _("Withdraw a feedback on paper"), "what": found.member.name, "form": form, "back_url": back}
    return render(request, "appraisal/withdraw.html", context)
