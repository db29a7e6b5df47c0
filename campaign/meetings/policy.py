"""What a campaign's definition says about meetings: which preset, which make-ups, whom it leaves free."""

from datetime import date, timedelta

from django.db.models import QuerySet

from campaign.plan import rules as plan_rules
from campaign.plan.models import Campaign
from campaign.plan.own import policy_of
from enterprises.models import Enterprise, Member, Organization

CURRENT_SINCE = 2014  # outside any campaign, later meetings follow the current rules (dossier part 2)


def campaigns_of(organization: Organization) -> QuerySet[Campaign]:
    """The running campaigns that the organisation's unit takes part in, the latest first."""
    return (
        Campaign.objects.filter(state=Campaign.State.RUNNING, participations__unit=organization.enterprise_id)
        .select_related("definition")
        .order_by("-launched_on", "code")
    )


def preset_of(campaign: Campaign | None, on: date) -> str:
    """The rule preset of a meeting: its campaign's, else that of its year."""
    if campaign is not None:
        return campaign.preset
    return "current" if on.year >= CURRENT_SINCE else "2005"


def makeup_due_on(campaign: Campaign | None, kind: str, held_on: date) -> date | None:
    """The day by which a missed meeting of this kind is to be made up; None when no make-up is asked."""
    if campaign is None:
        return None
    makeup = campaign.data["makeup"]
    return held_on + timedelta(days=makeup["days"]) if kind in makeup["meeting_kinds"] else None


def free_categories(campaign: Campaign, unit: Enterprise) -> frozenset[str]:
    """The categories whose attendance is advisory in a unit, by its condition and its own guidance (item 35)."""
    policy = policy_of(campaign, unit.pk)
    return frozenset(
        category
        for category in Member.Category.values
        if not plan_rules.guidance(policy, category, unit.condition).binding
    )
