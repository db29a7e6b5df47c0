"""What waits to be published, and what has been (items 71, 102): the desk between the rooms of floor 3.

A room whose things are to be published registers a *desk* under a subject; the room of publicity keeps the
register of publications, asks the desks what waits, and tells them what was published or taken back, in the
transaction of its own record.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

EVIDENCE = "published"  # the kind of evidence that publications prove


class Subject(models.TextChoices):
    """What a publication is about (item 102)."""

    PLAN = "PLAN", _("rectification plan")
    APPRAISAL = "APPRAISAL", _("appraisal notice")
    RECTIFICATION = "RECTIFICATION", _("rectification")
    SURVEY = "SURVEY", _("survey result")
    OTHER = "OTHER", _("other")


@dataclass(frozen=True)
class Publishable:
    """One thing to be published, in words fit for the public: no names of persons.

    ``on`` is the day of its state, ``state`` that state in words, ``department`` who answers for it, ``result``
    what came of it; ``published_on`` the first day on which it was published, if it was.
    """

    pk: int
    title: str
    on: date
    state: str = ""
    department: str = ""
    result: str = ""
    published_on: date | None = None


@dataclass(frozen=True)
class Desk:
    """How a room deals with publications of its things.

    ``ready(organization_id)``: what may be published, the published included. ``shown(ids)``: these things as
    the public may read them. ``mark(ids, on)``: they were published on that day; ``None``: no longer.
    """

    ready: Callable[[int], list[Publishable]]
    shown: Callable[[Iterable[int]], list[Publishable]]
    mark: Callable[[Iterable[int], date | None], None]


_DESKS: dict[str, Desk] = {}


def register_desk(subject: str, desk: Desk) -> None:
    """Announce the desk of a subject. Called by a room at start."""
    _DESKS[subject] = desk


def ready(subject: str, organization_id: int) -> list[Publishable]:
    """What may be published, what waits for it first; nothing where no room keeps things of that subject."""
    found = _DESKS[subject].ready(organization_id) if subject in _DESKS else []
    return sorted(found, key=lambda thing: thing.published_on is not None)


def shown(subject: str, ids: Iterable[int]) -> list[Publishable]:
    """These things as the public may read them."""
    return _DESKS[subject].shown(ids) if subject in _DESKS else []


def mark(subject: str, ids: Iterable[int], on: date | None) -> None:
    """Tell the room that these things were published, or (``None``) that a publication was taken back."""
    ids = list(ids)
    if ids and subject in _DESKS:
        _DESKS[subject].mark(ids, on)
