"""What the rooms already know for the chapters of a summary report, in words (items 112, 114).

    @tells
    def put_right(campaign, organization, today) -> dict[str, str]: ...   # by chapter, several lines in one string

Chapters are the six headings (``leadership study analysis rectification business organization``) and
``sentence_<code>`` for each sentence of the definition. A room registers in its ``panels.py``, at start.
"""

from collections.abc import Callable
from datetime import date

from campaign.plan.models import Campaign
from enterprises.models import Organization

Source = Callable[[Campaign, Organization, date], dict[str, str]]
_SOURCES: list[Source] = []


def tells(source: Source) -> Source:
    """Register what a room knows. The same source twice counts once."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def known(campaign: Campaign, organization: Organization, today: date) -> list[dict[str, str]]:
    """What each room knows of the organization with everything below it."""
    return [source(campaign, organization, today) for source in _SOURCES]
