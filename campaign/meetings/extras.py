"""What other rooms add to meetings: an optional field of the log form, and parts of a meeting's page.

    register_extra(Extra("materials", field=..., keep=..., initial=...))

    @meeting_panel(order=10)
    def studied(request, meeting) -> Panel | None: ...

A room registers in its ``panels.py``, which is imported at start. This room knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString

from campaign.meetings.models import Meeting
from campaign.plan.kinds import MeetingKind
from campaign.plan.models import Campaign
from enterprises.models import Organization
from enterprises.panels import Panel


@dataclass(frozen=True)
class Extra:
    """An optional field in a fold of its own on the log form.

    ``field(account, organization, campaign, kind)`` gives the field, or ``None`` where it does not belong;
    ``keep(by, meeting, value)`` stores what was said, in the transaction of the meeting, and may be called
    twice; ``initial(meeting)`` is what a stored draft says.
    """

    name: str
    field: Callable[[Any, Organization, Campaign | None, MeetingKind], forms.Field | None]
    keep: Callable[[Any, Meeting, Any], None]
    initial: Callable[[Meeting], Any]


Source = Callable[[HttpRequest, Meeting], Panel | None]
EXTRAS: list[Extra] = []
_PANELS: list[tuple[bool, int, Source]] = []


def register_extra(extra: Extra) -> None:
    """Add a field to the log form. The same name twice counts once."""
    if all(known.name != extra.name for known in EXTRAS):
        EXTRAS.append(extra)


def meeting_panel(order: int = 50, first: bool = False):
    """Put a part on the page of a meeting, before its record where it comes ``first``; a decorator."""

    def register(source: Source) -> Source:
        if all(source is not known for _first, _order, known in _PANELS):
            _PANELS.append((first, order, source))
            _PANELS.sort(key=lambda entry: entry[1])
        return source

    return register


def meeting_panels(request: HttpRequest, meeting: Meeting, first: bool = False) -> list[SafeString]:
    """What the other rooms have to say on the page of a meeting, before its record or after it."""
    found = (source(request, meeting) for place, _order, source in _PANELS if place is first)
    return [panel.drawn(request) for panel in found if panel is not None]
