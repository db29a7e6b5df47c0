"""Writing long-term mechanisms and regulations (items 84, 85)."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.mechanisms import rules
from campaign.mechanisms.models import LongTermMechanism, Regulation
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked, not_future, require
from enterprises.actions.submissions import earlier
from enterprises.models import Organization


def _stamp(by, submission: UUID) -> dict[str, Any]:
    return {"submission": submission, "recorded_by": by, "recorded_at": clock.now()}


@action
def start_mechanism(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    kind: str,
    title: str,
    contents: str = "",
    submission: UUID | None = None,
) -> LongTermMechanism:
    """Begin to explore a mechanism. The same ``submission`` twice is one. Raises ``ActionError``."""
    require(by, roles.RECORD, organization)
    submission = submission or uuid4()
    if (same := earlier(LongTermMechanism, submission, organization=organization)) is not None:
        return same
    return LongTermMechanism.objects.create(
        campaign=campaign, organization=organization, kind=kind, title=_named(title), contents=contents.strip(),
        since=clock.today(), **_stamp(by, submission),
    )  # fmt: skip


@action
def move_mechanism(
    *, by, mechanism: LongTermMechanism, status: str, since: date, number: str = "", review_on: date | None = None
) -> LongTermMechanism:
    """Bring a mechanism forward, or one step back. What is issued has a number and a day of review (item 84).

    Raises ``ActionError``.
    """
    require(by, roles.RECORD, mechanism.organization)
    mechanism = locked(mechanism)
    if not rules.may_follow(mechanism.status, status):
        raise ActionError(_("It goes on to the next status, or back by one. Choose another."), "status")
    not_future(since, "since")
    if since < mechanism.since and rules.ORDER.index(status) > rules.ORDER.index(mechanism.status):
        raise ActionError(_("It came to its present status only after this day. Correct the date."), "since")
    if status in rules.IN_FORCE and not (number.strip() or mechanism.number):
        raise ActionError(_("What is issued has a document number. Enter it."), "number")
    if status in rules.IN_FORCE and not (review_on or mechanism.review_on):
        raise ActionError(_("Say when it is to be reviewed after the campaign."), "review_on")
    mechanism.status, mechanism.since = status, since
    mechanism.number = number.strip() or mechanism.number
    mechanism.review_on = review_on or mechanism.review_on
    mechanism.save()
    return mechanism


@action
def review_mechanism(
    *, by, mechanism: LongTermMechanism, review: str, next_on: date | None = None
) -> LongTermMechanism:
    """Say what the review found; ``next_on`` is the day of the next one. Raises ``ActionError``."""
    require(by, roles.RECORD, mechanism.organization)
    if not review.strip():
        raise ActionError(_("Say what the review found: whether it is kept, and what has to change."), "review")
    mechanism = locked(mechanism)
    if mechanism.status not in rules.IN_FORCE:
        raise ActionError(_("It is not issued yet. There is nothing to be reviewed."))
    if next_on is not None and next_on <= clock.today():
        raise ActionError(_("The next review lies in the future. Correct the date."), "next_on")
    mechanism.review, mechanism.review_on = review.strip(), next_on or mechanism.review_on
    if next_on is not None:  # what was found stays in the history
        mechanism.save()
        mechanism.review = ""
    mechanism.save()
    return mechanism


@action
def enter_regulation(
    *, by, organization: Organization, title: str, change: str, decided_on: date, number: str = "", note: str = "",
    mechanism: LongTermMechanism | None = None, submission: UUID | None = None,
) -> Regulation:  # fmt: skip
    """Enter that a regulation was made, amended or repealed. The same ``submission`` twice is one.

    Raises ``ActionError``.
    """
    require(by, roles.RECORD, organization)
    submission = submission or uuid4()
    if (same := earlier(Regulation, submission, organization=organization)) is not None:
        return same
    not_future(decided_on, "decided_on")
    _serves(mechanism, organization)
    return Regulation.objects.create(
        organization=organization, title=_named(title), change=change, decided_on=decided_on, number=number.strip(),
        note=note.strip(), mechanism=mechanism, **_stamp(by, submission),
    )  # fmt: skip


@action
def correct_regulation(*, by, regulation: Regulation, reason: str, **told: Any) -> Regulation:
    """Correct a line of the register, with the reason. Raises ``ActionError``."""
    require(by, roles.RECORD, regulation.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is corrected."), "reason")
    not_future(told.get("decided_on", regulation.decided_on), "decided_on")
    _serves(told.get("mechanism"), regulation.organization)
    regulation = locked(regulation)
    for name, value in told.items():
        setattr(regulation, name, value)
    regulation.save()
    return regulation


def _named(title: str) -> str:
    if not title.strip():
        raise ActionError(_("Give it a title."), "title")
    return title.strip()


def _serves(mechanism: LongTermMechanism | None, organization: Organization) -> None:
    if mechanism is not None and mechanism.organization_id != organization.pk:
        raise ActionError(_("This mechanism belongs to another organization. Choose one of the own."), "mechanism")
