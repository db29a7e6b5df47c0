"""What leadership puts on the page of an organisation: who is responsible, first of all (items 17-19, 25)."""

from collections import defaultdict
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.leadership import rules
from campaign.leadership.bodies import changed, group_states
from campaign.leadership.models import ImplementationPlan
from campaign.leadership.standing import standing
from campaign.leadership.views.subjects import leadership_url, sees_records
from campaign.plan.current import campaign_of
from enterprises import clock
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel
from enterprises.warnings import Warning, register


@organization_panel(order=5)
def leadership(request: HttpRequest, organization: Organization) -> Panel | None:
    """The responsible person at the head of the page, and where group and plan stand."""
    campaign = campaign_of(request)
    if campaign is None or organization.closed_on:
        return None
    today = clock.today()
    found = standing(organization, campaign, today)
    if found is None:
        return None
    bodies = organization.kind in rules.BODY_KINDS and sees_records(request.user, organization)
    plans = ImplementationPlan.objects.visible_to(request.user).filter(campaign=campaign, phase=None)
    context = {
        "organization": organization,
        "standing": found,
        "bodies": bodies,
        "group": group_states(campaign, [organization], today)[organization.pk] if bodies else None,
        "plan": plans.filter(organization=organization).first() if bodies else None,
        "url": leadership_url(organization, campaign),
    }
    return Panel("leadership/_panel.html", context)


@register
def changed_heads(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """A new secretary who does not yet head the leading group of a running campaign (item 17)."""
    found: dict[int, list[Warning]] = defaultdict(list)
    for campaign, pk, state in changed(organization_ids, today):
        told = {"name": state.secretary.member.name, "campaign": campaign.name}
        words = _("%(campaign)s: %(name)s is secretary now but not the head of the leading group. Update it.")
        url = reverse("leadership:head", args=[state.group.pk], query={"campaign": campaign.code})
        found[pk].append(Warning("HEAD_CHANGED", words % told, url))
    return dict(found)
