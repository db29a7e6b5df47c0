"""What surveys amount to above the single unit: the headline, and the surveys still to be opened."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, When

from campaign.plan.models import Campaign, PhaseSchedule
from campaign.progress.models import StepStatus
from campaign.survey import rules
from campaign.survey.evidence import form_url
from campaign.survey.models import GroupResult, Respondents, SatisfactionSurvey
from enterprises.access import roles
from enterprises.models import Account, Organization
from enterprises.tree import under


@dataclass(frozen=True)
class GroupFigure:
    """One respondent group over many units. ``base`` is the weight: the valid answers behind the rates.

    ``satisfied`` has a base of its own, because units whose figure may not be shown are left out of both.
    """

    respondents: Respondents
    units: int
    base: int
    satisfied_or_basically_rate: Decimal | None
    satisfied_base: int
    satisfied_rate: Decimal | None


@dataclass(frozen=True)
class Headline:
    """Satisfaction over many units: groups never blended (item 75), how many are surveyed of how many."""

    owing: int
    surveyed: int
    make_up: int
    groups: list[GroupFigure]


def standing(surveys: QuerySet) -> QuerySet:
    """Of closed surveys with a valid result those that no later one has replaced."""
    replaced = SatisfactionSurvey.objects.filter(earlier=OuterRef("pk"), state="CLOSED", is_valid=True)
    return surveys.filter(~Exists(replaced), state="CLOSED", is_valid=True)


def headline(account: Account, campaign: Campaign, node: Organization | None = None) -> Headline:
    """The satisfaction figure of a landing page (item 117), of everything ``account`` sees or below ``node``:
    three statements."""
    below = under(node.path, "organization__") if node else Q()
    surveys = standing(SatisfactionSurvey.objects.visible_to(account).filter(below, campaign=campaign))
    held = surveys.order_by().aggregate(all=Count("pk"), make_up=Count("pk", Q(make_up_required=True)))
    owing = StepStatus.objects.visible_to(account).filter(below, step__in=_steps([campaign]), applicable=True)
    return Headline(owing.count(), held["all"], held["make_up"], group_figures(surveys))


def group_figures(surveys: QuerySet) -> list[GroupFigure]:
    """The sums of the groups over these surveys; figures that may not be shown are in no sum."""
    rows = GroupResult.objects.filter(survey__in=surveys.order_by().values("pk"), base__gt=0).order_by()
    summed = rows.values("respondents").annotate(
        units=Count("pk"),
        good=Sum("satisfied_or_basically"),
        good_base=Sum(Case(When(satisfied_or_basically__isnull=False, then="base"))),
        satisfied_sum=Sum("satisfied"),
        satisfied_base=Sum(Case(When(satisfied__isnull=False, then="base"))),
    )
    found = {row["respondents"]: row for row in summed}
    return [
        GroupFigure(
            respondents=group,
            units=row["units"],
            base=row["good_base"] or 0,
            satisfied_or_basically_rate=rules.rate(row["good"] or 0, row["good_base"] or 0),
            satisfied_base=row["satisfied_base"] or 0,
            satisfied_rate=rules.rate(row["satisfied_sum"] or 0, row["satisfied_base"] or 0),
        )
        for group in Respondents
        if (row := found.get(group.value))
    ]


def _steps(campaigns: list[Campaign]) -> list[int]:
    """The steps that a survey proves, whichever way they owe it."""
    return [
        step.pk
        for campaign in campaigns
        for step in campaign.steps.all()
        if any(o.evidence["kind"] == "survey" for o in step.obligations)
    ]


@dataclass(frozen=True)
class ToOpen:
    """A survey that the organization above has to hold: since when, and until when it is in time (item 74)."""

    organization: Organization
    campaign: Campaign
    since: date
    due_on: date
    repeats: bool
    url: str

    def days_over(self, today: date) -> int:
        """Days since the last day in time; nought or less while it is in time."""
        return (today - self.due_on).days


def surveys_to_open(account: Account, today: date) -> list[ToOpen]:
    """The surveys that the account's own organization is to open now, the longest overdue first.

    After the phase has ended, and again after a survey that asked for a make-up or came to no result.
    """
    organizers = account.reach.paths.get(roles.SURVEY, [])
    running = Campaign.objects.filter(state=Campaign.State.RUNNING).select_related("definition")
    campaigns = {c.pk: c for c in running if c.data.get("survey")} if organizers else {}
    if not campaigns:
        return []
    waiting = [*_first(organizers, campaigns, today), *_again(organizers, campaigns)]
    return sorted(waiting, key=lambda one: (one.due_on, one.organization.code))


def _first(organizers: list[str], campaigns: dict[int, Campaign], today: date) -> list[ToOpen]:
    return [
        ToOpen(
            status.organization,
            campaigns[status.step.campaign_id],
            status.ended_on,
            rules.open_by(status.ended_on, campaigns[status.step.campaign_id].data["survey"]["held_within_days"]),
            False,
            form_url(campaigns[status.step.campaign_id], status.organization),
        )
        for status in ended_unsurveyed(list(campaigns.values()), today).filter(
            organization__superior__path__in=organizers
        )
    ]


def ended_unsurveyed(campaigns: list[Campaign], today: date) -> QuerySet:
    """Statuses of the survey's step where the phase has ended, and no survey is prepared, open or closed."""
    ends = PhaseSchedule.objects.filter(
        participation__campaign=OuterRef("step__campaign"),
        participation__unit=OuterRef("organization__enterprise"),
        phase=OuterRef("step__phase"),
    ).values("ends_on")[:1]
    any_survey = SatisfactionSurvey.objects.filter(
        campaign=OuterRef("step__campaign"), organization=OuterRef("organization")
    )
    found = StepStatus.objects.filter(step__in=_steps(campaigns), done_on=None, applicable=True)
    related = ("organization__superior", "step")
    return (
        found.filter(~Exists(any_survey))
        .annotate(ended_on=Subquery(ends))
        .filter(ended_on__lt=today)
        .select_related(*related)
    )


def _again(organizers: list[str], campaigns: dict[int, Campaign]) -> list[ToOpen]:
    failed = SatisfactionSurvey.objects.filter(
        Q(is_valid=False) | Q(make_up_required=True),
        state="CLOSED",
        later=None,
        campaign__in=list(campaigns),
        organizer__path__in=organizers,
    ).select_related("organization")
    return [
        ToOpen(
            survey.organization,
            campaigns[survey.campaign_id],
            survey.closed_on,
            rules.open_by(survey.closed_on, campaigns[survey.campaign_id].data["survey"]["held_within_days"]),
            True,
            form_url(campaigns[survey.campaign_id], survey.organization),
        )
        for survey in failed
        if survey.closed_on
    ]


def figures_of(survey: SatisfactionSurvey) -> list[GroupResult]:
    """The overall figures of a closed survey by group, in the fixed order of the groups."""
    rows = {row.respondents: row for row in survey.group_results.all()}
    return [rows[group.value] for group in Respondents if group.value in rows]
