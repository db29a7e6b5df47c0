"""What the summary puts on the page of an organization: the report, or that it is still to be written."""

from django.http import HttpRequest

from campaign.plan.models import Campaign, Participation
from campaign.summary.evidence import form_url
from campaign.summary.models import SummaryReport
from enterprises.access.reach import may_record
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel

AFTER = ("surveyed", "summed_up")  # the stages of a unit in which its summary is due


@organization_panel(order=26)
def summary(request: HttpRequest, organization: Organization) -> Panel | None:
    """The reports of the organization; once the unit is surveyed, the way to write one."""
    if organization.is_branch:
        return None
    found = SummaryReport.objects.visible_to(request.user).filter(organization=organization).select_related("campaign")
    reports = list(found)
    write = []
    if may_record(request.user, organization):
        due = Participation.objects.visible_to(request.user).filter(
            unit__leading_organization=organization, state__in=AFTER, campaign__state=Campaign.State.RUNNING
        )
        begun = {report.campaign_id for report in reports}
        write = [
            (part.campaign, form_url(part.campaign, organization))
            for part in due.select_related("campaign")
            if part.campaign_id not in begun
        ]
    return Panel("summary/_panel.html", {"reports": reports, "write": write}) if reports or write else None
