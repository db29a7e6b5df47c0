"""Quorum, votes and attendance as pure integer functions (dossier 2.3).

The number *due* is never the number on the roll less those on leave: leave does not reduce it. Votes are
measured against those due, not those present; only elections under the rules of 2005 differ.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

KINDS = ("resolution", "admission", "election", "democratic_life")
PRESETS = ("2005", "current")


def _check(due: int, present: int, *others: int) -> None:
    for number in (due, present, *others):
        if isinstance(number, bool) or not isinstance(number, int):
            raise TypeError(f"a count of people is a whole number, not {number!r}")
        if number < 0:
            raise ValueError("a count of people is never negative")
    if present > due:
        raise ValueError("more people present than due")


def may_open(kind: str, due: int, present: int) -> bool:
    """Whether enough are present to open. `due` counts voters after exclusions (dossier 2.3).

    resolution: half or more; admission: more than half; election: four fifths; democratic_life: two
    thirds. Nobody due: never. Raises `ValueError` for an unknown kind, negative numbers or more present
    than due; `TypeError` for anything but whole numbers.
    """
    _check(due, present)
    if kind not in KINDS:
        raise ValueError(f"unknown kind of vote: {kind!r}")
    if due == 0:
        return False
    if kind == "resolution":
        return present * 2 >= due
    if kind == "admission":
        return present * 2 > due
    if kind == "election":
        return present * 5 >= due * 4
    return present * 3 >= due * 2


def passes(kind: str, due: int, present: int, votes_for: int, written_for: int = 0, preset: str = "2005") -> bool:
    """Whether a proposal passes. What may not open passes nothing (dossier 2.3).

    resolution and admission: for > half of those *due*; election: for > half of those present (preset
    "2005") or of those due ("current"); democratic_life passes nothing. `written_for` are opinions handed
    in formally by absent voters: on an admission they count as votes, never as presence, and in no other
    kind do they count at all. Raises as `may_open`, and `ValueError` for more votes than voters present,
    more written opinions than absent voters, or an unknown preset.
    """
    _check(due, present, votes_for, written_for)
    if preset not in PRESETS:
        raise ValueError(f"unknown rule preset: {preset!r}")
    if votes_for > present:
        raise ValueError("more votes than voters present")
    if written_for > due - present:
        raise ValueError("more written opinions than absent voters")
    if not may_open(kind, due, present) or kind == "democratic_life":
        return False
    if kind == "admission":
        return (votes_for + written_for) * 2 > due
    if kind == "election" and preset == "2005":
        return votes_for * 2 > present
    return votes_for * 2 > due


def votes_needed(kind: str, due: int, present: int, preset: str = "2005") -> int:
    """The smallest number of votes that passes, given who is present; for showing beside the quorum."""
    base = present if kind == "election" and preset == "2005" else due
    return base // 2 + 1


def is_exactly_half(due: int, present: int) -> bool:
    """Whether exactly half are present: such a meeting may open and can pass nothing by hand (2.3)."""
    return due > 0 and present * 2 == due


class Voter(Protocol):
    """What the right to vote depends on (a `Member` has it all)."""

    id: int
    kind: str
    full_on: date | None
    without_vote_until: date | None


@dataclass(frozen=True)
class Exclusion:
    """A formal exclusion from the number due, by its two approvals; never its ground."""

    member_id: int
    approved_on: date | None
    adopted_on: date | None
    until: date | None = None


def has_vote(member: Voter, on: date) -> bool:
    """Whether the member votes on that day: full by then, and not on probation within the Party."""
    if member.kind != "FULL" or (member.full_on is not None and member.full_on > on):
        return False
    return member.without_vote_until is None or member.without_vote_until < on


def exclusion_valid(exclusion: Exclusion, on: date) -> bool:
    """Whether both approvals stand on that day and the decision has not expired (dossier 2.3)."""
    approvals = (exclusion.approved_on, exclusion.adopted_on)
    if any(approval is None or approval > on for approval in approvals):
        return False
    return exclusion.until is None or exclusion.until >= on


def voters_due(members: Iterable[Voter], exclusions: Iterable[Exclusion], on: date) -> list[int]:
    """Ids of the voters due on that day, ascending: full − without vote − formally excluded (2.3)."""
    excluded = {e.member_id for e in exclusions if exclusion_valid(e, on)}
    return sorted(m.id for m in members if has_vote(m, on) and m.id not in excluded)


def rate(part: int, whole: int) -> Decimal | None:
    """A percentage to one decimal, half up; None when there is nothing to divide by."""
    if whole == 0:
        return None
    return (Decimal(part * 100) / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Attendance:
    """Raw attendance and the rate after make-up, side by side (item 54). Leave is shown apart."""

    due: int
    present: int
    on_leave: int
    made_up: int

    @property
    def raw(self) -> Decimal | None:
        return rate(self.present, self.due)

    @property
    def after_makeup(self) -> Decimal | None:
        return rate(self.present + self.made_up, self.due)


def weekends_running(days: Collection[date], on: date) -> int:
    """How many weekends in a row, ending with that of `on`, have one of `days` in them (item 55)."""
    weekends = {day.toordinal() // 7 for day in map(_sunday, filter(_is_weekend, days))}
    week = _sunday(on).toordinal() // 7
    running = 0
    while week - running in weekends:
        running += 1
    return running


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def _sunday(day: date) -> date:
    return date.fromordinal(day.toordinal() + 6 - day.weekday())
