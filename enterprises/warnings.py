"""Warnings of an organisation. The rooms above register theirs; this floor brings size, term and vacancy.

    @register
    def branch_life(organization_ids: list[int], today: date) -> dict[int, list[Warning]]: ...

A source is asked for a page of organisations at a time and answers with set-based queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Warning:
    """One warning: a stable code, its sentence (what is wrong, then the remedy), and where to mend it."""

    code: str
    text: str
    url: str = ""


Source = Callable[[list[int], date], dict[int, list[Warning]]]
SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Ask ``source`` too. May be used as a decorator; registering twice counts once."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def warnings_of(organization_ids: Iterable[int], today: date) -> dict[int, list[Warning]]:
    """Everything the sources say about these organisations on that day, by organisation."""
    ids = list(organization_ids)
    found: dict[int, list[Warning]] = {pk: [] for pk in ids}
    for source in SOURCES:
        for pk, warnings in source(ids, today).items():
            found[pk] += warnings
    return found
