"""Days before something is warned of, as the campaign's definition sets them (items 19, 28)."""

from campaign.leadership import rules
from campaign.plan.models import Campaign


def vacancy_days(campaign: Campaign) -> int:
    """Days for which a post may be without anybody responsible."""
    return _limit(campaign, "vacancy_days", rules.VACANCY_DAYS)


def unvisited_days(campaign: Campaign) -> int:
    """Days for which a contact point may be without a visit."""
    return _limit(campaign, "unvisited_days", rules.UNVISITED_DAYS)


def _limit(campaign: Campaign, name: str, default: int) -> int:
    """Versions loaded before the definition knew these limits have none: the default holds."""
    return campaign.data.get("leadership", {}).get(name, default)
