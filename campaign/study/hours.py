"""Class hours of members, with what is asked of each; never a ranking (items 33, 35, 48)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign
from campaign.plan.own import Policy, policies_of
from campaign.plan.rules import guidance
from campaign.study.statements import places_of
from enterprises import clock
from enterprises.models import Exemption, Member, Organization

_SQL = f"""
WITH people AS (SELECT id FROM unnest(%(ids)s::bigint[]) AS u(id)),
places AS (
    {places_of("people")}
),
sessions AS (
    SELECT m.id, m.class_hours, m.due_ids FROM places JOIN campaign_meeting m ON m.organization_id = places.id
    WHERE m.due = 'BRANCH' AND m.campaign_id = %(campaign)s AND m.kind = ANY(%(kinds)s)
      AND m.state = 'CONFIRMED' AND m.class_hours > 0
  UNION
    SELECT m.id, m.class_hours, m.due_ids FROM people JOIN campaign_meeting m ON m.due_ids @> ARRAY[people.id]
    WHERE m.due <> 'BRANCH' AND m.campaign_id = %(campaign)s AND m.kind = ANY(%(kinds)s)
      AND m.state = 'CONFIRMED' AND m.class_hours > 0
)
SELECT people.id,
    sum(s.class_hours) FILTER (WHERE a.id IS NULL),
    sum(s.class_hours) FILTER (WHERE a.id IS NULL OR lesson.id IS NOT NULL)
FROM people JOIN sessions s ON people.id = ANY(s.due_ids)
LEFT JOIN campaign_absence a ON a.meeting_id = s.id AND a.member_id = people.id
LEFT JOIN campaign_makeuplesson lesson ON lesson.absence_id = a.id
GROUP BY people.id
"""


@dataclass(frozen=True)
class Standing:
    """A member's class hours: attended, with make-ups, and asked for (None: flexible, item 35)."""

    member: Member
    attended: Decimal
    hours: Decimal
    required: int | None
    exempt: bool

    @property
    def made_up(self) -> Decimal:
        return self.hours - self.attended

    @property
    def reached(self) -> bool | None:
        """Whether the hours asked for are there; None where nothing binding is asked."""
        return None if self.required is None or self.exempt else self.hours >= self.required


def study_kinds(campaign: Campaign) -> list[str]:
    """The kinds of meeting whose hours the campaign counts; every kind of study where it counts none."""
    counted: set[str] = set()
    for step in campaign.steps.all():
        for obligation in step.obligations:
            if obligation.evidence["kind"] == "hours":
                counted |= set(obligation.evidence["meeting_kinds"])
    return sorted(counted) or [kind.code for kind in MEETING_KINDS.values() if kind.is_study]


def hours_of(
    campaign: Campaign, member_ids: Iterable[int], kinds: Collection[str]
) -> dict[int, tuple[Decimal, Decimal]]:
    """Class hours of these members by id: attended, and with make-ups. Meant for a page of members."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"ids": list(member_ids), "campaign": campaign.pk, "kinds": list(kinds)})
        return {pk: (attended or Decimal(0), hours or Decimal(0)) for pk, attended, hours in cursor.fetchall()}


def standings(campaign: Campaign, members: Iterable[Member], kinds: Collection[str]) -> list[Standing]:
    """Where these members stand, in the order given."""
    today = clock.today()
    approved = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), member=OuterRef("pk"), since__lte=today)
    people = list(members)
    rows = Member.objects.filter(pk__in=[m.pk for m in people]).annotate(is_exempt=Exists(approved))
    found = {m.pk: m for m in rows.select_related("branch__enterprise")}
    hours = hours_of(campaign, found, kinds)
    policies = policies_of(campaign, {m.branch.enterprise_id for m in found.values()})
    return [
        _standing(member, hours.get(member.pk), policies[member.branch.enterprise_id])
        for member in (found[m.pk] for m in people if m.pk in found)
    ]


def _standing(member: Member, hours: tuple[Decimal, Decimal] | None, policy: Policy) -> Standing:
    unit = member.branch.enterprise
    asked = guidance(policy, member.category, unit.condition if unit else None)
    attended, total = hours or (Decimal(0), Decimal(0))
    return Standing(
        member=member,
        attended=attended,
        hours=total,
        required=asked.class_hours if asked.binding else None,
        exempt=member.is_exempt,
    )


def standing(campaign: Campaign, organization: Organization, kinds: Collection[str]) -> list[Standing]:
    """Where each member on the roll of a branch stands, in the order of the roll."""
    return standings(campaign, organization.members.on_roll().order_by("name_key", "code"), kinds)
