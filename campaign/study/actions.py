"""Writing make-up lessons (item 54); the reading list and activities have actions of their own."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from campaign.meetings.models import Absence
from campaign.progress.actions import assess
from campaign.study.models import MakeUpLesson
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted


@action
def record_makeups(
    *, by, absences: Iterable[Absence], mode: str, held_on: date, helper: str = "", note: str = ""
) -> list[MakeUpLesson]:
    """Record how and when members made up for what they missed; one lesson for each absence.

    An absence that is made up already keeps its lesson: sending twice is one record. Raises `ActionError`.
    """
    ids = sorted(absence.pk for absence in absences)
    missed = list(
        Absence.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting__organization", "meeting__party_group", "member")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    if not missed:
        raise ActionError(_("Nobody was chosen. Tick at least one member."), "absences")
    _check(by, missed, mode, held_on)
    done = set(MakeUpLesson.objects.filter(absence__in=ids).values_list("absence", flat=True))
    lessons = [
        MakeUpLesson(
            absence=absence,
            mode=mode,
            held_on=held_on,
            helper=helper.strip(),
            note=note.strip(),
            recorded_by=by,
            recorded_at=clock.now(),
        )
        for absence in missed
        if absence.pk not in done
    ]
    MakeUpLesson.objects.bulk_create(lessons)
    _assess([absence for absence in missed if absence.pk not in done])
    return lessons


@action
def undo_makeup(*, by, lesson: MakeUpLesson, reason: str) -> None:
    """Take a make-up lesson back that was recorded by mistake; the audit trail keeps it. Raises `ActionError`."""
    absence = lesson.absence
    _require(by, absence)
    if not reason.strip():
        raise ActionError(_("Say why it is taken back."), "reason")
    lesson.delete()
    _assess([absence])


def _require(by, absence: Absence) -> None:
    meeting = absence.meeting
    if by is not None and not may_record(by, meeting.organization, meeting.party_group):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": meeting.organization.name}
        )


def _check(by, absences: list[Absence], mode: str, held_on: date) -> None:
    if mode not in MakeUpLesson.Mode.values:
        raise ActionError(_("Choose how the lesson was made up."), "mode")
    if held_on > clock.today():
        raise ActionError(_("This day has not come yet. Record the lesson once it was held."), "held_on")
    for absence in absences:
        _require(by, absence)
        if not absence.meeting.is_confirmed:
            raise ActionError(_("The meeting is still a draft. Confirm it first."))
        if held_on < absence.meeting.held_on:
            raise ActionError(
                _("%(name)s missed the meeting on %(day)s; the lesson cannot be earlier. Correct the date.")
                % {"name": absence.member.name, "day": absence.meeting.held_on.isoformat()},
                "held_on",
            )


def _assess(absences: list[Absence]) -> None:
    """The steps of the meetings' organisations, and those of the members' own branches, in one order."""
    by_campaign: dict[int, set[int]] = {}
    for absence in absences:
        if absence.meeting.campaign_id is not None:
            touched = by_campaign.setdefault(absence.meeting.campaign_id, set())
            touched |= {absence.meeting.organization_id, absence.member.branch_id}
    for campaign_id in sorted(by_campaign):
        assess(by_campaign[campaign_id], campaign_id=campaign_id, evidence=("meeting", "hours"))
