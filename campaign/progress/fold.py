"""Summaries of nodes, recomputed bottom-up from their children (design section 2).

Every organisation that is not a branch has summary rows: its own statuses, those of its branches, and the
summaries of the other organisations directly below. What is recomputed cannot drift. Writers never touch
these rows; they leave dirty paths, and the fold takes them away and recomputes their chains upwards.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from campaign.plan.models import Campaign
from campaign.progress.models import Dirty
from enterprises.actions.permit import TREE_LOCK
from enterprises.models import Organization
from enterprises.tree import ancestor_paths

# One fold at a time, and none beside a change of the trees: it rewrites paths, which are keys of the organizations
# that new summaries refer to, and each could wait for rows that the other holds.
LOCK = TREE_LOCK
EVERYTHING = "*"  # a dirty path that asks for all summaries: a campaign was launched
EVERY_GROUP = ""  # a dirty path that asks for the assisted figures of every group: owners may have changed

_CELL = """
    step_id,
    CASE WHEN applicable AND done_on IS NULL THEN due_on END AS due_on,
    (applicable AND done_on IS NULL)::int AS open,
    (applicable AND done_on IS NOT NULL AND NOT made_up AND done_on <= due_on)::int AS done,
    (applicable AND done_on IS NOT NULL AND (made_up OR done_on > due_on))::int AS late,
    (NOT applicable)::int AS not_applicable, persons_due, persons_done
