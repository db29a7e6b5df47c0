"""The rules of counting opinions (items 59, 60; dossier 2.11, 2.12)."""

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

HIDDEN_BELOW = 5  # a cell with fewer opinions might tell who wrote them (2.12)
Code = TypeVar("Code", bound=Hashable)
Place = tuple[int, int]  # row and column of a cell
TENTHS = 1000  # tenths of a per cent in the whole


def shares(counts: Mapping[str, int]) -> dict[str, Decimal]:
    """The share of each category in per cent, to one decimal, summing to exactly 100.0 (item 60).

    Rounded by the largest remainder; of equal remainders the category that comes first gains. All are zero
    when there is nothing to share. Raises ``ValueError`` for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count of opinions cannot be negative")
    total = sum(counts.values())
    if not total:
        return dict.fromkeys(counts, Decimal("0.0"))
    tenths = {code: count * TENTHS // total for code, count in counts.items()}
    by_remainder = sorted(counts, key=lambda code: -(counts[code] * TENTHS % total))
    for code in by_remainder[: TENTHS - sum(tenths.values())]:
        tenths[code] += 1
    return {code: Decimal(n).scaleb(-1) for code, n in tenths.items()}


def hidden(counts: Mapping[Code, int], below: int = HIDDEN_BELOW) -> frozenset[Code]:
    """The cells of a row with a known total that are not shown (2.12).

    Those from 1 to ``below`` - 1; where that is a single one, the smallest other cell as well, because the
    total would give it away.
    """
    small = {code for code, count in counts.items() if 0 < count < below}
    others = [code for code, count in counts.items() if count and code not in small]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda code: counts[code]))
    return frozenset(small)


def hidden_cells(table: Sequence[Sequence[int]], below: int = HIDDEN_BELOW) -> frozenset[Place]:
    """The cells of a cross table that are not shown, where the totals of its rows and columns are (2.12).

    Rows whose total is hidden, and cells from 1 to ``below`` - 1; then, as long as a row or column has a single
    hidden cell, its smallest other one too: the total would give the single one away.
    """
    secret_rows = hidden(dict(enumerate(map(sum, table))), below)
    found = {(r, c) for r, row in enumerate(table) for c, n in enumerate(row) if r in secret_rows or 0 < n < below}
    while (exposed := _next_to_hide(table, found)) is not None:
        found.add(exposed)
    return frozenset(found)


def _next_to_hide(table: Sequence[Sequence[int]], found: set[Place]) -> Place | None:
    height, width = len(table), len(table[0]) if table else 0
    rows = [[(r, c) for c in range(width)] for r in range(height)]
    columns = [[(r, c) for r in range(height)] for c in range(width)]
    for line in (*columns, *rows):
        others = [place for place in line if place not in found]
        if others and len(line) - len(others) == 1:
            # An empty cell is hidden only where there is no other: it says least.
            return min(others, key=lambda place: (table[place[0]][place[1]] == 0, table[place[0]][place[1]]))
    return None
