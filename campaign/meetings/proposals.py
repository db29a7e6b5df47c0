"""What the form proposes: likely kinds, and everything that can be filled in for the secretary."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from campaign.meetings.models import Meeting
from campaign.meetings.policy import campaigns_of, preset_of
from campaign.plan.kinds import MEETING_KINDS, Due, MeetingKind, kinds_for
from campaign.plan.models import BusinessPeak, Campaign
from campaign.progress.models import StepStatus
from enterprises import clock
from enterprises.access.roles import SECRETARIES
from enterprises.models import Member, Organization, PartyGroup, Post

LIKELY = 6
USUAL_OF_BRANCHES = (
    "BRANCH_GENERAL",
    "BRANCH_COMMITTEE",
    "CONCENTRATED_STUDY",
    "PARTY_LECTURE",
    "PARTY_GROUP",
    "TOPIC_DISCUSSION",
)
USUAL_OF_COMMITTEES = (
    "BRANCH_COMMITTEE",
    "DEMOCRATIC_LIFE",
    "MOBILISATION",
    "TRAINING_CLASS",
    "SYMPOSIUM",
    "SUMMARY",
)
DEFAULT_CLASS_HOUR = 45  # minutes, outside any campaign (dossier 2.7)


@dataclass(frozen=True)
class Proposed:
    """What the form shows unless the person says otherwise."""

    title: str
    minutes: int
    class_hours: Decimal
    place: str
    chair: str
    recorder: str
    speaker: str
    due: str


def likely_kinds(organization: Organization, preset: str, group_only: bool = False) -> list[MeetingKind]:
    """At most six kinds: what is due soonest, what was held last, what is usual; those of the preset."""
    if group_only:
        return [MEETING_KINDS["PARTY_GROUP"]]
    allowed = {kind.code for kind in kinds_for(preset)}
    found: dict[str, None] = {}
    for code in (*_due_kinds(organization), *_recent_kinds(organization), *_usual(organization)):
        if code in allowed:
            found[code] = None
    return [MEETING_KINDS[code] for code in list(found)[:LIKELY]]


def _due_kinds(organization: Organization) -> Iterator[str]:
    """The kinds that prove what is not yet done, the earliest due date first."""
    waiting = StepStatus.objects.filter(
        organization=organization,
        applicable=True,
        done_on=None,
        step__campaign__state=Campaign.State.RUNNING,
        due_on__lte=clock.today() + timedelta(days=30),
    ).select_related("step")
    for status in waiting.order_by("due_on", "step__order"):
        obligation = status.step.obligation_for(organization.kind)
        if obligation and obligation.evidence["kind"] == "meeting":
            yield from obligation.evidence["meeting_kinds"][:1]
        elif obligation and obligation.evidence["kind"] == "hours":
            yield from obligation.evidence["meeting_kinds"][:2]


def _recent_kinds(organization: Organization) -> list[str]:
    since = clock.today() - timedelta(days=60)
    recent = Meeting.objects.filter(organization=organization, held_on__gte=since).order_by("-held_on", "-id")
    return list(recent.values_list("kind", flat=True)[:10])


def _usual(organization: Organization) -> tuple[str, ...]:
    return USUAL_OF_BRANCHES if organization.is_branch else USUAL_OF_COMMITTEES


def due_choices(organization: Organization) -> list[str]:
    """The due lists that make sense for an organisation."""
    if organization.is_branch:
        groups = PartyGroup.objects.filter(organization=organization, closed_on=None).exists()
        return [Due.BRANCH, *([Due.GROUP] if groups else []), Due.COMMITTEE, Due.NAMED]
    return [Due.COMMITTEE, Due.TEAM, Due.NAMED]


def usual_due(organization: Organization, kind: MeetingKind) -> str:
    """Who is usually due: as the kind says, or the committee where a committee has no roll of its own."""
    if not organization.is_branch and kind.due in (Due.BRANCH, Due.GROUP):
        return Due.COMMITTEE
    return kind.due


def propose(organization: Organization, kind: MeetingKind, campaign: Campaign | None, minutes: int | None) -> Proposed:
    """Title, place and people from the last meeting, the kind and the posts."""
    last = Meeting.objects.filter(organization=organization).order_by("-held_on", "-id").first()
    same = Meeting.objects.filter(organization=organization, kind=kind.code).order_by("-held_on", "-id").first()
    length = minutes or (same.minutes if same else kind.minutes)
    per_hour = campaign.data["class_hour_minutes"] if campaign else DEFAULT_CLASS_HOUR
    secretary = _secretary(organization)
    return Proposed(
        title=str(kind.label),
        minutes=length,
        class_hours=Decimal(length // per_hour if kind.is_study else 0),
        place=(same or last).place if last else "",
        chair=secretary or (last.chair if last else ""),
        recorder=last.recorder if last else "",
        speaker=secretary if kind.code == "MOBILISATION" else "",  # who usually does the mobilising (item 47)
        due=usual_due(organization, kind),
    )


def _secretary(organization: Organization) -> str:
    """The secretary in post, who convenes and chairs (dossier 2.2); else the name on the roster."""
    post = (
        Post.objects.filter(
            scope_kind=Post.Scope.ORGANIZATION,
            scope_id=organization.pk,
            role__in=SECRETARIES,
            member__isnull=False,
        )
        .in_force(clock.today())
        .select_related("member")
        .first()
    )
    return post.member.name if post else organization.secretary_name


def moment(now: datetime) -> tuple[date, time]:
    """The day and time proposed: now, back to the last half hour."""
    return now.date(), time(now.hour, 0 if now.minute < 30 else 30)


def campaign_for(organization: Organization, code: str | None) -> tuple[list[Campaign], Campaign | None]:
    """The campaigns to choose from, and the one proposed (`code` if it is one of them)."""
    running = list(campaigns_of(organization))
    return running, next((c for c in running if c.code == code), running[0] if running else None)


def peak_on(organization: Organization, day: date) -> BusinessPeak | None:
    """The time of full production that a day lies in, if any (item 7)."""
    return BusinessPeak.objects.filter(unit=organization.enterprise_id, starts_on__lte=day, ends_on__gte=day).first()


def study_days(organization: Organization, day: date) -> list[date]:
    """The days of the branch's meetings in the six weeks before `day`, that day included (item 55)."""
    held = Meeting.objects.filter(
        organization=organization,
        state=Meeting.State.CONFIRMED,
        held_on__gt=day - timedelta(days=42),
        held_on__lte=day,
    )
    return [*held.values_list("held_on", flat=True), day]


def preset_for(campaign: Campaign | None) -> str:
    """The preset the kinds are chosen from."""
    return preset_of(campaign, clock.today())


def named_members(account, organization: Organization, text: str) -> tuple[list[Member], list[str]]:
    """Members of the subtree by code or name, one a line; and the lines that fit nobody or several."""
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    visible = Member.objects.visible_to(account).on_roll().filter(branch__path__startswith=organization.path)
    found: dict[str, list[Member]] = {}
    for member in visible.filter(code__in=lines):
        found.setdefault(member.code, []).append(member)
    for member in visible.filter(name__in=lines):
        found.setdefault(member.name, []).append(member)
    chosen = [found[line][0] for line in lines if len(found.get(line, ())) == 1]
    return chosen, [line for line in lines if len(found.get(line, ())) != 1]
