"""The masses in the demo: comments under notices in each state, representatives at a few meetings (item 103)."""

from uuid import NAMESPACE_URL, uuid5

from campaign.masses import actions
from campaign.masses.rules import ways_in
from campaign.meetings.models import Meeting
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign
from enterprises.models import Organization

COMMENTS = (
    ("整改方案写得清楚，希望按月公布进度。（示例）", "publish"),
    ("首问负责制试行以后，办事快多了。（示例）", "publish"),
    ("夜班食堂能不能延长到凌晨一点？（示例）", "hand_over"),
    ("公示栏能不能也贴到二号楼？（示例）", ""),
)
MEETINGS = 6


def take_part(campaign: Campaign, organization: Organization) -> None:
    """Comments on the organization's notices, and representatives at the latest meetings that admit them."""
    for text, decision in COMMENTS:
        comment = actions.send_comment(
            by=None, campaign=campaign, organization=organization, text=text, submission=uuid5(NAMESPACE_URL, text)
        )
        if decision == "publish":
            actions.publish_comment(by=None, comment=comment)
        elif decision:
            actions.hand_over_comment(by=None, comment=comment)
    open_kinds = [code for code, kind in MEETING_KINDS.items() if ways_in(kind.guests)]
    held = Meeting.objects.filter(campaign=campaign, kind__in=open_kinds, state=Meeting.State.CONFIRMED)
    for place, meeting in enumerate(held.order_by("-held_on", "pk")[:MEETINGS]):
        ways = ways_in(MEETING_KINDS[meeting.kind].guests)
        number = 6 + 3 * place
        actions.note_representatives(
            by=None, meeting=meeting, number=number, chosen=ways[place % len(ways)], spoke=number // 3
        )
