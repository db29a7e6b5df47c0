"""Study by member category: persons, person-times, spread of class hours, home deliveries (items 30, 46, 48).

Counted are the members on the roll of the subtree today, with what they attended or made up since the launch.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from campaign.plan.frames import tags_of
from campaign.plan.models import Campaign
from campaign.study.models import SessionTags
from campaign.study.rules import BANDS
from enterprises.models import Member, Organization
from enterprises.panels import counts_of
from enterprises.tree import END, under

MOST = 150_000  # members of a subtree up to which the table is worked out while the reader waits

# Sessions with the same list of those due are added up before the list is taken apart.
_SQL = """
WITH held AS (
    SELECT m.id, m.due_ids, m.class_hours
    FROM enterprises_organization o JOIN campaign_meeting m ON m.organization_id = o.id
    WHERE o.path >= %(path)s AND o.path < %(end)s AND m.campaign_id = %(campaign)s AND m.state = 'CONFIRMED'
      AND m.kind = ANY(%(kinds)s) AND m.held_on BETWEEN %(since)s AND %(until)s
),
lists AS (SELECT due_ids, count(*) AS sessions, sum(class_hours) AS hours FROM held GROUP BY due_ids),
due AS (
    SELECT u.id, sum(lists.sessions) AS sessions, sum(lists.hours) AS hours
    FROM lists CROSS JOIN LATERAL unnest(lists.due_ids) AS u(id) GROUP BY u.id
),
gaps AS (
    SELECT a.member_id AS id, count(*) FILTER (WHERE lesson.id IS NULL) AS sessions,
        coalesce(sum(held.class_hours) FILTER (WHERE lesson.id IS NULL), 0) AS hours,
        count(*) FILTER (WHERE lesson.mode = 'HOME_DELIVERY') AS home
    FROM held JOIN campaign_absence a ON a.meeting_id = held.id
    LEFT JOIN campaign_makeuplesson lesson ON lesson.absence_id = a.id
    GROUP BY a.member_id
),
people AS (
    SELECT p.category, coalesce(due.sessions, 0) - coalesce(gaps.sessions, 0) AS sessions,
        coalesce(due.hours, 0) - coalesce(gaps.hours, 0) AS hours, coalesce(gaps.home, 0) AS home
    FROM enterprises_organization o JOIN enterprises_member p ON p.branch_id = o.id AND p.status = 'ACTIVE'
    LEFT JOIN due ON due.id = p.id LEFT JOIN gaps ON gaps.id = p.id
    WHERE o.path >= %(path)s AND o.path < %(end)s
)
SELECT category, count(*), count(*) FILTER (WHERE sessions > 0), sum(sessions), sum(home),
    count(*) FILTER (WHERE home > 0), sum(hours), width_bucket(hours, %(bands)s::numeric[]) AS band
FROM people GROUP BY category, band
"""


@dataclass
class CategoryFigures:
    """One category: members on the roll, those who took part at least once, person-times, how many lessons
    were brought home and to how many persons, and how many members lie in each band of class hours."""

    category: str
    members: int = 0
    took_part: int = 0
    person_times: int = 0
    home: int = 0
    home_persons: int = 0
    hours: Decimal = Decimal(0)
    bands: list[int] | None = None

    def __post_init__(self) -> None:
        self.bands = self.bands or [0] * len(BANDS)

    @property
    def label(self) -> str:
        return str(Member.Category(self.category).label)

    @property
    def average(self) -> Decimal | None:
        """Class hours a member, to one decimal; ``None`` without members."""
        if not self.members:
            return None
        return (self.hours / self.members).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def within_reach(organization: Organization) -> bool:
    """Whether the subtree is small enough to be counted while the reader waits."""
    counts = counts_of([organization.pk]).get(organization.pk)
    return counts is None or counts.members <= MOST


def by_category(
    campaign: Campaign, organization: Organization, since: date, until: date, kinds: list[str]
) -> list[CategoryFigures]:
    """The figures of each category that has members, in the order of the categories."""
    values = {
        "path": organization.path,
        "end": organization.path + END,
        "campaign": campaign.pk,
        "since": since,
        "until": until,
        "kinds": kinds,
        "bands": list(BANDS),
    }
    found: dict[str, CategoryFigures] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        for category, members, took_part, times, home, home_persons, hours, band in cursor.fetchall():
            row = found.setdefault(category, CategoryFigures(category))
            row.members += members
            row.took_part += took_part
            row.person_times += int(times)
            row.home += int(home)
            row.home_persons += home_persons
            row.hours += hours
            row.bands[max(0, band - 1)] += members  # type: ignore[index]
    return [found[code] for code in Member.Category.values if code in found]


def sessions_by_idea(campaign: Campaign, organization: Organization) -> list[tuple[str, int]]:
    """How many confirmed study sessions of the subtree were about each guiding idea of the campaign (item 111)."""
    ideas = tags_of(campaign)
    below = under(organization.path, "meeting__organization__")
    tagged = SessionTags.objects.filter(below, meeting__campaign=campaign, meeting__state="CONFIRMED")
    counts = Counter(code for tags in tagged.values_list("tags", flat=True) for code in tags)
    return [(idea.name, counts[code]) for code, idea in ideas.items()]
