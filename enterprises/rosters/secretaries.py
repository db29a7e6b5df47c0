"""Names of secretaries in rosters become posts when exactly one member matches (design section 7)."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from enterprises.rosters.columns import ORGANIZATIONS
from enterprises.rosters.problems import Problem

# A branch's secretary is one of its members; a committee's is a member anywhere below it.
_MATCHES = """
CREATE TEMPORARY TABLE roster_secretaries ON COMMIT DROP AS
WITH named AS (
    SELECT o.id, o.path, o.kind = ANY(%(branches)s) AS is_branch, o.secretary_name
    FROM enterprises_organization o
    WHERE o.secretary_name <> '' AND o.closed_on IS NULL AND (%(ids)s::bigint[] IS NULL OR o.id = ANY(%(ids)s))
        AND NOT EXISTS (
            SELECT 1 FROM enterprises_post p JOIN enterprises_member m ON m.id = p.member_id
            WHERE p.scope_kind = 'organization' AND p.scope_id = o.id
                AND p.role IN ('BRANCH_SECRETARY', 'COMMITTEE_SECRETARY') AND m.name = o.secretary_name
                AND (p.until IS NULL OR p.until >= %(day)s)
        )
), candidates AS (
    SELECT n.id, n.is_branch, m.id AS member_id FROM named n
    JOIN enterprises_member m ON m.name = n.secretary_name AND m.branch_id = n.id
    WHERE n.is_branch AND m.status = 'ACTIVE' AND m.kind = 'FULL'
  UNION ALL
    SELECT n.id, n.is_branch, m.id FROM named n
    JOIN enterprises_member m ON m.name = n.secretary_name
    JOIN enterprises_organization b ON b.id = m.branch_id AND b.path >= n.path AND b.path < n.path || '~'
    WHERE NOT n.is_branch AND m.status = 'ACTIVE' AND m.kind = 'FULL'
)
SELECT n.id, n.is_branch, count(c.member_id) AS matches, min(c.member_id) AS member_id
FROM named n LEFT JOIN candidates c ON c.id = n.id GROUP BY 1, 2
"""
_END = """
UPDATE enterprises_post p SET until = %(eve)s FROM roster_secretaries s
WHERE s.matches = 1 AND p.scope_kind = 'organization' AND p.scope_id = s.id AND p.member_id IS NOT NULL
    AND p.role IN ('BRANCH_SECRETARY', 'COMMITTEE_SECRETARY') AND (p.until IS NULL OR p.until > %(eve)s)
    AND (p.since IS NULL OR p.since <= %(eve)s)
"""
_BEGIN = """
INSERT INTO enterprises_post (member_id, account_id, role, title, scope_kind, scope_id, since)
SELECT s.member_id, a.id, CASE WHEN s.is_branch THEN 'BRANCH_SECRETARY' ELSE 'COMMITTEE_SECRETARY' END, '',
    'organization', s.id, CASE WHEN EXISTS (
        SELECT 1 FROM enterprises_post p WHERE p.scope_kind = 'organization' AND p.scope_id = s.id
            AND p.role IN ('BRANCH_SECRETARY', 'COMMITTEE_SECRETARY')
    ) THEN %(day)s END
FROM roster_secretaries s LEFT JOIN enterprises_account a ON a.member_id = s.member_id WHERE s.matches = 1
"""


def match(organization_ids: Collection[int] | None, day: date, eve: date) -> dict[int, int]:
    """Give posts to secretaries who are named and match exactly one full member, from ``day`` on.

    Returns organisation -> number of matching members, where it is not exactly one.
    """
    from enterprises.models import Organization

    values = {
        "ids": None if organization_ids is None else list(organization_ids),
        "branches": list(Organization.BRANCH_KINDS),
        "day": day,
        "eve": eve,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MATCHES, values)
        cursor.execute(_END, values)
        cursor.execute(_BEGIN, values)
        cursor.execute("SELECT id, matches FROM roster_secretaries WHERE matches <> 1")
        others = dict(cursor.fetchall())
        cursor.execute("DROP TABLE roster_secretaries")
    return others


def warning(row: int, sheet: str, name: str, matches: int) -> Problem:
    """The warning about a name that fits nobody, or several."""
    column = ORGANIZATIONS.column("secretary_name").name
    if matches == 0:
        return Problem(row, column, "secretary_unmatched", name, sheet)
    return Problem(row, column, "secretary_several", name, sheet, {"count": matches})
