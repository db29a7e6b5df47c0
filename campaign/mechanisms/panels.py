"""What mechanisms remind of, and what they tell the summary report (items 84, 85, 114)."""

from collections import defaultdict
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign.mechanisms import rules
from campaign.mechanisms.models import LongTermMechanism, Regulation
from campaign.plan.models import Campaign
from campaign.progress.known import tells
from enterprises.models import Organization
from enterprises.tree import under
from enterprises.warnings import Warning, register


@register
def reviews(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Mechanisms whose day of review has come (item 84)."""
    found: dict[int, list[Warning]] = defaultdict(list)
    due = LongTermMechanism.objects.filter(organization__in=organization_ids, review_on__lte=today, review="")
    for mechanism in due:
        words = _("“%(title)s” was to be reviewed on %(day)s. Say what the review found.")
        told = {"title": mechanism.title, "day": date_format(mechanism.review_on)}
        url = reverse("mechanisms:mechanism", args=[mechanism.pk])
        found[mechanism.organization_id].append(Warning("MECHANISM_REVIEW", words % told, url))
    return dict(found)


@tells
def lasting(campaign: Campaign, organization: Organization, today: date) -> dict[str, str]:
    """Mechanisms and regulations below an organization, for its summary."""
    below = under(organization.path, "organization__")
    mechanisms = list(LongTermMechanism.objects.filter(below, campaign=campaign).values_list("status", flat=True))
    changes = Regulation.objects.filter(below, decided_on__gte=campaign.launched_on)
    counts = dict(changes.order_by().values_list("change").annotate(n=Count("pk")))
    if not mechanisms and not counts:
        return {}
    words = _(
        "%(issued)d of %(all)d long-term mechanisms issued; regulations: %(new)d new, %(amended)d amended,"
        " %(repealed)d repealed."
    ) % {
        "issued": sum(status in rules.IN_FORCE for status in mechanisms),
        "all": len(mechanisms),
        "new": counts.get("NEW", 0),
        "amended": counts.get("AMENDED", 0),
        "repealed": counts.get("REPEALED", 0),
    }
    return {"organization": words, "sentence_base": words}
