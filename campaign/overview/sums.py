"""Adding and subtracting figures of nodes that do not overlap."""

from collections.abc import Iterable
from dataclasses import replace

from campaign.progress.counting import Figures, Members, StepFigures

_MEMBERS = ("total", "sought", "excused", "probationary", "branches", "organizations")
_COUNTS = (
    "done",
    "late",
    "overdue",
    "pending",
    "not_applicable",
    "overdue_long",
    "persons_due",
    "persons_done",
)


def total(parts: Iterable[Figures]) -> Figures:
    """The sum of figures of the same steps; nothing in, nothing out."""
    parts = list(parts)
    if not parts:
        return Figures()
    members = Members(**{name: sum(getattr(part.members, name) for part in parts) for name in _MEMBERS})
    steps = [_sum_step([part.steps[i] for part in parts]) for i in range(len(parts[0].steps))]
    return Figures(members, steps)


def _sum_step(parts: list[StepFigures]) -> StepFigures:
    near = [part.next_due_on for part in parts if part.next_due_on]
    counts = {name: sum(getattr(part, name) for part in parts) for name in _COUNTS}
    return StepFigures(step=parts[0].step, next_due_on=min(near, default=None), **counts)


def without(whole: Figures, part: Figures) -> Figures:
    """``whole`` less a ``part`` of it."""
    if not part.steps and not part.members.total:
        return whole
    members = {name: getattr(whole.members, name) - getattr(part.members, name) for name in _MEMBERS}
    steps = [
        replace(mine, **{name: getattr(mine, name) - getattr(theirs, name) for name in _COUNTS})
        for mine, theirs in zip(whole.steps, part.steps, strict=True)
    ]
    return Figures(Members(**members), steps)
