"""Putting weak organizations in order (item 41): opened and accepted from above, worked on below."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.support import rules
from campaign.support.access import leads
from campaign.support.models import ProposalDismissal, Reason, WeakMeasure, WeakOrganization
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, not_future
from enterprises.actions.submissions import earlier
from enterprises.models import CheckFinding, Organization

State = WeakOrganization.State


def may_work_on(account: Any, organization: Organization) -> bool:
    """Whether the account enters measures: for the organization itself, or for the one that leads it."""
    return may(account, roles.RECORD, organization) or leads(account, organization)


@action
def open_weak(
    *,
    by,
    organization: Organization,
    reason: str,
    opened_on: date,
    note: str = "",
    proposal: str = "",
    submission: UUID | None = None,
) -> WeakOrganization:
    """Take an organization in hand as weak. Only the organization that leads it does; no job calls this.

    The same `submission` twice is one. Raises ``ActionError``.
    """
    _leading(by, organization)
    submission = submission or uuid4()
    existing = earlier(WeakOrganization, submission, organization=organization)
    if existing is not None:
        return existing
    if reason == Reason.OTHER and not note.strip():
        raise ActionError(_("Say in the note what the weakness is."), "note")
    not_future(opened_on, "opened_on")
    locked(organization)
    if organization.closed_on is not None:
        raise ActionError(_("This organization is closed. There is nothing left to put in order."))
    if WeakOrganization.objects.open().filter(organization=organization).exists():
        raise ActionError(_("It is being put in order already. Add what is new to the measures there."))
    return WeakOrganization.objects.create(
        organization=organization,
        reason=reason,
        note=note.strip(),
        proposal=proposal,
        opened_on=opened_on,
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def add_measure(
    *, by, weak: WeakOrganization, kind: str, done_on: date, done: str, submission: UUID | None = None
) -> WeakMeasure:
    """Enter what was done. The same `submission` twice is one. Raises ``ActionError``."""
    _working(by, weak)
    submission = submission or uuid4()
    existing = earlier(WeakMeasure, submission, weak=weak)
    if existing is not None:
        return existing
    weak = locked(weak)
    if weak.state not in rules.OPEN:
        raise ActionError(_("It is closed. Open it again first, with the reason."))
    if not done.strip():
        raise ActionError(_("Say what was done."), "done")
    not_future(done_on, "done_on")
    return WeakMeasure.objects.create(
        weak=weak,
        kind=kind,
        done_on=done_on,
        done=done.strip(),
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def withdraw_measure(*, by, measure: WeakMeasure, reason: str) -> WeakMeasure:
    """Withdraw a measure entered by mistake; it stays to be seen. Twice is once. Raises ``ActionError``."""
    _working(by, measure.weak)
    _said(reason)
    weak = locked(measure.weak)
    if weak.state != State.IN_HAND:
        raise ActionError(_("It was reported with this measure. Send it back or open it again first."))
    measure = locked(measure)
    if measure.withdrawn_on is None:
        measure.withdrawn_on = clock.today()
        measure.save(update_fields=["withdrawn_on"])
    return measure


@action
def report_improved(*, by, weak: WeakOrganization, result: str, reported_on: date) -> WeakOrganization:
    """Report it as improved to the organization above; a measure stands behind it. Raises ``ActionError``."""
    _working(by, weak)
    weak = locked(weak)
    _move(weak, State.REPORTED)
    if not result.strip():
        raise ActionError(_("Say what has improved."), "result")
    not_future(reported_on, "reported_on")
    if reported_on < weak.opened_on:
        raise ActionError(_("It was found weak only after this day. Correct the date."), "reported_on")
    if not weak.measures.filter(withdrawn_on=None).exists():
        raise ActionError(_("No measure is on record yet. Enter first what was done."))
    weak.result, weak.reported_on = result.strip(), reported_on
    weak.returned_why, weak.returned_on = "", None
    weak.save()
    return weak


@action
def accept_improved(*, by, weak: WeakOrganization) -> WeakOrganization:
    """Accept it as improved, from above. Twice is once. Raises ``ActionError``."""
    _leading(by, weak.organization)
    weak = locked(weak)
    if weak.state != State.ACCEPTED:
        _move(weak, State.ACCEPTED)
        weak.accepted_on = clock.today()
        weak.save(update_fields=["state", "accepted_on"])
    return weak


@action
def send_back(*, by, weak: WeakOrganization, reason: str) -> WeakOrganization:
    """Send the report back from above, with the reason. Raises ``ActionError``."""
    _leading(by, weak.organization)
    _said(reason)
    weak = locked(weak)
    if weak.state != State.REPORTED:
        raise ActionError(_("It does not wait for acceptance now. Load the page again."))
    _move(weak, State.IN_HAND)
    weak.returned_why, weak.returned_on = reason.strip(), clock.today()
    weak.save(update_fields=["state", "returned_why", "returned_on"])
    return weak


@action
def reopen_weak(*, by, weak: WeakOrganization, reason: str) -> WeakOrganization:
    """Take it in hand again after it was accepted, with the reason. Raises ``ActionError``."""
    _leading(by, weak.organization)
    _said(reason)
    locked(weak.organization)
    weak = locked(weak)
    if weak.state != State.ACCEPTED:
        raise ActionError(_("It is not accepted yet; go on with it."))
    if WeakOrganization.objects.open().filter(organization=weak.organization_id).exists():
        raise ActionError(_("It is being put in order already. Add what is new to the measures there."))
    _move(weak, State.IN_HAND)
    weak.accepted_on = None
    weak.returned_why, weak.returned_on = reason.strip(), clock.today()
    weak.save()
    return weak


@action
def withdraw_weak(*, by, weak: WeakOrganization, reason: str) -> WeakOrganization:
    """Withdraw a case opened by mistake: it stays to be seen and counts nowhere. Raises ``ActionError``."""
    _leading(by, weak.organization)
    _said(reason)
    weak = locked(weak)
    if weak.state != State.WITHDRAWN:
        _move(weak, State.WITHDRAWN)
        weak.save(update_fields=["state"])
    return weak


@action
def dismiss_proposal(*, by, finding: CheckFinding, reason: str, submission: UUID | None = None) -> ProposalDismissal:
    """Do not take up what the checks propose, with the reason. Raises ``ActionError``."""
    organization = finding.organization
    if organization is None or finding.code not in rules.PROPOSED:
        raise ActionError(_("This finding is no proposal."))
    _leading(by, organization)
    _said(reason)
    submission = submission or uuid4()
    existing = earlier(ProposalDismissal, submission, organization=organization)
    if existing is not None:
        return existing
    return ProposalDismissal.objects.create(
        organization=organization,
        code=finding.code,
        why=reason.strip(),
        dismissed_on=clock.today(),
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def undo_dismissal(*, by, dismissal: ProposalDismissal, reason: str) -> ProposalDismissal:
    """Propose it again, with the reason. Twice is once. Raises ``ActionError``."""
    _leading(by, dismissal.organization)
    _said(reason)
    dismissal = locked(dismissal)
    if dismissal.undone_on is None:
        dismissal.undone_on = clock.today()
        dismissal.save(update_fields=["undone_on"])
    return dismissal


def _leading(by: Any, organization: Organization) -> None:
    if organization.superior_id is None:
        raise ActionError(_("No organization stands above this one that could put it in order."))
    if by is not None and not leads(by, organization):
        raise NotPermitted(_("Only the organization that leads this one does this."))


def _working(by: Any, weak: WeakOrganization) -> None:
    if by is not None and not may_work_on(by, weak.organization):
        raise NotPermitted(_("Only the organization itself and the one that leads it do this."))


def _said(reason: str) -> None:
    if not reason.strip():
        raise ActionError(_("Say why."), "reason")


def _move(weak: WeakOrganization, state: str) -> None:
    """Set another state. Raises ``ActionError`` where it does not follow."""
    if not rules.weak_may_follow(weak.state, state):
        raise ActionError(
            _("It is “%(state)s”; this does not follow. Load the page again.") % {"state": weak.get_state_display()}
        )
    weak.state = state
