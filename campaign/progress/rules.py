"""States of a step, and of a node's cell in a heat map (design section 2, "States"). Pure functions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol


class State(StrEnum):
    """The five states, and the empty outline of what is expected but not yet near."""

    OK = "ok"  # done in time
    LATE = "late"  # done late or made up
    OVER = "over"  # overdue
    SOON = "soon"  # due soon
    NONE = "none"  # not expected of this unit; never counted
    WAIT = "wait"  # expected, not yet near


_SEVERITY = (State.NONE, State.OK, State.WAIT, State.SOON, State.LATE, State.OVER)
SEVERITY = {state: rank for rank, state in enumerate(_SEVERITY)}


class StepLike(Protocol):
    """What the rules need of a step."""

    tolerance_percent: int
    tolerance_days: int
    soon_days: int


class StatusLike(Protocol):
    """What the rules need of a step status."""

    applicable: bool
    due_on: date
    done_on: date | None
    made_up: bool


@dataclass(slots=True)
class Counts:
    """Owing organisations of a node and step on one day; ``expected = done + late + overdue + pending``.

    ``overdue_long`` is the part of ``overdue`` that is behind by more than the step's tolerance in days.
    """

    done: int = 0
    late: int = 0
    overdue: int = 0
    pending: int = 0
    not_applicable: int = 0
    overdue_long: int = 0
    next_due_on: date | None = None
    persons_due: int = 0
    persons_done: int = 0

    @property
    def expected(self) -> int:
        return self.done + self.late + self.overdue + self.pending


class Cell(NamedTuple):
    """What a heat map shows: the state, and the number behind it (missing, late, or days left)."""

    state: State
    number: int | None = None


def state_of(step: StepLike, status: StatusLike, today: date) -> State:
    """The state of one organisation's step on a day."""
    if not status.applicable:
        return State.NONE
    if status.done_on:
        return State.LATE if status.made_up or status.done_on > status.due_on else State.OK
    if status.due_on < today:
        return State.OVER
    return State.SOON if (status.due_on - today).days <= step.soon_days else State.WAIT


def cell(step: StepLike, counts: Counts, today: date) -> Cell:
    """The cell of a node for a step that organisations below it owe.

    Red when more than the tolerance is overdue (a share of those expected, or any for too many days),
    else yellow when more than the tolerance came late, else blue or green.
    """
    expected = counts.expected
    if expected == 0:
        return Cell(State.NONE)
    allowed = step.tolerance_percent * expected
    if counts.overdue * 100 > allowed or counts.overdue_long:
        return Cell(State.OVER, counts.overdue)
    if counts.late * 100 > allowed:
        return Cell(State.LATE, counts.late)
    if counts.next_due_on is None:
        return Cell(State.OK, counts.overdue or None)
    days = (counts.next_due_on - today).days
    return Cell(State.SOON, days) if days <= step.soon_days else Cell(State.WAIT)


def own_cell(step: StepLike, status: StatusLike, counts: Counts, today: date) -> Cell:
    """The cell of a node that owes the step itself: its own state, or that of those below when worse.

    A committee that held its own meeting must not hide the branches that did not.
    """
    state = state_of(step, status, today)
    below = cell(step, counts, today)
    if SEVERITY[below.state] > SEVERITY[state]:
        return below
    if state is State.OVER:
        return Cell(state, counts.overdue)
    return Cell(state, (status.due_on - today).days if state is State.SOON else None)
