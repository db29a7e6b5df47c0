"""Naming who is responsible where no post of secretary says so (items 18, 19)."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from campaign.leadership import rules
from campaign.leadership.actions.bodies import end_dated
from campaign.leadership.actions.entering import entered, require_open, require_own, stamp
from campaign.leadership.models import Responsibility
from campaign.leadership.standing import ADMIN, secretaries
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import DAY, locked, not_future, require
from enterprises.models import Member, Organization


@action
def name_stand_in(
    *,
    by,
    organization: Organization,
    member: Member,
    since: date,
    document_number: str = "",
    submission: UUID | None = None,
) -> Responsibility:
    """Name who is responsible while the post of secretary is vacant; the one named before ends the day before.

    Decided by whoever keeps the organisation's posts. Refused while a secretary is in office: that person is
    responsible by the post alone, so there is exactly one. Raises `ActionError`.
    """
    require(by, roles.CHANGE_TREE, organization)
    if same := entered(Responsibility, submission):
        return same
    kind = rules.responsible_kind(organization.kind)
    if kind is None:
        raise ActionError(_("A local Party committee names its responsible persons itself."))
    held = secretaries([organization.pk], clock.today()).get(organization.pk)
    if held is not None or organization.secretary_name:
        name = held.member.name if held else organization.secretary_name
        raise ActionError(_("%(name)s is secretary and thereby responsible. End that post first.") % {"name": name})
    if not member.is_on_roll:
        raise ActionError(_("%(name)s is not on the roll. Choose a member who is.") % {"name": member}, "member")
    return _name(by, organization, kind, member.name, member, since, document_number, submission)


@action
def name_administrative_head(
    *,
    by,
    organization: Organization,
    name: str,
    since: date,
    document_number: str = "",
    submission: UUID | None = None,
) -> Responsibility:
    """Enter the administrative head who supports the organisation (item 19), by name: often no Party member."""
    require_own(by, organization)
    if same := entered(Responsibility, submission):
        return same
    if not name.strip():
        raise ActionError(_("The name is missing. Enter it."), "name")
    return _name(by, organization, ADMIN, name.strip(), None, since, document_number, submission)


def _name(by, organization, kind, name, member, since, document_number, submission) -> Responsibility:
    require_open(organization)
    not_future(since, "since")
    locked(organization)
    for earlier in organization.responsibilities.filter(kind=kind, until=None):
        if earlier.since >= since:
            raise ActionError(_("Somebody was named on or after this day. Enter a later day."), "since")
        earlier.until = since - DAY
        earlier.save(update_fields=["until"])
    return Responsibility.objects.create(
        organization=organization,
        kind=kind,
        name=name,
        member=member,
        since=since,
        document_number=document_number.strip(),
        **stamp(by, submission),
    )


@action
def end_responsibility(*, by, responsibility: Responsibility, until: date) -> Responsibility:
    """End what was named; ``until`` is the last day."""
    if responsibility.kind == ADMIN:
        require_own(by, responsibility.organization)
    else:
        require(by, roles.CHANGE_TREE, responsibility.organization)
    responsibility = locked(responsibility)
    end_dated(responsibility, until)
    return responsibility
