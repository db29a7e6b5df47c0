"""Writing services: commitments and their checks, hot issues, user lines, activities, rules (items 77-80)."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.services.models import (
    CommitmentItem,
    ComplianceCheck,
    HotIssue,
    HotIssueStep,
    PostRule,
    Recorded,
    ServiceActivity,
    ServiceCommitment,
    UserLine,
)
from campaign.services.rules import MOST_ITEMS, sentences
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked, not_future, require
from enterprises.actions.submissions import earlier
from enterprises.models import Organization

R = TypeVar("R", bound=Recorded)
NOT_AHEAD = ("raised_on", "opened_on", "held_on", "closed_on", "repealed_on", "published_on")


@action
def make_commitment(
    *, by, organization: Organization, lines: str, submission: UUID | None = None, **told: Any
) -> ServiceCommitment:
    """Enter a set of commitments, one a line (item 77). Raises ``ActionError``."""
    texts = sentences(lines)
    if not texts:
        raise ActionError(_("Write the commitments, one a line."), "lines")
    if len(texts) > MOST_ITEMS:
        raise ActionError(_("These are %(n)d lines; a set holds at most 30.") % {"n": len(texts)}, "lines")
    if max(map(len, texts)) > 300:
        raise ActionError(_("One of the lines is longer than 300 characters. Shorten it."), "lines")
    made, fresh = _make(ServiceCommitment, by, organization, submission, told)
    if fresh:
        CommitmentItem.objects.bulk_create(
            CommitmentItem(commitment=made, number=number, text=text) for number, text in enumerate(texts, 1)
        )
    return made


@action
def check_commitment(
    *,
    by,
    commitment: ServiceCommitment,
    kind: str,
    on: date,
    cases: int,
    broken: int,
    item: CommitmentItem | None = None,
    finding: str = "",
    remedy: str = "",
    submission: UUID | None = None,
) -> ComplianceCheck:
    """Enter a check or complaint: so many cases, of them broken. Raises ``ActionError``."""
    require(by, roles.RECORD, commitment.organization)
    submission = submission or uuid4()
    existing = earlier(ComplianceCheck, submission, commitment=commitment)
    if existing is not None:
        return existing
    not_future(on, "on")
    if on < commitment.valid_from:
        raise ActionError(_("The commitments were not valid yet on that day. Correct the date."), "on")
    if cases < 1:
        raise ActionError(_("At least one case was looked at. Enter how many."), "cases")
    if broken > cases:
        raise ActionError(_("More are broken than were looked at. Correct one of the figures."), "broken")
    if item is not None and item.commitment_id != commitment.pk:
        raise ActionError(_("This commitment is of another set. Choose again."), "item")
    return ComplianceCheck.objects.create(
        commitment=commitment,
        item=item,
        kind=kind,
        on=on,
        cases=cases,
        broken=broken,
        finding=finding.strip(),
        remedy=remedy.strip(),
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def raise_issue(*, by, organization: Organization, submission: UUID | None = None, **told: Any) -> HotIssue:
    """Enter a hot issue (item 78). Raises ``ActionError``."""
    if told["due_on"] < told["raised_on"]:
        raise ActionError(_("It is due before it was raised. Correct one of the dates."), "due_on")
    return _make(HotIssue, by, organization, submission, told)[0]


@action
def step_issue(
    *, by, issue: HotIssue, on: date, text: str, solved: bool = False, submission: UUID | None = None
) -> HotIssueStep:
    """Enter a step forward; the last one may solve the issue. Raises ``ActionError``."""
    require(by, roles.RECORD, issue.organization)
    submission = submission or uuid4()
    existing = earlier(HotIssueStep, submission, issue=issue)
    if existing is not None:
        return existing
    not_future(on, "on")
    if not text.strip():
        raise ActionError(_("Say what was done."), "text")
    issue = locked(issue)
    if on < issue.raised_on:
        raise ActionError(_("It was raised only after this day. Correct the date."), "on")
    issue.state = HotIssue.State.SOLVED if solved else HotIssue.State.WORKING
    issue.solved_on = on if solved else None
    issue.save(update_fields=["state", "solved_on"])
    return HotIssueStep.objects.create(
        issue=issue, on=on, text=text.strip(), solved=solved, submission=submission, recorded_by=by
    )


@action
def open_line(*, by, organization: Organization, submission: UUID | None = None, **told: Any) -> UserLine:
    """Enter a line on which users say whether they are satisfied (item 78). Raises ``ActionError``."""
    return _make(UserLine, by, organization, submission, told)[0]


@action
def record_activity(*, by, organization: Organization, submission: UUID | None = None, **told: Any) -> ServiceActivity:
    """Enter a service activity (item 80). Raises ``ActionError``."""
    return _make(ServiceActivity, by, organization, submission, told)[0]


@action
def enter_rule(*, by, organization: Organization, submission: UUID | None = None, **told: Any) -> PostRule:
    """Enter a rule of posts (item 79). Raises ``ActionError``."""
    return _make(PostRule, by, organization, submission, told)[0]


@action
def correct(*, by, record: R, reason: str = "", **told: Any) -> R:
    """Correct a record of this room; what it was stays in its history. Raises ``ActionError``."""
    require(by, roles.RECORD, record.organization)
    _days(told)
    record = locked(record)
    for name, value in told.items():
        setattr(record, name, value)
    _order(record)
    record.save()
    return record


def _make(
    model: type[R], by: Any, organization: Organization, submission: UUID | None, told: dict[str, Any]
) -> tuple[R, bool]:
    """The record of this submission, and whether it was made just now."""
    require(by, roles.RECORD, organization)
    submission = submission or uuid4()
    existing = earlier(model, submission, organization=organization)
    if existing is not None:
        return existing, False
    _days(told)
    record = model(organization=organization, submission=submission, recorded_by=by, recorded_at=clock.now(), **told)
    _order(record)
    record.save()
    return record, True


def _days(told: dict[str, Any]) -> None:
    for name in NOT_AHEAD:
        if told.get(name) is not None:
            not_future(told[name], name)


PAIRS = (("valid_from", "valid_until"), ("opened_on", "closed_on"), ("adopted_on", "repealed_on"))


def _order(record: Recorded) -> None:
    """Refuse an end before its beginning. Raises ``ActionError``."""
    for first, last in PAIRS:
        begins, ends = getattr(record, first, None), getattr(record, last, None)
        if begins and ends and ends < begins:
            raise ActionError(_("It ends before it begins. Correct one of the days."), last)
