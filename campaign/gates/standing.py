"""Where a unit stands: its stages planned and actual, the next gate, its passages."""

from dataclasses import dataclass
from datetime import date

from campaign.gates import rules
from campaign.gates.judging import STANDING
from campaign.gates.models import PhaseTransition
from campaign.plan import schedules
from campaign.plan.models import Campaign, Participation
from campaign.plan.rules import Span
from campaign.plan.wording import name_of, stage_words
from enterprises import clock


@dataclass(frozen=True)
class Stage:
    """One stage of a unit: when it was to be, and when it was. ``place``: past, present or future."""

    name: str
    planned: Span | None
    entered_on: date | None
    left_on: date | None
    place: str


def gate_words(campaign: Campaign, from_stage: str, to_stage: str) -> str:
    """A gate: between which stages."""
    return f"{stage_words(campaign, from_stage)} → {stage_words(campaign, to_stage)}"


def unmet_words(transition: PhaseTransition) -> list[str]:
    """The conditions that were unmet at a passage."""
    return [name_of(row) for row in transition.unmet]


def stages_of(participation: Participation) -> list[Stage]:
    """Every stage in order, with planned and actual dates; make-up stands among them while it lasts."""
    planned = schedules.spans(participation)
    entered, left = _moments(participation)
    codes = rules.stages(participation.campaign.data.get("gates", []))
    present = rules.SURVEYED if participation.state == rules.MAKE_UP else participation.state
    now = codes.index(present) if present in codes else 0
    found = []
    for index, code in enumerate(codes):
        place = "past" if index < now else "present" if index == now else "future"
        name = stage_words(participation.campaign, code)
        if place == "present" and participation.state == rules.MAKE_UP:
            code, name = rules.MAKE_UP, stage_words(participation.campaign, rules.MAKE_UP)
        left_on = left.get(code) if place == "past" else None
        found.append(Stage(name, planned.get(code), None if place == "future" else entered.get(code), left_on, place))
    return found


def _moments(participation: Participation) -> tuple[dict[str, date], dict[str, date]]:
    entered: dict[str, date] = {}
    left: dict[str, date] = {}
    passages = participation.transitions.filter(state__in=STANDING, undone_at=None).order_by("id")
    for transition in passages:
        day = transition.decided_at.astimezone(clock.ZONE).date()
        entered[transition.to_stage] = left[transition.from_stage] = day
    return entered, left
