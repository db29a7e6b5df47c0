"""Applicants for membership: their stages, and how it ended (2.4, item 45)."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.membership import rules
from campaign.membership.models import Applicant
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.members import admit_member, check_branch
from enterprises.actions.permit import locked, not_future, require
from enterprises.actions.submissions import earlier
from enterprises.models import Account, Member, Organization

FACTS = ("name", "born_on", "applied_on", "activist_on", "candidate_on")
REMEDIES = {
    rules.Gap.TOO_YOUNG: gettext_lazy("Below 18 when applying. Correct the date of birth, or the day of applying."),
    rules.Gap.ACTIVIST_EARLY: gettext_lazy("Before the application. Correct one of the days."),
    rules.Gap.CANDIDATE_EARLY: gettext_lazy("A candidate has been an activist before. Correct one of the days."),
}


@action
def enter_applicant(
    *, by: Account | None, organization: Organization, submission: UUID | None = None, **told: Any
) -> Applicant:
    """Enter somebody who applies; ``told`` are ``FACTS``. The same submission is one. Raises ``ActionError``."""
    require(by, roles.CHANGE_MEMBERS, organization)
    submission = submission or uuid4()
    existing = earlier(Applicant, submission, organization=organization)
    if existing is not None:
        return existing
    check_branch(organization, "name")
    applicant = Applicant(
        organization=organization, submission=submission, recorded_by=by, recorded_at=clock.now(), **told
    )
    _check(applicant)
    applicant.save()
    return applicant


@action
def correct_applicant(*, by: Account | None, applicant: Applicant, reason: str = "", **told: Any) -> Applicant:
    """Enter the next stage, or correct the facts (``FACTS``), of somebody still on the way. Raises ``ActionError``."""
    if unknown := set(told) - set(FACTS):
        raise TypeError(f"no such fact of an applicant: {sorted(unknown)}")
    require(by, roles.CHANGE_MEMBERS, applicant.organization)
    applicant = _on_the_way(applicant)
    for field, value in told.items():
        setattr(applicant, field, value)
    _check(applicant)
    applicant.save()
    return applicant


@action
def admit_applicant(
    *,
    by: Account | None,
    applicant: Applicant,
    code: str,
    category: str,
    admitted_on: date,
    reason: str = "",
    **facts: Any,
) -> Member:
    """Enter a candidate in the roll as a probationary member, as the branch general meeting decided.

    ``admitted_on`` is the day of that meeting, from which probation counts (2.4). Raises ``ActionError``.
    """
    require(by, roles.CHANGE_MEMBERS, applicant.organization)
    applicant = _on_the_way(applicant)
    if applicant.candidate_on is None:
        raise ActionError(
            _("%(name)s is not a candidate for development yet. Enter that stage first.") % {"name": applicant}
        )
    if admitted_on < applicant.candidate_on:
        raise ActionError(_("A candidate only since a later day. Correct one of the days."), "admitted_on")
    member = admit_member(
        by=by,
        branch=applicant.organization,
        code=code,
        name=applicant.name,
        kind=Member.Kind.PROBATIONARY,
        category=category,
        since=admitted_on,
        admitted_on=admitted_on,
        born_on=applicant.born_on,
        reason=reason,
        **facts,
    )
    applicant.ended, applicant.ended_on, applicant.member = rules.ADMITTED, admitted_on, member
    applicant.save(update_fields=["ended", "ended_on", "member"])
    return member


@action
def withdraw_applicant(*, by: Account | None, applicant: Applicant, ended_on: date, reason: str = "") -> Applicant:
    """The application was taken back. Raises ``ActionError``."""
    require(by, roles.CHANGE_MEMBERS, applicant.organization)
    not_future(ended_on, "ended_on")
    applicant = _on_the_way(applicant)
    if ended_on < applicant.applied_on:
        raise ActionError(_("Before the application. Correct one of the days."), "ended_on")
    applicant.ended, applicant.ended_on = rules.WITHDRAWN, ended_on
    applicant.save(update_fields=["ended", "ended_on"])
    return applicant


def _on_the_way(applicant: Applicant) -> Applicant:
    applicant = locked(applicant)
    if applicant.ended:
        raise ActionError(_("This has ended: %(how)s.") % {"how": applicant.get_ended_display()})
    return applicant


def _check(applicant: Applicant) -> None:
    """Bring an applicant into order. Raises ``ActionError`` on the field."""
    applicant.name = applicant.name.strip()
    for field in ("born_on", "applied_on", "activist_on", "candidate_on"):
        day = getattr(applicant, field)
        if day is not None:
            not_future(day, field)
    for gap in rules.stage_gaps(applicant.stages):
        raise ActionError(str(REMEDIES[gap]), gap.value)
