"""Reading progress: figures of nodes from their summaries, of branches from their statuses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from campaign.plan.models import Campaign, Participation, Step
from campaign.progress.models import FoldState, MemberTally, StepStatus, StepSummary
from campaign.progress.rules import Counts
from enterprises.models import Organization
from enterprises.tree import END


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


@dataclass
class StepFigures(Counts):
    """The counts of one step."""

    step: Step = None  # type: ignore[assignment]


@dataclass
class Figures:
    """What a node's dashboard shows. ``own`` holds the node's own statuses by step, where it owes any."""

    members: Members = field(default_factory=Members)
    steps: list[StepFigures] = field(default_factory=list)
    own: dict[int, StepStatus] = field(default_factory=dict)

    def step(self, pk: int) -> StepFigures:
        return next(figures for figures in self.steps if figures.step.pk == pk)


def steps_of(campaign: Campaign | None) -> list[Step]:
    """The steps of a campaign in order; none without a campaign."""
    return list(campaign.steps.select_related("phase").order_by("order")) if campaign else []


def folded_at() -> datetime | None:
    """As of when the summaries hold; nothing when they were never folded."""
    return FoldState.objects.values_list("folded_at", flat=True).first()


def _members(tally: MemberTally | None) -> Members:
    if tally is None:
        return Members()
    names = ("total", "sought", "excused", "probationary", "branches", "organizations")
    return Members(**{name: getattr(tally, name) for name in names})


def _blank(steps: list[Step]) -> Figures:
    return Figures(steps=[StepFigures(step=step) for step in steps])


def summaries(node: Q, steps: list[int]) -> QuerySet:
    """Summary rows as plain tuples with names: a country's map reads thousands of them."""
    names = ("organization_id", "enterprise_id", "step_id", "due_on", "open", "done", "late", "not_applicable")
    rows = StepSummary.objects.filter(node, step__in=steps)
    return rows.values_list(*names, "persons_due", "persons_done", named=True)


def statuses(organizations: Iterable[int], steps: list[int]) -> QuerySet:
    """Statuses as plain tuples with names, for the same reason."""
    names = ("organization_id", "step_id", "applicable", "due_on", "done_on", "made_up")
    rows = StepStatus.objects.filter(organization__in=organizations, step__in=steps)
    return rows.values_list(*names, "persons_due", "persons_done", named=True)


def _add_open(counts: Counts, due_on: date, number: int, today: date) -> None:
    if due_on < today:
        counts.overdue += number
        if (today - due_on).days > counts.step.tolerance_days:  # type: ignore[attr-defined]
            counts.overdue_long += number
        return
    counts.pending += number
    if counts.next_due_on is None or due_on < counts.next_due_on:
        counts.next_due_on = due_on


def _add_summary(counts: Counts, row: StepSummary, today: date) -> None:
    counts.done += row.done
    counts.late += row.late
    counts.not_applicable += row.not_applicable
    counts.persons_due += row.persons_due
    counts.persons_done += row.persons_done
    if row.open and row.due_on:
        _add_open(counts, row.due_on, row.open, today)


def _add_status(counts: Counts, status: StepStatus, today: date) -> None:
    counts.persons_due += status.persons_due
    counts.persons_done += status.persons_done
    if not status.applicable:
        counts.not_applicable += 1
    elif status.done_on is None:
        _add_open(counts, status.due_on, 1, today)
    elif status.made_up or status.done_on > status.due_on:
        counts.late += 1
    else:
        counts.done += 1


def rolls(branches: list[int], campaign: Campaign | None) -> Q:
    """The tallies of these branches: with a campaign only where the unit takes part, as the nodes above count."""
    found = Q(organization__in=branches, campaign=None)
    if campaign is None:
        return found
    taking_part = Participation.objects.filter(campaign=campaign, unit=OuterRef("organization__enterprise"))
    return found & Q(Exists(taking_part))


