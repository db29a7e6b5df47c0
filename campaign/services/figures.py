"""The figures of services, of the records that a person may see (items 77, 78, 80)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from campaign.services.models import HotIssue
from campaign.services.rules import Kept


@dataclass(frozen=True)
class Help:
    """What was given: activities, people who took part, households reached, yuan spent."""

    activities: int
    participants: int
    households: int
    funds: Decimal


def help_of(activities: QuerySet) -> Help:
    """Added up over these activities (item 80)."""
    found: dict[str, Any] = activities.order_by().aggregate(
        activities=Count("pk"), participants=Sum("participants"), households=Sum("households"), funds=Sum("funds")
    )
    return Help(found["activities"], found["participants"] or 0, found["households"] or 0, found["funds"] or Decimal(0))


def kept(checks: QuerySet) -> Kept:
    """Kept and broken over these checks and complaints (item 77)."""
    found = checks.order_by().aggregate(cases=Sum("cases"), broken=Sum("broken"))
    return Kept(found["cases"] or 0, found["broken"] or 0)


def solved(issues: QuerySet) -> tuple[int, int]:
    """How many of these hot issues are solved, and how many there are (item 78)."""
    found = issues.order_by().aggregate(done=Count("pk", filter=Q(state=HotIssue.State.SOLVED)), total=Count("pk"))
    return found["done"], found["total"]
