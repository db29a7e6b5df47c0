"""States and cells: every boundary (design section 2, "States")."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from campaign.progress.rules import Cell, Counts, State, cell, own_cell, state_of

TODAY = date(2026, 9, 15)


@dataclass
class Step:
    tolerance_percent: int = 2
    tolerance_days: int = 7
    soon_days: int = 7


@dataclass
class Status:
    due_on: date = TODAY
    done_on: date | None = None
    made_up: bool = False
    applicable: bool = True


def day(n):
    return TODAY + timedelta(n)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (Status(applicable=False, due_on=day(-30)), State.NONE),
        (Status(due_on=day(-1)), State.OVER),
        (Status(due_on=day(0)), State.SOON),
        (Status(due_on=day(7)), State.SOON),
        (Status(due_on=day(8)), State.WAIT),
        (Status(due_on=day(-5), done_on=day(-5)), State.OK),
        (Status(due_on=day(-5), done_on=day(-4)), State.LATE),
        (Status(due_on=day(-5), done_on=day(-9), made_up=True), State.LATE),
    ],
)
def test_state(status, state):
    assert state_of(Step(), status, TODAY) is state


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(), Cell(State.NONE)),
        (Counts(not_applicable=4), Cell(State.NONE)),
        (Counts(done=10), Cell(State.OK)),
        # 2 % of 100 is the tolerance: two overdue are within it, three are not
        (Counts(done=98, overdue=2), Cell(State.OK, 2)),
        (Counts(done=97, overdue=3), Cell(State.OVER, 3)),
        (Counts(done=98, overdue=2, overdue_long=1), Cell(State.OVER, 2)),
        (Counts(done=1, overdue=1), Cell(State.OVER, 1)),
        (Counts(done=98, late=2), Cell(State.OK)),
        (Counts(done=97, late=3), Cell(State.LATE, 3)),
        (Counts(done=5, pending=5, next_due_on=day(7)), Cell(State.SOON, 7)),
        (Counts(done=5, pending=5, next_due_on=day(0)), Cell(State.SOON, 0)),
        (Counts(done=5, pending=5, next_due_on=day(8)), Cell(State.WAIT)),
        (Counts(late=5, pending=5, next_due_on=day(1)), Cell(State.LATE, 5)),
    ],
)
def test_cell(counts, expected):
    assert cell(Step(), counts, TODAY) == expected


def test_a_tolerance_of_nothing_makes_the_first_one_red():
    assert cell(Step(tolerance_percent=0), Counts(done=999, overdue=1), TODAY).state is State.OVER


def test_the_own_meeting_does_not_hide_the_branches():
    own = Status(due_on=day(-3), done_on=day(-4))
    assert own_cell(Step(), own, Counts(done=1), TODAY).state is State.OK
    assert own_cell(Step(), own, Counts(done=1, overdue=1), TODAY) == Cell(State.OVER, 1)


def test_the_own_state_shows_when_those_below_are_well():
    own = Status(due_on=day(2))
    counts = Counts(done=60, pending=1, next_due_on=day(2))
    assert own_cell(Step(), own, counts, TODAY) == Cell(State.SOON, 2)
    late = Status(due_on=day(-5), done_on=day(-1))
    assert own_cell(Step(), late, Counts(done=60, late=1), TODAY).state is State.LATE