"""
_KEPT = "s.step_id, s.due_on, s.open, s.done, s.late, s.not_applicable, s.persons_due, s.persons_done"
_SUMS = """step_id, due_on, sum(open), sum(done), sum(late), sum(not_applicable), sum(persons_due), sum(persons_done)"""
_STEP_COLUMNS = """organization_id, enterprise_id, step_id, due_on, open, done, late, not_applicable, persons_due,
    persons_done"""
_INSERT = f"INSERT INTO {{steps}} ({_STEP_COLUMNS}) "

# In order, so that the rows of a node, which are read together, lie together.
_STEPS_OF_NODES = f"""{_INSERT}
SELECT node, NULL::bigint, {_SUMS} FROM (
    SELECT organization_id AS node, {_CELL} FROM campaign_stepstatus WHERE organization_id = ANY(%(nodes)s)
  UNION ALL
    SELECT o.superior_id, {_CELL} FROM enterprises_organization o
    JOIN campaign_stepstatus s ON s.organization_id = o.id
    WHERE o.superior_id = ANY(%(nodes)s) AND o.kind = ANY(%(branches)s)
  UNION ALL
    SELECT o.superior_id, {_KEPT} FROM enterprises_organization o
    JOIN {{steps}} s ON s.organization_id = o.id
    WHERE o.superior_id = ANY(%(nodes)s) AND o.kind <> ALL(%(branches)s)
) parts GROUP BY node, step_id, due_on ORDER BY node, step_id
"""
_STEPS_NATIONAL = f"""{_INSERT}
SELECT NULL::bigint, NULL::bigint, {_SUMS} FROM (
    SELECT {_KEPT} FROM enterprises_organization o JOIN {{steps}} s ON s.organization_id = o.id
    WHERE o.superior_id IS NULL AND o.kind <> ALL(%(branches)s)
  UNION ALL
    SELECT {_CELL} FROM enterprises_organization o JOIN campaign_stepstatus s ON s.organization_id = o.id
    WHERE o.superior_id IS NULL AND o.kind = ANY(%(branches)s)
) parts GROUP BY step_id, due_on
"""
_STEPS_ASSISTED = f"""{_INSERT}
SELECT NULL::bigint, top, {_SUMS} FROM (
    SELECT e.id AS top, {_CELL} FROM enterprises_enterprise e
    JOIN enterprises_enterprise u ON u.path >= e.path AND u.path < e.path || '~'
    JOIN enterprises_organization o ON o.enterprise_id = u.id AND o.assisted
    JOIN campaign_stepstatus s ON s.organization_id = o.id
    WHERE e.id = ANY(%(tops)s)
) parts GROUP BY top, step_id, due_on ORDER BY top, step_id
"""

_TALLY_COLUMNS = """organization_id, enterprise_id, campaign_id, total, sought, excused, probationary, branches,
    organizations"""
_TALLY = f"INSERT INTO {{tallies}} ({_TALLY_COLUMNS}) "
_TALLY_SUMS = """coalesce(sum(total), 0), coalesce(sum(sought), 0), coalesce(sum(excused), 0),
    coalesce(sum(probationary), 0), coalesce(sum(branches), 0), coalesce(sum(organizations), 0)"""
_TALLY_KEPT = "t.total, t.sought, t.excused, t.probationary, t.branches, t.organizations"
_TAKES_PART = """(%(campaign)s::bigint IS NULL OR EXISTS (SELECT 1 FROM campaign_participation p
    WHERE p.campaign_id = %(campaign)s AND p.unit_id = o.enterprise_id))"""

_TALLIES_OF_NODES = f"""{_TALLY}
SELECT node, NULL::bigint, %(campaign)s::bigint, {_TALLY_SUMS} FROM (
    SELECT o.id AS node, 0 AS total, 0 AS sought, 0 AS excused, 0 AS probationary, 0 AS branches,
           (o.closed_on IS NULL AND {_TAKES_PART})::int AS organizations
    FROM enterprises_organization o WHERE o.id = ANY(%(nodes)s)
  UNION ALL
    SELECT o.superior_id, {_TALLY_KEPT} FROM enterprises_organization o
    JOIN campaign_membertally t ON t.organization_id = o.id AND t.campaign_id IS NULL
    WHERE o.superior_id = ANY(%(nodes)s) AND o.kind = ANY(%(branches)s) AND {_TAKES_PART}
  UNION ALL
    SELECT o.superior_id, {_TALLY_KEPT} FROM enterprises_organization o
    JOIN {{tallies}} t ON t.organization_id = o.id
        AND t.campaign_id IS NOT DISTINCT FROM %(campaign)s::bigint
    WHERE o.superior_id = ANY(%(nodes)s) AND o.kind <> ALL(%(branches)s)
) parts GROUP BY node
"""
_TALLY_NATIONAL = f"""{_TALLY}
SELECT NULL::bigint, NULL::bigint, %(campaign)s::bigint, {_TALLY_SUMS} FROM (
    SELECT {_TALLY_KEPT} FROM enterprises_organization o
    JOIN {{tallies}} t ON t.organization_id = o.id
        AND t.campaign_id IS NOT DISTINCT FROM %(campaign)s::bigint
    WHERE o.superior_id IS NULL AND o.kind <> ALL(%(branches)s)
  UNION ALL
    SELECT {_TALLY_KEPT} FROM enterprises_organization o
    JOIN campaign_membertally t ON t.organization_id = o.id AND t.campaign_id IS NULL
    WHERE o.superior_id IS NULL AND o.kind = ANY(%(branches)s) AND {_TAKES_PART}
) parts
"""
_TALLIES_ASSISTED = f"""{_TALLY}
SELECT NULL::bigint, e.id, %(campaign)s::bigint, {_TALLY_SUMS} FROM enterprises_enterprise e
LEFT JOIN LATERAL (
    SELECT {_TALLY_KEPT} FROM enterprises_enterprise u
    JOIN enterprises_organization o ON o.enterprise_id = u.id AND o.assisted AND o.kind = ANY(%(branches)s)
    JOIN campaign_membertally t ON t.organization_id = o.id AND t.campaign_id IS NULL
    WHERE u.path >= e.path AND u.path < e.path || '~' AND {_TAKES_PART}
  UNION ALL
    SELECT 0, 0, 0, 0, 0, 1 FROM enterprises_enterprise u
    JOIN enterprises_organization o ON o.enterprise_id = u.id AND o.assisted AND o.kind <> ALL(%(branches)s)
    WHERE u.path >= e.path AND u.path < e.path || '~' AND o.closed_on IS NULL AND {_TAKES_PART}
) parts ON true
WHERE e.id = ANY(%(tops)s) GROUP BY e.id
"""

# All summaries anew go into tables of their own; then only what differs is written. A branch's tally is no summary.
_FRESH_TABLES = f"""
CREATE TEMPORARY TABLE fresh_steps ON COMMIT DROP AS
    SELECT {_STEP_COLUMNS} FROM campaign_stepsummary WITH NO DATA;
