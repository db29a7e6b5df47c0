"""The rules of calendars and of differentiated guidance, as pure functions (items 5-7, 33-36).

They know nothing of the database or of today: days, policies and counts are handed in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext as _

SOUND = "SOUND"
FIELDS = ("class_hours", "writing", "shift_days", "binding", "materials_cap")
WRITING = ("EXEMPT", "ORAL", "SHORT", "WRITTEN")  # from the least to the most that is asked (item 36)
OWN = -1  # the place of a rule that the unit itself has set


@dataclass(frozen=True)
class Guidance:
    """What is asked of members of one category in units of one condition (item 33).

    ``class_hours`` in whole class hours; ``shift_days`` days later than the unit's plan; ``binding`` false
    means advisory (item 35); ``materials_cap`` the most required titles, None for no cap (item 34).
    ``rules`` are the places of the policy's rules that decided, by field (`OWN`: the unit's own value); a
    field without is the general one.
    """

    class_hours: int
    writing: str
    shift_days: int
    binding: bool
    materials_cap: int | None
    rules: Mapping[str, int]


def guidance(policy: Mapping[str, Any], category: str | None, condition: str | None) -> Guidance:
    """Resolve the policy field by field: the most specific rule that states the field wins.

    A rule for category and condition goes before one for the category, that before one for the condition,
    that before the general values. Of two equally specific rules the later wins. What the unit itself has
    set (``own`` in the policy, see ``campaign.plan.own``) goes before everything.
    """
    values: dict[str, Any] = {name: policy.get(name) for name in FIELDS}
    decided: dict[str, int] = {}
    ranked = sorted(enumerate(policy.get("rules", ())), key=lambda item: _specificity(item[1]))
    for place, rule in ranked:
        if not _applies(rule, category, condition):
            continue
        for name in FIELDS:
            if rule.get(name) is not None:
                values[name] = rule[name]
                decided[name] = place
    for rule in policy.get("own", ()):
        if rule.get("category") in (None, category):
            own = {name: rule[name] for name in FIELDS if rule.get(name) is not None}
            values |= own
            decided |= dict.fromkeys(own, OWN)
    return Guidance(**values, rules=decided)


def writing_for(policy: Mapping[str, Any], category: str | None, condition: str | None, band: str) -> str:
    """How much writing is asked of one member: what the guidance says, and no more than that education allows.

    ``band`` is the member's education band; it only ever lessens what is asked (items 31, 36).
    """
    asked = guidance(policy, category, condition).writing
    most = (policy.get("writing_at_most") or {}).get(band)
    return min(asked, most, key=WRITING.index) if most else asked


def _specificity(rule: Mapping[str, Any]) -> int:
    return 2 * (rule.get("category") is not None) + (rule.get("condition") is not None)


def _applies(rule: Mapping[str, Any], category: str | None, condition: str | None) -> bool:
    return rule.get("category") in (None, category) and rule.get("condition") in (None, condition)


def asks_less(leader: Guidance, other: Guidance) -> bool:
    """Whether less is asked of leading cadres than of other members: fewer hours, less writing, more time,
    or only advice (item 33). What is advisory for the others asks nothing."""
    return other.binding and (
        leader.class_hours < other.class_hours
        or WRITING.index(leader.writing) < WRITING.index(other.writing)
        or leader.shift_days > other.shift_days
        or not leader.binding
    )


def outdone_leaders(policy: Mapping[str, Any], condition: str, categories: Iterable[str], leader: str) -> list[str]:
    """The categories of whom more is asked than of the leading cadres, in units of this condition."""
    asked = guidance(policy, leader, condition)
    return [category for category in categories if asks_less(asked, guidance(policy, category, condition))]


def own_mistakes(campaign_says: Guidance, unit_says: Guidance) -> list[str]:
    """What is wrong with a unit's own values for one category; codes of mistakes, none if all is well.

    ``binding``: the campaign leaves the category free, the unit must not bind it (item 35). ``cap``: the cap
    on required titles may be lowered, never raised or lifted (item 34).
    """
    found = []
    if unit_says.binding and not campaign_says.binding:
        found.append("binding")
    cap = campaign_says.materials_cap
    if cap is not None and (unit_says.materials_cap is None or unit_says.materials_cap > cap):
        found.append("cap")
    return found


def unit_shift(policy: Mapping[str, Any], condition: str) -> int:
    """Days by which the due dates of a unit in this condition are later than its phases say."""
    return guidance(policy, None, condition).shift_days


@dataclass(frozen=True)
class Span:
    """A stretch of days, both ends included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def moved(self, days: int) -> "Span":
        """The same stretch, ``days`` later."""
        return Span(self.starts_on + timedelta(days), self.ends_on + timedelta(days))

    def overlap(self, other: "Span") -> int:
        """Days that both have in common."""
        common = (min(self.ends_on, other.ends_on) - max(self.starts_on, other.starts_on)).days + 1
        return max(0, common)


def undifferentiated(plans: Sequence[tuple[Any, Any]]) -> bool:
    """Whether the units of one enterprise all march in step (item 33): each with its thresholds and dates.

    The same condition means the same thresholds, as long as no unit has values of its own. Two units may
    well agree; from three on it is remarked.
    """
    return len(plans) >= 3 and all(plan == plans[0] for plan in plans)


