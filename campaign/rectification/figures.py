"""The figures of a list of items (items 68, 71-73), counted in one statement, and what is due soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from campaign.rectification import rules
from campaign.rectification.models import Feasibility, RectificationItem

TOP = 10  # item 70

_CLOSED = Q(state__in=rules.CLOSED)
_LACKING = Q(feasibility=Feasibility.LACKING) & ~_CLOSED
_OPEN = ~_CLOSED & ~Q(feasibility=Feasibility.LACKING)


@dataclass(frozen=True)
class Totals:
    """``total = done + explained + open``; ``published`` and ``early`` are parts of ``done``.

    ``early``: done before the last phase of the unit began (item 68). ``inner``, ``practical`` and ``strategy``
    are the effects of what is done (item 73).
    """

    total: int
    done: int
    published: int
    explained: int
    open: int
    overdue: int
    early: int
    inner: int
    practical: int
    strategy: int

    @property
    def unpublished(self) -> int:
        return self.done - self.published


def totals(items: QuerySet, today: date) -> Totals:
    """The figures of these items, withdrawn ones left out."""
    outcome = RectificationItem.Outcome

    def effect(kind: str) -> Count:
        return Count("pk", filter=_CLOSED & Q(outcome=kind))

    rows = RectificationItem.objects.filter(pk__in=items.order_by().values("pk")).standing().with_phase().order_by()
    counted = rows.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=_CLOSED),
        published=Count("pk", filter=Q(state=rules.PUBLISHED)),
        explained=Count("pk", filter=_LACKING),
        open=Count("pk", filter=_OPEN),
        overdue=Count("pk", filter=_OPEN & Q(due_on__lt=today)),
        early=Count("pk", filter=_CLOSED & Q(done_on__lt=F("last_phase_from"))),
        inner=effect(outcome.INNER),
        practical=effect(outcome.PRACTICAL),
        strategy=effect(outcome.STRATEGY),
    )
    return Totals(**counted)


def top(items: QuerySet) -> QuerySet:
    """The ten items with the most opinions behind them, done or not (item 70)."""
    first = items.standing().filter(opinions__gt=0).order_by("-opinions", "due_on", "pk").values_list("pk", flat=True)
    return items.filter(pk__in=list(first[:TOP]))


def near(items: QuerySet, today: date) -> QuerySet:
    """Items overdue or due within seven days, the longest overdue first (item 69)."""
    return items.open().filter(due_on__lte=today + timedelta(days=rules.SOON)).order_by("due_on", "pk")
