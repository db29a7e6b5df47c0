"""What study puts on the page of a member: class hours beside what is asked, and what was missed."""

from django.http import HttpRequest

from campaign.meetings.models import Absence, Meeting
from campaign.plan.models import Campaign
from campaign.study.hours import standings, study_kinds
from enterprises import clock
from enterprises.models import Member
from enterprises.panels import Panel, member_panel, own_panel

LATEST = 10


@own_panel(order=10)
@member_panel(order=20)
def study(request: HttpRequest, member: Member) -> Panel | None:
    """Class hours in every running campaign of the member's unit, and the latest absences."""
    unit = member.branch.enterprise_id
    campaigns = Campaign.objects.filter(state=Campaign.State.RUNNING, participations__unit=unit)
    rows = []
    for campaign in campaigns.select_related("definition").order_by("-launched_on"):
        rows += [(campaign, found) for found in standings(campaign, [member], study_kinds(campaign))]
    missed = Absence.objects.visible_to(request.user).filter(member=member, meeting__state=Meeting.State.CONFIRMED)
    latest = missed.select_related("meeting", "makeup").order_by("-meeting__held_on", "-pk")[:LATEST]
    if not rows and not latest:
        return None
    return Panel("study/_panel.html", {"rows": rows, "missed": latest, "today": clock.today()})
