"""The headline of a landing page: are the masses satisfied, and what was put right (item 117).

Not counts of meetings or documents. Asked for after the page, like who is stuck.
"""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from campaign.plan.models import Campaign
from campaign.rectification.figures import Totals, totals
from campaign.rectification.models import RectificationItem
from campaign.survey.models import Respondents
from campaign.survey.queries import GroupFigure, Headline
from campaign.survey.queries import headline as satisfaction_of
from enterprises.models import Account, Organization
from enterprises.tree import under

MINUTE = 60


@dataclass(frozen=True)
class Answer:
    """Satisfaction by respondent group, and the account of what was to be put right."""

    satisfaction: Headline
    problems: Totals

    @property
    def employees(self) -> GroupFigure | None:
        """The unit's own employees, the first audience (item 75)."""
        return self._group(Respondents.EMPLOYEES)

    @property
    def others(self) -> list[GroupFigure]:
        """The other groups, each for itself: they are never blended."""
        return [group for group in self.satisfaction.groups if group.respondents != Respondents.EMPLOYEES]

    def _group(self, respondents: Respondents) -> GroupFigure | None:
        return next((group for group in self.satisfaction.groups if group.respondents == respondents), None)


def answer(account: Account, node: Organization | None, campaign: Campaign, today: date) -> Answer:
    """Of a node, or of the whole country, which is asked once a minute: all who read its records see the same."""
    if node is not None:
        return _asked(account, node, campaign, today)
    key = f"headline:{today}:{campaign.pk}"
    known = cache.get(key)
    if known is None:
        known = _asked(account, None, campaign, today)
        cache.set(key, known, MINUTE)
    return known


def _asked(account: Account, node: Organization | None, campaign: Campaign, today: date) -> Answer:
    items = RectificationItem.objects.visible_to(account).filter(campaign=campaign)
    if node is not None:
        items = items.filter(under(node.path, "organization__"))
    return Answer(satisfaction_of(account, campaign, node), totals(items, today))
