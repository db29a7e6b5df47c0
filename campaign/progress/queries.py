"""Reading progress: figures of nodes from their summaries, of branches from their statuses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection

from campaign.plan.models import Campaign, Step
from campaign.progress.counting import (
    ASSISTED,
    ASSISTED_TALLIES,
    NATIONAL,
    NATIONAL_TALLY,
    SUMMARIES,
    TALLIES,
    Figures,
    Members,
    Own,
    add_members,
    add_status,
    add_up,
    blank,
    blanks,
)
from campaign.progress.models import FoldState, StepStatus
from enterprises.models import Organization
from enterprises.tree import END


def steps_of(campaign: Campaign | None) -> list[Step]:
    """The steps of a campaign in order; none without a campaign."""
    return list(campaign.steps.select_related("phase").order_by("order")) if campaign else []


def folded_at() -> datetime | None:
    """As of when the summaries hold; nothing when they were never folded."""
    return FoldState.objects.values_list("folded_at", flat=True).first()


# "+ 0": by organization, whose rows are few. By step as well it is one search of the index for each pair of them.
_OWN = f"""
SELECT {", ".join(Own._fields)} FROM campaign_stepstatus WHERE organization_id = ANY(%s) AND step_id + 0 = ANY(%s)
"""


def statuses(organizations: list[int], steps: list[int]) -> Iterator[Own]:
    """The own statuses of these organisations. Bare, like ``add_up``: a country has a thousand."""
    if not steps:
        return iter(())
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [organizations, steps])
        return map(Own._make, cursor.fetchall())


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
    found = blanks(nodes, branches, steps)
    add_members(found, TALLIES, {"nodes": nodes, "branches": branches}, campaign)
    if nodes:
        add_up(found, [SUMMARIES], {"nodes": nodes}, steps, today)
    add_own(found, set(branches), steps, today)
    return found


def add_own(found: dict[int, Figures], branches: set[int], steps: list[Step], today: date) -> None:
    """Put the own statuses into the figures by organisation; of a branch they are its figures too."""
    places = {step.pk: place for place, step in enumerate(steps)}
    for status in statuses(list(found), list(places)):
        figures = found[status.organization_id]
        figures.own[status.step_id] = status
        if status.organization_id in branches:
            add_status(figures.steps[places[status.step_id]], status, today)


def _of_node(
    tally: str, source: str, values: dict, campaign: Campaign | None, today: date, steps: list[Step] | None
) -> Figures:
    """The figures of a ``source`` that knows one node only, whatever it is called."""
    steps = steps_of(campaign) if steps is None else steps
    result = blank(steps)
    by_node: dict[Any, Figures] = defaultdict(lambda: result)
    add_members(by_node, tally, values, campaign)
    add_up(by_node, [source], values, steps, today)
    return result


def national(campaign: Campaign | None, today: date, steps: list[Step] | None = None) -> Figures:
    """The figures of all roots, every participating unit once."""
    return _of_node(NATIONAL_TALLY, NATIONAL, {}, campaign, today, steps)


def assisted(
    organization: Organization, campaign: Campaign | None, today: date, steps: list[Step] | None = None
) -> Figures:
    """What is owned below ``organization``'s enterprises but led elsewhere; never part of its totals (item 8)."""
    steps = steps_of(campaign) if steps is None else steps
    unit = organization.enterprise
    if unit and unit.leading_organization_id == organization.pk and unit.parent_id is None:
        return _of_groups([unit.pk], campaign, today, steps)
    if unit is None or organization.superior_id is None:
        return _assisted_below(organization, campaign, today, steps)
    return _live_where(_ASSISTED, {"path": organization.path, "end": organization.path + END}, campaign, today, steps)


def _assisted_below(organization: Organization, campaign: Campaign | None, today: date, steps: list[Step]) -> Figures:
    """The assisted units of every group whose leading organisation stands below this one."""
    tops = (
        Organization.objects.under(organization)
        .filter(enterprise__parent=None, enterprise__leading_organization__path__startswith=organization.path)
        .order_by()
        .values_list("enterprise", flat=True)
        .distinct()
    )
    return _of_groups(list(tops), campaign, today, steps)


def _of_groups(groups: list[int], campaign: Campaign | None, today: date, steps: list[Step]) -> Figures:
    return _of_node(ASSISTED_TALLIES, ASSISTED, {"groups": groups}, campaign, today, steps)


# Live, from the statuses themselves: exact on any day, for small subtrees and for --as-of.
_BELOW = "o.path >= %(path)s AND o.path < %(end)s"
_ASSISTED = """NOT (o.path >= %(path)s AND o.path < %(end)s) AND o.enterprise_id IN (
    SELECT below.id FROM enterprises_enterprise led
    JOIN enterprises_organization lead ON lead.id = led.leading_organization_id
    JOIN enterprises_enterprise below ON below.path >= led.path AND below.path < led.path || '~'
    WHERE lead.path >= %(path)s AND lead.path < %(end)s)"""
_LIVE_STEPS = """
SELECT left(o.path, %(width)s) AS node, s.step_id, s.due_on,
    (s.applicable AND NOT coalesce(s.done_on <= %(today)s, false))::int AS open,
    (s.applicable AND coalesce(s.done_on <= %(today)s AND NOT s.made_up AND s.done_on <= s.due_on, false))::int AS done,
    (s.applicable AND coalesce(s.done_on <= %(today)s AND (s.made_up OR s.done_on > s.due_on), false))::int AS late,
    (NOT s.applicable)::int AS not_applicable, s.persons_due, s.persons_done
FROM enterprises_organization o JOIN campaign_stepstatus s ON s.organization_id = o.id
WHERE s.step_id = ANY(%(steps)s) AND {where}
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
        "campaign": campaign.pk if campaign else None,
        "branches": list(Organization.BRANCH_KINDS),
    }
    found: dict[str, Figures] = defaultdict(lambda: blank(steps))
    with connection.cursor() as cursor:
        cursor.execute(_LIVE_MEMBERS.replace("{where}", where), values)
        for node, *counts in cursor.fetchall():
            found[node].members = Members(*map(int, counts))
    add_up(found, [_LIVE_STEPS.replace("{where}", where)], values, steps, as_of)
    return found


def _live_where(where: str, values: dict, campaign: Campaign | None, as_of: date, steps: list[Step]) -> Figures:
    found = _live(where, values | {"width": 0}, campaign, as_of, steps)
    return found.get("", blank(steps))


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
    return whole, {child.pk: found.get(child.path, blank(steps)) for child in children}


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
