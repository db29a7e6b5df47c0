"""The sentence that says whether a meeting may open and what a resolution needs (dossier 2.2, 2.3)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaign.meetings import rules
from campaign.meetings.checks import DECIDING, voters_present
from campaign.meetings.due import DueList
from campaign.meetings.models import Resolution
from campaign.plan.kinds import MEETING_KINDS, Quorum


@dataclass(frozen=True)
class Note:
    """A note beside the roll: how it is drawn ("ok", "late", "over" or ""), its headline and its sentence."""

    css: str
    head: str
    text: str


def quorum_note(kind: str, due: str, people: DueList, absent: set[int]) -> Note | None:
    """What the present numbers mean; None where nothing depends on them."""
    here = len(people.members) - len(absent & {m.pk for m in people.members})
    if MEETING_KINDS[kind].quorum == Quorum.TWO_THIRDS:
        return _two_thirds(len(people.members), here)
    if due not in DECIDING or not people.voter_ids:
        return None
    voters, present = voters_present(people, absent)
    told = {"voters": voters, "present": present, "needed": rules.votes_needed("resolution", voters, present)}
    if not rules.may_open("resolution", voters, present):
        return Note(
            "late",
            _("No resolution can be passed"),
            _("%(voters)d voters are due and %(present)d are present, fewer than half.") % told,
        )
    if rules.is_exactly_half(voters, present):
        return Note(
            "late",
            _("Exactly half are present"),
            _(
                "%(voters)d voters are due and %(present)d are present. The meeting may open, but nothing can "
                "be passed: that needs %(needed)d votes."
            )
            % told,
        )
    return Note(
        "ok",
        _("The meeting may open"),
        _(
            "%(voters)d voters are due and %(present)d are present, half or more. A resolution needs "
            "%(needed)d votes; probationary members do not vote."
        )
        % told,
    )


def _two_thirds(due: int, present: int) -> Note:
    told = {"due": due, "present": present, "needed": -(-due * 2 // 3)}
    if rules.may_open("democratic_life", due, present):
        text = _("%(due)d are due and %(present)d are present, two thirds or more.")
        return Note("ok", _("The meeting may open"), text % told)
    text = _("%(due)d are due and %(present)d are present; two thirds are %(needed)d.")
    return Note("late", _("Too few for this meeting to count"), text % told)


def arithmetic(resolution: Resolution, preset: str) -> str:
    """How the result of a vote comes about, in words and numbers (dossier 2.3)."""
    due, present = resolution.due_voters, resolution.present_voters
    told = {
        "due": due,
        "present": present,
        "for": resolution.votes_for,
        "written": resolution.written_for,
        "votes": resolution.votes_for + resolution.written_for,
        "needed": rules.votes_needed(resolution.kind, due, present, preset),
    }
    parts = [_("%(due)d voters due, %(present)d present.") % told]
    if not rules.may_open(resolution.kind, due, present):
        parts.append(_SHARES[resolution.kind]())
        return " ".join(parts)
    if resolution.written_for:
        parts.append(_("%(for)d for and %(written)d written opinions make %(votes)d; needed are %(needed)d.") % told)
    else:
        parts.append(_("%(for)d for; needed are %(needed)d.") % told)
    if resolution.kind == "election" and preset == "2005":
        parts.append(_("More than half of those present decide."))
    else:
        parts.append(_("More than half of those due decide, not of those present."))
    return " ".join(parts)


_SHARES = {
    "resolution": lambda: _("Fewer than half were present: nothing could be passed."),
    "admission": lambda: _("Not more than half were present: nothing could be passed."),
    "election": lambda: _("Fewer than four fifths were present: nobody could be elected."),
}
