"""Reading calendars: a unit's dates, what is above it, and what other dates would do."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from campaign.plan import own, rules
from campaign.plan.models import BusinessPeak, Campaign, Participation, PhaseSchedule, ScheduleChange
from campaign.plan.rules import Objection, Span, StepMove
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Account, Enterprise, Organization
from enterprises.tree import WIDTH

Spans = dict[str, Span]


def spans(participation: Participation) -> Spans:
    """The unit's dates by phase code, in the order of the phases."""
    rows = participation.schedules.order_by("phase__order").values_list("phase__code", "starts_on", "ends_on")
    return {code: Span(starts_on, ends_on) for code, starts_on, ends_on in rows}


def headquarters_spans(participation: Participation) -> Spans | None:
    """The dates of the headquarters that owns the unit; None for one itself or where it takes no part."""
    path = participation.unit.path
    if len(path) == WIDTH:
        return None
    above = PhaseSchedule.objects.filter(
        participation__campaign=participation.campaign_id, participation__unit__path=path[:WIDTH]
    )
    rows = above.order_by("phase__order").values_list("phase__code", "starts_on", "ends_on")
    return {code: Span(starts_on, ends_on) for code, starts_on, ends_on in rows} or None


def peaks(unit: Enterprise) -> list[Span]:
    """The unit's times of full production (item 7)."""
    return [Span(*row) for row in BusinessPeak.objects.filter(unit=unit).values_list("starts_on", "ends_on")]


def owing(campaign: Campaign, unit: Enterprise) -> dict[str, int]:
    """How many open organisations of the unit owe each step, by step code."""
    kinds = Organization.objects.open().filter(enterprise=unit).order_by().values_list("kind", flat=True)
    count = Counter(kinds)
    return {step.code: sum(count[kind] for kind in count if step.obligation_for(kind)) for step in campaign.steps.all()}


@dataclass(frozen=True)
class Preview:
    """What new dates would do: the phases that change, what speaks against it, which steps move."""

    old: Spans
    new: Spans
    objections: list[Objection]
    moves: list[StepMove]

    @property
    def changed(self) -> list[str]:
        """Codes of the phases that get other dates."""
        return [code for code, span in self.new.items() if span != self.old[code]]

    @property
    def refused(self) -> bool:
        return any(objection.hard for objection in self.objections)


def preview(participation: Participation, wanted: Spans, today: date) -> Preview:
    """What giving the unit the dates `wanted` (some or all phases) would do. Nothing is written."""
    campaign, unit = participation.campaign, participation.unit
    old = spans(participation)
    new = old | {code: span for code, span in wanted.items() if code in old}
    found = rules.objections(
        {phase.code: phase.name for phase in campaign.phases.all()},
        new,
        headquarters=headquarters_spans(participation),
        peaks=peaks(unit),
        length=(campaign.data["total_days_min"], campaign.data["total_days_max"]),
    )
    steps = campaign.steps.select_related("phase")
    moves = rules.effect(
        [(step, old[step.phase.code], new[step.phase.code]) for step in steps],
        today=today,
        shift=rules.unit_shift(own.policy_of(campaign, unit.pk), unit.condition),
        owing=owing(campaign, unit),
    )
    return Preview(old, new, found, moves)


def may_change(account: Account, unit: Enterprise) -> bool:
    """Whether the account keeps the calendar of the unit: whoever leads it, never who only assists (item 8)."""
    return unit.leading_organization is not None and may(account, roles.CALENDAR, unit.leading_organization)


def kinds_allowed(account: Account, unit: Enterprise) -> list[ScheduleChange.Kind]:
    """The kinds of change the account may make: the central one is the campaign office's."""
    kind = ScheduleChange.Kind
    allowed = [kind.LOCAL, kind.ROLLING] if may_change(account, unit) else []
    if account.reach.covers(roles.CAMPAIGN, ""):
        allowed.append(kind.CENTRAL)
    return allowed


def standing_change(participation: Participation) -> list[ScheduleChange]:
    """The rows of the newest change that still stands: neither undone nor itself an undoing."""
    undone = participation.changes.exclude(undoes=None).values("undoes")
    standing = participation.changes.filter(undoes=None).exclude(change_set__in=undone)
    newest = standing.values_list("change_set", flat=True).first()
    return list(standing.filter(change_set=newest).select_related("phase")) if newest else []
