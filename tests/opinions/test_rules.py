"""Shares by the largest remainder, and the cells that are not shown."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.opinions.rules import hidden, hidden_cells, shares


@pytest.mark.item(60)
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([412, 131, 69, 58], ["61.5", "19.5", "10.3", "8.7"]),  # dossier part 5, example 4
        ([12, 4, 2, 2], ["60.0", "20.0", "10.0", "10.0"]),
        ([1, 1, 1], ["33.4", "33.3", "33.3"]),
        ([1, 1, 1, 1, 1, 1], ["16.7", "16.7", "16.7", "16.7", "16.6", "16.6"]),
        ([5, 0], ["100.0", "0.0"]),
        ([0, 0, 0], ["0.0", "0.0", "0.0"]),
        ([999, 1], ["99.9", "0.1"]),
        ([1999, 1], ["100.0", "0.0"]),
        ([], []),
    ],
)
def test_shares(counts, expected):
    found = shares({str(i): count for i, count in enumerate(counts)})
    assert [str(share) for share in found.values()] == expected


@pytest.mark.item(60)
@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=3), st.integers(0, 10**7), min_size=1, max_size=12))
def test_shares_add_up_and_stay_near_the_truth(counts):
    found, total = shares(counts), sum(counts.values())
    assert sum(found.values()) == (Decimal("100.0") if total else 0)
    assert list(found) == list(counts)
    for code, share in found.items():
        assert share.as_tuple().exponent == -1
        if total:
            assert abs(share - Decimal(100) * counts[code] / total) < Decimal("0.1")


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError):
        shares({"a": 3, "b": -1})


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 0], set()),
        ([5, 9], set()),
        ([4, 9], {0, 1}),  # the total would give the 4 away
        ([4, 9, 30], {0, 1}),
        ([4, 3, 30], {0, 1}),
        ([0, 4], {1}),
        ([1, 0, 7], {0, 2}),
    ],
)
def test_small_cells_are_hidden_and_cannot_be_worked_out(counts, expected):
    assert hidden(dict(enumerate(counts))) == expected


@pytest.mark.item(60)
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[9, 9], [9, 9]], set()),
        ([[9, 9], [9, 3]], {(0, 0), (0, 1), (1, 0), (1, 1)}),  # row, then column, then the other row
        ([[9, 2, 2], [9, 9, 9]], {(0, 1), (0, 2), (1, 1), (1, 2)}),
        ([[9, 2, 0], [9, 0, 9]], {(0, 0), (0, 1), (1, 0), (1, 1)}),
        ([[2, 1, 0], [9, 9, 9]], {(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)}),  # the whole row is small
        ([], set()),
    ],
)
def test_cells_are_hidden_along_rows_and_columns(table, expected):
    assert hidden_cells(table) == expected


@settings(deadline=None)
@given(st.integers(2, 5).flatmap(lambda w: st.lists(st.lists(st.integers(0, 12), min_size=w, max_size=w), min_size=2)))
def test_no_row_or_column_gives_a_hidden_cell_away(table):
    found = hidden_cells(table)
    lines = [[(r, c) for c in range(len(table[0]))] for r in range(len(table))]
    lines += [[(r, c) for r in range(len(table))] for c in range(len(table[0]))]
    assert all(sum(place in found for place in line) != 1 for line in lines)
    assert all((r, c) in found for r, row in enumerate(table) for c, n in enumerate(row) if 0 < n < 5)
