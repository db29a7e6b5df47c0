"""The arithmetic of a survey: rates, thresholds, impossible numbers, and what is hidden."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.survey import rules

CODES = tuple(rules.DEFAULT_SCALE)


def told(satisfied=0, basically=0, dissatisfied=0, unknown=0):
    return dict(zip(CODES, (satisfied, basically, dissatisfied, unknown), strict=True))


@pytest.mark.item(74)
def test_the_example_of_the_dossier():
    found = rules.result(200, 190, 184, told(121, 52, 8, 3))
    assert found.return_rate == Decimal("95.0")
    assert found.satisfied_rate == Decimal("65.8")
    assert found.satisfied_or_basically_rate == Decimal("94.0")
    assert found.dissatisfied_rate == Decimal("4.3")
    assert not found.make_up_required


@pytest.mark.item(74)
@pytest.mark.parametrize(
    ("answers", "required"),
    [
        (told(60, 0, 0, 40), False),  # exactly 60 %
        (told(59, 0, 0, 41), True),
        (told(30, 30, 40), False),
        (told(29, 30, 41), True),
        (told(0, 59_999, 0, 40_001), True),  # 59.999 %: would be 60.0 when rounded
        (told(0, 0, 0, 10), True),
        (told(5), False),
        (told(0, 5), False),
        (told(0, 0, 5), True),
        (told(), False),  # nothing measured
    ],
)
def test_the_lower_threshold_is_exact(answers, required):
    total = sum(answers.values())
    assert rules.result(total, total, total, answers).make_up_required is required


@pytest.mark.parametrize(
    ("dissatisfied", "required"), [(50, False), (51, True), (49, False)]
)  # of 100, with a lower threshold that nobody misses
def test_the_upper_threshold_is_exact(dissatisfied, required):
    answers = told(100 - dissatisfied, 0, dissatisfied)
    assert rules.result(100, 100, 100, answers, min_satisfied_percent=0).make_up_required is required


def test_the_upper_threshold_is_not_rounded():
    answers = told(49_999, 0, 50_001)  # 50.001 %
    found = rules.result(100_000, 100_000, 100_000, answers, min_satisfied_percent=0)
    assert found.dissatisfied_rate == Decimal("50.0") and found.make_up_required


def test_nothing_valid_is_not_measured():
    found = rules.result(20, 3, 0, {})
    assert not found.measured
    assert found.satisfied_rate is found.satisfied_or_basically_rate is found.dissatisfied_rate is None
    assert found.return_rate == Decimal("15.0")
    assert rules.result(0, 0, 0, {}).return_rate is None


@pytest.mark.parametrize(
    ("issued", "returned", "valid", "answers"),
    [
        (10, 11, 10, told(10)),
        (10, 9, 10, told(10)),
        (10, 10, 10, told(9)),
        (10, 10, 9, told(10)),
        (10, 10, 10, {"satisfied": 10, "very": 0}),
        (10, 10, 10, told(11, -1)),
        (-1, 0, 0, {}),
        (0, -1, 0, {}),
        (10, 10, -1, {}),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(issued, returned, valid, answers):
    with pytest.raises(ValueError, match=r"\S"):
        rules.result(issued, returned, valid, answers)


def test_another_scale():
    scale = {"a": "satisfied", "b": "basically_satisfied", "c": "basically_satisfied", "d": "dissatisfied"}
    found = rules.result(10, 10, 10, {"a": 2, "b": 3, "c": 1, "d": 4}, scale=scale)
    assert (found.satisfied_rate, found.satisfied_or_basically_rate) == (Decimal("20.0"), Decimal("60.0"))
    assert not found.make_up_required


counts = st.integers(0, 400)


@given(counts, counts, counts, counts, st.integers(0, 50), st.integers(0, 50))
def test_any_numbers(a, b, c, d, invalid, kept):
    answers = told(a, b, c, d)
    valid = a + b + c + d
    found = rules.result(valid + invalid + kept, valid + invalid, valid, answers)
    if not valid:
        assert not found.make_up_required
        return
    assert Decimal(0) <= found.satisfied_rate <= found.satisfied_or_basically_rate <= Decimal(100)
    assert abs(found.satisfied_or_basically_rate - Decimal(100 * (a + b)) / valid) <= Decimal("0.05")
    assert found.make_up_required == ((a + b) * 5 < valid * 3 or c * 2 > valid)


GOOD = frozenset({"satisfied", "basically_satisfied"})
BAD = frozenset({"dissatisfied", "unknown"})


@pytest.mark.parametrize(
    ("row", "unseen"),
    [
        (told(121, 52, 8, 3), BAD),  # the example: 3 alone could be computed
        (told(100, 50, 10, 5), set()),
        (told(100, 50, 0, 0), set()),  # nobody stands behind a nought
        (told(100, 0, 0, 4), BAD),
        (told(100, 20, 1, 1), BAD),
        (told(3, 90, 0, 7), GOOD),
        (told(3, 90, 5, 2), set(CODES)),
        (told(5), set()),
        (told(2, 1, 1, 1), set(CODES)),
        (told(), set()),
    ],
)
def test_small_cells_are_hidden_with_others(row, unseen):
    assert rules.hidden(row) == unseen


def ways(cells, total):
    """How many ways there are to fill so many hidden cells with that sum."""
    if cells == 0:
        return 1
    return sum(1 for way in product(range(total + 1), repeat=cells - 1) if sum(way) <= total)


@given(st.tuples(*[st.integers(0, 12)] * 4))
def test_no_hidden_cell_can_be_computed(row):
    """Whoever knows the row's sum and every sum that is shown can fill what is hidden in more than one way."""
    counted = dict(zip(CODES, row, strict=True))
    unseen = rules.hidden(counted)
    assert all(counted[c] >= 5 or counted[c] == 0 for c in set(CODES) - unseen)
    for half in (GOOD, BAD):
        there = unseen & half
        total = rules.sum_shown(counted, unseen, half)
        assert total is not None  # with two options on each side the sums of the sides are always shown
        if there:
            assert ways(len(there), sum(counted[c] for c in there)) > 1
    assert len(unseen) != 1


def test_single_cells_are_hidden_and_their_complements_too():
    scale = {"a": "satisfied", "b": "basically_satisfied", "c": "dissatisfied"}
    row = {"a": 50, "b": 9, "c": 3}
    unseen = rules.hidden(row, scale=scale)
    assert unseen == {"c", "b"}
    assert rules.sum_shown(row, unseen, frozenset({"a", "b"})) is None  # the rest would be the 3
    assert rules.sum_shown(row, unseen, frozenset({"a"})) == 50


def test_sums_that_give_nothing_away_are_shown():
    row = told(3, 90, 0, 7)
    unseen = rules.hidden(row)
    assert rules.sum_shown(row, unseen, GOOD) == 93
    assert rules.sum_shown(row, unseen, frozenset({"satisfied"})) is None
    assert rules.sum_shown(row, unseen, frozenset({"dissatisfied"})) == 0


def test_the_day_by_which_it_is_held():
    assert rules.open_by(date(2026, 11, 5), 7) == date(2026, 11, 12)
