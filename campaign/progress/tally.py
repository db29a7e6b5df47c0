"""Members of a branch, counted where they are; the fold carries the counts upwards (item 37)."""

from django.db import connection

from enterprises import clock
from enterprises.models import Member, Organization

# Sought goes before excused, so that every member stands in one part and total = covered + sought + excused.
_BRANCHES = """
WITH counted AS (
    SELECT o.id, o.path, (o.closed_on IS NULL)::int AS open,
        count(m.id) AS total,
        count(m.id) FILTER (WHERE m.contact = ANY(%(sought)s)) AS sought,
        count(m.id) FILTER (WHERE m.contact <> ALL(%(sought)s) AND x.member_id IS NOT NULL) AS excused,
        count(m.id) FILTER (WHERE m.kind = 'PROBATIONARY') AS probationary
    FROM enterprises_organization o
    LEFT JOIN enterprises_member m ON m.branch_id = o.id AND m.status = ANY(%(on_roll)s)
    LEFT JOIN (
        SELECT DISTINCT member_id FROM enterprises_exemption
        WHERE since <= %(today)s AND (until IS NULL OR until >= %(today)s)
    ) x ON x.member_id = m.id
    WHERE o.kind = ANY(%(branches)s) AND (%(ids)s::bigint[] IS NULL OR o.id = ANY(%(ids)s))
    GROUP BY o.id
),
written AS (
    INSERT INTO campaign_membertally AS t (organization_id, enterprise_id, campaign_id, total, sought, excused,
        probationary, branches, organizations)
    SELECT id, NULL, NULL, total, sought, excused, probationary, open, open FROM counted
    ON CONFLICT (organization_id, enterprise_id, campaign_id) DO UPDATE SET total = excluded.total,
        sought = excluded.sought, excused = excluded.excused, probationary = excluded.probationary,
        branches = excluded.branches, organizations = excluded.organizations
    WHERE (t.total, t.sought, t.excused, t.probationary, t.branches)
        IS DISTINCT FROM (excluded.total, excluded.sought, excluded.excused, excluded.probationary, excluded.branches)
    RETURNING organization_id
),
marked AS (
    INSERT INTO campaign_dirty (path, at)
    SELECT counted.path, %(now)s FROM written JOIN counted ON counted.id = written.organization_id RETURNING 1
)
SELECT count(*) FROM marked
"""


def tally_branches(organization_ids: list[int] | None) -> int:
    """Count the members of these branches (all, with ``None``). Returns how many counts changed."""
    values = {
        "ids": organization_ids,
        "sought": list(Member.OUT_OF_CONTACT),
        "on_roll": list(Member.ON_ROLL),
        "branches": list(Organization.BRANCH_KINDS),
        "today": clock.today(),
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BRANCHES, values)
        return cursor.fetchone()[0]
