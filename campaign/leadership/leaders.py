"""Leaders: members of leading teams and secretaries of committees, and what is on record of each (items 26-29)."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Exists, F, Func, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.appraisal.models import PartySpiritAnalysis
from campaign.leadership import rules
from campaign.leadership.limits import unvisited_days
from campaign.leadership.models import ContactPoint, LeadFact
from campaign.meetings.models import Absence, Meeting
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign, PhaseSchedule
from enterprises.models import Member, Membership, Organization, Post

LECTURES = ("PARTY_LECTURE", "SPECIAL_REPORT")
LIFE = ("ORG_LIFE", "DEMOCRATIC_LIFE")


class IsAnyOf(Func):
    """Whether the first value stands in the array that is the second."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def leader_posts(on: date, among: QuerySet[Post] | None = None) -> QuerySet[Post]:
    """The posts (``among`` these) that make a member a leader, in force on that day. A branch's secretary is none."""
    committees = Organization.objects.filter(kind__in=rules.FIRST_KINDS, closed_on=None).order_by().values("pk")
    posts = Post.objects.all() if among is None else among
    held = posts.filter(scope_kind=Post.Scope.ORGANIZATION, member__isnull=False).in_force(on)
    return held.filter(Q(role="TEAM_MEMBER") | Q(role="COMMITTEE_SECRETARY", scope_id__in=committees))


def team_of(organization: Organization, on: date) -> list[Member]:
    """The leaders of one organisation, each once: the secretary first, then as on the roll."""
    posts = leader_posts(on).filter(scope_id=organization.pk).select_related("member__branch")
    ordered = sorted(posts, key=lambda p: (p.role != "COMMITTEE_SECRETARY", p.member.name_key, p.member.code))
    return list({post.member_id: post.member for post in ordered}.values())


def is_leader(organization: Organization, member: Member, on: date) -> bool:
    """Whether the member holds a leader's post at the organisation."""
    return leader_posts(on).filter(scope_id=organization.pk, member=member).exists()


def teams_of(member: Member, on: date) -> list[int]:
    """The organisations in whose leading teams the member is."""
    return sorted(set(leader_posts(on).filter(member=member).order_by().values_list("scope_id", flat=True)))


@dataclass(frozen=True)
class Fact:
    """A dated fact, and the record behind it where there is one."""

    kind: str
    on: date
    text: str
    url: str = ""
    entry: LeadFact | None = None


@dataclass(frozen=True)
class Attended:
    """A meeting a leader was due at and came to, or made up."""

    meeting: Meeting
    on: date
    made_up: bool


def _places(members: Collection[Member], team: Organization | None, campaign: Campaign) -> dict[int, set[int]]:
    """Where meetings of each leader are looked for: branches belonged to, the team, contact points."""
    found = {member.pk: {member.branch_id, *([team.pk] if team else [])} for member in members}
    belonged = Membership.objects.filter(member__in=list(found)).order_by().values_list("member", "organization")
    chosen = ContactPoint.objects.filter(campaign=campaign, member__in=list(found)).order_by()
    for pk, place in [*belonged, *chosen.values_list("member", "organization")]:
        found[pk].add(place)
    return found


def attendances(
    campaign: Campaign, members: Collection[Member], places: dict[int, set[int]]
) -> tuple[dict[int, list[Attended]], list[Meeting]]:
    """By leader, the meetings of the campaign attended, the latest first; and all that were looked through."""
    held = Meeting.objects.filter(
        campaign=campaign, state=Meeting.State.CONFIRMED, organization__in=set().union(*places.values())
    )
    meetings = list(held.defer("gist", "voter_ids").select_related("organization"))
    ids = [member.pk for member in members]
    missed = Absence.objects.filter(meeting__in=[m.pk for m in meetings], member__in=ids).order_by()
    absent = {(m, p): day for m, p, day in missed.values_list("meeting", "member", "makeup__held_on")}
    found: dict[int, list[Attended]] = defaultdict(list)
    for meeting in meetings:
        due = set(meeting.due_ids)
        for pk in ids:
            if pk not in due:
                continue
            if (meeting.pk, pk) not in absent:
                found[pk].append(Attended(meeting, meeting.held_on, False))
            elif day := absent[meeting.pk, pk]:
                found[pk].append(Attended(meeting, day, True))
    return found, meetings


def _meeting_fact(kind: str, meeting: Meeting, on: date) -> Fact:
    return Fact(kind, on, meeting.title, reverse("meetings:detail", args=[meeting.pk]))


def _lectures(member: Member, meetings: list[Meeting], places: set[int], alone: bool) -> list[Meeting]:
    """Lectures given where the leader is at home. A name two leaders share proves nothing in their common team."""
    return [
        meeting
        for meeting in meetings
        if meeting.kind in LECTURES
        and meeting.speaker == member.name
        and meeting.organization_id in places
        and (alone or meeting.organization_id == member.branch_id)
    ]


def _from_meetings(attended: list[Attended], given: list[Meeting]) -> list[Fact]:
    found = [_meeting_fact("LECTURE", meeting, meeting.held_on) for meeting in given]
    for one in attended:
        if one.meeting.kind in LIFE:
            found.append(_meeting_fact("CRITICISM", one.meeting, one.on))
        elif MEETING_KINDS[one.meeting.kind].is_study and one.meeting not in given:
            found.append(_meeting_fact("STUDY", one.meeting, one.on))
    return found


