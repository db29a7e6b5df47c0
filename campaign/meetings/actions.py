"""Writing meetings: drafts, confirmation, and what may still be added afterwards (dossier 2.2)."""

from datetime import date
from pathlib import PurePath
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils.translation import gettext as _

from campaign.meetings import checks, policy
from campaign.meetings.due import DueList, due_list
from campaign.meetings.holidays import slot
from campaign.meetings.models import (
    Absence,
    Addendum,
    Attachment,
    ExclusionDecision,
    Meeting,
    Observer,
    Resolution,
)
from campaign.meetings.record import Record
from campaign.progress.actions import assess
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Member, Organization, PartyGroup
from enterprises.tree import ancestor_paths
from enterprises.uploads import check_upload

DEFAULT_CLASS_HOUR = 45  # minutes, outside any campaign (dossier 2.7)


def once(submission: UUID) -> None:
    """Let one transaction at a time handle a submission: the second of two clicks waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [submission.int % 2**63])


def _sent_before(submission: UUID, organization: Organization) -> Meeting | None:
    """The record that this submission became already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM campaign_meeting WHERE submission = %s AND organization_id = %s",
            [str(submission), organization.pk],
        )
        found = cursor.fetchone()
    return Meeting.objects.get(pk=found[0]) if found else None


def _require(by, organization: Organization, group: PartyGroup | None) -> None:
    if by is not None and not may_record(by, organization, group):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )


@action
def log(
    *, by, organization: Organization, record: Record, submission: UUID | None = None, confirm: bool = True
) -> Meeting:
    """Record a meeting, confirmed at once (the secretary's quick path) or as a draft.

    The same `submission` twice is one record: the stored one is given back. Raises `ActionError`.
    """
    _require(by, organization, record.party_group)
    submission = submission or uuid4()
    once(submission)
    existing = _sent_before(submission, organization)
    if existing is not None:
        return existing
    checks.check_told(record, organization)
    meeting = Meeting(organization=organization, submission=submission, recorded_by=by, recorded_at=clock.now())
    return _confirmed(meeting, record) if confirm else _drafted(meeting, record)


@action
def change_draft(*, by, meeting: Meeting, record: Record, confirm: bool = False) -> Meeting:
    """Say a draft anew, and confirm it when asked. Raises `ActionError` once it is confirmed."""
    meeting = _draft(by, meeting)
    checks.check_told(record, meeting.organization)
    for children in (meeting.absences, meeting.observers, meeting.resolutions):
        children.all().delete()
    return _confirmed(meeting, record) if confirm else _drafted(meeting, record)


@action
def confirm(*, by, meeting: Meeting) -> Meeting:
    """Confirm a draft as it stands. A second call changes nothing. Raises `ActionError`."""
    _require(by, meeting.organization, meeting.party_group)
    meeting = locked(meeting)
    if meeting.is_confirmed:
        return meeting
    record = Record.of(meeting)
    checks.check_told(record, meeting.organization)
    for children in (meeting.absences, meeting.observers, meeting.resolutions):
        children.all().delete()
    return _confirmed(meeting, record)


@action
def discard(*, by, meeting: Meeting) -> None:
    """Throw a draft away. Raises `ActionError` once it is confirmed."""
    _draft(by, meeting).delete()


@action
def add_addendum(*, by, meeting: Meeting, text: str) -> Addendum:
    """Add a dated sentence to a confirmed record; the record itself stays. The same text twice is one."""
    _require(by, meeting.organization, meeting.party_group)
    if not meeting.is_confirmed:
        raise ActionError(_("This is still a draft. Change the draft itself."), "text")
    if not text.strip():
        raise ActionError(_("The addendum is empty. Write what is to be added."), "text")
    locked(meeting)
    last = meeting.addenda.last()
    if last is not None and last.text == text.strip() and last.added_by == by:
        return last
    return meeting.addenda.create(text=text.strip(), added_by=by, added_at=clock.now())


@action
def attach(*, by, meeting: Meeting, upload: UploadedFile) -> Attachment:
    """Keep a photograph or file with a meeting, draft or confirmed. Raises `ActionError` for other content."""
    _require(by, meeting.organization, meeting.party_group)
    ending = check_upload(upload)
    name = PurePath(upload.name or "").name[:120]
    upload.name = f"{uuid4()}.{ending}"
    return meeting.attachments.create(file=upload, name=name, size=upload.size or 0, added_at=clock.now())


@action
def decide_exclusion(
    *,
    by,
    member: Member,
    approved_by: Organization,
    approved_on: date,
    adopted_at: Meeting,
    until: date | None = None,
) -> ExclusionDecision:
    """Record that a member is formally not counted among the voters due (dossier 2.3): both approvals.

    The general meeting of the member's branch adopts it, an organisation above approves it. The ground is
    not asked for. The same decision twice is one record. Raises `ActionError`.
    """
    _require(by, member.branch, None)
    if adopted_at.organization_id != member.branch_id or not adopted_at.is_confirmed:
        raise ActionError(
            _("Choose the confirmed general meeting of the member's branch that adopted it."), "adopted_at"
        )
    if adopted_at.kind != "BRANCH_GENERAL":
        raise ActionError(_("Only a branch general meeting adopts it. Choose that meeting."), "adopted_at")
    if approved_by.path not in ancestor_paths(member.branch.path):
        raise ActionError(
            _("The approval comes from an organization above the branch. Choose one of them."), "approved_by"
        )
    if approved_on > clock.today():
        raise ActionError(_("This day has not come yet. Enter it on the day, or correct the date."), "approved_on")
    if until is not None and until < approved_on:
        raise ActionError(_("The last day is before the approval. Correct one of them."), "until")
    locked(member)
    decision, _created = ExclusionDecision.objects.get_or_create(
        member=member, approved_by=approved_by, approved_on=approved_on, adopted_at=adopted_at, until=until
    )
    return decision


