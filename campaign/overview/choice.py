"""Which campaign a page is about: campaigns run side by side, and a closed one can still be read."""

from dataclasses import dataclass, field

from campaign.plan.current import default
from campaign.plan.models import Campaign, Step
from enterprises.models import Account

NEWEST_FIRST = ("-campaign__launched_on", "-campaign__pk", "order")


@dataclass
class Choice:
    """The launched campaigns, the latest first, and the chosen one with its steps in order."""

    campaigns: list[Campaign] = field(default_factory=list)
    campaign: Campaign | None = None
    steps: list[Step] = field(default_factory=list)


def choose(account: Account, code: str = "", remembered: str = "") -> Choice | None:
    """The campaign of that code, else the one chosen before, else the one by `current.default`.

    ``None`` for a code that no launched campaign has. One statement reads the campaigns with their phases
    and steps.
    """
    steps = Step.objects.visible_to(account).exclude(campaign__state=Campaign.State.PREPARED)
    by_campaign: dict[int, list[Step]] = {}
    for step in steps.select_related("campaign", "phase").order_by(*NEWEST_FIRST):
        by_campaign.setdefault(step.campaign_id, []).append(step)
    choice = Choice([steps[0].campaign for steps in by_campaign.values()])
    choice.campaign = _named(choice.campaigns, code)
    if code and choice.campaign is None:
        return None
    if choice.campaign is None:
        choice.campaign = _named(choice.campaigns, remembered) or default(choice.campaigns)
    if choice.campaign is not None:
        choice.steps = by_campaign[choice.campaign.pk]
    return choice


def _named(campaigns: list[Campaign], code: str) -> Campaign | None:
    return next((campaign for campaign in campaigns if campaign.code == code), None)
