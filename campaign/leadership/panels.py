"""What leadership puts on the page of an organisation: who is responsible, first of all (items 17-19, 25)."""

from collections import defaultdict
from datetime import date

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.leadership import rules
from campaign.leadership.bodies import changed, group_states
from campaign.leadership.models import ContactPoint, ImplementationPlan, PlanVersion
from campaign.leadership.standing import standing
from campaign.leadership.views.subjects import leadership_url, sees_records
from campaign.plan.current import campaign_of
from campaign.plan.frames import lacking
from campaign.plan.models import Campaign
from campaign.progress.known import tells
from enterprises import clock
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel
from enterprises.tree import under
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


@register
def unframed(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Phase plans whose latest version does not hold all guiding ideas of the campaign (item 111)."""
    latest = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number").values("tags")[:1]
    plans = ImplementationPlan.objects.filter(
        organization__in=organization_ids, campaign__state=Campaign.State.RUNNING, phase__isnull=False
    )
    found: dict[int, list[Warning]] = defaultdict(list)
    for plan in plans.annotate(held=Subquery(latest)).select_related("phase", "campaign__definition"):
        names = [tag.name for tag in lacking(plan.campaign, plan.held or [])]
        if names:
            words = _("%(plan)s lacks: %(ideas)s.") % {"plan": plan, "ideas": _(", ").join(names)}
            found[plan.organization_id].append(
                Warning("PLAN_UNFRAMED", words, reverse("leadership:plan", args=[plan.pk]))
            )
    return dict(found)


@tells
def led(campaign: Campaign, organization: Organization, today: date) -> dict[str, str]:
    """Plans approved and leaders' contact points below an organization, for its summary (item 114)."""
    below = under(organization.path, "organization__")
    plans = ImplementationPlan.objects.filter(below, campaign=campaign, state__in=ImplementationPlan.IN_FORCE).count()
    points = ContactPoint.objects.filter(below, campaign=campaign, until=None).count()
    words = _("%(plans)d plans approved; leaders keep %(points)d contact points.")
    return {"leadership": words % {"plans": plans, "points": points}} if plans or points else {}
