"""Requests for help (item 42): raised to the organization above, answered, solved or refused with a reason."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.support import rules
from campaign.support.access import leads
from campaign.support.models import DifficultyRequest
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, not_future, require
from enterprises.actions.submissions import earlier
from enterprises.models import Organization

State = DifficultyRequest.State


@action
def raise_request(
    *,
    by,
    organization: Organization,
    kind: str,
    title: str,
    raised_on: date,
    need: str = "",
    submission: UUID | None = None,
) -> DifficultyRequest:
    """Ask the organization above for help. The same `submission` twice is one. Raises ``ActionError``."""
    require(by, roles.RECORD, organization)
    submission = submission or uuid4()
    existing = earlier(DifficultyRequest, submission, organization=organization)
    if existing is not None:
        return existing
    if organization.superior_id is None:
        raise ActionError(_("No organization stands above this one that could be asked."))
    if not title.strip():
        raise ActionError(_("Say what is lacking."), "title")
    not_future(raised_on, "raised_on")
    return DifficultyRequest.objects.create(
        organization=organization,
        kind=kind,
        title=title.strip(),
        need=need.strip(),
        raised_on=raised_on,
        asked_on=raised_on,
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def correct_request(*, by, request: DifficultyRequest, kind: str, title: str, need: str = "") -> DifficultyRequest:
    """Change a request that nobody has answered yet. Raises ``ActionError``."""
    require(by, roles.RECORD, request.organization)
    request = locked(request)
    if request.state != State.RAISED:
        raise ActionError(_("It is answered already. Raise another request for what is new."))
    if not title.strip():
        raise ActionError(_("Say what is lacking."), "title")
    request.kind, request.title, request.need = kind, title.strip(), need.strip()
    request.save(update_fields=["kind", "title", "need"])
    return request


@action
def answer_request(*, by, request: DifficultyRequest, owner: str, due_on: date, answer: str) -> DifficultyRequest:
    """Take it on from above: who answers for it, until when, what will be done. Raises ``ActionError``."""
    request = _from_above(by, request)
    _move(request, State.ANSWERED)
    if not owner.strip():
        raise ActionError(_("Name the department or post that answers for it."), "owner")
    if due_on < request.raised_on:
        raise ActionError(_("This day lies before the request. Correct the date."), "due_on")
    if not answer.strip():
        raise ActionError(_("Say what will be done."), "answer")
    request.owner, request.due_on, request.answer = owner.strip(), due_on, answer.strip()
    _answered(request)
    request.save()
    return request


@action
def solve_request(*, by, request: DifficultyRequest, result: str, closed_on: date) -> DifficultyRequest:
    """Say with which result it is solved. Raises ``ActionError``."""
    if not result.strip():
        raise ActionError(_("Say how it was solved."), "result")
    return _close(by, request, State.SOLVED, result, closed_on)


@action
def refuse_request(*, by, request: DifficultyRequest, reason: str) -> DifficultyRequest:
    """Refuse it, with the reason. Raises ``ActionError``."""
    if not reason.strip():
        raise ActionError(_("Say why, so that the branch knows."), "reason")
    return _close(by, request, State.REFUSED, reason, clock.today())


@action
def reopen_request(*, by, request: DifficultyRequest, reason: str) -> DifficultyRequest:
    """Ask anew where it was not solved in truth; the answer is awaited from today. Raises ``ActionError``."""
    if by is not None and not leads(by, request.organization):
        require(by, roles.RECORD, request.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is opened again."), "reason")
    request = locked(request)
    if request.state not in (State.SOLVED, State.REFUSED):
        raise ActionError(_("This request is still open."))
    _move(request, State.RAISED)
    request.asked_on = clock.today()
    request.owner, request.due_on, request.answer = "", None, ""
    request.answered_on, request.answerer, request.result, request.closed_on = None, None, "", None
    request.save()
    return request


@action
def withdraw_request(*, by, request: DifficultyRequest, reason: str) -> DifficultyRequest:
    """Withdraw a request that is not needed any more or was a mistake. Twice is once. Raises ``ActionError``."""
    require(by, roles.RECORD, request.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    request = locked(request)
    if request.state != State.WITHDRAWN:
        _move(request, State.WITHDRAWN)
        request.save(update_fields=["state"])
    return request


def _from_above(by: Any, request: DifficultyRequest) -> DifficultyRequest:
    if by is not None and not leads(by, request.organization):
        raise NotPermitted(_("Only the organization above answers it."))
    return locked(request)


def _close(by: Any, request: DifficultyRequest, state: str, result: str, closed_on: date) -> DifficultyRequest:
    request = _from_above(by, request)
    _move(request, state)
    not_future(closed_on, "closed_on")
    if closed_on < request.raised_on:
        raise ActionError(_("This day lies before the request. Correct the date."), "closed_on")
    request.result, request.closed_on = result.strip(), closed_on
    _answered(request)
    request.save()
    return request


def _answered(request: DifficultyRequest) -> None:
    """Whoever answers first has answered; later ones only change what was said."""
    if request.answered_on is None:
        request.answered_on = clock.today()
    request.answerer = request.organization.superior


def _move(request: DifficultyRequest, state: str) -> None:
    """Set another state. Raises ``ActionError`` where it does not follow."""
    if not rules.request_may_follow(request.state, state):
        raise ActionError(
            _("It is “%(state)s”; this does not follow. Load the page again.") % {"state": request.get_state_display()}
        )
    request.state = state
