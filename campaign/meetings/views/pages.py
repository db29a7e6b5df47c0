"""The list of meetings, the page of one, its printable record, and what may still be added to it."""

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.meetings import actions, rules
from campaign.meetings.extras import meeting_panels
from campaign.meetings.forms import AddendumForm, AttachmentForm, ExclusionForm
from campaign.meetings.models import Attachment, ExclusionDecision, Meeting
from campaign.meetings.policy import preset_of
from campaign.meetings.quorum import arithmetic
from campaign.meetings.views.log import own_organization, records_for
from campaign.plan import kinds
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.action import ActionError
from enterprises.history import changes
from enterprises.listing import Column
from enterprises.long_lists import LongList
from enterprises.models import Member, Organization
from enterprises.tree import under


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class MeetingFilter(django_filters.FilterSet):
    """Filters of the list; an organisation stands for everything below it too."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=kinds.choices())
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=Meeting.State.choices)
    slot = django_filters.ChoiceFilter(label=gettext_lazy("Time of the week"), choices=Meeting.Slot.choices)
    since = django_filters.DateFilter(
        field_name="held_on",
        lookup_expr="gte",
        label=gettext_lazy("From"),
        widget=django_forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        field_name="held_on",
        lookup_expr="lte",
        label=gettext_lazy("To"),
        widget=django_forms.DateInput(attrs={"type": "date"}),
    )
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


class MeetingList(LongList):
    """The meetings of the organisations that the acting post reaches."""

    title = gettext_lazy("Meetings")
    model = Meeting
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link="meetings:detail"),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        Column("held_on", gettext_lazy("Date"), sort="held_on"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("due", gettext_lazy("Number due"), value="due_count", css="n"),
        Column("present", gettext_lazy("Number present"), value="present_count", css="n"),
        Column("class_hours", gettext_lazy("Class hours"), value=lambda m: m.class_hours or None, css="n"),
        Column("slot", gettext_lazy("Time of the week"), value="get_slot_display", sort="slot"),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
    ]
    filterset_class = MeetingFilter
    search = ("title__contains", "gist__contains")
    search_label = gettext_lazy("Title or gist")
    ordering = "-held_on"
    sorted_when_long = ("held_on",)
    nothing = gettext_lazy("No meeting has been recorded yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization").defer("due_ids", "voter_ids", "gist")

    def actions(self):
        own = own_organization(self.request.user)
        return [(_("Log a meeting"), reverse("meetings:meeting_new"))] if own else []


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    related = ("organization__enterprise", "party_group", "campaign__definition", "recorded_by")
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related(*related), pk=pk)


def _writable(request: HttpRequest, pk: int) -> Meeting:
    meeting = _meeting(request, pk)
    if not may_record(request.user, meeting.organization, meeting.party_group):
        raise PermissionDenied
    return meeting


def facts_of(account, meeting: Meeting) -> dict:
    """What the pages of a meeting show. Names of absentees only to those who may see the member rows."""
    absences = meeting.absences.select_related("member", "makeup").order_by("member__name_key", "pk")
    visible = Member.objects.visible_to(account).filter(pk__in=[a.member_id for a in absences])
    seen = set(visible.order_by().values_list("pk", flat=True))
    preset = preset_of(meeting.campaign, meeting.held_on)
    made_up = sum(1 for a in absences if hasattr(a, "makeup"))
    on_leave = sum(1 for a in absences if a.on_leave)
    return {
        "meeting": meeting,
        "absences": [a for a in absences if a.member_id in seen],
        "unseen": sum(1 for a in absences if a.member_id not in seen),
        "attendance": rules.Attendance(meeting.due_count, meeting.present_count, on_leave, made_up),
        "resolutions": [(r, arithmetic(r, preset)) for r in meeting.resolutions.all()],
        "observers": meeting.observers.order_by("pk"),
        "addenda": meeting.addenda.select_related("added_by"),
        "attachments": meeting.attachments.order_by("pk"),
        "today": clock.today(),
    }


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a meeting: what it was, its state, what is still to do, its history."""
    return _detail(request, _meeting(request, pk))


