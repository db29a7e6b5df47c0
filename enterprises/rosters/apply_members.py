"""Compare and apply the staged members: set-based statements in one transaction.

A member new to us opens a membership without beginning (before our records). A change of branch takes
effect on a day: the membership before ends the day before, and posts at the old branch with it. Nothing is
ever deleted, and attendance stays with the branch at its date.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from enterprises import hooks
from enterprises.actions.posts import clear_vacant_secretary
from enterprises.models import Member, Post
from enterprises.rosters import staging
from enterprises.rosters.staging import TABLE

# Field of the roster -> column of the database.
_COLUMNS = {
    "name": "name", "gender": "gender", "born_on": "born_on", "education": "education",
    "admitted_on": "admitted_on", "full_on": "full_on", "kind": "kind", "category": "category",
    "branch": "branch_id", "contact": "contact", "phone": "phone",
}  # fmt: skip
_PAIRED = ("branch", "category", "kind", "contact")  # shown from what to what
_GROUP = "s.party_group_id IS NOT NULL AND s.party_group_id IS DISTINCT FROM m.party_group_id"
MANY = 10_000  # rows from which on the planner is told
MEMBERS_LOCK = 7_202_503  # pg_advisory_xact_lock key: one import of members is written at a time


@dataclass
class Difference:
    """What the staged members would change."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    groups: Counter = field(default_factory=Counter)
    absent_count: int = 0
    absent: list[tuple[int, str, str, str]] = field(default_factory=list)  # id, code, name, branch


def _columns(present: set[str]) -> list[str]:
    return [column for name, column in _COLUMNS.items() if name in present]


def _differs(present: set[str]) -> str:
    columns = _columns(present)
    mine, theirs = (", ".join(f"{side}.{c}" for c in columns) for side in ("s", "m"))
    return f"(({mine}) IS DISTINCT FROM ({theirs}) OR {_GROUP})"


def compare(present: set[str]) -> Difference:
    """Count what is new, changed and the same, and who is on the roll of these branches but not in the file."""
    found = Difference()
    ((valid,),) = staging.query(f"SELECT count(*) FROM {TABLE} WHERE valid")
    if not Member.objects.exists():
        found.created = valid
        return found
    staging.query(f"ANALYZE {TABLE}")
    differs = _differs(present)
    ((known, found.updated),) = staging.query(
        f"SELECT count(*), count(*) FILTER (WHERE {differs}) FROM {TABLE} s "
        "JOIN enterprises_member m ON m.code = s.code WHERE s.valid"
    )
    found.created, found.unchanged = valid - known, known - found.updated
    if found.updated:
        found.groups = _groups(present, differs)
    _absent(found)
    return found


def _groups(present: set[str], differs: str) -> Counter:
    groups: Counter = Counter()
    source = f"FROM {TABLE} s JOIN enterprises_member m ON m.code = s.code WHERE s.valid AND {differs}"
    plain = [name for name in _COLUMNS if name in present and name not in _PAIRED]
    if plain:
        counts = ", ".join(f"count(*) FILTER (WHERE s.{_COLUMNS[n]} IS DISTINCT FROM m.{_COLUMNS[n]})" for n in plain)
        (row,) = staging.query(f"SELECT {counts} {source}")
        groups.update({(n, "", ""): count for n, count in zip(plain, row, strict=True) if count})
    for name in (n for n in _PAIRED if n in present):
        column = _COLUMNS[name]
        pairs = staging.query(
            f"SELECT m.{column}, s.{column}, count(*) {source} AND s.{column} IS DISTINCT FROM m.{column} "
            "GROUP BY 1, 2 ORDER BY 3 DESC"
        )
        groups.update({(name, str(old), str(new)): count for old, new, count in pairs})
    ((count,),) = staging.query(f"SELECT count(*) {source} AND {_GROUP} AND s.branch_id = m.branch_id")
    if count:
        groups["party_group", "", ""] = count
    return groups


_ABSENT = f"""
FROM enterprises_member m
WHERE m.status = ANY(%s) AND m.branch_id IN (SELECT branch_id FROM {TABLE} WHERE branch_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM {TABLE} s WHERE s.code = m.code)
"""
LISTED = 200


def _absent(found: Difference) -> None:
    """Members on the roll of the file's branches who are not in it: counted and listed, never deleted."""
    on_roll = list(Member.ON_ROLL)
    ((found.absent_count,),) = staging.query(f"SELECT count(*) {_ABSENT}", [on_roll])
    if found.absent_count:
        rows = staging.query(
            f"SELECT m.id, m.code, m.name, m.branch_id {_ABSENT} ORDER BY m.code LIMIT {LISTED}", [on_roll]
        )
        found.absent = [tuple(row) for row in rows]


