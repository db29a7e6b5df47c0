"""The rules of the reading list and of political birthdays, as tables of cases."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.study import rules

D = date


@pytest.mark.item(34)
@pytest.mark.parametrize(("required", "cap", "over"), [(3, 3, 0), (4, 3, 1), (0, 3, 0), (9, None, 0), (7, 3, 4)])
def test_titles_over_the_cap(required, cap, over):
    assert rules.over_cap(required, cap) == over


@pytest.mark.item(34)
def test_a_title_for_nobody_in_particular_is_for_everybody():
    assert rules.is_for([], "RETIRED")
    assert rules.is_for(["LEADER", "RETIRED"], "RETIRED")
    assert not rules.is_for(["LEADER"], "RETIRED")


@pytest.mark.item(49)
@pytest.mark.parametrize(
    ("today", "taken_up", "missing"),
    [
        (D(2005, 8, 10), False, False),  # the middle itself
        (D(2005, 8, 11), False, True),
        (D(2005, 8, 31), False, True),
        (D(2005, 9, 1), False, False),  # the phase is over: the gate says the rest
        (D(2005, 8, 20), True, False),
    ],
)
def test_key_title_by_the_middle_of_the_phase(today, taken_up, missing):
    assert rules.key_title_missing(D(2005, 7, 20), D(2005, 8, 31), taken_up, today) is missing


@pytest.mark.item(51)
@pytest.mark.parametrize(
    ("admitted", "today", "day", "years"),
    [
        (D(1985, 8, 20), D(2005, 8, 1), D(2005, 8, 20), 20),
        (D(1985, 8, 20), D(2005, 8, 20), D(2005, 8, 20), 20),
        (D(1985, 8, 20), D(2005, 8, 21), D(2006, 8, 20), 21),
        (D(1984, 2, 29), D(2005, 2, 1), D(2005, 2, 28), 21),
        (D(1984, 2, 29), D(2008, 2, 1), D(2008, 2, 29), 24),
        (D(2005, 7, 1), D(2005, 7, 1), D(2006, 7, 1), 1),  # the day of admission is no birthday yet
        (D(2005, 9, 1), D(2005, 7, 1), D(2006, 9, 1), 1),
    ],
)
def test_next_political_birthday(admitted, today, day, years):
    assert rules.next_birthday(admitted, today) == (day, years)


@pytest.mark.item(48)
@pytest.mark.parametrize(
    ("hours", "place"), [(0, 0), (Decimal("0.5"), 1), (Decimal("9.9"), 1), (10, 2), (29, 3), (39, 4), (40, 5), (62, 5)]
)
def test_bands_of_class_hours(hours, place):
    assert rules.band(hours) == place
