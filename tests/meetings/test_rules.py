"""Quorum and votes: every boundary of dossier 2.3, and the acceptance examples 4.8 (1, 2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.meetings import rules
from campaign.meetings.rules import Exclusion, may_open, passes

DAY = date(2005, 9, 1)


@pytest.mark.parametrize(
    ("kind", "due", "present", "opens"),
    [
        ("resolution", 8, 3, False),
        ("resolution", 8, 4, True),
        ("resolution", 9, 4, False),
        ("resolution", 9, 5, True),
        ("resolution", 1, 0, False),
        ("resolution", 1, 1, True),
        ("admission", 8, 4, False),
        ("admission", 8, 5, True),
        ("admission", 9, 4, False),
        ("admission", 9, 5, True),
        ("election", 8, 6, False),
        ("election", 8, 7, True),
        ("election", 10, 7, False),
        ("election", 10, 8, True),
        ("election", 5, 4, True),
        ("election", 5, 3, False),
        ("democratic_life", 7, 4, False),
        ("democratic_life", 7, 5, True),
        ("democratic_life", 9, 6, True),
        ("democratic_life", 9, 5, False),
        ("democratic_life", 3, 2, True),
        *[(kind, 0, 0, False) for kind in rules.KINDS],
        *[(kind, 4, 4, True) for kind in rules.KINDS],
    ],
)
def test_opening(kind, due, present, opens):
    assert may_open(kind, due, present) is opens


@pytest.mark.parametrize(
    ("kind", "due", "present", "votes", "written", "preset", "passed"),
    [
        ("resolution", 8, 4, 4, 0, "2005", False),  # half of those due is not more than half
        ("resolution", 8, 5, 5, 0, "2005", True),
        ("resolution", 8, 8, 4, 0, "2005", False),
        ("resolution", 9, 9, 4, 0, "current", False),
        ("resolution", 9, 5, 5, 0, "current", True),
        ("resolution", 8, 4, 4, 1, "2005", False),  # written opinions count on admission only
        ("resolution", 8, 3, 3, 5, "2005", False),  # may not open
        ("admission", 8, 5, 4, 1, "2005", True),  # 4.8 (1)
        ("admission", 8, 5, 4, 0, "2005", False),
        ("admission", 8, 4, 4, 4, "2005", False),  # written opinions are no presence
        ("admission", 8, 5, 5, 0, "current", True),
        ("admission", 9, 5, 4, 0, "2005", False),
        ("admission", 9, 5, 4, 1, "2005", True),
        ("election", 10, 8, 4, 0, "2005", False),
        ("election", 10, 8, 5, 0, "2005", True),
        ("election", 10, 8, 5, 0, "current", False),
        ("election", 10, 8, 6, 0, "current", True),
        ("election", 10, 7, 7, 0, "2005", False),
        ("election", 10, 8, 4, 2, "2005", False),
        ("democratic_life", 7, 7, 7, 0, "current", False),
        ("resolution", 0, 0, 0, 0, "2005", False),
        ("resolution", 1, 1, 1, 0, "2005", True),
    ],
)
def test_passing(kind, due, present, votes, written, preset, passed):
    assert passes(kind, due, present, votes, written, preset) is passed


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (("resolution", -1, 0, 0), ValueError),
        (("resolution", 5, -1, 0), ValueError),
        (("resolution", 5, 5, -1), ValueError),
        (("resolution", 5, 5, 3, -1), ValueError),
        (("resolution", 5, 6, 3), ValueError),
        (("resolution", 5, 4, 5), ValueError),
        (("democratic_life", 5, 4, 5), ValueError),
        (("admission", 5, 4, 4, 2), ValueError),
        (("acclamation", 5, 4, 4), ValueError),
        (("acclamation", 0, 0, 0), ValueError),
        (("resolution", 5, 4, 4, 0, "1990"), ValueError),
        (("resolution", 5.0, 4, 4), TypeError),
        (("resolution", 5, True, 1), TypeError),
        (("resolution", 5, 4, "4"), TypeError),
    ],
)
def test_impossible_numbers_are_refused(args, error):
    with pytest.raises(error):
        passes(*args)


@pytest.mark.parametrize("args", [("resolution", 5, 6), ("resolution", -1, -1), ("quorum", 5, 5)])
def test_impossible_openings_are_refused(args):
    with pytest.raises(ValueError, match="."):
        may_open(*args)


@given(st.integers(0, 60), st.data(), st.sampled_from(rules.KINDS), st.sampled_from(rules.PRESETS))
def test_nothing_passes_that_may_not_open_and_more_votes_never_hurt(due, data, kind, preset):
    present = data.draw(st.integers(0, due))
    votes = data.draw(st.integers(0, present))
    passed = passes(kind, due, present, votes, preset=preset)
    assert not passed or may_open(kind, due, present)
    if passed and votes < present:
        assert passes(kind, due, present, votes + 1, preset=preset)
    if kind != "democratic_life" and may_open(kind, due, present):
        assert passed is (votes >= rules.votes_needed(kind, due, present, preset))


@dataclass
class Person:
    id: int
    kind: str = "FULL"
    full_on: date | None = None
    without_vote_until: date | None = None


def test_acceptance_example_of_eleven_members():
    """4.8 (1): 9 full, 2 probationary, 1 full under an approved exclusion: 8 are due."""
    members = [Person(i) for i in range(9)] + [Person(9, "PROBATIONARY"), Person(10, "PROBATIONARY")]
    decided = Exclusion(3, date(2005, 7, 1), date(2005, 7, 20))
    due = rules.voters_due(members, [decided], DAY)
    assert due == [0, 1, 2, 4, 5, 6, 7, 8]
    assert may_open("resolution", len(due), 4)
    assert passes("resolution", len(due), 5, 5)
    assert not may_open("election", len(due), 6)


@pytest.mark.parametrize(
    ("person", "votes"),
    [
        (Person(1), True),
        (Person(1, "PROBATIONARY"), False),
        (Person(1, full_on=date(2005, 9, 1)), True),
        (Person(1, full_on=date(2005, 9, 2)), False),
        (Person(1, without_vote_until=date(2005, 9, 1)), False),
        (Person(1, without_vote_until=date(2005, 8, 31)), True),
    ],
)
def test_right_to_vote(person, votes):
    assert rules.has_vote(person, DAY) is votes


@pytest.mark.parametrize(
    ("approved", "adopted", "until", "valid"),
    [
        (date(2005, 9, 1), date(2005, 9, 1), None, True),
        (date(2005, 9, 2), date(2005, 9, 1), None, False),
        (date(2005, 9, 1), date(2005, 9, 2), None, False),
        (None, date(2005, 8, 1), None, False),
        (date(2005, 8, 1), None, None, False),
        (date(2005, 8, 1), date(2005, 8, 1), date(2005, 9, 1), True),
        (date(2005, 8, 1), date(2005, 8, 1), date(2005, 8, 31), False),
    ],
)
def test_exclusion_needs_both_approvals_in_force(approved, adopted, until, valid):
    assert rules.exclusion_valid(Exclusion(1, approved, adopted, until), DAY) is valid


def test_half_present_is_warned_of():
    assert rules.is_exactly_half(8, 4)
    assert not rules.is_exactly_half(9, 4)
    assert not rules.is_exactly_half(9, 5)
    assert not rules.is_exactly_half(0, 0)


def test_two_rates_stand_side_by_side():
    attendance = rules.Attendance(due=18, present=16, on_leave=2, made_up=2)
    assert (attendance.raw, attendance.after_makeup) == (Decimal("88.9"), Decimal("100.0"))
    assert rules.Attendance(0, 0, 0, 0).raw is None
    assert rules.rate(1, 16) == Decimal("6.3")


@pytest.mark.item(55)
def test_weekends_in_a_row():
    saturdays = [date(2005, 9, 3), date(2005, 9, 10), date(2005, 9, 17)]
    assert rules.weekends_running(saturdays, date(2005, 9, 18)) == 3
    assert rules.weekends_running([*saturdays, date(2005, 9, 20)], date(2005, 9, 24)) == 0
    assert rules.weekends_running([saturdays[0], saturdays[2]], saturdays[2]) == 1
