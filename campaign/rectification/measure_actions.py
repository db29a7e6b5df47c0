"""Writing the rectification measures of single members (item 69). Only the member and the own secretary do."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.plan.models import Campaign
from campaign.rectification.models import RectificationMeasure
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, not_future
from enterprises.actions.submissions import earlier
from enterprises.models import Member


def may_keep(account: Any, member: Member) -> bool:
    """Whether the account keeps the measures of this member: the member, or the secretary of the very branch."""
    reach = account.reach
    if reach.member == member.pk:
        return True
    path = member.branch.path
    return all(path in reach.paths.get(permission, []) for permission in (roles.READ_MEMBERS, roles.RECORD))


@action
def set_measure(
    *, by, campaign: Campaign, member: Member, measure: str, due_on: date, submission: UUID | None = None
) -> RectificationMeasure:
    """Enter what a member sets out to put right. The same `submission` twice is one. Raises ``ActionError``."""
    _require(by, member)
    submission = submission or uuid4()
    existing = earlier(RectificationMeasure, submission, member=member)
    if existing is not None:
        return existing
    if not measure.strip():
        raise ActionError(_("Say what is to be put right, and how."), "measure")
    return RectificationMeasure.objects.create(
        campaign=campaign,
        member=member,
        measure=measure.strip(),
        due_on=due_on,
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def finish_measure(*, by, measure: RectificationMeasure, done: str, done_on: date) -> RectificationMeasure:
    """Say what was done about a measure. Raises ``ActionError``."""
    _require(by, measure.member)
    if not done.strip():
        raise ActionError(_("Say what was done. Without it the item stays open."), "done")
    not_future(done_on, "done_on")
    measure = locked(measure)
    measure.done, measure.done_on = done.strip(), done_on
    measure.save(update_fields=["done", "done_on"])
    return measure


def _require(by: Any, member: Member) -> None:
    if by is not None and not may_keep(by, member):
        raise NotPermitted(_("Only the member and the secretary of the own branch keep these measures."))