def _detail(request: HttpRequest, meeting: Meeting, **more) -> HttpResponse:
    context = facts_of(request.user, meeting) | {
        "may_write": may_record(request.user, meeting.organization, meeting.party_group),
        "addendum_form": AddendumForm(),
        "attachment_form": AttachmentForm(),
        "history": _history(meeting),
        "panels": meeting_panels(request, meeting),
        "first_panels": meeting_panels(request, meeting, first=True),
        **more,
    }
    return render(request, "meetings/detail.html", context)


def _history(meeting: Meeting) -> list[tuple]:
    """What changed when, without the frozen lists of ids: (moment, changed fields)."""
    lists = {str(Meeting._meta.get_field(name).verbose_name) for name in ("due_ids", "voter_ids")}
    found = [(c.at, [field for field in c.fields if field[0] not in lists]) for c in changes(meeting)]
    return [(at, fields) for at, fields in found if fields]


@login_required
@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a meeting as it is printed and signed."""
    return render(request, "meetings/record.html", facts_of(request.user, _meeting(request, pk)))


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a draft as it stands."""
    meeting = _writable(request, pk)
    try:
        actions.confirm(by=request.user, meeting=meeting)
    except ActionError as refusal:
        messages.error(request, refusal.message)
        return redirect("meetings:edit", meeting.pk)
    messages.success(request, _("The meeting is recorded."))
    return redirect("meetings:detail", meeting.pk)


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    meeting = _writable(request, pk)
    try:
        actions.discard(by=request.user, meeting=meeting)
    except ActionError as refusal:
        messages.error(request, refusal.message)
        return redirect("meetings:detail", meeting.pk)
    messages.success(request, _("The draft is gone."))
    return redirect("meetings:meeting_list")


@login_required
@require_POST
def addendum(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a dated sentence to a confirmed record."""
    meeting = _writable(request, pk)
    form = AddendumForm(request.POST)
    if form.is_valid():
        try:
            actions.add_addendum(by=request.user, meeting=meeting, text=form.cleaned_data["text"])
            return redirect(f"{reverse('meetings:detail', args=[pk])}#addenda")
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    return _detail(request, meeting, addendum_form=form)


@login_required
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one more photograph or file with the meeting."""
    meeting = _writable(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.attach(by=request.user, meeting=meeting, upload=form.cleaned_data["file"])
            return redirect(f"{reverse('meetings:detail', args=[pk])}#files")
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    return _detail(request, meeting, attachment_form=form)


@login_required
@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Download a file of a meeting; it is never shown inline."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    ending = found.file.name.rsplit(".", 1)[-1]
    name = found.name if found.name.lower().endswith(f".{ending}") else f"{found.name}.{ending}"
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exclusions(request: HttpRequest, organization: int) -> HttpResponse:
    """Who is formally not counted among the voters of a branch, and the form for one more."""
    branch = get_object_or_404(Organization.objects.visible_to(request.user).branches(), pk=organization)
    if not may(request.user, roles.READ_MEMBERS, branch):
        raise PermissionDenied
    writable = records_for(request.user, branch) and may(request.user, roles.RECORD, branch)
    if request.method == "POST" and not writable:
        raise PermissionDenied
    form = _exclusion_form(request, branch)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_exclusion(by=request.user, **form.cleaned_data)
            return redirect("meetings:exclusions", branch.pk)
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    decisions = ExclusionDecision.objects.visible_to(request.user).filter(member__branch=branch)
    context = {
        "branch": branch,
        "form": form if writable else None,
        "decisions": decisions.select_related("member", "approved_by", "adopted_at"),
        "today": clock.today(),
    }
    return render(request, "meetings/exclusions.html", context)


def _exclusion_form(request: HttpRequest, branch: Organization) -> ExclusionForm:
    meetings = Meeting.objects.visible_to(request.user).filter(
        organization=branch, kind="BRANCH_GENERAL", state=Meeting.State.CONFIRMED
    )
    return ExclusionForm(
        request.POST if request.method == "POST" else None,
        members=Member.objects.visible_to(request.user).filter(branch=branch).on_roll(),
        superiors=Organization.objects.ancestors_of(branch),
        meetings=meetings,
    )