def figures(
    organizations: Iterable[Organization],
    campaign: Campaign | None,
    today: date,
    steps: list[Step] | None = None,
) -> dict[int, Figures]:
    """The figures of each organisation with everything below it: three queries, however many there are."""
    steps = steps_of(campaign) if steps is None else steps
    organizations = list(organizations)
    nodes = [o.pk for o in organizations if not o.is_branch]
    branches = [o.pk for o in organizations if o.is_branch]
    leaves = set(branches)
    found = {o.pk: _blank(steps) for o in organizations}
    for tally in MemberTally.objects.filter(Q(organization__in=nodes, campaign=campaign) | rolls(branches, campaign)):
        found[tally.organization_id or 0].members = _members(tally)
    by_step = {pk: {f.step.pk: f for f in figures.steps} for pk, figures in found.items()}
    wanted = [step.pk for step in steps]
    for row in summaries(Q(organization__in=nodes), wanted):
        _add_summary(by_step[row.organization_id][row.step_id], row, today)
    for status in StepStatus.objects.filter(organization__in=found, step__in=wanted):
        found[status.organization_id].own[status.step_id] = status
        if status.organization_id in leaves:
            _add_status(by_step[status.organization_id][status.step_id], status, today)
    return found


def _of_node(node: Q, campaign: Campaign | None, today: date, steps: list[Step] | None) -> Figures:
    steps = steps_of(campaign) if steps is None else steps
    result = _blank(steps)
    result.members = _members(MemberTally.objects.filter(node, campaign=campaign).first())
    by_step = {f.step.pk: f for f in result.steps}
    for row in summaries(node, [step.pk for step in steps]):
        _add_summary(by_step[row.step_id], row, today)
    return result


def national(campaign: Campaign | None, today: date, steps: list[Step] | None = None) -> Figures:
    """The figures of all roots, every participating unit once."""
    return _of_node(Q(organization=None, enterprise=None), campaign, today, steps)


def assisted(
    organization: Organization, campaign: Campaign | None, today: date, steps: list[Step] | None = None
) -> Figures:
    """What is owned below ``organization``'s enterprises but led elsewhere; never part of its totals (item 8)."""
    steps = steps_of(campaign) if steps is None else steps
    unit = organization.enterprise
    if unit and unit.leading_organization_id == organization.pk and unit.parent_id is None:
        return _of_node(Q(organization=None, enterprise=unit), campaign, today, steps)
    if unit is None or organization.superior_id is None:
        return _assisted_below(organization, campaign, today, steps)
    return _live_where(_ASSISTED, {"path": organization.path, "end": organization.path + END}, campaign, today, steps)


def _assisted_below(organization: Organization, campaign: Campaign | None, today: date, steps: list[Step]) -> Figures:
    """The assisted units of every group whose leading organisation stands below this one."""
    tops = (
        Organization.objects.under(organization)
        .filter(enterprise__parent=None, enterprise__leading_organization__path__startswith=organization.path)
        .order_by()
        .values("enterprise")
        .distinct()
    )
    result = _blank(steps)
    for tally in MemberTally.objects.filter(enterprise__in=tops, campaign=campaign):
        part = _members(tally)
        for name, value in vars(part).items():
            setattr(result.members, name, getattr(result.members, name) + value)
    by_step = {f.step.pk: f for f in result.steps}
    for row in StepSummary.objects.filter(enterprise__in=tops, step__in=list(by_step)):
        _add_summary(by_step[row.step_id], row, today)
    return result


# Live, from the statuses themselves: exact on any day, for small subtrees and for --as-of.
_BELOW = "o.path >= %(path)s AND o.path < %(end)s"
_ASSISTED = """NOT (o.path >= %(path)s AND o.path < %(end)s) AND o.enterprise_id IN (
    SELECT below.id FROM enterprises_enterprise led
    JOIN enterprises_organization lead ON lead.id = led.leading_organization_id
    JOIN enterprises_enterprise below ON below.path >= led.path AND below.path < led.path || '~'
    WHERE lead.path >= %(path)s AND lead.path < %(end)s)"""
