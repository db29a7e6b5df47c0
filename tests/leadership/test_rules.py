"""The rules of leadership, case by case."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from campaign.leadership import rules

ON = date(2026, 9, 1)
LAUNCH = date(2026, 8, 1)


@pytest.mark.item(18, 19)
@pytest.mark.parametrize(
    ("kind", "responsible"),
    [
        ("COMMITTEE", "FIRST"),
        ("LEADING_GROUP_DZ", "FIRST"),
        ("HQ_COMMITTEE", "FIRST"),
        ("GENERAL_BRANCH", "DIRECT"),
        ("BRANCH", "DIRECT"),
        ("JOINT_BRANCH", "DIRECT"),
        ("LOCAL_COMMITTEE", None),
    ],
)
def test_each_organization_has_one_kind_of_responsible_person(kind, responsible):
    assert rules.responsible_kind(kind) == responsible


@pytest.mark.item(19)
@pytest.mark.parametrize(
    ("held", "last", "days", "long"),
    [
        (True, None, None, False),
        (False, None, 32, True),  # since the launch nobody
        (False, ON - timedelta(7), 7, False),
        (False, ON - timedelta(8), 8, True),
        (False, date(2020, 1, 1), 32, True),  # before the campaign nobody was asked for
        (False, ON, 0, False),
    ],
)
def test_a_vacancy_is_warned_of_after_seven_days(held, last, days, long):
    found = rules.vacant_days(held, last, LAUNCH, ON)
    assert found == days
    assert rules.is_long_vacant(found) is long


@pytest.mark.item(17)
@pytest.mark.parametrize(
    ("head", "secretary", "state"),
    [(1, 1, "right"), (1, 2, "changed"), (None, 2, "missing"), (1, None, "no secretary")],
)
def test_the_head_is_the_secretary_in_office(head, secretary, state):
    assert rules.head_state(head, secretary) == state


@pytest.mark.item(25)
@pytest.mark.parametrize(
    ("state", "capacities", "acts"),
    [
        ("DRAFT", {"own"}, ["submit"]),
        ("DRAFT", {"leading", "group"}, []),
        ("SUBMITTED", {"own"}, []),
        ("SUBMITTED", {"group"}, ["review", "return"]),
        ("SUBMITTED", {"leading"}, ["review", "return"]),
        ("REVIEWED", {"group"}, ["return"]),
        ("REVIEWED", {"leading"}, ["approve", "return"]),
        ("APPROVED", {"leading"}, ["file"]),
        ("APPROVED", {"group", "own"}, []),
        ("FILED", {"own", "leading", "group"}, []),
        ("RETURNED", {"leading"}, []),
    ],
)
def test_what_follows_in_the_chain_and_who_does_it(state, capacities, acts):
    assert rules.possible_acts(state, capacities) == acts


@pytest.mark.item(25)
def test_a_step_of_the_chain_cannot_be_jumped():
    assert rules.next_state("REVIEWED", "approve") == "APPROVED"
    with pytest.raises(ValueError):
        rules.next_state("SUBMITTED", "approve")


@pytest.mark.item(25)
def test_two_versions_are_compared_line_by_line():
    lines = rules.compare("一、学习\n二、评议", "一、学习\n二、分析评议\n三、整改")
    assert [(line.kind, line.text) for line in lines] == [
        ("same", "一、学习"),
        ("removed", "二、评议"),
        ("added", "二、分析评议"),
        ("added", "三、整改"),
    ]
    assert rules.compare("一\n", "一") == []


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 3, "33.3"), (2, 3, "66.7"), (0, 5, "0.0"), (5, 5, "100.0")])
def test_percentages_have_one_decimal(part, whole, percent):
    assert rules.coverage(part, whole) == Decimal(percent)


def test_nobody_has_no_percentage_and_more_than_all_is_refused():
    assert rules.coverage(0, 0) is None
    with pytest.raises(ValueError):
        rules.coverage(4, 3)


@pytest.mark.item(26)
@pytest.mark.parametrize(
    ("fact", "end", "state"),
    [
        (True, ON - timedelta(30), "ok"),
        (False, ON + timedelta(8), "wait"),
        (False, ON + timedelta(7), "soon"),
        (False, ON, "soon"),
        (False, ON - timedelta(1), "over"),
        (False, None, "wait"),
    ],
)
def test_an_empty_cell_is_spoken_of_near_the_end_of_its_phase(fact, end, state):
    assert rules.cell_state(fact, end, ON) == state


@pytest.mark.item(27)
def test_dual_life_is_both_meetings():
    both, one, none = rules.DualLife(ON, ON), rules.DualLife(ON, None), rules.DualLife(None, None)
    assert [row.complete for row in (both, one, none)] == [True, False, False]
    assert rules.dual_rate([both, one, none]) == Decimal("33.3")
    assert rules.dual_rate([]) is None


@pytest.mark.item(28)
@pytest.mark.parametrize(
    ("since", "visit", "days"),
    [(31, None, 31), (30, None, None), (90, 31, 31), (90, 30, None), (5, 40, None)],
)
def test_a_contact_point_is_unvisited_after_thirty_days(since, visit, days):
    last = ON - timedelta(visit) if visit is not None else None
    assert rules.unvisited_days(ON - timedelta(since), last, ON) == days


@pytest.mark.item(28)
def test_the_own_branch_is_no_contact_point():
    assert rules.counts_as_contact(1, 2) and not rules.counts_as_contact(2, 2)


@pytest.mark.item(22)
@pytest.mark.parametrize(
    ("staff", "allocated", "used", "premises", "gaps"),
    [
        (2, "1000", "400", True, []),
        (0, None, "0", False, ["NO_STAFF", "NO_BUDGET", "NO_PREMISES"]),
        (1, "0", "0", True, ["NO_BUDGET"]),
        (1, "100", "100.01", True, ["OVERSPENT"]),
    ],
)
def test_what_an_office_lacks(staff, allocated, used, premises, gaps):
    assert rules.support_gaps(staff, allocated and Decimal(allocated), Decimal(used), premises) == gaps


@pytest.mark.item(25)
@pytest.mark.parametrize(
    ("text", "other", "percent"),
    [
        ("提高认识，加强领导，精心组织。", "提高认识，加强领导，精心组织。", "100.0"),
        ("提高认识，加强领导，精心组织。", "倒班职工按班次送学，项目部分批进行。", "0.0"),
        ("", "提高认识，加强领导", "0.0"),
        ("提高认识", "提高认识", "100.0"),
    ],
)
def test_how_much_of_a_plan_is_copied(text, other, percent):
    assert rules.likeness(text, other) == Decimal(percent)
