"""What a branch has to do this week, across the campaigns that run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.meetings.models import Absence, Meeting
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign, Step
from campaign.progress.models import StepStatus
from campaign.progress.queries import statuses as own_statuses
from campaign.progress.rules import State, state_of
from campaign.progress.running import running
from campaign.rectification.figures import near
from campaign.rectification.models import RectificationItem
from campaign.rectification.wording import standing
from enterprises import compiled
from enterprises.models import Account, Member, Organization

# What a list of things to do holds: the rest can wait.
NEAR = (State.OVER, State.SOON)
# Kinds of evidence that several records prove: the list in which they are kept.
RECORDED_AT = {
    "rectification_plan": "rectification:plan_list",
    "rectified": "rectification:item_list",
    "published": "publicity:publication_list",
}
# Where what is proved member by member is recorded.
MEMBER_FORMS = {"talks": "appraisal:talk_new", "analysis": "appraisal:analyses", "appraisal": "appraisal:appraisals"}


@dataclass(frozen=True)
class Item:
    """One thing to do (or done this week): the step, its state in words, and the form that records it."""

    status: StepStatus
    state: State
    url: str
    words: str

    @property
    def step(self) -> Step:
        return self.status.step


@dataclass
class Week:
    """The week of one organisation: what is to be done, what was done since Monday, what comes next."""

    to_do: list[Item]
    done: list[Item]
    next: StepStatus | None
    total: int
    finished: int
    by_persons: list[StepStatus]


def form_url(step: Step, organization: Organization) -> str:
    """Where the record that proves this step is made; the step's own page where no form fits."""
    obligation = step.obligation_for(organization.kind)
    evidence = obligation.evidence if obligation else {}
    kind = evidence.get("kind")
    if kind in ("meeting", "hours"):
        query = {"organization": organization.pk, "kind": evidence["meeting_kinds"][0]}
        return reverse("meetings:meeting_new", query=query)
    if kind in MEMBER_FORMS:
        return reverse(MEMBER_FORMS[kind], query={"organization": organization.pk, "campaign": step.campaign.code})
    if kind in ("filing", "feedback"):
        query = {"organization": organization.pk, "campaign": step.campaign.code, "code": evidence["code"]}
        return reverse("filings:filing_new", query=query)
    if kind in RECORDED_AT:
        return reverse(RECORDED_AT[kind], query={"organization": organization.pk})
    if kind == "requirements":
        query = {"organization": organization.pk, "campaign": step.campaign.code}
        return reverse("requirements:draft", query=query)
    if kind == "opinions":
        query = {"organization": organization.pk, "campaign": step.campaign.code}
        return reverse("opinions:sort", query=query)
    return step_url(step, organization)


def log_url(organization: Organization) -> str:
    """The form that logs a meeting of this organisation."""
    return reverse("meetings:meeting_new", query={"organization": organization.pk})


def step_url(step: Step, organization: Organization) -> str:
    """The page that says why a step stands where it stands."""
    return reverse("overview:step", args=[organization.pk, step.campaign.code, step.code])


def state_words(status: StepStatus, state: State, today: date) -> str:
    """The state with its days: overdue by n days, n days left."""
    if state is State.OVER:
        days = (today - status.due_on).days
        return ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": days}
    if state is State.SOON:
        days = (status.due_on - today).days
        if days == 0:
            return _("due today")
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    if state is State.LATE and status.done_on and status.done_on > status.due_on:
        days = (status.done_on - status.due_on).days
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    return ""


def statuses(organization: Organization) -> list[StepStatus]:
    """The organisation's own statuses in every running campaign, by due date; with the steps that are kept."""
    steps = {step.pk: step for campaign in running() for step in campaign.steps.all()}
    found = [StepStatus(**own._asdict()) for own in own_statuses([organization.pk], list(steps)) if own.applicable]
    for status in found:
        status.step = steps[status.step_id]
    return sorted(found, key=lambda status: (status.due_on, status.step.order))


def items(found: Iterable[StepStatus], organization: Organization, today: date) -> list[Item]:
    """The statuses as things to do."""
    made = []
    for status in found:
        state = state_of(status.step, status, today)
        words = state_words(status, state, today)
        made.append(Item(status, state, form_url(status.step, organization), words))
    return made


def week_of(organization: Organization, today: date) -> Week:
    """What is overdue or due soon, first what is overdue longest; and what was done since Monday."""
    found = items(statuses(organization), organization, today)
    monday = today - timedelta(days=today.weekday())
    open_items = [item for item in found if item.status.done_on is None]
    return Week(
        to_do=[item for item in open_items if item.state in NEAR],
        done=[item for item in found if item.status.done_on and monday <= item.status.done_on <= today],
        next=next((item.status for item in open_items if item.state is State.WAIT), None),
        total=len(found),
        finished=sum(item.status.done_on is not None for item in found),
        by_persons=[item.status for item in found if item.status.persons_due],
    )


def rectification(account: Account, organization: Organization, today: date) -> list[tuple]:
    """The branch's rectification items that are overdue or due within seven days, each with its state (item 69)."""
    items = RectificationItem.objects.visible_to(account).filter(organization=organization)
    return [(item, *standing(item, today)) for item in near(items, today)]


class OpenMakeUp(NamedTuple):
    """A make-up lesson still owed: who missed which meeting, when and why, and until when it is in time."""

    pk: int
    member: str
    title: str
    held_on: date
    code: str
    due_on: date
    party_group: int | None

    @property
    def reason(self) -> str:
        return str(Absence.Reason(self.code).label)

    @property
    def makeup_url(self) -> str:
        return Absence(pk=self.pk).makeup_url


def open_makeups(account: Account, organization: Organization) -> list[OpenMakeUp]:
    """Absences of the branch that a make-up lesson is still owed for, the nearest first (item 54).

    Only of members whose rows the account sees: a group leader's list holds the own group.
    """
    found = compiled.tuples(_open_makeups, compiled.Reader.of(account), organization=organization.pk)
    return [OpenMakeUp._make(row) for row in found]


def _open_makeups(reader: compiled.Reader, organization: int) -> QuerySet:
    owed = Absence.objects.visible_to(reader.account).filter(
        meeting__organization=organization,
        makeup_due_on__isnull=False,
        makeup=None,
        member__in=Member.objects.visible_to(reader.account),
    )
    columns = ("pk", "member__name", "meeting__title", "meeting__held_on", "reason", "makeup_due_on")
    return owed.order_by("makeup_due_on", "pk").values_list(*columns, "meeting__party_group")


def attendance(account: Account, organization: Organization) -> dict[str, int] | None:
    """Attendance of the branch's study in the running campaigns: due, present, and present with make-ups.

    Both stand side by side: a make-up counts beside raw attendance, not instead. ``None`` before the first.
    """
    rows = compiled.tuples(_studied, compiled.Reader.of(account), organization=organization.pk)
    due, present, made_up = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0, 0)
    return {"due": due, "present": present, "reached": present + made_up} if due else None


def _studied(reader: compiled.Reader, organization: int) -> QuerySet:
    held = Meeting.objects.visible_to(reader.account).filter(
        organization=organization,
        state=Meeting.State.CONFIRMED,
        campaign__state=Campaign.State.RUNNING,
        kind__in=[kind.code for kind in MEETING_KINDS.values() if kind.is_study],
    )
    # A branch has held a few dozen of them: added up afterwards, a join cannot multiply what is due.
    counted = held.order_by("pk").annotate(made_up=Count("absences__makeup"))
    return counted.values_list("due_count", "present_count", "made_up")
