"""Tables of indicators: of a node without counting anything twice, and the two series of a unit (items 82, 83)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from campaign.business import rules
from campaign.business.models import EconomicIndicator
from campaign.plan.models import Campaign
from campaign.progress.models import StepStatus
from enterprises.models import Account, Organization
from enterprises.tree import under


@dataclass(frozen=True)
class Sum:
    """The sums over some units; growth only over those that know both years."""

    units: int
    revenue: Decimal
    profit: Decimal
    revenue_growth: Decimal | None
    profit_growth: Decimal | None


@dataclass(frozen=True)
class Table:
    """The units of a node in one month, those it leads and those it assists apart (item 8)."""

    month: date
    led: list[EconomicIndicator]
    assisted: list[EconomicIndicator]

    @property
    def total(self) -> Sum:
        """Of the units led: the topmost that reported. Their figures hold their subsidiaries."""
        return _sum(_topmost(self.led))


def months(account: Account, organization: Organization) -> list[date]:
    """The months for which anything is entered below a node, the latest first."""
    found = _seen(account, organization).order_by("-month").values_list("month", flat=True)
    return list(dict.fromkeys(found))


def table(account: Account, organization: Organization, month: date) -> Table:
    """What was entered for the month."""
    rows = list(_seen(account, organization).filter(month=month).select_related("organization__enterprise"))
    rows.sort(key=lambda row: row.organization.enterprise.path)
    led = [row for row in rows if row.organization.path.startswith(organization.path)]
    return Table(month, led, [row for row in rows if row not in led])


def _seen(account: Account, organization: Organization) -> QuerySet:
    """Indicators below the node, and of the units that its own unit assists."""
    q = under(organization.path, "organization__")
    unit = organization.enterprise
    if unit is not None and unit.leading_organization_id == organization.pk:
        q |= under(unit.path, "organization__enterprise__")
    return EconomicIndicator.objects.visible_to(account).filter(q)


def _topmost(rows: list[EconomicIndicator]) -> list[EconomicIndicator]:
    """Without the units whose group reported: its figures hold theirs. ``rows`` stand in the order of the paths."""
    kept: list[EconomicIndicator] = []
    for row in rows:
        if not kept or not row.organization.enterprise.path.startswith(kept[-1].organization.enterprise.path):
            kept.append(row)
    return kept


def _sum(rows: list[EconomicIndicator]) -> Sum:
    def added(name: str, among: list[EconomicIndicator]) -> Decimal:
        return sum((getattr(row, name) or Decimal(0) for row in among), Decimal(0))

    def growth(name: str) -> Decimal | None:
        known = [row for row in rows if getattr(row, name) is not None and getattr(row, f"{name}_prior") is not None]
        return rules.growth(added(name, known), added(f"{name}_prior", known)) if known else None

    return Sum(len(rows), added("revenue", rows), added("profit", rows), growth("revenue"), growth("profit"))


def progress_by_month(organization: Organization, campaign: Campaign) -> list[tuple[date, int]]:
    """Per cent of the expected steps of a unit's organizations done by the end of each month, in order."""
    expected = StepStatus.objects.filter(
        under(organization.path, "organization__"), step__campaign=campaign, applicable=True
    )
    whole = expected.count()
    if not whole:
        return []
    by_month = expected.filter(done_on__isnull=False).annotate(month=TruncMonth("done_on")).order_by("month")
    found, done = [], 0
    for month, count in by_month.values("month").annotate(n=Count("pk")).values_list("month", "n"):
        done += count
        found.append((month, done * 100 // whole))
    return found