_CHANGED = """
CREATE TEMPORARY TABLE roster_changed ON COMMIT DROP AS
SELECT m.id AS member_id, m.branch_id AS old_branch, m.party_group_id AS old_group, s.*
FROM {table} s JOIN enterprises_member m ON m.code = s.code WHERE s.valid AND {differs}
"""
_NEW = f"""
WITH new AS (
    INSERT INTO enterprises_member (code, name, name_key, gender, born_on, education, admitted_on, full_on,
        kind, category, branch_id, party_group_id, contact, phone, status)
    SELECT s.code, s.name, s.name_key, s.gender, s.born_on, s.education, s.admitted_on, s.full_on,
        s.kind, s.category, s.branch_id, s.party_group_id, s.contact, s.phone, 'ACTIVE'
    FROM {TABLE} s WHERE s.valid AND NOT EXISTS (SELECT 1 FROM enterprises_member m WHERE m.code = s.code)
    ORDER BY s.branch_id, s.sheet, s.line
    RETURNING id, branch_id
), opened AS (
    INSERT INTO enterprises_membership (member_id, organization_id, since, until)
    SELECT id, branch_id, NULL, NULL FROM new RETURNING organization_id
)
SELECT DISTINCT organization_id FROM opened
"""
# What began on or after the day is put right in place; what began before ends the day before it.
_REPLACE = """
UPDATE enterprises_membership h SET organization_id = c.branch_id
FROM roster_changed c WHERE h.member_id = c.member_id AND h.until IS NULL AND h.since >= %(day)s
    AND c.branch_id <> c.old_branch
"""
_CLOSE = """
UPDATE enterprises_membership h SET until = %(eve)s
FROM roster_changed c WHERE h.member_id = c.member_id AND h.until IS NULL AND (h.since IS NULL OR h.since < %(day)s)
    AND c.branch_id <> c.old_branch
"""
_OPEN = """
INSERT INTO enterprises_membership (member_id, organization_id, since, until)
SELECT c.member_id, c.branch_id, %(day)s, NULL FROM roster_changed c
WHERE c.branch_id <> c.old_branch
    AND NOT EXISTS (SELECT 1 FROM enterprises_membership h WHERE h.member_id = c.member_id AND h.until IS NULL)
"""
_LEFT_POSTS = """
SELECT p.id FROM enterprises_post p JOIN roster_changed c ON c.member_id = p.member_id
WHERE c.branch_id <> c.old_branch AND (p.until IS NULL OR p.until >= %(day)s)
    AND (p.scope_kind = 'organization' AND p.scope_id = c.old_branch
        OR p.scope_kind = 'party_group' AND p.scope_id = c.old_group)
"""


def apply(present: set[str], effective: date) -> list[int]:
    """Write the staged rows. ``effective`` is the first day in another branch. Returns the branches concerned."""
    days = {"day": effective, "eve": effective - timedelta(days=1)}
    branches = {row[0] for row in staging.query(_NEW)}
    staging.query(_CHANGED.format(table=TABLE, differs=_differs(present)))
    _end_posts(days)
    for statement in (_REPLACE, _CLOSE, _OPEN):
        staging.query(statement, days)
    _update_members(present)
    left = staging.query("SELECT DISTINCT unnest(ARRAY[old_branch, branch_id]) FROM roster_changed")
    branches.update(row[0] for row in left)
    staging.query("DROP TABLE roster_changed")
    if branches:
        hooks.call("MEMBERSHIP_CHANGED", organization_ids=sorted(branches))
    return sorted(branches)


def _update_members(present: set[str]) -> None:
    columns = _columns(present)
    assignments = [f"{c} = s.{c}" for c in columns]
    if "name" in present:
        assignments.append("name_key = s.name_key")
    group = "CASE WHEN s.party_group_id IS NOT NULL OR s.branch_id <> m.branch_id THEN s.party_group_id"
    assignments.append(f"party_group_id = {group} ELSE m.party_group_id END")
    assignments.append("study_branch_id = NULLIF(m.study_branch_id, s.branch_id)")
    staging.query(
        f"UPDATE enterprises_member m SET {', '.join(assignments)} FROM roster_changed s WHERE m.id = s.member_id"
    )


def _end_posts(days: dict[str, date]) -> None:
    """End what moved members held at the branch or Party group they leave."""
    ids = [row[0] for row in staging.query(_LEFT_POSTS, days)]
    if not ids:
        return
    running = Post.objects.filter(pk__in=ids)
    at = list(running.filter(scope_kind=Post.Scope.ORGANIZATION).values_list("scope_id", flat=True))
    running.filter(since__gte=days["day"]).delete()
    running.update(until=days["eve"])
    clear_vacant_secretary(at)


def tell_planner(rows: int) -> None:
    """Refresh the planner's figures after many rows."""
    if rows >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE enterprises_member, enterprises_membership")


def lock_codes() -> None:
    """One import of members is written at a time, so that two cannot open the same member twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MEMBERS_LOCK])
