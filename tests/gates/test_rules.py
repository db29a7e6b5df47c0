"""Which gate is next, what refuses a passage, who lets pass, what a look back finds."""

import pytest

from campaign.gates import rules

GATES = [
    {"code": "prepare", "from": "enrolled", "to": "prepared"},
    {"code": "open_one", "from": "prepared", "to": "ONE"},
    {"code": "open_two", "from": "ONE", "to": "TWO"},
    {"code": "survey", "from": "TWO", "to": "surveyed"},
    {"code": "sum_up", "from": "surveyed", "to": "summed_up"},
    {"code": "close", "from": "summed_up", "to": "closed"},
]
SHORT = [{"code": "open", "from": "enrolled", "to": "ONE"}, {"code": "close", "from": "ONE", "to": "closed"}]


@pytest.mark.item(6)
@pytest.mark.parametrize(
    ("gates", "stage", "gate"),
    [
        (GATES, "enrolled", "prepare"),
        (GATES, "prepared", "open_one"),
        (GATES, "ONE", "open_two"),
        (GATES, "TWO", "survey"),
        (GATES, "surveyed", "sum_up"),
        (GATES, "summed_up", "close"),
        (GATES, "closed", None),
        (GATES, "make_up", "survey"),  # leaving make-up takes the survey's gate anew
        (SHORT, "enrolled", "open"),
        (SHORT, "make_up", None),
        ([], "enrolled", None),
    ],
)
def test_the_next_gate(gates, stage, gate):
    found = rules.next_gate(gates, stage)
    assert (found["code"] if found else None) == gate


@pytest.mark.item(6)
@pytest.mark.parametrize(
    ("stage", "wanted", "unmet", "reason", "refusal"),
    [
        ("ONE", "open_two", 0, "", None),
        ("ONE", "open_two", 2, "", "reason"),
        ("ONE", "open_two", 2, "  ", "reason"),
        ("ONE", "open_two", 2, "停产检修", None),
        ("ONE", "survey", 0, "停产检修", "order"),  # no skipping, whatever the reason
        ("TWO", "open_two", 0, "", "order"),  # a gate that is passed does not open twice
        ("prepared", "open_two", 0, "x", "order"),  # phase two before phase one is closed
        ("make_up", "survey", 0, "", None),
        ("make_up", "sum_up", 0, "x", "order"),
        ("closed", "close", 0, "x", "end"),
    ],
)
def test_what_refuses_a_passage(stage, wanted, unmet, reason, refusal):
    assert rules.refusal(GATES, stage, wanted, unmet=unmet, reason=reason) == refusal


@pytest.mark.parametrize(
    ("gates", "stage", "may"),
    [(GATES, "surveyed", True), (GATES, "TWO", False), (GATES, "summed_up", False), (SHORT, "surveyed", False)],
)
def test_who_can_be_sent_back(gates, stage, may):
    assert rules.may_return(gates, stage) is may


def test_stages_in_order():
    assert rules.stages(GATES) == ["enrolled", "prepared", "ONE", "TWO", "surveyed", "summed_up", "closed"]
    assert rules.stages([]) == []


@pytest.mark.item(8)
@pytest.mark.parametrize(
    ("chain", "local", "passers"),
    [
        # SASAC (nobody's) above a headquarters
        ([(1, "COMMITTEE", None)], False, [1]),
        # a subsidiary below its headquarters: the headquarters, not SASAC
        ([(1, "COMMITTEE", None), (2, "LEADING_GROUP_DZ", 10)], False, [2]),
        # below the headquarters' own committee: both of the headquarters
        ([(1, "COMMITTEE", None), (2, "LEADING_GROUP_DZ", 10), (3, "HQ_COMMITTEE", 10)], False, [2, 3]),
        # a third level: only the subsidiary that leads it
        ([(1, "COMMITTEE", None), (2, "LEADING_GROUP_DZ", 10), (3, "COMMITTEE", 11)], False, [3]),
        # local affiliation: the local committees only, also below another local unit
        ([(7, "LOCAL_COMMITTEE", None)], True, [7]),
        ([(7, "LOCAL_COMMITTEE", None), (8, "COMMITTEE", 12)], True, [7]),
    ],
)
def test_who_lets_pass(chain, local, passers):
    assert rules.passers(chain, local) == passers


@pytest.mark.parametrize(
    ("expected", "missing", "made_up", "due", "result"),
    [
        (0, 0, 0, False, "NOT_ASKED"),
        (3, 0, 0, False, "DONE"),
        (3, 0, 1, False, "MADE_UP"),
        (3, 1, 1, True, "MISSING"),
        (3, 1, 0, False, "NOT_DUE"),
    ],
)
def test_what_a_look_back_finds(expected, missing, made_up, due, result):
    assert rules.look_back(expected, missing, made_up, due) == result
