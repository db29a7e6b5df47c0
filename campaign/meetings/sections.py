"""Parts that other rooms put on the page of a meeting, e.g. what should have come before a life meeting (62).

@meeting_section
def order(request, meeting) -> Panel | None: ...   # None: nothing to show
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from campaign.meetings.models import Meeting
from enterprises.panels import Panel

Section = Callable[[HttpRequest, Meeting], Panel | None]
_SECTIONS: list[Section] = []


def meeting_section(section: Section) -> Section:
    """Register a part. Called where the room registers its panels, at start."""
    if section not in _SECTIONS:
        _SECTIONS.append(section)
    return section


def sections_of(request: HttpRequest, meeting: Meeting) -> list[SafeString]:
    """What the other rooms have to say on this meeting."""
    found = (section(request, meeting) for section in _SECTIONS)
    return [panel.drawn(request) for panel in found if panel is not None]