CREATE TEMPORARY TABLE fresh_tallies ON COMMIT DROP AS
    SELECT {_TALLY_COLUMNS} FROM campaign_membertally WITH NO DATA
"""
_DROP_FRESH = "DROP TABLE fresh_steps, fresh_tallies, differing_steps, differing_tallies"
_DIFFERING_STEPS = """
CREATE TEMPORARY TABLE differing_steps ON COMMIT DROP AS
SELECT old.id, new.* FROM campaign_stepsummary old FULL JOIN fresh_steps new
    ON new.step_id = old.step_id AND coalesce(new.organization_id, 0) = coalesce(old.organization_id, 0)
    AND coalesce(new.enterprise_id, 0) = coalesce(old.enterprise_id, 0)
    AND coalesce(new.due_on, 'infinity') = coalesce(old.due_on, 'infinity')
WHERE (old.open, old.done, old.late, old.not_applicable, old.persons_due, old.persons_done)
    IS DISTINCT FROM (new.open, new.done, new.late, new.not_applicable, new.persons_due, new.persons_done)
"""
_DIFFERING_TALLIES = """
CREATE TEMPORARY TABLE differing_tallies ON COMMIT DROP AS
SELECT old.id, new.* FROM (
    SELECT * FROM campaign_membertally WHERE organization_id IS NULL OR organization_id NOT IN (
        SELECT id FROM enterprises_organization WHERE kind = ANY(%(branches)s)
    )
) old FULL JOIN fresh_tallies new
    ON coalesce(new.campaign_id, 0) = coalesce(old.campaign_id, 0)
    AND coalesce(new.organization_id, 0) = coalesce(old.organization_id, 0)
    AND coalesce(new.enterprise_id, 0) = coalesce(old.enterprise_id, 0)
WHERE (old.total, old.sought, old.excused, old.probationary, old.branches, old.organizations)
    IS DISTINCT FROM (new.total, new.sought, new.excused, new.probationary, new.branches, new.organizations)
