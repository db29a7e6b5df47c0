"""The rules of support, at their boundaries (items 41-43)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.support import care_totals, rules
from campaign.support.rules import Cell
from enterprises.remarks import SENTENCES

DAY = date(2026, 9, 20)


@pytest.mark.item(42)
@pytest.mark.parametrize(
    ("days", "state", "late"),
    [(0, "RAISED", False), (9, "RAISED", False), (10, "RAISED", False), (11, "RAISED", True), (11, "ANSWERED", False)],
)
def test_the_tenth_day_is_still_in_time(days, state, late):
    assert rules.ANSWER_DAYS == 10
    assert rules.is_unanswered_long(state, DAY - timedelta(days), DAY) is late


@pytest.mark.item(42)
@pytest.mark.parametrize(
    ("state", "due", "overdue"),
    [
        ("ANSWERED", DAY, False),
        ("ANSWERED", DAY - timedelta(1), True),
        ("RAISED", None, False),
        ("SOLVED", DAY - timedelta(1), False),
        ("REFUSED", DAY - timedelta(1), False),
    ],
)
def test_what_was_promised_is_overdue_after_its_day(state, due, overdue):
    assert rules.is_overdue(state, due, DAY) is overdue


@pytest.mark.item(41)
def test_states_follow_one_another():
    assert rules.weak_may_follow("IN_HAND", "REPORTED") and not rules.weak_may_follow("IN_HAND", "ACCEPTED")
    assert rules.weak_may_follow("REPORTED", "IN_HAND") and rules.weak_may_follow("ACCEPTED", "IN_HAND")
    assert not any(rules.weak_may_follow("WITHDRAWN", state) for state in rules.WEAK_FOLLOWS)
    assert rules.request_may_follow("SOLVED", "RAISED") and not rules.request_may_follow("SOLVED", "ANSWERED")


@pytest.mark.item(41)
def test_a_dismissal_holds_for_what_was_found_before_it():
    assert rules.still_dismissed(DAY, DAY) and rules.still_dismissed(DAY - timedelta(1), DAY)
    assert not rules.still_dismissed(DAY + timedelta(1), DAY)
    assert set(rules.PROPOSED) <= set(SENTENCES)


SUMS = (("a", "b", "sum"),)


def row(a, b):
    return {"a": Cell(a, a), "b": Cell(b, b), "sum": Cell(a + b, a + b)}


@pytest.mark.item(43)
@pytest.mark.parametrize(
    ("a", "b", "unseen"),
    [
        (5, 5, set()),
        (4, 9, {"a", "b"}),  # 4 alone could be computed from the sum
        (0, 9, set()),  # nobody stands behind a nought
        (1, 1, {"a", "b", "sum"}),
        (0, 4, {"b", "sum"}),
    ],
)
def test_what_is_hidden_in_one_row(a, b, unseen):
    assert rules.hidden_alone(row(a, b), SUMS) == unseen


@pytest.mark.item(43)
def test_persons_decide_not_records():
    many_for_one = {"a": Cell(9, 1), "b": Cell(8, 8), "sum": Cell(17, 9)}
    assert "a" in rules.hidden_alone(many_for_one, SUMS)


@pytest.mark.item(43)
def test_a_small_row_is_not_given_away_by_the_others():
    rows = {"x": row(20, 20), "y": row(9, 3)}
    own = row(29, 23)
    below = rules.hidden_below(own, frozenset(), rows, SUMS)
    assert "b" in below["y"] and "b" in below["x"]


CELLS = st.integers(0, 12)
TABLES = st.dictionaries(st.sampled_from("wxyz"), st.tuples(CELLS, CELLS), min_size=1, max_size=4)


@pytest.mark.item(43)
@settings(max_examples=300, deadline=None, database=None)
@given(TABLES)
def test_no_hidden_figure_stands_alone_in_a_sum(table):
    rows = {key: row(*cells) for key, cells in table.items()}
    own = row(sum(a for a, _ in table.values()), sum(b for _, b in table.values()))
    above = rules.hidden_alone(own, SUMS)
    below = rules.hidden_below(own, above, rows, SUMS)
    for key, cells in rows.items():
        assert all(column in below[key] for column, cell in cells.items() if cell.is_small)
        assert len(below[key]) != 1
    for column in own:
        unseen = (column in above) + sum(column in hidden for hidden in below.values())
        assert unseen != 1


@pytest.mark.item(43)
def test_the_columns_of_the_report_add_up_to_the_total():
    assert all(columns[-1] == care_totals.TOTAL for columns in care_totals.SUMS)
    assert set(care_totals.COLUMNS) == {column for columns in care_totals.SUMS for column in columns}
