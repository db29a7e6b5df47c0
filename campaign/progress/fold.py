"""Summaries of nodes, recomputed bottom-up from their children (design section 2).

Every organisation that is not a branch has summary rows: its own statuses, those of its branches, and the
summaries of the other organisations directly below. What is recomputed cannot drift. Writers never touch
these rows; they leave dirty paths, and the fold takes them away and recomputes their chains upwards.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from campaign.plan.models import Campaign
from campaign.progress.models import Dirty
from enterprises.models import Organization
from enterprises.tree import ancestor_paths

LOCK = 7_202_502  # pg_advisory_xact_lock key of the fold
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
_INSERT = """INSERT INTO campaign_stepsummary (organization_id, enterprise_id, step_id, due_on, open, done, late,
    not_applicable, persons_due, persons_done) """

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
    JOIN campaign_stepsummary s ON s.organization_id = o.id
    WHERE o.superior_id = ANY(%(nodes)s) AND o.kind <> ALL(%(branches)s)
) parts GROUP BY node, step_id, due_on ORDER BY node, step_id
"""
_STEPS_NATIONAL = f"""{_INSERT}
SELECT NULL::bigint, NULL::bigint, {_SUMS} FROM (
    SELECT {_KEPT} FROM enterprises_organization o JOIN campaign_stepsummary s ON s.organization_id = o.id
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
) parts GROUP BY top, step_id, due_on
"""

_TALLY = """INSERT INTO campaign_membertally (organization_id, enterprise_id, campaign_id, total, sought, excused,
    probationary, branches, organizations) """
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
    JOIN campaign_membertally t ON t.organization_id = o.id
        AND t.campaign_id IS NOT DISTINCT FROM %(campaign)s::bigint
    WHERE o.superior_id = ANY(%(nodes)s) AND o.kind <> ALL(%(branches)s)
) parts GROUP BY node
"""
_TALLY_NATIONAL = f"""{_TALLY}
SELECT NULL::bigint, NULL::bigint, %(campaign)s::bigint, {_TALLY_SUMS} FROM (
    SELECT {_TALLY_KEPT} FROM enterprises_organization o
    JOIN campaign_membertally t ON t.organization_id = o.id
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

_SUMMARISED = """organization_id IS NULL OR organization_id NOT IN (
    SELECT id FROM enterprises_organization WHERE kind = ANY(%(branches)s))"""
_EVERY_ROW = """
SELECT organization_id, enterprise_id, step_id AS of, due_on, open AS a, done AS b, late AS c, not_applicable AS d,
       persons_due AS e, persons_done AS f, 's' AS what FROM campaign_stepsummary
UNION ALL
SELECT organization_id, enterprise_id, campaign_id, NULL, total, sought, excused, probationary, branches,
       organizations, 't' FROM campaign_membertally
"""
_TOPS = """
SELECT DISTINCT top.id FROM enterprises_organization o
JOIN enterprises_enterprise unit ON unit.id = o.enterprise_id
JOIN enterprises_enterprise top ON top.path = left(unit.path, 4)
WHERE o.path = ANY(%s)
"""


def take_lock(wait: bool = True) -> bool:
    """Let one fold work at a time, until the transaction ends. False when ``wait`` is false and it is taken."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def fold_dirty() -> int:
    """Recompute the summaries above every dirty path, under the lock. Returns the number of nodes."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM campaign_dirty RETURNING path")
        paths = {row[0] for row in cursor.fetchall()}
    if not paths:
        return 0
    chains = paths | {above for path in paths for above in ancestor_paths(path)}
    nodes = Organization.objects.exclude(kind__in=Organization.BRANCH_KINDS).filter(path__in=chains)
    return _recompute(nodes.order_by().values_list("pk", "path"), None if EVERY_GROUP in paths else sorted(chains))


def fold_everything() -> int:
    """Recompute every summary of every node, under the lock. Returns the number of nodes."""
    Dirty.objects.all().delete()
    with connection.cursor() as cursor:
        for table in ("campaign_stepsummary", "campaign_membertally"):
            cursor.execute(f"DELETE FROM {table} WHERE {_SUMMARISED}", {"branches": list(Organization.BRANCH_KINDS)})
    nodes = Organization.objects.exclude(kind__in=Organization.BRANCH_KINDS).order_by()
    return _recompute(nodes.values_list("pk", "path"), None)


def remember() -> None:
    """Keep a copy of all summaries until the transaction ends, for ``count_differences``."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS summaries_before")
        cursor.execute(f"CREATE TEMPORARY TABLE summaries_before ON COMMIT DROP AS {_EVERY_ROW}")


def count_differences() -> int:
    """How many summary rows differ from those remembered."""
    before = "SELECT * FROM summaries_before"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT count(*) FROM ({before} EXCEPT ALL ({_EVERY_ROW})) a)"
            f" + (SELECT count(*) FROM (({_EVERY_ROW}) EXCEPT ALL {before}) b)"
        )
        return cursor.fetchone()[0]


def _recompute(nodes: Iterable[tuple[int, str]], paths: list[str] | None) -> int:
    levels: dict[int, list[int]] = defaultdict(list)
    for pk, path in nodes:
        levels[len(path)].append(pk)
    # A closed campaign keeps its figures: its dashboards can still be read.
    launched = Campaign.objects.exclude(state=Campaign.State.PREPARED)
    campaigns = [None, *launched.values_list("pk", flat=True)]
    with connection.cursor() as cursor:
        for length in sorted(levels, reverse=True):
            _recompute_nodes(cursor, levels[length], campaigns)
        _recompute_national(cursor, campaigns)
        if paths is None:
            cursor.execute("SELECT id FROM enterprises_enterprise WHERE parent_id IS NULL")
        else:
            cursor.execute(_TOPS, [paths])
        _recompute_assisted(cursor, [row[0] for row in cursor.fetchall()], campaigns)
    return sum(len(ids) for ids in levels.values())


def _recompute_nodes(cursor, nodes: list[int], campaigns: list[int | None]) -> None:
    values = {"nodes": nodes, "branches": list(Organization.BRANCH_KINDS)}
    cursor.execute("DELETE FROM campaign_stepsummary WHERE organization_id = ANY(%(nodes)s)", values)
    cursor.execute(_STEPS_OF_NODES, values)
    cursor.execute("DELETE FROM campaign_membertally WHERE organization_id = ANY(%(nodes)s)", values)
    for campaign in campaigns:
        cursor.execute(_TALLIES_OF_NODES, values | {"campaign": campaign})


def _recompute_national(cursor, campaigns: list[int | None]) -> None:
    values = {"branches": list(Organization.BRANCH_KINDS)}
    for table in ("campaign_stepsummary", "campaign_membertally"):
        cursor.execute(f"DELETE FROM {table} WHERE organization_id IS NULL AND enterprise_id IS NULL")
    cursor.execute(_STEPS_NATIONAL, values)
    for campaign in campaigns:
        cursor.execute(_TALLY_NATIONAL, values | {"campaign": campaign})


def _recompute_assisted(cursor, tops: list[int], campaigns: list[int | None]) -> None:
    values = {"tops": tops, "branches": list(Organization.BRANCH_KINDS)}
    for table in ("campaign_stepsummary", "campaign_membertally"):
        cursor.execute(f"DELETE FROM {table} WHERE enterprise_id = ANY(%(tops)s)", values)
    cursor.execute(_STEPS_ASSISTED, values)
    for campaign in campaigns:
        cursor.execute(_TALLIES_ASSISTED, values | {"campaign": campaign})
