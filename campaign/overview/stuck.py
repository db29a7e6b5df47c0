"""Who is stuck, and at which level: overdue steps by the kind of organisation that owes them (item 20).

Counted from the statuses themselves, so that it is asked for apart from the dashboard and after it.
"""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Case, CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.plan.models import Step
from campaign.progress.models import StepStatus
from enterprises.models import Account, Enterprise, Organization
from enterprises.tree import under

LONGEST = 5
MINUTE = 60
# From the branch upwards: what the level is called, and who presses it (one level up, never jumping).
LEVELS: dict[str, tuple[Promise, Promise]] = {
    "branch": (_("Party branches"), _("the general branch or committee above")),
    "general": (_("general Party branches"), _("the committee above")),
    "subsidiary": (_("committees of subsidiaries"), _("the enterprise's committee")),
    "enterprise": (_("committees of enterprises"), _("this office")),
    "own": (_("this level itself"), _("do it today")),
}


@dataclass(frozen=True)
class Level:
    """How many steps are overdue at one level, and the days of the one stuck longest."""

    name: str | Promise
    pressed_by: str | Promise
    count: int
    days: int


@dataclass(frozen=True)
class Stuck:
    """Overdue steps of a node by level, and the few that have been overdue the longest."""

    levels: list[Level]
    longest: list[StepStatus]

    @property
    def total(self) -> int:
        return sum(level.count for level in self.levels)

    @property
    def most(self) -> int:
        """The largest count: the length of the longest bar."""
        return max((level.count for level in self.levels), default=0)


def overdue(account: Account, node: Organization | None, steps: list[Step], today: date) -> QuerySet:
    """Overdue statuses below a node, or of the whole country without what enterprises only assist."""
    found = StepStatus.objects.visible_to(account).filter(
        step__in=[step.pk for step in steps], applicable=True, done_on=None, due_on__lt=today
    )
    if node is None:
        return found.filter(organization__assisted=False)
    return found.filter(under(node.path, "organization__"))


def stuck(account: Account, node: Organization | None, steps: list[Step], today: date) -> Stuck:
    """Count the overdue steps by level, and find the longest."""
    found = overdue(account, node, steps, today)
    counts, longest = _counted(found, node) if node else _of_country(found, steps, today)
    levels = [
        Level(name, pressed_by, counts[code]["n"], (today - counts[code]["first"]).days)
        for code, (name, pressed_by) in LEVELS.items()
        if code in counts
    ]
    statuses = StepStatus.objects.visible_to(account).filter(pk__in=longest)
    return Stuck(levels, list(statuses.select_related("organization__superior", "step").order_by("due_on", "pk")))


def _counted(found: QuerySet, node: Organization | None) -> tuple[dict[str, dict], list[int]]:
    counted = found.annotate(level=_level(node)).order_by().values("level")
    counts = {row["level"]: row for row in counted.annotate(n=Count("pk"), first=Min("due_on"))}
    longest = found.order_by("due_on", "pk").values_list("pk", flat=True)[:LONGEST] if counts else []
    return counts, list(longest)


def _of_country(found: QuerySet, steps: list[Step], today: date) -> tuple[dict[str, dict], list[int]]:
    """The same for the whole country, where every status is read: once a minute is often enough."""
    key = f"stuck:{today}:{'-'.join(str(step.pk) for step in steps)}"
    known = cache.get(key)
    if known is None:
        known = _counted(found, None)
        cache.set(key, known, MINUTE)
    return known


def _level(node: Organization | None) -> Case:
    heads = Enterprise.objects.filter(parent=None, leading_organization=OuterRef("organization"))
    whens = [
        When(organization__kind__in=Organization.BRANCH_KINDS, then=Value("branch")),
        When(organization__kind=Organization.Kind.GENERAL_BRANCH, then=Value("general")),
        When(Exists(heads), then=Value("enterprise")),
    ]
    if node is not None:
        whens.insert(0, When(Q(organization=node.pk), then=Value("own")))
    return Case(*whens, default=Value("subsidiary"), output_field=CharField())
