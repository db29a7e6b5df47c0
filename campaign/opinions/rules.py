"""The rules of counting opinions (items 59, 60; dossier 2.11, 2.12)."""

from collections.abc import Mapping
from decimal import Decimal

HIDDEN_BELOW = 5  # a cell with fewer opinions might tell who wrote them (2.12)
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


def hidden(counts: Mapping[str, int], below: int = HIDDEN_BELOW) -> frozenset[str]:
    """The cells of a row with a known total that are not shown (2.12).

    Those from 1 to ``below`` - 1; where that is a single one, the smallest other cell as well, because the
    total would give it away.
    """
    small = {code for code, count in counts.items() if 0 < count < below}
    others = [code for code, count in counts.items() if count and code not in small]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda code: counts[code]))
    return frozenset(small)
