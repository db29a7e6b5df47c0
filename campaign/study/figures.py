"""Study of a subtree in figures: persons apart from person-times (item 50), times of the week (item 55)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from campaign.meetings.models import Meeting
from campaign.meetings.rules import Attendance, rate
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign
from enterprises.models import Organization
from enterprises.tree import END

_HELD = """
WITH held AS (
    SELECT m.id, m.kind, m.due_ids, m.due_count, m.present_count
    FROM enterprises_organization o JOIN campaign_meeting m ON m.organization_id = o.id
    WHERE o.path >= %(path)s AND o.path < %(end)s AND m.campaign_id = %(campaign)s AND m.state = 'CONFIRMED'
      AND m.kind = ANY(%(kinds)s) AND m.held_on BETWEEN %(since)s AND %(until)s
),
gaps AS (
    SELECT a.meeting_id, held.kind, a.member_id, a.reason <> 'NONE' AS leave, lesson.id IS NOT NULL AS made_up
    FROM held JOIN campaign_absence a ON a.meeting_id = held.id
    LEFT JOIN campaign_makeuplesson lesson ON lesson.absence_id = a.id
)
"""
_KINDS = f"""{_HELD}
SELECT kind, meetings, due, present, coalesce(leave, 0), coalesce(made_up, 0)
FROM (SELECT kind, count(*) AS meetings, sum(due_count) AS due, sum(present_count) AS present FROM held GROUP BY kind) m
LEFT JOIN (
    SELECT kind, count(*) FILTER (WHERE leave) AS leave, count(*) FILTER (WHERE made_up) AS made_up
    FROM gaps GROUP BY kind
) g USING (kind)
"""
# A person at two lectures is one person and two person-times; persons of several kinds are not added up.
_PERSONS = f"""{_HELD},
lists AS (SELECT DISTINCT kind, due_ids FROM held WHERE NOT EXISTS (SELECT 1 FROM gaps WHERE meeting_id = held.id)),
there AS (
    SELECT lists.kind, d.id FROM lists, unnest(lists.due_ids) AS d(id)
    UNION
    SELECT held.kind, d.id FROM held CROSS JOIN LATERAL unnest(held.due_ids) AS d(id)
    WHERE EXISTS (SELECT 1 FROM gaps WHERE meeting_id = held.id)
      AND NOT EXISTS (SELECT 1 FROM gaps WHERE meeting_id = held.id AND member_id = d.id AND NOT made_up)
)
SELECT kind, count(DISTINCT id) FROM there GROUP BY kind
"""
_SLOTS = """
SELECT m.slot, count(*)
FROM enterprises_organization o JOIN campaign_meeting m ON m.organization_id = o.id
WHERE o.path >= %(path)s AND o.path < %(end)s AND m.campaign_id = %(campaign)s AND m.state = 'CONFIRMED'
  AND m.kind = ANY(%(kinds)s) AND m.held_on BETWEEN %(since)s AND %(until)s
GROUP BY m.slot
"""


@dataclass(frozen=True)
class KindFigures:
    """One kind of study: meetings, distinct persons who took part, person-times, and both rates.

    ``persons`` is ``None`` where they were not told apart.
    """

    kind: str
    meetings: int
    persons: int | None
    attendance: Attendance

    @property
    def label(self):
        return MEETING_KINDS[self.kind].label

    @property
    def person_times(self) -> int:
        """Presences, make-ups included."""
        return self.attendance.present + self.attendance.made_up


@dataclass(frozen=True)
class Share:
    """How many meetings lie in one time of the week."""

    label: Any
    number: int
    percent: Any


def study_figures(
    campaign: Campaign, organization: Organization, since: date, until: date, kinds: list[str], persons: bool = True
) -> list[KindFigures]:
    """Figures by kind of study for an organisation with everything below it, in the order of the kinds.

    Without ``persons`` nobody is told apart from anybody: among millions that takes longer than a reader waits.
    """
    span = (campaign, organization, since, until, kinds)
    rows = {row[0]: row for row in _fetch(_KINDS, *span)}
    told_apart = dict(_fetch(_PERSONS, *span)) if persons else {}
    return [
        KindFigures(kind, row[1], told_apart.get(kind, 0) if persons else None, Attendance(*row[2:]))
        for kind in MEETING_KINDS
        if (row := rows.get(kind))
    ]


def slot_shares(
    campaign: Campaign, organization: Organization, since: date, until: date, kinds: list[str]
) -> list[Share]:
    """Shares of the times of the week, all four, also those with nothing."""
    counts = dict(_fetch(_SLOTS, campaign, organization, since, until, kinds))
    total = sum(counts.values())
    return [Share(s.label, counts.get(s.value, 0), rate(counts.get(s.value, 0), total)) for s in Meeting.Slot]


def _fetch(sql: str, campaign, organization, since, until, kinds) -> list[tuple]:
    values = {
        "path": organization.path,
        "end": organization.path + END,
        "campaign": campaign.pk,
        "since": since,
        "until": until,
        "kinds": kinds,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
