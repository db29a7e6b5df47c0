"""Launched campaigns, with their definition and steps: kept in memory, because once launched they never change.

What may change is asked each time: which campaigns there are, their state, and whether they are still the ones kept.
"""

from functools import lru_cache

from django.db import connection

from campaign.plan.models import Campaign

_WHICH = """
SELECT c.id, c.definition_id, d.loaded_at, c.launched_on, c.state, count(s.id), max(s.id)
FROM campaign_campaign c JOIN campaign_definition d ON d.id = c.definition_id
LEFT JOIN campaign_step s ON s.campaign_id = c.id
WHERE c.state = ANY(%(states)s) AND (%(campaign)s::bigint IS NULL OR c.id = %(campaign)s)
GROUP BY c.id, d.id ORDER BY c.launched_on, c.code
"""


def launched() -> list[Campaign]:
    """The campaigns that run or have been closed, the earliest first. They are shared: not to be written to."""
    return _found([Campaign.State.RUNNING, Campaign.State.CLOSED], None)


def running(campaign_id: int | None = None) -> list[Campaign]:
    """The campaigns that run, or this one if it does. They are shared: not to be written to."""
    return _found([Campaign.State.RUNNING], campaign_id)


def _found(states: list[str], campaign_id: int | None) -> list[Campaign]:
    with connection.cursor() as cursor:
        cursor.execute(_WHICH, {"states": states, "campaign": campaign_id})
        found = cursor.fetchall()
    return [_kept(connection.settings_dict["NAME"], *row) for row in found]


@lru_cache(maxsize=32)
def _kept(_database: str, campaign_id: int, *_as_it_was: object) -> Campaign:
    """A campaign with definition, steps and phases; the further arguments tell it from another of the same number."""
    return Campaign.objects.select_related("definition").prefetch_related("steps__phase").get(pk=campaign_id)