"""
_REPLACE = """
DELETE FROM {table} WHERE id IN (SELECT id FROM {differing});
INSERT INTO {table} ({columns}) SELECT {columns} FROM {differing} WHERE {present} IS NOT NULL
ORDER BY organization_id, enterprise_id
"""
_TOPS = """
SELECT DISTINCT top.id FROM enterprises_organization o
JOIN enterprises_enterprise unit ON unit.id = o.enterprise_id
JOIN enterprises_enterprise top ON top.path = left(unit.path, 4)
WHERE o.path = ANY(%s)
"""


@dataclass(frozen=True)
class Tables:
    """Where summaries are read from and written to: the stored ones, or fresh ones to compare them with."""

    steps: str
    tallies: str
    empty: bool = False

    def named(self, sql: str) -> str:
        """The statement with its tables."""
        return sql.format(steps=self.steps, tallies=self.tallies)

    def clear(self, cursor, where: str, values: dict[str, Any]) -> None:
        """Take away the summaries that are to be recomputed, where there are any."""
        for table in () if self.empty else (self.steps, self.tallies):
            cursor.execute(f"DELETE FROM {table} WHERE {where}", values)


STORED = Tables("campaign_stepsummary", "campaign_membertally")
FRESH = Tables("fresh_steps", "fresh_tallies", empty=True)


def take_lock(wait: bool = True) -> bool:
    """Let one fold work at a time, until the transaction ends. False when ``wait`` is false and it is taken."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def fold_dirty() -> int:
    """Recompute the summaries above every dirty path, under the lock. Returns the number of nodes, or of rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM campaign_dirty RETURNING path")
        paths = {row[0] for row in cursor.fetchall()}
    if EVERYTHING in paths:
        return fold_everything()
    if not paths:
        return 0
    chains = paths | {above for path in paths for above in ancestor_paths(path)}
    nodes = Organization.objects.exclude(kind__in=Organization.BRANCH_KINDS).filter(path__in=chains)
    rows = nodes.order_by().values_list("pk", "path")
    return _recompute(rows, None if EVERY_GROUP in paths else sorted(chains), STORED)


def fold_everything() -> int:
    """Recompute every summary of every node, under the lock. Returns how many rows had been wrong."""
    Dirty.objects.all().delete()
    nodes = Organization.objects.exclude(kind__in=Organization.BRANCH_KINDS).order_by()
    values = {"branches": list(Organization.BRANCH_KINDS)}
    with connection.cursor() as cursor:
        cursor.execute(_FRESH_TABLES)
        _recompute(nodes.values_list("pk", "path"), None, FRESH)
        cursor.execute(_DIFFERING_STEPS)
        wrong = cursor.rowcount
        cursor.execute(_DIFFERING_TALLIES, values)
        wrong += cursor.rowcount
        if wrong:
            _replace(cursor, "campaign_stepsummary", "differing_steps", _STEP_COLUMNS, "open")
            _replace(cursor, "campaign_membertally", "differing_tallies", _TALLY_COLUMNS, "total")
        cursor.execute(_DROP_FRESH)
    return wrong


def _replace(cursor, table: str, differing: str, columns: str, present: str) -> None:
    cursor.execute(_REPLACE.format(table=table, differing=differing, columns=columns, present=present))


def _recompute(nodes: Iterable[tuple[int, str]], paths: list[str] | None, into: Tables) -> int:
    levels: dict[int, list[int]] = defaultdict(list)
    for pk, path in nodes:
        levels[len(path)].append(pk)
    # A closed campaign keeps its figures: its dashboards can still be read.
    launched = Campaign.objects.exclude(state=Campaign.State.PREPARED)
    campaigns = [None, *launched.values_list("pk", flat=True)]
    with connection.cursor() as cursor:
        for length in sorted(levels, reverse=True):
            _recompute_nodes(cursor, levels[length], campaigns, into)
        _recompute_national(cursor, campaigns, into)
        if paths is None:
            cursor.execute("SELECT id FROM enterprises_enterprise WHERE parent_id IS NULL")
        else:
            cursor.execute(_TOPS, [paths])
        _recompute_assisted(cursor, [row[0] for row in cursor.fetchall()], campaigns, into)
    return sum(len(ids) for ids in levels.values())


def _recompute_nodes(cursor, nodes: list[int], campaigns: list[int | None], into: Tables) -> None:
    values = {"nodes": nodes, "branches": list(Organization.BRANCH_KINDS)}
    into.clear(cursor, "organization_id = ANY(%(nodes)s)", values)
    cursor.execute(into.named(_STEPS_OF_NODES), values)
    for campaign in campaigns:
        cursor.execute(into.named(_TALLIES_OF_NODES), values | {"campaign": campaign})


def _recompute_national(cursor, campaigns: list[int | None], into: Tables) -> None:
    values = {"branches": list(Organization.BRANCH_KINDS)}
    into.clear(cursor, "organization_id IS NULL AND enterprise_id IS NULL", values)
    cursor.execute(into.named(_STEPS_NATIONAL), values)
    for campaign in campaigns:
        cursor.execute(into.named(_TALLY_NATIONAL), values | {"campaign": campaign})


def _recompute_assisted(cursor, tops: list[int], campaigns: list[int | None], into: Tables) -> None:
    values = {"tops": tops, "branches": list(Organization.BRANCH_KINDS)}
    into.clear(cursor, "enterprise_id = ANY(%(tops)s)", values)
    cursor.execute(into.named(_STEPS_ASSISTED), values)
    for campaign in campaigns:
        cursor.execute(into.named(_TALLIES_ASSISTED), values | {"campaign": campaign})