@dataclass
class Record:
    """What is on record of one leader in a campaign."""

    member: Member
    facts: dict[str, list[Fact]]
    dual: rules.DualLife
    attended: list[Attended]

    def latest(self, kind: str) -> Fact | None:
        """The latest fact of a kind."""
        return next(iter(self.facts[kind]), None)


def records(campaign: Campaign, members: Collection[Member], team: Organization | None) -> list[Record]:
    """The five facts and the dual organisational life of these leaders, in a fixed number of statements."""
    places = _places(members, team, campaign)
    attended, meetings = attendances(campaign, members, places)
    ids = list(places)
    facts: dict[int, list[Fact]] = defaultdict(list)
    for fact in LeadFact.objects.filter(campaign=campaign, member__in=ids, withdrawn_on=None):
        url = reverse("meetings:detail", args=[fact.meeting_id]) if fact.meeting_id else ""
        facts[fact.member_id].append(Fact(fact.kind, fact.on, fact.text, url, fact))
    analyses = PartySpiritAnalysis.objects.filter(campaign=campaign, member__in=ids, withdrawn_on=None).order_by()
    for pk, day in analyses.exclude(handed_in_on=None).values_list("member", "handed_in_on"):
        facts[pk].append(Fact("PROBLEMS", day, _("Party-spirit analysis handed in")))
    names = Counter(member.name for member in members)
    for member in members:
        given = _lectures(member, meetings, places[member.pk], names[member.name] == 1)
        facts[member.pk] += _from_meetings(attended[member.pk], given)
    return [_record(member, facts[member.pk], attended[member.pk], team) for member in members]


def _record(member: Member, facts: list[Fact], attended: list[Attended], team: Organization | None) -> Record:
    by_kind: dict[str, list[Fact]] = {kind: [] for kind in rules.FIVE}
    for fact in sorted(facts, key=lambda f: f.on, reverse=True):
        by_kind[fact.kind].append(fact)
    return Record(member, by_kind, _dual(attended, team), attended)


def _dual(attended: list[Attended], team: Organization | None) -> rules.DualLife:
    def first(kind: str, own: bool) -> date | None:
        days = [a.on for a in attended if a.meeting.kind == kind and (not own or a.meeting.organization_id == team.pk)]
        return min(days, default=None)

    return rules.DualLife(first("DEMOCRATIC_LIFE", team is not None), first("ORG_LIFE", False))


def phase_ends(campaign: Campaign, organization: Organization) -> list[date]:
    """The last days of the phases in the unit's own calendar, in order; empty where it has none."""
    spans = PhaseSchedule.objects.filter(
        participation__campaign=campaign, participation__unit=organization.enterprise_id
    )
    return list(spans.order_by("phase__order").values_list("ends_on", flat=True))


def cells(record: Record, ends: list[date], on: date) -> list[tuple[str, rules.Cell, Fact | None]]:
    """The five cells of a leader: kind, state, latest fact."""
    row = []
    for kind in rules.FIVE:
        place = rules.PHASE_OF[kind]
        fact = record.latest(kind)
        row.append((kind, rules.cell_state(fact is not None, ends[place] if place < len(ends) else None, on), fact))
    return row


def with_dual_life(posts: QuerySet[Post], campaign: Campaign) -> QuerySet[Post]:
    """Posts with ``at_team`` and ``at_branch``: whether the leader attended both kinds of life meeting (item 27)."""

    def attended(kind: str, organization: str) -> Exists:
        absent = Absence.objects.filter(meeting=OuterRef("pk"), member=OuterRef(OuterRef("member")), makeup=None)
        held = Meeting.objects.filter(
            campaign=campaign, kind=kind, state=Meeting.State.CONFIRMED, organization=OuterRef(organization)
        )
        return Exists(held.filter(IsAnyOf(OuterRef("member"), F("due_ids"))).filter(~Exists(absent)))

    return posts.annotate(
        at_team=attended("DEMOCRATIC_LIFE", "scope_id"), at_branch=attended("ORG_LIFE", "member__branch")
    )


def contact_points(campaign: Campaign, on: date, among: QuerySet[ContactPoint] | None = None) -> QuerySet[ContactPoint]:
    """Contact points in force (``among`` these), with ``seen_on``: the last visit, or the day they were chosen."""
    points = ContactPoint.objects.all() if among is None else among
    held = points.filter(campaign=campaign, since__lte=on).filter(Q(until=None) | Q(until__gte=on))
    return held.annotate(seen_on=Coalesce(Max("visits__visited_on"), F("since")))


def unvisited(points: QuerySet[ContactPoint], campaign: Campaign, on: date) -> QuerySet[ContactPoint]:
    """Those where nobody has been for longer than the campaign allows (item 28)."""
    return points.filter(seen_on__lt=on - timedelta(days=unvisited_days(campaign)))


def without_point(posts: QuerySet[Post], campaign: Campaign, on: date) -> QuerySet[Post]:
    """Leaders without a contact point; the own branch does not count (item 28)."""
    held = ContactPoint.objects.filter(campaign=campaign, member=OuterRef("member"), since__lte=on)
    held = held.filter(Q(until=None) | Q(until__gte=on)).exclude(organization=OuterRef("member__branch"))
    return posts.filter(~Exists(held))
