"""Noting that help was given (item 43): chosen from lists, never told in words."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.support.access import keeps_care
from campaign.support.models import CareRecord
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, not_future
from enterprises.actions.submissions import earlier
from enterprises.models import Member, Organization


@action
def note_care(
    *,
    by,
    organization: Organization,
    whom: str,
    need: str,
    help: str,
    given_on: date,
    giver: str,
    member: Member | None = None,
    submission: UUID | None = None,
) -> CareRecord:
    """Note that help was given. The same `submission` twice is one. Raises ``ActionError``."""
    _secretary(by, organization)
    submission = submission or uuid4()
    existing = earlier(CareRecord, submission, organization=organization)
    if existing is not None:
        return existing
    if not organization.is_branch:
        raise ActionError(_("Care is noted by branches."))
    if whom == CareRecord.Whom.MASSES and member is not None:
        raise ActionError(_("People of the masses are not named. Leave the member empty."), "member")
    if whom == CareRecord.Whom.MEMBER and (member is None or member.branch_id != organization.pk):
        raise ActionError(_("Choose the member of the own branch."), "member")
    not_future(given_on, "given_on")
    return CareRecord.objects.create(
        organization=organization,
        whom=whom,
        member=member,
        need=need,
        help=help,
        given_on=given_on,
        giver=giver,
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def withdraw_care(*, by, record: CareRecord, mistake: str) -> CareRecord:
    """Withdraw an entry; why is chosen from a list. Twice is once. Raises ``ActionError``."""
    _secretary(by, record.organization)
    if mistake not in CareRecord.Mistake.values:
        raise ActionError(_("Choose why it is withdrawn."), "mistake")
    record = locked(record)
    if not record.withdrawn_why:
        record.withdrawn_why = mistake
        record.save(update_fields=["withdrawn_why"])
    return record


def _secretary(by: Any, organization: Organization) -> None:
    if by is not None and not keeps_care(by, organization):
        raise NotPermitted(_("Only the secretary of the branch keeps these records."))