_LIVE_STEPS = """
SELECT left(o.path, %(width)s) AS node, s.step_id,
    CASE WHEN s.applicable AND NOT coalesce(s.done_on <= %(as_of)s, false) THEN s.due_on END AS due_on,
    count(*) FILTER (WHERE s.applicable AND NOT coalesce(s.done_on <= %(as_of)s, false)) AS open,
    count(*) FILTER (WHERE s.applicable AND s.done_on <= %(as_of)s AND NOT s.made_up AND s.done_on <= s.due_on)
        AS done,
    count(*) FILTER (WHERE s.applicable AND s.done_on <= %(as_of)s AND (s.made_up OR s.done_on > s.due_on)) AS late,
    count(*) FILTER (WHERE NOT s.applicable) AS not_applicable,
    sum(s.persons_due) AS persons_due, sum(s.persons_done) AS persons_done
FROM enterprises_organization o JOIN campaign_stepstatus s ON s.organization_id = o.id
WHERE s.step_id = ANY(%(steps)s) AND {where} GROUP BY 1, 2, 3
"""
_LIVE_MEMBERS = """
SELECT left(o.path, %(width)s) AS node, coalesce(sum(t.total), 0), coalesce(sum(t.sought), 0),
    coalesce(sum(t.excused), 0), coalesce(sum(t.probationary), 0), coalesce(sum(t.branches), 0),
    count(*) FILTER (WHERE o.closed_on IS NULL)
FROM enterprises_organization o
LEFT JOIN campaign_membertally t ON t.organization_id = o.id AND t.campaign_id IS NULL AND o.kind = ANY(%(branches)s)
WHERE {where} AND (%(campaign)s::bigint IS NULL OR EXISTS (SELECT 1 FROM campaign_participation p
    WHERE p.campaign_id = %(campaign)s AND p.unit_id = o.enterprise_id))
GROUP BY 1
"""


def _live(where: str, values: dict, campaign: Campaign | None, as_of: date, steps: list[Step]) -> dict[str, Figures]:
    values = values | {
        "as_of": as_of,
        "steps": [step.pk for step in steps],
        "campaign": campaign.pk if campaign else None,
        "branches": list(Organization.BRANCH_KINDS),
    }
    found: dict[str, Figures] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LIVE_MEMBERS.replace("{where}", where), values)
        for node, *counts in cursor.fetchall():
            found[node] = _blank(steps)
            found[node].members = Members(*map(int, counts))
        cursor.execute(_LIVE_STEPS.replace("{where}", where), values)
        for node, step, due_on, *counts in cursor.fetchall():
            names = ("open", "done", "late", "not_applicable", "persons_due", "persons_done")
            row = StepSummary(due_on=due_on, **dict(zip(names, map(int, counts), strict=True)))
            _add_summary(found.setdefault(node, _blank(steps)).step(step), row, as_of)
    return found


def _live_where(where: str, values: dict, campaign: Campaign | None, as_of: date, steps: list[Step]) -> Figures:
    found = _live(where, values | {"width": 0}, campaign, as_of, steps)
    return found.get("", _blank(steps))


def live(
    organization: Organization, campaign: Campaign | None, as_of: date, steps: list[Step] | None = None
) -> tuple[Figures, dict[int, Figures]]:
    """The node's figures and its children's, counted from the statuses as they stood on ``as_of``.

    Due and done dates are compared on today's tree; past trees live in snapshots only.
    """
    steps = steps_of(campaign) if steps is None else steps
    values = {"path": organization.path, "end": organization.path + END}
    whole = _live_where(_BELOW, values, campaign, as_of, steps)
    found = _live(_BELOW, values | {"width": len(organization.path) + 4}, campaign, as_of, steps)
    children = Organization.objects.filter(superior=organization)
    return whole, {child.pk: found.get(child.path, _blank(steps)) for child in children}


def live_assisted(
    organization: Organization, campaign: Campaign | None, as_of: date, steps: list[Step] | None = None
) -> Figures:
    """The assisted figures, counted from the statuses as they stood on ``as_of``."""
    steps = steps_of(campaign) if steps is None else steps
    return _live_where(_ASSISTED, {"path": organization.path, "end": organization.path + END}, campaign, as_of, steps)


def own_statuses(organization: Organization, campaign: Campaign) -> list[StepStatus]:
    """The organisation's own statuses in the order of the steps."""
    found = StepStatus.objects.filter(organization=organization, step__campaign=campaign)
    return list(found.select_related("step__phase").order_by("step__order"))
