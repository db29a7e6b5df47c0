"""What other guidance of a unit would do, and where nobody differs: shown before anything applies (item 33)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from campaign.plan import own, rules, schedules
from campaign.plan.models import Campaign, Participation, PhaseSchedule
from campaign.plan.own import Mistake, Policy, Rules
from campaign.plan.rules import FIELDS, Guidance, StepMove
from enterprises import clock
from enterprises.models import Exemption, Member
from enterprises.tree import WIDTH, under


@dataclass(frozen=True)
class Asked:
    """One category in a unit: what is asked now and what would be, of how many members in how many branches."""

    category: str
    label: Any
    old: Guidance
    new: Guidance
    members: int
    branches: int

    @property
    def changed(self) -> bool:
        return any(getattr(self.old, name) != getattr(self.new, name) for name in FIELDS)


@dataclass(frozen=True)
class Effect:
    """What other own guidance would do: by category, to the due dates, and what forbids it."""

    asked: list[Asked]
    moves: list[StepMove]
    mistakes: list[Mistake]

    @property
    def changed(self) -> bool:
        return any(row.changed for row in self.asked)


def effect(participation: Participation, wanted: Rules, today: date) -> Effect:
    """What giving the unit the own rules `wanted` (all of them) would do. Nothing is written."""
    campaign, unit = participation.campaign, participation.unit
    policy = campaign.data["guidance"]
    old, new = own.policy_of(campaign, unit.pk), own.with_own(policy, wanted)
    members = _members(unit.pk)
    asked = [
        Asked(
            category.value,
            category.label,
            rules.guidance(old, category.value, unit.condition),
            rules.guidance(new, category.value, unit.condition),
            *members.get(category.value, (0, 0)),
        )
        for category in Member.Category
    ]
    return Effect(asked, _moves(participation, old, new, today), own.mistakes(policy, new, unit.condition))


def _members(unit_id: int) -> dict[str, tuple[int, int]]:
    """Members on the roll of the unit who are not exempt, and the branches they stand in, by category."""
    roll = Member.objects.on_roll().filter(branch__enterprise=unit_id)
    count: Counter[str] = Counter()
    branches: dict[str, set[int]] = defaultdict(set)
    for category, branch in roll.exclude(pk__in=_exempt(unit_id)).values_list("category", "branch"):
        count[category] += 1
        branches[category].add(branch)
    return {category: (number, len(branches[category])) for category, number in count.items()}


def _exempt(unit_id: int) -> QuerySet:
    today = clock.today()
    valid = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    return valid.filter(member__branch__enterprise=unit_id).values("member")


def _moves(participation: Participation, old: Policy, new: Policy, today: date) -> list[StepMove]:
    campaign, unit = participation.campaign, participation.unit
    spans = schedules.spans(participation)
    steps = [step for step in campaign.steps.select_related("phase") if step.phase.code in spans]
    return rules.effect(
        [(step, spans[step.phase.code], spans[step.phase.code]) for step in steps],
        today=today,
        shift=rules.unit_shift(old, unit.condition),
        new_shift=rules.unit_shift(new, unit.condition),
        owing=schedules.owing(campaign, unit),
    )


def in_step(campaign: Campaign, top: str = "") -> dict[str, int]:
    """Enterprises all of whose units carry the same dates and thresholds: number of units by path (item 33).

    ``top`` limits it to the enterprise with this path.
    """
    plans: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    theirs = own.rules_of(campaign)
    for unit, path, condition, spans in _plans(campaign, top):
        plans[path[:WIDTH]].append(((condition, theirs.get(unit)), spans))
    return {path: len(rows) for path, rows in plans.items() if rules.undifferentiated(rows)}


def _plans(campaign: Campaign, top: str) -> Iterable[tuple[int, str, str, list[tuple]]]:
    """Each participating unit with its condition and its dates."""
    dates: dict[int, list[tuple]] = defaultdict(list)
    schedule = PhaseSchedule.objects.filter(under(top, "participation__unit__"), participation__campaign=campaign)
    rows = schedule.order_by("phase__order").values_list("participation__unit", "phase", "starts_on", "ends_on")
    for unit, *span in rows:
        dates[unit].append(tuple(span))
    units = campaign.participations.filter(under(top, "unit__")).order_by("unit__path")
    found = units.values_list("unit", "unit__path", "unit__condition")
    return [(unit, path, condition, dates[unit]) for unit, path, condition in found]
