"""What business puts on the page of an organization, in its summary, and what it reminds of (items 81-83)."""

from collections import defaultdict
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.business.models import EconomicIndicator
from campaign.plan.models import Campaign, Participation
from campaign.progress.known import tells
from enterprises.access import roles
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel
from enterprises.warnings import Warning, register

ENTERED_BY = 15  # the day of the month by which the month before is entered (a default of ours)


@organization_panel(order=48)
def business(request: HttpRequest, organization: Organization) -> Panel | None:
    """The latest figures of the unit, and the way to campaign and production side by side."""
    unit = organization.enterprise
    if unit is None or unit.leading_organization_id != organization.pk:
        return None
    if roles.READ_RECORDS not in request.user.reach.permissions:
        return None
    latest = EconomicIndicator.objects.visible_to(request.user).filter(organization=organization).first()
    return Panel("business/_panel.html", {"organization": organization, "latest": latest})


@register
def missing(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Units that have entered figures before, but not yet those of last month though the middle of this is over."""
    if today.day <= ENTERED_BY:
        return {}
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    rows = EconomicIndicator.objects.filter(organization__in=organization_ids).order_by()
    have = set(rows.filter(month=last).values_list("organization", flat=True))
    found: dict[int, list[Warning]] = defaultdict(list)
    for pk in set(rows.values_list("organization", flat=True)) - have:
        words = _("The economic indicators until %(month)s are not entered yet.") % {"month": f"{last:%Y-%m}"}
        found[pk].append(Warning("FIGURES_MISSING", words, reverse("business:indicator_new", args=[pk])))
    return dict(found)


@tells
def earned(campaign: Campaign, organization: Organization, today: date) -> dict[str, str]:
    """The unit's latest figures for its summary: side by side with the campaign, without saying why (83, 114)."""
    if not Participation.objects.filter(campaign=campaign, unit__leading_organization=organization).exists():
        return {}
    latest = EconomicIndicator.objects.filter(organization=organization).first()
    if latest is None:
        return {}
    words = _(
        "Until %(month)s: revenue %(revenue)s (%(rg)s %%), profit %(profit)s (%(pg)s %%), in 100 million yuan."
    ) % {
        "month": f"{latest.month:%Y-%m}",
        "revenue": latest.revenue_words,
        "rg": "—" if latest.growth_of_revenue is None else latest.growth_of_revenue,
        "profit": latest.profit_words,
        "pg": "—" if latest.growth_of_profit is None else latest.growth_of_profit,
    }
    return {"business": words, "sentence_work": words}
