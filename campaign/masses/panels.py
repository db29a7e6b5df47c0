"""What the masses' participation puts on pages of meetings and organizations, and on the public notice page."""

from django.http import HttpRequest

from campaign.masses.models import PublicComment, Representatives
from campaign.masses.rules import ways_in
from campaign.meetings.extras import meeting_panel
from campaign.meetings.models import Meeting
from campaign.plan.kinds import MEETING_KINDS
from campaign.publicity.notice import notice_panel
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel

SHOWN = 50  # comments under a notice


@meeting_panel(order=60)
def representatives(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """Whether the masses may take part in this kind of meeting, and how many did."""
    guests = MEETING_KINDS[meeting.kind].guests
    if not ways_in(guests):
        return None
    context = {
        "meeting": meeting,
        "guests": guests,
        "noted": Representatives.objects.visible_to(request.user).filter(meeting=meeting).first(),
        "may_note": may(request.user, roles.RECORD, meeting.organization),
    }
    return Panel("masses/_meeting.html", context)


@organization_panel(order=72)
def comments(request: HttpRequest, organization: Organization) -> Panel | None:
    """How many comments wait for a decision."""
    waiting = PublicComment.objects.visible_to(request.user).filter(
        organization=organization, state=PublicComment.State.WAITING
    )
    count = waiting.count()
    if not count:
        return None
    return Panel("masses/_waiting.html", {"organization": organization, "count": count})


@notice_panel
def published(organization: Organization) -> Panel:
    """The comments that stand under the notices, and the way to say something oneself."""
    standing = PublicComment.objects.filter(organization=organization, state=PublicComment.State.PUBLISHED)
    return Panel("masses/_notice.html", {"organization": organization, "comments": standing[:SHOWN]})
