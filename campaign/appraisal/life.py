"""Special life meetings: what should have come before them (item 62)."""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from campaign.appraisal.models import MeetingQuality, PartySpiritAnalysis
from campaign.appraisal.rules import Before, too_early
from campaign.meetings.due import TEAM_ROLES
from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign, Step
from campaign.progress.models import StepStatus
from enterprises.models import Post

LIFE_MEETINGS = ("ORG_LIFE", "DEMOCRATIC_LIFE")


def life_steps(steps: Iterable[Step]) -> list[Step]:
    """The steps that a life meeting proves for some kind of organisation."""
    return [
        step for step in steps
        if any(set(o.evidence.get("meeting_kinds", ())) & set(LIFE_MEETINGS) for o in step.obligations)
    ]  # fmt: skip


def warnings(meeting: Meeting) -> list[str]:
    """What was not done before this life meeting was held: opinions, talks, analyses (item 62). Never a block.

    The steps that stand before it in the same phase of the definition; for a leading team also the analyses of
    its members, which are counted with their branches.
    """
    if meeting.kind not in LIFE_MEETINGS or meeting.campaign is None:
        return []
    before = _steps_before(meeting)
    if meeting.kind == "DEMOCRATIC_LIFE":
        before += _team_analyses(meeting)
    return [
        _("“%(step)s” was not done before this meeting.") % {"step": step.name}
        for step in too_early(meeting.held_on, before)
    ]


def _steps_before(meeting: Meeting) -> list[Before]:
    steps = list(meeting.campaign.steps.order_by("order"))
    kind = meeting.organization.kind
    mine = next(
        (
            step for step in life_steps(steps)
            if (owed := step.obligation_for(kind)) and meeting.kind in owed.evidence.get("meeting_kinds", ())
        ),
        None,
    )  # fmt: skip
    if mine is None:
        return []
    earlier = [s for s in steps if s.phase_id == mine.phase_id and s.order < mine.order and s.obligation_for(kind)]
    statuses = StepStatus.objects.filter(step__in=earlier, organization=meeting.organization_id, applicable=True)
    done = dict(statuses.values_list("step", "done_on"))
    return [Before(step.name, done[step.pk]) for step in earlier if step.pk in done]


def _team_analyses(meeting: Meeting) -> list[Before]:
    posts = Post.objects.filter(
        scope_kind=Post.Scope.ORGANIZATION, scope_id=meeting.organization_id, role__in=TEAM_ROLES
    ).in_force(meeting.held_on)
    team = set(posts.exclude(member=None).values_list("member", flat=True))
    if not team:
        return []
    handed = PartySpiritAnalysis.objects.filter(
        campaign=meeting.campaign_id, member__in=team, withdrawn_on=None, handed_in_on__lte=meeting.held_on
    ).count()
    done_on = meeting.held_on if handed == len(team) else None
    return [Before(_("analyses of the leading team"), done_on)]


def with_meetings(statuses: QuerySet, campaign: Campaign) -> QuerySet:
    """The statuses with the latest confirmed life meeting of each organisation, and the remarks on it."""
    meetings = Meeting.objects.filter(
        campaign=campaign,
        organization=OuterRef("organization"),
        kind__in=LIFE_MEETINGS,
        state=Meeting.State.CONFIRMED,
    ).order_by("-held_on", "-pk")
    remarks = MeetingQuality.objects.filter(meeting=OuterRef("meeting_pk")).order_by().values("meeting")
    return statuses.annotate(
        meeting_pk=Subquery(meetings.values("pk")[:1]),
        meeting_on=Subquery(meetings.values("held_on")[:1]),
        remarks=Subquery(remarks.annotate(n=Count("pk")).values("n")),
        pro_forma=Subquery(
            remarks.filter(quality=MeetingQuality.Quality.PRO_FORMA).annotate(n=Count("pk")).values("n")
        ),
    )
