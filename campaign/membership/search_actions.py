"""Searching for members out of contact (item 37)."""

from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.membership import rules
from campaign.membership.models import MemberSearchCase, SearchStep
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.attendance import set_contact
from enterprises.actions.permit import locked, not_future, require
from enterprises.actions.submissions import earlier
from enterprises.models import Account, Member


@action
def open_search(
    *, by: Account | None, member: Member, opened_on: date, known: str = "", submission: UUID | None = None
) -> MemberSearchCase:
    """Open the search for a member; from now on the member counts as being sought. The same submission is one.

    Raises ``ActionError``.
    """
    require(by, roles.CHANGE_MEMBERS, member.branch)
    submission = submission or uuid4()
    existing = earlier(MemberSearchCase, submission, member=member)
    if existing is not None:
        return existing
    not_future(opened_on, "opened_on")
    member = locked(member)
    if not member.is_on_roll:
        raise ActionError(_("%(name)s is not on the roll: there is nobody to search for.") % {"name": member})
    if MemberSearchCase.objects.open().filter(member=member).exists():
        raise ActionError(_("A search is open already. Enter its next step there."))
    case = MemberSearchCase.objects.create(
        member=member,
        organization_id=member.branch_id,
        opened_on=opened_on,
        known=known.strip(),
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    if member.contact != Member.Contact.SEARCHING:
        set_contact(by=by, member=member, contact=Member.Contact.SEARCHING)
    return case


@action
def correct_search(*, by: Account | None, case: MemberSearchCase, opened_on: date, known: str = "") -> MemberSearchCase:
    """Correct when an open search began and what is known. Raises ``ActionError``."""
    require(by, roles.CHANGE_MEMBERS, case.member.branch)
    case = _still_open(case)
    not_future(opened_on, "opened_on")
    first = case.steps.order_by("on").values_list("on", flat=True).first()
    if first is not None and opened_on > first:
        raise ActionError(
            _("The first step was on %(day)s. Enter that day or an earlier one.") % {"day": first}, "opened_on"
        )
    case.opened_on, case.known = opened_on, known.strip()
    case.save(update_fields=["opened_on", "known"])
    return case


@action
def enter_step(
    *,
    by: Account | None,
    case: MemberSearchCase,
    on: date,
    kind: str,
    text: str,
    reached: bool = False,
    submission: UUID | None = None,
) -> SearchStep:
    """Enter one attempt. Where the member was reached it counts as a contact. Raises ``ActionError``."""
    require(by, roles.CHANGE_MEMBERS, case.member.branch)
    submission = submission or uuid4()
    existing = earlier(SearchStep, submission, case=case)
    if existing is not None:
        return existing
    case = _still_open(case)
    _check_step(case, on, text)
    return SearchStep.objects.create(
        case=case,
        on=on,
        kind=kind,
        text=text.strip(),
        reached=reached,
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def correct_step(
    *, by: Account | None, step: SearchStep, on: date, kind: str, text: str, reached: bool, reason: str = ""
) -> SearchStep:
    """Correct a step of an open search. Raises ``ActionError``."""
    require(by, roles.CHANGE_MEMBERS, step.case.member.branch)
    case = _still_open(step.case)
    _check_step(case, on, text)
    step = locked(step)
    step.on, step.kind, step.text, step.reached = on, kind, text.strip(), reached
    step.save(update_fields=["on", "kind", "text", "reached"])
    return step


@action
def close_search(
    *, by: Account | None, case: MemberSearchCase, result: str, closed_on: date, outcome: str = ""
) -> MemberSearchCase:
    """Close a search with its result and set the contact state that follows from it.

    Found: in contact, last on that day. Partly found: still being sought. Not found: out of contact. Whoever has
    moved away or died stays on the roll until the end of membership is recorded. Raises ``ActionError``.
    """
    require(by, roles.CHANGE_MEMBERS, case.member.branch)
    not_future(closed_on, "closed_on")
    case = _still_open(case)
    last = case.steps.order_by("-on").values_list("on", flat=True).first()
    if closed_on < (last or case.opened_on):
        raise ActionError(
            _("The last step was on %(day)s. Enter that day or a later one.") % {"day": last or case.opened_on},
            "closed_on",
        )
    if last is None and result != rules.FOUND:
        raise ActionError(_("No step is on record. Enter how the member was sought first."), "result")
    case.result, case.closed_on, case.outcome = result, closed_on, outcome.strip()
    case.save(update_fields=["result", "closed_on", "outcome"])
    contact = rules.CONTACT_AFTER.get(result)
    if contact and case.member.is_on_roll:
        seen = closed_on if result == rules.FOUND else None
        words = str(case.get_result_display())
        set_contact(by=by, member=case.member, contact=contact, last_contact_on=seen, reason=words)
    return case


@action
def reopen_search(*, by: Account | None, case: MemberSearchCase, reason: str) -> MemberSearchCase:
    """Open a search again that was closed by mistake or too early. Raises ``ActionError``."""
    require(by, roles.CHANGE_MEMBERS, case.member.branch)
    member = locked(case.member)
    case = locked(case)
    if case.is_open:
        raise ActionError(_("This search is open."))
    if not member.is_on_roll:
        raise ActionError(_("%(name)s is not on the roll: there is nobody to search for.") % {"name": member})
    if MemberSearchCase.objects.open().filter(member=member).exists():
        raise ActionError(_("A search is open already. Enter its next step there."))
    case.result, case.closed_on, case.outcome = "", None, ""
    case.save(update_fields=["result", "closed_on", "outcome"])
    set_contact(by=by, member=member, contact=Member.Contact.SEARCHING, reason=reason)
    return case


def _still_open(case: MemberSearchCase) -> MemberSearchCase:
    case = locked(case)
    if not case.is_open:
        raise ActionError(_("This search is closed. Open it again first, with the reason."))
    return case


def _check_step(case: MemberSearchCase, on: date, text: str) -> None:
    """Refuse a step before the search began, one that lies ahead, or one of which nothing is said."""
    not_future(on, "on")
    if on < case.opened_on:
        raise ActionError(_("The search was opened only after this day. Correct one of the days."), "on")
    if not text.strip():
        raise ActionError(_("Say what came of it, if only that nobody was met."), "text")
