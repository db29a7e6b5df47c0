"""Logging a meeting: one screen, phone first. The server decides; htmx only refreshes what follows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import retarget

from campaign.meetings import actions
from campaign.meetings.models import Absence, Meeting
from campaign.meetings.record import Record
from campaign.meetings.sheet import Sheet
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.models import Organization, PartyGroup, Post

# Fields of refusals that are no fields of the form: said at the head of it.
ELSEWHERE = {"named": "named_text", "file": "files"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Log a meeting of `?organization=`, or of the organisation of the acting post."""
    organization = _organization(request)
    data = request.POST if request.method == "POST" else None
    sheet = Sheet(request.user, organization, data, request.FILES, request.GET)
    return _answer(request, sheet)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    meeting = _draft(request, pk)
    data = request.POST if request.method == "POST" else None
    return _answer(request, Sheet(request.user, meeting.organization, data, request.FILES, meeting=meeting))


@login_required
@require_POST
def meeting_part(request: HttpRequest) -> HttpResponse:
    """What follows from what was typed so far: the roll, reasons, quorum, proposals. Writes nothing."""
    sheet = Sheet(request.user, _organization(request), request.POST)
    context = {"sheet": sheet, "form": sheet.form, "reasons": Absence.Reason.choices}
    ticked = request.htmx.target == "reasons"
    if not ticked and request.POST.get("roll") != sheet.roll_mark:
        return render(request, "meetings/_people_part.html", context)
    # The same people are due: the roll stays as it is, with what was ticked since this was asked for.
    response = render(request, "meetings/_reasons_part.html", context | {"extras": not ticked})
    return retarget(response, "#reasons")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_reasons(request: HttpRequest, pk: int) -> HttpResponse:
    """The second page without script: why those marked absent were missing; saving confirms."""
    meeting = _draft(request, pk)
    absences = list(meeting.absences.select_related("member").order_by("member__name_key"))
    error = ""
    if request.method == "POST":
        record = Record.of(meeting)
        told = {a.member_id: request.POST.get(f"reason-{a.member_id}", a.reason) for a in absences}
        record = Record(**{**vars(record), "absent": told})
        try:
            meeting = actions.change_draft(by=request.user, meeting=meeting, record=record, confirm=True)
            return _saved(request, meeting)
        except ActionError as refusal:
            error = refusal.message
    context = {"meeting": meeting, "absences": absences, "reasons": Absence.Reason.choices, "error": error}
    return render(request, "meetings/reasons.html", context)


def _organization(request: HttpRequest) -> Organization:
    """The organisation recorded for: 404 when not visible, 403 when it may only be read."""
    asked = request.POST.get("organization") or request.GET.get("organization")
    if asked is None:
        found = own_organization(request.user)
        if found is None:
            raise Http404
        asked = str(found.pk)
    visible = Organization.objects.visible_to(request.user).select_related("enterprise")
    if not asked.isdecimal():
        raise Http404
    organization = get_object_or_404(visible, pk=asked)
    if not records_for(request.user, organization):
        raise PermissionDenied
    return organization


def own_organization(account) -> Organization | None:
    """The organisation that the acting post belongs to and records for."""
    for post in account.acting_posts:
        if roles.RECORD not in post.definition.permissions:
            continue
        if post.scope_kind == Post.Scope.ORGANIZATION:
            return Organization.objects.visible_to(account).filter(pk=post.scope_id).first()
        if post.scope_kind == Post.Scope.PARTY_GROUP:
            group = PartyGroup.objects.visible_to(account).filter(pk=post.scope_id).first()
            return group.organization if group else None
        if post.scope_kind == Post.Scope.ENTERPRISE:
            visible = Organization.objects.visible_to(account)
            return visible.filter(enterprise=post.scope_id, superior__isnull=False).order_by("path").first()
    return None


def records_for(account, organization: Organization) -> bool:
    """Whether the account records for the organisation, or for a Party group of it."""
    if may_record(account, organization):
        return True
    groups = organization.party_groups.filter(pk__in=account.reach.groups)
    return any(may_record(account, organization, group) for group in groups)


def _draft(request: HttpRequest, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(request.user)
    meeting = get_object_or_404(visible.select_related("organization__enterprise", "party_group", "campaign"), pk=pk)
    if not may_record(request.user, meeting.organization, meeting.party_group):
        raise PermissionDenied
    if meeting.is_confirmed:
        raise Http404
    return meeting


def _answer(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if request.method == "POST" and request.POST.get("do") != "more" and sheet.is_valid():
        try:
            return _save(request, sheet)
        except ActionError as refusal:
            field = ELSEWHERE.get(refusal.field or "", refusal.field)
            sheet.form.add_error(field if field in sheet.form.fields else None, refusal.message)
    context = {"sheet": sheet, "form": sheet.form, "reasons": Absence.Reason.choices}
    return render(request, "meetings/log.html", context)


def _save(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Store what was told: as a draft when asked, or when reasons are still to be asked for."""
    ask_reasons = bool(set(sheet.absent) - sheet.roll.reasons_given)
    confirm = request.POST.get("do") != "draft" and not ask_reasons
    record = sheet.record()
    with transaction.atomic():
        if sheet.meeting is not None:
            meeting = actions.change_draft(by=request.user, meeting=sheet.meeting, record=record, confirm=confirm)
        else:
            meeting = actions.log(
                by=request.user,
                organization=sheet.organization,
                record=record,
                submission=sheet.form.cleaned_data["submission"],
                confirm=confirm,
            )
        _attach(request, sheet, meeting)
        sheet.keep_extras(meeting)
    if not meeting.is_confirmed and request.POST.get("do") != "draft":
        return redirect("meetings:reasons", meeting.pk)
    return _saved(request, meeting)


def _attach(request: HttpRequest, sheet: Sheet, meeting: Meeting) -> None:
    """Keep the files; a second submission of a new meeting has kept them already."""
    if sheet.meeting is None and meeting.attachments.exists():
        return
    for upload in sheet.form.cleaned_data["files"]:
        actions.attach(by=request.user, meeting=meeting, upload=upload)


def _saved(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    words = _("The meeting is recorded.") if meeting.is_confirmed else _("The draft is kept.")
    messages.success(request, words)
    return redirect("meetings:detail", meeting.pk)
