"""Calendars and guidance, boundary by boundary (items 5-7, 33-36)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import translation

from campaign.plan import rules
from campaign.plan.rules import Span


@pytest.fixture(autouse=True)
def in_english():
    """Messages are compared in the language of the source."""
    with translation.override("en"):
        yield


POLICY = {
    "class_hours": 40,
    "writing": "WRITTEN",
    "shift_days": 0,
    "binding": True,
    "rules": [
        {"category": "FRONT_LINE", "class_hours": 32, "writing": "SHORT", "materials_cap": 3},
        {"condition": "IN_DIFFICULTY", "class_hours": 36, "shift_days": 7},
        {"category": "FRONT_LINE", "condition": "IN_DIFFICULTY", "class_hours": 28},
        {"category": "RETIRED", "binding": False},
    ],
}


@pytest.mark.parametrize(
    ("category", "condition", "hours", "writing", "shift", "binding", "cap"),
    [
        ("HQ_STAFF", "SOUND", 40, "WRITTEN", 0, True, None),
        ("HQ_STAFF", "IN_DIFFICULTY", 36, "WRITTEN", 7, True, None),
        ("FRONT_LINE", "SOUND", 32, "SHORT", 0, True, 3),
        ("FRONT_LINE", "IN_DIFFICULTY", 28, "SHORT", 7, True, 3),
        ("RETIRED", "SOUND", 40, "WRITTEN", 0, False, None),
        (None, "IN_DIFFICULTY", 36, "WRITTEN", 7, True, None),
        (None, None, 40, "WRITTEN", 0, True, None),
    ],
)
@pytest.mark.item(33, 34, 36)
def test_the_most_specific_rule_wins_field_by_field(category, condition, hours, writing, shift, binding, cap):
    found = rules.guidance(POLICY, category, condition)
    assert (found.class_hours, found.writing, found.shift_days) == (hours, writing, shift)
    assert (found.binding, found.materials_cap) == (binding, cap)


@pytest.mark.item(31, 36)
@pytest.mark.parametrize(
    ("at_most", "category", "band", "writing"),
    [
        ({}, "HQ_STAFF", "LOWER", "WRITTEN"),
        (None, "HQ_STAFF", "LOWER", "WRITTEN"),
        ({"LOWER": "ORAL"}, "HQ_STAFF", "LOWER", "ORAL"),
        ({"LOWER": "ORAL"}, "HQ_STAFF", "GENERAL", "WRITTEN"),
        ({"LOWER": None}, "HQ_STAFF", "LOWER", "WRITTEN"),
        ({"HIGH": "WRITTEN"}, "FRONT_LINE", "HIGH", "SHORT"),  # it never asks more
    ],
)
def test_education_only_lessens_what_is_asked(at_most, category, band, writing):
    assert rules.writing_for(POLICY | {"writing_at_most": at_most}, category, "SOUND", band) == writing


def test_guidance_says_which_rule_decided():
    found = rules.guidance(POLICY, "FRONT_LINE", "IN_DIFFICULTY")
    assert found.rules == {"class_hours": 2, "writing": 0, "materials_cap": 0, "shift_days": 1}


def test_category_goes_before_condition_whatever_the_order():
    policy = POLICY | {"rules": list(reversed(POLICY["rules"]))}
    assert rules.guidance(policy, "FRONT_LINE", "IN_DIFFICULTY").class_hours == 28
    rule = {"category": "TECHNICAL", "class_hours": 30}
    assert rules.guidance(POLICY | {"rules": [rule, *POLICY["rules"]]}, "TECHNICAL", "IN_DIFFICULTY").class_hours == 30


@pytest.mark.parametrize(
    ("conditions", "days", "expected"),
    [
        (["SOUND"] * 3, [0, 0, 0], True),
        (["SOUND"] * 3, [0, 0, 1], False),
        (["SOUND", "SOUND", "IN_DIFFICULTY"], [0, 0, 0], False),
        (["SOUND"] * 2, [0, 0], False),
        ([], [], False),
    ],
)
@pytest.mark.item(33)
def test_marching_in_step(conditions, days, expected):
    span = Span(date(2005, 7, 20), date(2005, 8, 31))
    plans = [(condition, {"one": span.moved(n)}) for condition, n in zip(conditions, days, strict=True)]
    assert rules.undifferentiated(plans) is expected


@dataclass
class Step:
    code: str
    anchor: str
    due_days: int


SPAN = Span(date(2005, 7, 20), date(2005, 8, 31))


@pytest.mark.parametrize(
    ("anchor", "days", "shift", "expected"),
    [
        ("phase_start", 0, 0, date(2005, 7, 20)),
        ("phase_start", 7, 0, date(2005, 7, 27)),
        ("phase_end", 0, 0, date(2005, 8, 31)),
        ("phase_end", -3, 7, date(2005, 9, 4)),
    ],
)
def test_due_date(anchor, days, shift, expected):
    assert rules.due_date(Step("a", anchor, days), SPAN, shift) == expected


@pytest.mark.parametrize(
    ("headquarters", "condition", "offset"),
    [
        (True, "SOUND", 0),
        (False, "SOUND", 14),
        (False, "NEAR_BANKRUPTCY", 28),
        (True, "RESTRUCTURING", 28),
    ],
)
@pytest.mark.item(5, 32)
def test_rolling_offset(headquarters, condition, offset):
    rolling = {"subsidiary_days": 14, "hard_condition_days": 28}
    assert rules.rolling_offset(rolling, headquarters, condition) == offset


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [((0, 5), (5, 9), 1), ((0, 4), (5, 9), 0), ((0, 9), (2, 3), 2), ((5, 9), (0, 20), 5)],
)
def test_overlap(first, second, days):
    day = date(2005, 7, 1)
    spans = [Span(day + timedelta(a), day + timedelta(b)) for a, b in (first, second)]
    assert spans[0].overlap(spans[1]) == days == spans[1].overlap(spans[0])


NAMES = {"one": "Phase one", "two": "Phase two"}
START = date(2005, 7, 20)


def plan(*days: tuple[int, int]) -> dict[str, Span]:
    return {code: Span(START + timedelta(a), START + timedelta(b)) for code, (a, b) in zip(NAMES, days, strict=True)}


def codes(spans, **context) -> list[str]:
    return [objection.code for objection in rules.objections(NAMES, spans, **context)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (((0, 40), (41, 90)), []),
        (((0, 41), (41, 90)), ["order"]),
        (((5, 3), (41, 90)), ["reversed"]),
        (((0, 40), (41, 73)), ["length"]),
        (((0, 40), (41, 74)), []),
        (((0, 40), (41, 109)), []),
        (((0, 40), (41, 110)), ["length"]),
    ],
)
@pytest.mark.item(6)
def test_order_and_length(days, expected):
    assert codes(plan(*days)) == expected


def test_only_order_is_hard():
    found = rules.objections(NAMES, plan((0, 41), (41, 120)))
    assert [(o.code, o.hard) for o in found] == [("order", True), ("length", False)]


@pytest.mark.parametrize(("start", "expected"), [(0, []), (1, []), (-1, ["headquarters"])])
@pytest.mark.item(5)
def test_not_before_the_headquarters(start, expected):
    assert codes(plan((start, 40), (41, 90)), headquarters=plan((0, 40), (41, 90))) == expected


@pytest.mark.item(7)
def test_peaks():
    peak = Span(START + timedelta(85), START + timedelta(200))
    found = rules.objections(NAMES, plan((0, 40), (41, 90)), peaks=[peak])
    assert [o.code for o in found] == ["peak"] and "6 of 50" in found[0].message


def test_effect_counts_organisations_and_keeps_passed_dates():
    steps = [Step("a", "phase_start", 3), Step("b", "phase_end", 0), Step("c", "phase_start", 0)]
    old, new = Span(START, START + timedelta(40)), Span(START, START + timedelta(45))
    moves = rules.effect([(step, old, new) for step in steps], today=START + timedelta(50), shift=0, owing={"b": 7})
    assert [(m.step, m.old, m.new, m.organizations, m.passed) for m in moves] == [
        ("b", old.ends_on, new.ends_on, 7, True)
    ]
    assert not rules.effect([(steps[1], old, new)], today=START, shift=0, owing={})[0].passed
