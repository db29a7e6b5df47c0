"""What became of an opinion: the rooms that do something about it say so here (items 58-60, 68-73).

    register_outcome(source)     # source(opinion_item_ids: list[int]) -> dict[int, list[Outcome]]

The room of opinions asks `outcomes_of`, for its timeline opinion → item → result and for an author who
looks up the public reference number. A text therefore names no person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Outcome:
    """One thing that happened: in words fit for the public, on which day, and where it can be read."""

    text: str
    on: date
    url: str = ""


Source = Callable[[list[int]], dict[int, list[Outcome]]]
_SOURCES: list[Source] = []


def register_outcome(source: Source) -> Source:
    """Ask ``source`` too. May be used as a decorator; registering twice counts once."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def outcomes_of(opinion_item_ids: list[int]) -> dict[int, list[Outcome]]:
    """What became of these opinions, by opinion, the earliest first."""
    found: dict[int, list[Outcome]] = {pk: [] for pk in opinion_item_ids}
    for source in _SOURCES:
        for pk, outcomes in source(opinion_item_ids).items():
            found[pk] += outcomes
    return {pk: sorted(outcomes, key=lambda outcome: outcome.on) for pk, outcomes in found.items()}
