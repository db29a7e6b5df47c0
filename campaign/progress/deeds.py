"""What the rooms know of a leader's own work, as dated facts for the fact sheet (item 21): never a mark.

    @leader_facts(_("Rectification items owned"))
    def owned(account, campaign, member, team) -> list[Deed]: ...

A room registers in its ``panels.py``, at start, and tells what the reading account may see of its records.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign.plan.models import Campaign
from enterprises.models import Account, Member, Organization


@dataclass(frozen=True)
class Deed:
    """One fact: its day, what it says, where it is recorded."""

    on: date | None
    text: str
    url: str = ""


Source = Callable[[Account, Campaign, Member, Organization | None], list[Deed]]
_SOURCES: dict[Source, Any] = {}


def leader_facts(title: Any) -> Callable[[Source], Source]:
    """Register what a room knows, under a heading. The same source twice counts once."""

    def registered(source: Source) -> Source:
        _SOURCES[source] = title
        return source

    return registered


def deeds_of(
    account: Account, campaign: Campaign, member: Member, team: Organization | None
) -> list[tuple[Any, list[Deed]]]:
    """What each room knows, under its heading; also headings with nothing under them."""
    return [(title, source(account, campaign, member, team)) for source, title in _SOURCES.items()]
