"""What opinions put on the page of an organisation: how many wait to be sorted, and the unit's public page."""

from django.db.models import Count, Q
from django.http import HttpRequest

from campaign.opinions.models import Opinion
from campaign.plan.models import Campaign, Participation
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel
from enterprises.tree import under


@organization_panel(order=35)
def opinions(request: HttpRequest, organization: Organization) -> Panel | None:
    """Received, and still to be sorted, here and below, in each running campaign; not for branches."""
    if organization.is_branch or not may(request.user, roles.READ_RECORDS, organization):
        return None
    taking_part = Participation.objects.visible_to(request.user).filter(
        unit=organization.enterprise_id, campaign__state=Campaign.State.RUNNING
    )
    parts = {part.campaign_id: part for part in taking_part.select_related("campaign", "unit", "opinion_page")}
    inside = Opinion.objects.visible_to(request.user).filter(
        under(organization.path, "organization__"), campaign__state=Campaign.State.RUNNING
    )
    counted = inside.exclude(state=Opinion.State.REMOVED).order_by().values("campaign")
    rows = {
        row["campaign"]: row
        for row in counted.annotate(received=Count("pk"), raw=Count("pk", filter=Q(state=Opinion.State.RAW)))
    }
    if not parts and not rows:
        return None
    leads = {pk: part for pk, part in parts.items() if part.unit.leading_organization_id == organization.pk}
    campaigns = Campaign.objects.filter(pk__in={*parts, *rows}).order_by("launched_on")
    context = {
        "organization": organization,
        "rows": [(campaign, rows.get(campaign.pk), leads.get(campaign.pk)) for campaign in campaigns],
        "may_record": may_record(request.user, organization),
    }
    return Panel("opinions/_panel.html", context)
