"""The rules of rectification, as tables of cases."""

from datetime import date, timedelta

import pytest

from campaign.rectification import rules
from campaign.rectification.rules import Closing, Facts, Gap

DAY = date(2005, 10, 20)
FULL = {"measure": "由二十三张减为九张", "due_on": DAY, "owned": True}


@pytest.mark.item(69, 72)
@pytest.mark.parametrize(
    ("facts", "gaps"),
    [
        (FULL, []),
        (FULL | {"owned": False}, [Gap.OWNER]),
        (FULL | {"due_on": None}, [Gap.DUE]),
        (FULL | {"due_on": None, "owned": False}, [Gap.OWNER, Gap.DUE]),
        (FULL | {"due_on": None, "lacking": True}, [Gap.EXPLANATION]),
        (FULL | {"due_on": None, "lacking": True, "explanation": " "}, [Gap.EXPLANATION]),
        (FULL | {"due_on": None, "lacking": True, "explanation": "管网改造需市里统筹"}, []),
    ],
)
def test_what_an_item_lacks(facts, gaps):
    assert rules.opening_gaps(Facts(**facts)) == gaps


@pytest.mark.item(72)
@pytest.mark.parametrize(
    ("facts", "gaps"),
    [
        (FULL, []),
        ({"measure": "切实转变作风，不断提高水平", "due_on": DAY}, [Gap.RESULT]),
        ({"measure": "切实转变作风", "expected": "首问负责制印发试行", "due_on": DAY}, []),
        ({"measure": "夜班班车增开一班", "due_on": DAY}, []),
        ({"measure": "大力改进", "owned": False}, [Gap.OWNER, Gap.DUE, Gap.RESULT]),
        ({"measure": "大力改进", "lacking": True, "explanation": "说明了原因"}, []),
    ],
)
def test_slogans(facts, gaps):
    assert rules.is_slogan(Facts(**facts)) == gaps


OWNER = frozenset({"#1", "厂长"})


@pytest.mark.item(70, 73)
@pytest.mark.parametrize(
    ("changes", "gaps"),
    [
        ({}, []),
        ({"done": "  "}, [Gap.DONE]),
        ({"done_on": None, "outcome": ""}, [Gap.DONE_ON, Gap.OUTCOME]),
        ({"priority": True}, [Gap.PROOF, Gap.VERIFIER]),
        ({"priority": True, "proofs": 1}, [Gap.VERIFIER]),
        ({"priority": True, "proofs": 1, "verifier": frozenset({"#2"})}, []),
        ({"priority": True, "proofs": 1, "verifier": frozenset({"#1"})}, [Gap.OWN_VERIFIER]),
        ({"priority": True, "proofs": 1, "verifier": frozenset({"厂长"})}, [Gap.OWN_VERIFIER]),
        ({"verifier": frozenset({"厂长"})}, [Gap.OWN_VERIFIER]),
    ],
)
def test_what_keeps_an_item_open(changes, gaps):
    told = {
        "done": "已减为九张", "done_on": DAY, "outcome": "PRACTICAL", "priority": False, "proofs": 0,
        "owner": OWNER, "verifier": frozenset(),
    }  # fmt: skip
    assert rules.closing_gaps(Closing(**told | changes)) == gaps


@pytest.mark.item(69, 72)
@pytest.mark.parametrize(
    ("facts", "days_later", "overdue", "reminder"),
    [
        (FULL, -8, False, None),
        (FULL, -7, False, 7),
        (FULL, -6, False, None),
        (FULL, -3, False, 3),
        (FULL, -1, False, 1),
        (FULL, 0, False, None),
        (FULL, 1, True, 0),
        (FULL | {"state": "DONE"}, 1, False, None),
        (FULL | {"state": "PUBLISHED"}, 1, False, None),
        (FULL | {"lacking": True}, 400, False, None),
        (FULL | {"due_on": None}, 400, False, None),
    ],
)
def test_overdue_and_reminders(facts, days_later, overdue, reminder):
    today = DAY + timedelta(days_later)
    assert rules.is_overdue(Facts(**facts), today) is overdue
    assert rules.reminder(Facts(**facts), today) == reminder


@pytest.mark.item(68)
@pytest.mark.parametrize(
    ("day", "phase"),
    [(date(2005, 7, 19), None), (date(2005, 7, 20), 1), (date(2005, 9, 1), 2), (date(2006, 1, 1), 3)],
)
def test_the_phase_of_a_day(day, phase):
    starts = [(3, date(2005, 10, 10)), (1, date(2005, 7, 20)), (2, date(2005, 9, 1))]
    assert rules.phase_at(starts, day) == phase


@pytest.mark.item(68)
def test_states_follow_one_another():
    allowed = {(a, b) for a, after in rules.FOLLOWS.items() for b in after}
    assert ("OPEN", "DONE") in allowed and ("DONE", "PUBLISHED") in allowed and ("PUBLISHED", "IN_PROGRESS") in allowed
    assert ("OPEN", "PUBLISHED") not in allowed and ("IN_PROGRESS", "PUBLISHED") not in allowed
    assert all(rules.may_follow(a, b) is ((a, b) in allowed) for a in rules.FOLLOWS for b in rules.FOLLOWS)


@pytest.mark.item(69)
@pytest.mark.parametrize(
    ("items", "nothing", "gaps"),
    [
        ([], "", {Gap.RESULT: 0}),
        ([], "没有收到意见，也没有发现问题", {}),
        ([FULL], "", {}),
        ([FULL, FULL | {"owned": False}, {"owned": False}], "", {Gap.OWNER: 2, Gap.DUE: 1}),
    ],
)
def test_what_keeps_a_plan_back(items, nothing, gaps):
    assert rules.plan_gaps([Facts(**facts) for facts in items], nothing) == gaps
