"""Which campaign a page is about: campaigns run side by side, and a closed one can still be read."""

from dataclasses import dataclass, field

from campaign.plan.models import Campaign, Step


@dataclass
class Choice:
    """The launched campaigns, the latest first, and the chosen one with its steps in order."""

    campaigns: list[Campaign] = field(default_factory=list)
    campaign: Campaign | None = None
    steps: list[Step] = field(default_factory=list)


def choose(code: str = "") -> Choice | None:
    """The campaign of that code, else the running one launched last; ``None`` for an unknown code.

    One statement reads the campaigns with their phases and steps.
    """
    steps = Step.objects.exclude(campaign__state=Campaign.State.PREPARED).select_related("campaign", "phase")
    by_campaign: dict[int, list[Step]] = {}
    for step in steps.order_by("-campaign__launched_on", "-campaign__pk", "order"):
        by_campaign.setdefault(step.campaign_id, []).append(step)
    choice = Choice([steps[0].campaign for steps in by_campaign.values()])
    choice.campaign = _pick(choice.campaigns, code)
    if choice.campaign is not None:
        choice.steps = by_campaign[choice.campaign.pk]
    return None if code and choice.campaign is None else choice


def _pick(campaigns: list[Campaign], code: str) -> Campaign | None:
    if code:
        return next((campaign for campaign in campaigns if campaign.code == code), None)
    running = [campaign for campaign in campaigns if campaign.state == Campaign.State.RUNNING]
    return next(iter(running or campaigns), None)