@action
def end_exclusion(*, by, decision: ExclusionDecision, until: date, reason: str = "") -> ExclusionDecision:
    """End an exclusion decision; `until` is its last day. Meetings confirmed before stay as they are."""
    _require(by, decision.member.branch, None)
    decision = locked(decision)
    decision.until = until
    decision.save(update_fields=["until"])
    return decision


def _draft(by, meeting: Meeting) -> Meeting:
    _require(by, meeting.organization, meeting.party_group)
    meeting = locked(meeting)
    if meeting.is_confirmed:
        raise ActionError(_("This record is confirmed. Add an addendum instead."))
    return meeting


def _tell(meeting: Meeting, record: Record) -> None:
    """Put what was told, and what follows from it, into the row."""
    kind = record.meeting_kind
    campaign = record.campaign
    per_hour = campaign.data["class_hour_minutes"] if campaign else DEFAULT_CLASS_HOUR
    minutes = record.minutes if record.minutes is not None else kind.minutes
    hours = record.class_hours
    meeting.campaign = campaign
    meeting.kind, meeting.due, meeting.party_group = kind.code, record.due_list, record.party_group
    meeting.title = record.title.strip() or str(kind.label)
    meeting.held_on, meeting.starts_at, meeting.minutes = record.held_on, record.starts_at, minutes
    meeting.class_hours = hours if hours is not None else (minutes // per_hour if kind.is_study else 0)
    meeting.slot = slot(record.held_on, record.starts_at)
    for name in ("place", "chair", "recorder", "speaker", "gist"):
        setattr(meeting, name, getattr(record, name).strip())


def _drafted(meeting: Meeting, record: Record) -> Meeting:
    """Store a draft: what was told, nothing frozen yet."""
    _tell(meeting, record)
    meeting.state = Meeting.State.DRAFT
    meeting.due_ids = sorted(set(record.named))
    meeting.save()
    _store_children(meeting, record, None)
    return meeting


def _confirmed(meeting: Meeting, record: Record) -> Meeting:
    """Freeze who was due and who had the vote, store, and bring the progress in line."""
    due = due_list(
        meeting.organization,
        record.kind,
        record.due_list,
        record.held_on,
        record.party_group,
        record.named,
        votes=bool(record.proposals),
    )
    checks.check_held(record, due)
    _tell(meeting, record)
    meeting.state, meeting.confirmed_at = Meeting.State.CONFIRMED, clock.now()
    meeting.due_ids, meeting.voter_ids = due.ids, list(due.voter_ids)
    meeting.due_count = len(due.members)
    meeting.present_count = meeting.due_count - len(record.absent)
    meeting.save()
    _store_children(meeting, record, due)
    _assess(meeting, due)
    return meeting


def _store_children(meeting: Meeting, record: Record, due: DueList | None) -> None:
    if record.absent:
        Absence.objects.bulk_create(_absences(meeting, record, due))
    if record.observers:
        Observer.objects.bulk_create(
            Observer(meeting=meeting, name=name, capacity=capacity) for name, capacity in record.observers
        )
    if record.proposals:
        Resolution.objects.bulk_create(_resolutions(meeting, record, due))


def _absences(meeting: Meeting, record: Record, due: DueList | None) -> list[Absence]:
    day = policy.makeup_due_on(record.campaign, record.kind, record.held_on) if due else None
    free: frozenset[str] = frozenset()
    if record.campaign and day and meeting.organization.enterprise:
        free = policy.free_categories(record.campaign, meeting.organization.enterprise)
    category = {m.pk: m.category for m in due.members} if due else {}
    return [
        Absence(
            meeting=meeting,
            member_id=pk,
            reason=reason,
            makeup_due_on=None if category.get(pk) in free else day,
        )
        for pk, reason in record.absent.items()
    ]


def _resolutions(meeting: Meeting, record: Record, due: DueList | None) -> list[Resolution]:
    voters, present = checks.voters_present(due, record.absent) if due else (0, 0)
    preset = policy.preset_of(record.campaign, record.held_on)
    return [
        Resolution(
            meeting=meeting,
            kind=p.kind,
            text=p.text.strip(),
            votes_for=p.votes_for,
            votes_against=p.votes_against,
            abstentions=p.abstentions,
            written_for=p.written_for,
            due_voters=voters,
            present_voters=present,
            passed=bool(due) and checks.passed(p, voters, present, preset),
        )
        for p in record.proposals
    ]


def _assess(meeting: Meeting, due: DueList) -> None:
    """The steps that this meeting may prove: of its organisation, and of its members' own branches.

    One call for all of them: organisations are locked in one order, so two writers cannot wait in a ring.
    """
    if meeting.campaign_id is None:
        return
    organizations = {meeting.organization_id}
    kinds = {"meeting"}
    if meeting.class_hours:
        organizations |= {m.branch_id for m in due.members}
        kinds.add("hours")
    assess(
        organizations,
        campaign_id=meeting.campaign_id,
        matches=lambda e: e["kind"] in kinds and meeting.kind in e["meeting_kinds"],
    )
