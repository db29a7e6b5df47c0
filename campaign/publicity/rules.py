"""The rules of publicity (items 102, 104). Pure functions; each has its table of cases in the tests."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

Span = tuple[str, date, date]  # name of a phase, first and last day


def silent_phases(phases: Sequence[Span], published: Iterable[date], today: date) -> list[Span]:
    """The phases that are over and in which nothing was published (item 102).

    What came out after a phase belongs to the next one; what came out after the last one still counts for it.
    """
    days = sorted(published)
    ordered = sorted(phases, key=lambda phase: phase[1])
    silent = []
    for index, phase in enumerate(ordered):
        _name, starts, ends = phase
        until = ends if index + 1 < len(ordered) else max(ends, today)
        if ends < today and not any(starts <= day <= until for day in days):
            silent.append(phase)
    return silent


def by_month(rows: Iterable[tuple[str, date]]) -> tuple[list[str], dict[str, Counter]]:
    """Publicity by channel and month (item 104): the months in order, ``2005-09``, and per channel its counts."""
    counts: dict[str, Counter] = {}
    months = set()
    for channel, day in rows:
        month = f"{day:%Y-%m}"
        months.add(month)
        counts.setdefault(channel, Counter())[month] += 1
    return sorted(months), counts
