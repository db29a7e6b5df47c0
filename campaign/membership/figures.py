"""Figures of a node, by what stands directly below it or by month: one statement each (items 30, 37, 40, 45)."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from campaign.membership import rules
from campaign.plan.models import Campaign
from enterprises.models import Member, Organization
from enterprises.tree import END, WIDTH

IN_SERVICE = (
    Member.Category.LEADER,
    Member.Category.HQ_STAFF,
    Member.Category.FRONT_LINE,
    Member.Category.TECHNICAL,
)

_SUBTREE = "o.path >= %(path)s AND o.path < %(end)s"
# Found are those of the covered whom a search found in the period: in contact and not excused, as in the tally.
_SEARCHES = f"""
SELECT left(o.path, %(width)s) AS place,
    count(DISTINCT m.id) FILTER (WHERE c.result = 'FOUND' AND m.contact = 'NORMAL' AND x.member_id IS NULL) AS found,
    count(*) FILTER (WHERE c.closed_on IS NULL) AS open,
    count(*) FILTER (WHERE c.result = 'PARTLY') AS partly,
    count(*) FILTER (WHERE c.result = 'NOT_FOUND') AS not_found,
    count(*) FILTER (WHERE c.result = ANY(%(ends)s)) AS gone
FROM enterprises_organization o
JOIN enterprises_member m ON m.branch_id = o.id AND m.status = ANY(%(on_roll)s)
JOIN campaign_membersearchcase c ON c.member_id = m.id
LEFT JOIN (
    SELECT DISTINCT member_id FROM enterprises_exemption
    WHERE since <= %(until)s AND (until IS NULL OR until >= %(until)s)
) x ON x.member_id = m.id
WHERE {_SUBTREE} AND (c.closed_on IS NULL OR c.closed_on BETWEEN %(since)s AND %(until)s)
  AND (%(campaign)s::bigint IS NULL OR EXISTS (
      SELECT 1 FROM campaign_participation p WHERE p.campaign_id = %(campaign)s AND p.unit_id = o.enterprise_id))
GROUP BY place
"""
_CATEGORIES = f"""
SELECT left(o.path, %(width)s) AS place, m.category, count(*)
FROM enterprises_organization o JOIN enterprises_member m ON m.branch_id = o.id AND m.status = ANY(%(on_roll)s)
WHERE {_SUBTREE} GROUP BY place, m.category
"""
# Applications by the month of applying, admissions by that of the general meeting, each with the age on that day.
_MONTHS = f"""
WITH events AS (
    SELECT 'applied' AS what, a.applied_on AS on_day, a.born_on
    FROM enterprises_organization o JOIN campaign_applicant a ON a.organization_id = o.id
    WHERE {_SUBTREE} AND a.applied_on BETWEEN %(since)s AND %(until)s
  UNION ALL
    SELECT 'admitted', m.admitted_on, m.born_on
    FROM enterprises_organization o JOIN enterprises_member m ON m.branch_id = o.id
    WHERE {_SUBTREE} AND m.admitted_on BETWEEN %(since)s AND %(until)s
)
SELECT to_char(on_day, 'YYYY-MM') AS month, what, count(*),
    count(*) FILTER (WHERE born_on + make_interval(years => %(over)s) > on_day), count(*) FILTER (WHERE born_on IS NULL)
FROM events GROUP BY month, what
"""
_STAGES = f"""
SELECT CASE WHEN a.candidate_on IS NOT NULL THEN 'CANDIDATE' WHEN a.activist_on IS NOT NULL THEN 'ACTIVIST'
    ELSE 'APPLICANT' END AS stage, count(*)
FROM enterprises_organization o JOIN campaign_applicant a ON a.organization_id = o.id
WHERE {_SUBTREE} AND a.ended = '' GROUP BY stage
"""
_FOUNDED = f"""
SELECT to_char(o.founded_on, 'YYYY-MM') AS month, coalesce(nullif(o.form, ''), o.kind) AS type, count(*)
FROM enterprises_organization o
WHERE {_SUBTREE} AND o.founded_on BETWEEN %(since)s AND %(until)s GROUP BY month, type
"""


@dataclass(frozen=True)
class Searches:
    """Searches of a place: those found and covered, open ones, and the results of the others (item 37)."""

    found: int = 0
    open: int = 0
    partly: int = 0
    not_found: int = 0
    gone: int = 0

    def __add__(self, other: "Searches") -> "Searches":
        return Searches(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


class Age(NamedTuple):
    """How many, of them 35 or younger, and of how many the date of birth is not known (item 45)."""

    all: int = 0
    young: int = 0
    unknown: int = 0


def _asked(statement: str, organization: Organization, **more: Any) -> list[tuple]:
    values = {
        "path": organization.path,
        "end": organization.path + END,
        "width": len(organization.path) + WIDTH,
        "on_roll": list(Member.ON_ROLL),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values | more)
        return cursor.fetchall()


def searches(organization: Organization, campaign: Campaign | None, since: date, until: date) -> dict[str, Searches]:
    """The searches of the period and those still open, by the path of what stands directly below."""
    told = {"since": since, "until": until, "ends": list(rules.ENDS_MEMBERSHIP)}
    rows = _asked(_SEARCHES, organization, campaign=campaign.pk if campaign else None, **told)
    return {place: Searches(*counts) for place, *counts in rows}


def categories(organization: Organization) -> dict[str, dict[str, int]]:
    """Members on the roll by category, by the path of what stands directly below (item 30)."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for place, category, count in _asked(_CATEGORIES, organization):
        found[place][category] = count
    return dict(found)


def joining(organization: Organization, since: date, until: date) -> dict[tuple[str, str], Age]:
    """Applications and admissions of the period, by month (``2026-08``) and ``applied`` or ``admitted`` (item 45)."""
    rows = _asked(_MONTHS, organization, since=since, until=until, over=rules.YOUNG_TO + 1)
    return {(month, what): Age(*counts) for month, what, *counts in rows}


def stages(organization: Organization) -> dict[str, int]:
    """How many stand at each stage today."""
    return dict(_asked(_STAGES, organization))


def founded(organization: Organization, since: date, until: date) -> dict[str, dict[str, int]]:
    """Organizations founded in the period, by type (form before kind) and month (item 40)."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for month, kind, count in _asked(_FOUNDED, organization, since=since, until=until):
        found[kind][month] = count
    return dict(found)