class PhaseLike(Protocol):
    opens_day: int
    closes_day: int


class StepLike(Protocol):
    code: str
    anchor: str
    due_days: int


def planned(phase: PhaseLike, launched_on: date, offset: int = 0) -> Span:
    """The dates of a phase for a unit that starts ``offset`` days after the launch."""
    return Span(launched_on + timedelta(phase.opens_day + offset), launched_on + timedelta(phase.closes_day + offset))


def rolling_offset(rolling: Mapping[str, int], is_headquarters: bool, condition: str) -> int:
    """Days after the launch on which a unit starts: subsidiaries follow the headquarters (item 5), units in
    one of the three hard conditions later still (item 33). The longer of the two offsets holds."""
    offset = 0 if is_headquarters else rolling["subsidiary_days"]
    if condition != SOUND:
        offset = max(offset, rolling["hard_condition_days"])
    return offset


def due_date(step: StepLike, span: Span, shift: int = 0) -> date:
    """The day on which a step is due in a unit: ``span`` are the unit's dates of the step's phase."""
    start = span.starts_on if step.anchor == "phase_start" else span.ends_on
    return start + timedelta(step.due_days + shift)


@dataclass(frozen=True)
class Objection:
    """Something that speaks against new dates. ``hard`` ones refuse them; others yield to a reason."""

    code: str
    message: str
    hard: bool = False


def objections(
    names: Mapping[str, str],
    spans: Mapping[str, Span],
    *,
    headquarters: Mapping[str, Span] | None = None,
    peaks: Iterable[Span] = (),
    length: tuple[int, int] = (75, 110),
) -> list[Objection]:
    """What speaks against a unit's dates, phases by code in their order.

    ``headquarters`` are the dates of the headquarters above (None: it is one itself), ``length`` the least
    and the most days of all phases together. Phases must follow one another (item 6, hard); a unit should
    not start a phase before its headquarters (item 5); the length should keep within limits (item 6); a
    phase should not lie in a business peak (item 7).
    """
    found = _order(names, spans)
    if headquarters:
        found += _before_headquarters(names, spans, headquarters)
    found += _length(list(spans.values()), length)
    return found + _in_peaks(names, spans, list(peaks))


def _order(names: Mapping[str, str], spans: Mapping[str, Span]) -> list[Objection]:
    found = []
    before: str | None = None
    for code, span in spans.items():
        if span.ends_on < span.starts_on:
            message = _("%(phase)s ends before it starts. Choose a later end.")
            found.append(Objection("reversed", message % {"phase": names[code]}, hard=True))
        if before and span.starts_on <= spans[before].ends_on:
            message = _("%(phase)s would start before %(before)s has ended. Start it later.")
            found.append(Objection("order", message % {"phase": names[code], "before": names[before]}, hard=True))
        before = code
    return found


def _before_headquarters(
    names: Mapping[str, str], spans: Mapping[str, Span], headquarters: Mapping[str, Span]
) -> list[Objection]:
    message = _("%(phase)s would start before the headquarters starts it (%(day)s).")
    return [
        Objection("headquarters", message % {"phase": names[code], "day": headquarters[code].starts_on})
        for code, span in spans.items()
        if code in headquarters and span.starts_on < headquarters[code].starts_on
    ]


def _length(spans: Sequence[Span], length: tuple[int, int]) -> list[Objection]:
    if not spans:
        return []
    total = Span(spans[0].starts_on, spans[-1].ends_on).days
    low, high = length
    if low <= total <= high:
        return []
    message = _("The phases together take %(total)d days; planned are %(low)d to %(high)d.")
    return [Objection("length", message % {"total": total, "low": low, "high": high})]


def _in_peaks(names: Mapping[str, str], spans: Mapping[str, Span], peaks: Sequence[Span]) -> list[Objection]:
    message = _("%(days)d of %(total)d days of %(phase)s lie in a time of full production.")
    found = []
    for code, span in spans.items():
        days = sum(span.overlap(peak) for peak in peaks)
        if days:
            values = {"days": days, "total": span.days, "phase": names[code]}
            found.append(Objection("peak", message % values))
    return found


@dataclass(frozen=True)
class StepMove:
    """What new dates do to one step: from when to when, for how many organisations.

    ``passed``: the old due date lies before today and stays as it is.
    """

    step: str
    old: date
    new: date
    organizations: int
    passed: bool


def effect(
    steps: Iterable[tuple[StepLike, Span, Span]],
    *,
    today: date,
    shift: int,
    owing: Mapping[str, int],
    new_shift: int | None = None,
) -> list[StepMove]:
    """Which steps' due dates would change. ``steps``: each with the old and the new dates of its phase;
    ``owing``: organisations of the unit that owe it, by step code; ``new_shift``: where the shift changes."""
    moves = []
    for step, old, new in steps:
        before = due_date(step, old, shift)
        after = due_date(step, new, shift if new_shift is None else new_shift)
        if before != after:
            moves.append(StepMove(step.code, before, after, owing.get(step.code, 0), before < today))
    return moves
