"""Writing theme practice activities (item 51)."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext as _

from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign
from campaign.study.models import ActivityParticipant, ActivityPhoto, ThemeActivity
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, not_future
from enterprises.models import Member, Organization
from enterprises.uploads import check_upload

THEME = "THEME_ACTIVITY"


@action
def record_activity(
    *,
    by,
    organization: Organization,
    kind: str,
    held_on: date,
    title: str = "",
    campaign: Campaign | None = None,
    meeting: Meeting | None = None,
    participants: Iterable[Member] = (),
    honored: Iterable[Member] = (),
    others_present: int = 0,
    outcome: str = "",
    submission: UUID | None = None,
) -> ThemeActivity:
    """Record an activity. With a `meeting` day, campaign and participants are those of the meeting.

    `honored` are those whose political birthday it was; they need not be named again among `participants`.
    The same `submission` twice is one record. Raises `ActionError`.
    """
    _require(by, organization)
    honored = list(honored)
    submission = submission or uuid4()
    _check(organization, kind, held_on, meeting, honored)
    if meeting and ThemeActivity.objects.filter(meeting=meeting).exclude(submission=submission).exists():
        raise ActionError(_("This meeting has its activity already. Open the meeting to see it."), "meeting")
    activity, created = ThemeActivity.objects.get_or_create(
        submission=submission,
        defaults={
            "organization": organization,
            "campaign": meeting.campaign if meeting else campaign,
            "meeting": meeting,
            "kind": kind,
            "title": title.strip() or str(ThemeActivity.Kind(kind).label),
            "held_on": meeting.held_on if meeting else held_on,
            "outcome": outcome.strip(),
            "others_present": others_present,
            "recorded_by": by,
            "recorded_at": clock.now(),
        },
    )
    if created:
        _store_people(activity, [] if meeting else list(participants), honored)
    return activity


@action
def change_outcome(*, by, activity: ThemeActivity, outcome: str, others_present: int) -> ThemeActivity:
    """Say what came of it, and how many others were there. Raises `ActionError`."""
    _require(by, activity.organization)
    activity = locked(activity)
    activity.outcome, activity.others_present = outcome.strip(), others_present
    activity.save(update_fields=["outcome", "others_present"])
    return activity


@action
def withdraw_activity(*, by, activity: ThemeActivity, reason: str) -> ThemeActivity:
    """Withdraw an activity recorded by mistake; it stays to be seen. Twice is once. Raises `ActionError`."""
    _require(by, activity.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    activity = locked(activity)
    if activity.withdrawn_on is None:
        activity.withdrawn_on, activity.meeting = clock.today(), None
        activity.save(update_fields=["withdrawn_on", "meeting"])
    return activity


@action
def attach_photo(*, by, activity: ThemeActivity, upload: UploadedFile) -> ActivityPhoto:
    """Keep a photograph or file with an activity. Raises `ActionError` for other content."""
    _require(by, activity.organization)
    ending = check_upload(upload)
    name = PurePath(upload.name or "").name[:120]
    upload.name = f"{uuid4()}.{ending}"
    return activity.photos.create(file=upload, name=name, size=upload.size or 0, added_at=clock.now())


def _require(by, organization: Organization) -> None:
    if by is not None and not may_record(by, organization):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )


def _check(organization: Organization, kind: str, held_on: date, meeting: Meeting | None, honored: list) -> None:
    if kind not in ThemeActivity.Kind.values:
        raise ActionError(_("Choose what kind of activity it was."), "kind")
    if honored and kind != ThemeActivity.Kind.POLITICAL_BIRTHDAY:
        raise ActionError(
            _("Only a political birthday is somebody's. Clear the names, or choose that kind."), "honored"
        )
    if meeting is None:
        not_future(held_on, "held_on")
        return
    if meeting.kind != THEME or meeting.organization_id != organization.pk or not meeting.is_confirmed:
        raise ActionError(_("Choose a confirmed theme activity meeting of this organization."), "meeting")


def _store_people(activity: ThemeActivity, participants: list[Member], honored: list[Member]) -> None:
    """Keep who took part; only members of the organisation's subtree or who take part in study there."""
    marked = {member.pk for member in honored}
    everyone = {member.pk for member in participants} | marked
    here = activity.organization
    inside = Q(branch__path__startswith=here.path) | Q(study_branch=here)
    known = set(Member.objects.filter(inside, pk__in=everyone).values_list("pk", flat=True))
    if everyone - known:
        raise ActionError(
            _("Some of them are no longer on the roll here. Look through the list again."), "participants"
        )
    ActivityParticipant.objects.bulk_create(
        ActivityParticipant(activity=activity, member_id=pk, honored=pk in marked) for pk in sorted(everyone)
    )
