"""Counts of nodes and steps on one day, added up by the database: a country's map reads thousands of rows.

A *source* is a SELECT with the columns ``node, step_id, due_on, open, done, late, not_applicable, persons_due,
persons_done``: summary rows, or the statuses themselves where summaries do not serve. Here, and only here, open
ones become overdue or pending.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import add
from typing import Any, NamedTuple

from django.db import connection

from campaign.plan.models import Campaign, Step
from campaign.progress.rules import Counts

_COLUMNS = "step_id, due_on, open, done, late, not_applicable, persons_due, persons_done"
SUMMARIES = f"""
SELECT organization_id AS node, {_COLUMNS} FROM campaign_stepsummary
WHERE organization_id = ANY(%(nodes)s) AND enterprise_id IS NULL AND step_id = ANY(%(steps)s)
"""
# What these groups assist but do not lead, all of it under the node -1.
ASSISTED = f"""
SELECT -1 AS node, {_COLUMNS} FROM campaign_stepsummary
WHERE organization_id IS NULL AND enterprise_id = ANY(%(groups)s) AND step_id = ANY(%(steps)s)
"""
# Every participating unit of all roots once, under the node 0.
NATIONAL = f"""
SELECT 0 AS node, {_COLUMNS} FROM campaign_stepsummary
WHERE organization_id IS NULL AND enterprise_id IS NULL AND step_id = ANY(%(steps)s)
"""
# In the order of the fields of ``Counts``.
_SUMS = """
SELECT s.node, s.step_id, sum(s.done)::int, sum(s.late)::int,
    coalesce(sum(s.open) FILTER (WHERE s.due_on < %(today)s), 0)::int,
    coalesce(sum(s.open) FILTER (WHERE s.due_on >= %(today)s), 0)::int,
    sum(s.not_applicable)::int,
    coalesce(sum(s.open) FILTER (WHERE s.due_on < %(today)s - step.tolerance_days), 0)::int,
    min(s.due_on) FILTER (WHERE s.open > 0 AND s.due_on >= %(today)s),
    sum(s.persons_due)::int, sum(s.persons_done)::int
FROM ({source}) s JOIN campaign_step step ON step.id = s.step_id GROUP BY s.node, s.step_id
"""

_MEMBERS = "t.total, t.sought, t.excused, t.probationary, t.branches, t.organizations"
_THIS_CAMPAIGN = "t.campaign_id IS NOT DISTINCT FROM %(campaign)s::bigint"
# Branches have one tally for all campaigns; it counts where the unit takes part, as for the nodes above them.
TALLIES = f"""
SELECT t.organization_id AS node, {_MEMBERS} FROM campaign_membertally t
WHERE t.organization_id = ANY(%(nodes)s) AND {_THIS_CAMPAIGN}
UNION ALL
SELECT t.organization_id, {_MEMBERS} FROM campaign_membertally t
JOIN enterprises_organization o ON o.id = t.organization_id
WHERE t.organization_id = ANY(%(branches)s) AND t.campaign_id IS NULL AND (%(campaign)s::bigint IS NULL OR EXISTS (
    SELECT 1 FROM campaign_participation p WHERE p.campaign_id = %(campaign)s AND p.unit_id = o.enterprise_id))
"""
ASSISTED_TALLIES = f"""
SELECT -1 AS node, {_MEMBERS} FROM campaign_membertally t
WHERE t.organization_id IS NULL AND t.enterprise_id = ANY(%(groups)s) AND {_THIS_CAMPAIGN}
"""
NATIONAL_TALLY = f"""
SELECT 0 AS node, {_MEMBERS} FROM campaign_membertally t
WHERE t.organization_id IS NULL AND t.enterprise_id IS NULL AND {_THIS_CAMPAIGN}
"""


@dataclass
class Members:
    """Members of a node; ``total = covered + sought + excused`` (item 37)."""

    total: int = 0
    sought: int = 0
    excused: int = 0
    probationary: int = 0
    branches: int = 0
    organizations: int = 0

    @property
    def covered(self) -> int:
        return self.total - self.sought - self.excused

    @property
    def counts(self) -> tuple[int, ...]:
        """In the order of the columns of the tallies."""
        return (self.total, self.sought, self.excused, self.probationary, self.branches, self.organizations)


@dataclass(slots=True)
class StepFigures(Counts):
    """The counts of one step."""

    step: Step = None  # type: ignore[assignment]


class Own(NamedTuple):
    """The own status of an organisation, without what a map of hundreds of rows does not need."""

    organization_id: int
    step_id: int
    applicable: bool
    due_on: date
    done_on: date | None
    made_up: bool
    persons_due: int
    persons_done: int


@dataclass
class Figures:
    """What a node's dashboard shows. ``own`` holds the node's own statuses by step, where it owes any."""

    members: Members = field(default_factory=Members)
    steps: list[StepFigures] = field(default_factory=list)
    own: dict[int, Own] = field(default_factory=dict)

    def step(self, pk: int) -> StepFigures:
        return next(figures for figures in self.steps if figures.step.pk == pk)


def blank(steps: list[Step]) -> Figures:
    """Nothing counted yet."""
    return Figures(steps=[StepFigures(step=step) for step in steps])


def blanks(nodes: Iterable[int], branches: Iterable[int], steps: list[Step]) -> dict[int, Figures]:
    """Nothing counted yet for each. Nodes share their zeros: their counts are put in the place of them."""
    zeros = blank(steps).steps
    return {pk: Figures(steps=list(zeros)) for pk in nodes} | {pk: blank(steps) for pk in branches}


def add_members(found: Mapping[Any, Figures], source: str, values: dict[str, Any], campaign: Campaign | None) -> None:
    """Put the members of every node of ``source`` into its figures."""
    with connection.cursor() as cursor:
        cursor.execute(source, {**values, "campaign": campaign and campaign.pk})
        for node, *counts in cursor.fetchall():
            found[node].members = Members(*map(add, found[node].members.counts, counts))


def add_up(
    found: Mapping[Any, Figures], sources: Sequence[str], values: dict[str, Any], steps: list[Step], today: date
) -> None:
    """Put the counts of every node of the ``sources`` into its figures; ``found`` holds them by node.

    No node is in two of them: each is added up by itself, in the order in which its index gives the rows.
    """
    if not steps:
        return
    places = {step.pk: (place, step) for place, step in enumerate(steps)}
    with connection.cursor() as cursor:
        statement = " UNION ALL ".join(_SUMS.replace("{source}", source) for source in sources)
        cursor.execute(statement, {**values, "steps": list(places), "today": today})
        for node, step_id, *counts in cursor.fetchall():
            place, step = places[step_id]
            found[node].steps[place] = StepFigures(*counts, step)


def add_status(counts: StepFigures, status: Own, today: date) -> None:
    """Count one status of a branch, whose own statuses are read anyway."""
    counts.persons_due += status.persons_due
    counts.persons_done += status.persons_done
    if not status.applicable:
        counts.not_applicable += 1
    elif status.done_on is not None:
        late = status.made_up or status.done_on > status.due_on
        counts.late, counts.done = counts.late + late, counts.done + (not late)
    elif status.due_on < today:
        counts.overdue += 1
        counts.overdue_long += (today - status.due_on).days > counts.step.tolerance_days
    else:
        counts.pending += 1
        counts.next_due_on = min(status.due_on, counts.next_due_on or status.due_on)
