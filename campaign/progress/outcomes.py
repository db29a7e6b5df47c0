"""What became of opinions: the rooms that act on opinion items lend their results to the public look-up.

    @register_outcome
    def results(opinion_item_ids: list[int]) -> Iterable[Outcome]: ...

The register lies below the rooms, so that the one that rectifies and the one that collects opinions need not
know each other. An anonymous author reads these lines: no name of a person may stand in them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Outcome:
    """One line of result for an opinion item: what was done, and on which day (``None``: not dated)."""

    item_id: int
    text: str
    day: date | None = None
    url: str = ""


Source = Callable[[list[int]], Iterable[Outcome]]
_SOURCES: list[Source] = []


def register_outcome(source: Source) -> Source:
    """Announce a source of results. Called by the ``evidence.py`` of a room, at start; twice is once."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def outcomes_of(opinion_item_ids: Iterable[int]) -> dict[int, list[Outcome]]:
    """The results of these items by item, in the order of their days; items without any are left out."""
    ids = list(opinion_item_ids)
    found: dict[int, list[Outcome]] = defaultdict(list)
    for source in _SOURCES if ids else ():
        for outcome in source(ids):
            found[outcome.item_id].append(outcome)
    return {pk: sorted(lines, key=lambda line: line.day or date.min) for pk, lines in found.items()}
