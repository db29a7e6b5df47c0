"""What must hold before a meeting is stored. Refusals say what is wrong and how to mend it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from campaign.meetings import rules
from campaign.meetings.due import DueList
from campaign.meetings.models import Absence
from campaign.meetings.policy import preset_of
from campaign.meetings.record import Proposal, Record
from campaign.plan.kinds import MEETING_KINDS, Due
from enterprises import clock
from enterprises.action import ActionError
from enterprises.models import Organization

LONGEST = 24 * 60  # minutes
DECIDING = (Due.BRANCH, Due.COMMITTEE)


def check_told(record: Record, organization: Organization) -> None:
    """What can be said of a record without its due list. Raises `ActionError`."""
    kind = MEETING_KINDS.get(record.kind)
    if kind is None or preset_of(record.campaign, record.held_on) not in kind.presets:
        raise ActionError(_("This kind of meeting does not belong to the campaign. Choose another."), "kind")
    _check_day(record, organization)
    if record.minutes is not None and not 1 <= record.minutes <= LONGEST:
        raise ActionError(_("The length must be between 1 and 1440 minutes. Correct it."), "minutes")
    if record.class_hours is not None and not 0 <= record.class_hours <= 24:
        raise ActionError(_("Class hours must be between 0 and 24. Correct them."), "class_hours")
    _check_list(record, organization)
    if record.proposals and record.due_list not in DECIDING:
        raise ActionError(
            _("Only a meeting of the branch or its committee passes resolutions. Remove them."), "proposals"
        )


def _check_day(record: Record, organization: Organization) -> None:
    closed = organization.closed_on
    if closed is not None and record.held_on > closed:
        raise ActionError(
            _("%(name)s was closed on %(day)s. Record the meeting with its successor.")
            % {"name": organization.name, "day": closed},
            "held_on",
        )


def _check_list(record: Record, organization: Organization) -> None:
    group = record.party_group
    if record.due_list == Due.GROUP and (group is None or group.organization_id != organization.pk):
        raise ActionError(_("Choose the Party group of this branch that met."), "party_group")
    if record.due_list == Due.NAMED and not record.named:
        raise ActionError(_("The list of those due is empty. Name at least one member."), "named")


def check_held(record: Record, due: DueList) -> None:
    """What a meeting that was held must satisfy besides. Raises `ActionError`."""
    if record.held_on > clock.today():
        raise ActionError(_("This day has not come yet. Keep the record as a draft, or correct the date."), "held_on")
    if not due.members:
        raise ActionError(
            _("Nobody was due on that day. Choose another list of those due, or enter the posts first."),
            "due",
        )
    unknown = set(record.absent) - {m.pk for m in due.members}
    if unknown:
        raise ActionError(
            _("%(count)d of those marked absent were not due on that day. Look through the list again.")
            % {"count": len(unknown)},
            "absent",
        )
    if set(record.absent.values()) - set(Absence.Reason.values):
        raise ActionError(_("Choose one of the reasons offered."), "absent")
    voters, present = voters_present(due, record.absent)
    for proposal in record.proposals:
        check_votes(proposal, voters, present)


def voters_present(due: DueList, absent: Iterable[int]) -> tuple[int, int]:
    """Voters due, and voters present: those due at the meeting and not marked absent."""
    here = {m.pk for m in due.members} - set(absent)
    return len(due.voter_ids), sum(1 for pk in due.voter_ids if pk in here)


def check_votes(proposal: Proposal, voters: int, present: int) -> None:
    """Refuse votes that cannot have been cast (dossier 2.3). Raises `ActionError`."""
    cast = proposal.votes_for + proposal.votes_against + proposal.abstentions
    if cast > present:
        raise ActionError(
            _("%(cast)d votes were counted, but %(present)d voters were present. Correct the votes.")
            % {"cast": cast, "present": present},
            "proposals",
        )
    if proposal.written_for and proposal.kind != "admission":
        raise ActionError(
            _("Written opinions count only on the admission or conversion of a member. Remove them."),
            "proposals",
        )
    if proposal.written_for > voters - present:
        raise ActionError(
            _("%(written)d written opinions, but %(absent)d voters were absent. Correct the number.")
            % {"written": proposal.written_for, "absent": voters - present},
            "proposals",
        )


def passed(proposal: Proposal, voters: int, present: int, preset: str) -> bool:
    """Whether the proposal passed, by the rules."""
    return rules.passes(proposal.kind, voters, present, proposal.votes_for, proposal.written_for, preset=preset)
