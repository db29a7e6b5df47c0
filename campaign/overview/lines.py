"""The steps of one branch, phase by phase, each with its state in words."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from campaign.overview.week import state_words, step_url
from campaign.plan.gantt import span_words
from campaign.plan.models import Phase, PhaseSchedule, Step
from campaign.plan.rules import Span
from campaign.progress.counting import Figures
from campaign.progress.models import StepStatus
from campaign.progress.rules import State, state_of
from enterprises.models import Organization


@dataclass(frozen=True)
class StepLine:
    """One step of one organisation. ``status`` is missing where nothing is expected of it."""

    step: Step
    status: StepStatus | None
    state: State
    words: str
    why_url: str


@dataclass(frozen=True)
class PhaseLines:
    """A phase with its lines, and the unit's own dates of it where it has any."""

    phase: Phase
    schedule: PhaseSchedule | None
    lines: list[StepLine]

    @property
    def dates(self) -> str:
        if self.schedule is None:
            return ""
        return span_words(Span(self.schedule.starts_on, self.schedule.ends_on))


def branch_lines(
    organization: Organization, figures: Figures, calendar: dict[int, PhaseSchedule], today: date
) -> list[PhaseLines]:
    """The steps by phase, in order. ``calendar``: the unit's dates by phase id."""
    lines = [_line(organization, part.step, figures.own.get(part.step.pk), today) for part in figures.steps]
    return [
        PhaseLines(phase, calendar.get(phase.pk), list(inside))
        for phase, inside in groupby(lines, key=lambda line: line.step.phase)
    ]


def _line(organization: Organization, step: Step, status: StepStatus | None, today: date) -> StepLine:
    state = state_of(step, status, today) if status else State.NONE
    words = state_words(status, state, today) if status else ""
    return StepLine(step, status, state, words, step_url(step, organization))
