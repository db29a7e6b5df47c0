"""Which campaign a page is about: campaigns run side by side, and a closed one can still be read."""

from dataclasses import dataclass, field

from campaign.plan.current import default
from campaign.plan.models import Campaign, Step
from campaign.progress.running import launched
from enterprises.models import Account


@dataclass
class Choice:
    """The launched campaigns, the latest first, and the chosen one with its steps in order."""

    campaigns: list[Campaign] = field(default_factory=list)
    campaign: Campaign | None = None
    steps: list[Step] = field(default_factory=list)


def choose(account: Account, code: str = "", remembered: str = "") -> Choice | None:
    """The campaign of that code, else the one chosen before, else the one by `current.default`.

    ``None`` for a code that no launched campaign has. Launched campaigns are everybody's to see, and kept in
    memory: one small statement asks which there are.
    """
    found = launched() if account.is_authenticated else []
    choice = Choice(sorted(found, key=lambda campaign: (campaign.launched_on, campaign.pk), reverse=True))
    choice.campaign = _named(choice.campaigns, code)
    if code and choice.campaign is None:
        return None
    if choice.campaign is None:
        choice.campaign = _named(choice.campaigns, remembered) or default(choice.campaigns)
    if choice.campaign is not None:
        choice.steps = list(choice.campaign.steps.all())
    return choice


def _named(campaigns: list[Campaign], code: str) -> Campaign | None:
    return next((campaign for campaign in campaigns if campaign.code == code), None)
