"""Who has been without any contact, from what the records hold; one statement for a branch or a subtree (item 37).

A contact is: being present at a confirmed meeting, a make-up lesson, a heart-to-heart talk, an activity, a step of a
search that reached the member, and the last contact entered with the member. Silence counts from the day since
which the member is on the roll, or since which anything is recorded at all: the first campaign.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from campaign.membership import rules
from enterprises.models import Member, Organization
from enterprises.tree import END, WIDTH, ancestor_paths

# Meetings are looked for where the members of the subtree may have been due: in it, above it, where they study and
# where they belonged before. They are found before anybody is looked for in them: taken together, the database
# thinks that almost nobody was present, and reads all meetings again for each of the places.
_SILENT = """
WITH roll AS (
    SELECT m.id, o.path, m.study_branch_id, m.last_contact_on,
        greatest(s.since, (SELECT min(launched_on) FROM campaign_campaign WHERE state <> 'PREPARED')) AS known_since
    FROM enterprises_organization o
    JOIN enterprises_member m ON m.branch_id = o.id AND m.status = ANY(%(on_roll)s)
    LEFT JOIN enterprises_membership s ON s.member_id = m.id AND s.until IS NULL
    WHERE o.path >= %(path)s AND o.path < %(end)s
),
places AS (
    SELECT id FROM enterprises_organization WHERE path >= %(path)s AND path < %(end)s OR path = ANY(%(above)s)
    UNION SELECT study_branch_id FROM roll
    UNION SELECT p.organization_id FROM roll JOIN enterprises_membership p ON p.member_id = roll.id
),
held AS MATERIALIZED (
    SELECT h.id, h.held_on, h.due_ids FROM campaign_meeting h
    WHERE h.organization_id IN (SELECT id FROM places) AND h.state = 'CONFIRMED' AND h.held_on <= %(today)s
),
away AS MATERIALIZED (
    SELECT a.meeting_id, a.member_id FROM campaign_absence a JOIN roll ON roll.id = a.member_id
),
met AS (
    SELECT due.id, max(held.held_on) AS on_day FROM held CROSS JOIN LATERAL unnest(held.due_ids) AS due(id)
    WHERE NOT EXISTS (SELECT 1 FROM away WHERE away.meeting_id = held.id AND away.member_id = due.id)
    GROUP BY due.id
),
others AS (
    SELECT a.member_id AS id, l.held_on AS on_day
    FROM campaign_makeuplesson l JOIN campaign_absence a ON a.id = l.absence_id
    JOIN roll ON roll.id = a.member_id
  UNION ALL
    SELECT t.to_member_id, t.held_on FROM campaign_hearttohearttalk t JOIN roll ON roll.id = t.to_member_id
    WHERE t.withdrawn_on IS NULL
  UNION ALL
    SELECT t.from_member_id, t.held_on FROM campaign_hearttohearttalk t JOIN roll ON roll.id = t.from_member_id
    WHERE t.withdrawn_on IS NULL
  UNION ALL
    SELECT p.member_id, v.held_on FROM campaign_activityparticipant p JOIN roll ON roll.id = p.member_id
    JOIN campaign_themeactivity v ON v.id = p.activity_id WHERE v.withdrawn_on IS NULL
  UNION ALL
    SELECT c.member_id, s.on FROM campaign_searchstep s JOIN campaign_membersearchcase c ON c.id = s.case_id
    JOIN roll ON roll.id = c.member_id WHERE s.reached
),
seen AS (
    SELECT id, max(on_day) AS on_day FROM others WHERE on_day <= %(today)s GROUP BY id
),
standing AS (
    SELECT roll.id, roll.path, roll.known_since, greatest(roll.last_contact_on, met.on_day, seen.on_day) AS last
    FROM roll LEFT JOIN met ON met.id = roll.id LEFT JOIN seen ON seen.id = roll.id
),
silent AS (SELECT * FROM standing WHERE greatest(last, known_since) <= %(cutoff)s)
"""
_LIST = _SILENT + "SELECT id, last FROM silent"
_COUNTS = (
    _SILENT
    + """
SELECT left(path, %(width)s) AS place, count(*) AS silent, count(*) FILTER (WHERE last IS NULL) AS never
FROM silent GROUP BY place
"""
)


@dataclass(frozen=True)
class Silent:
    """How many have been without contact for 90 days, and of how many no contact is on record at all."""

    members: int = 0
    never: int = 0


def _values(organization: Organization, today: date) -> dict[str, Any]:
    return {
        "path": organization.path,
        "end": organization.path + END,
        "above": ancestor_paths(organization.path),
        "on_roll": list(Member.ON_ROLL),
        "today": today,
        "cutoff": rules.contact_cutoff(today),
        "width": len(organization.path) + WIDTH,
    }


def silent_members(organization: Organization, today: date) -> dict[int, date | None]:
    """The members of the subtree without contact for 90 days, by id, each with the last contact on record."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST, _values(organization, today))
        return dict(cursor.fetchall())


def silent_below(organization: Organization, today: date) -> dict[str, Silent]:
    """The same in figures, by the path of what stands directly below (a branch: by its own path)."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, _values(organization, today))
        return {place: Silent(members, never) for place, members, never in cursor.fetchall()}
