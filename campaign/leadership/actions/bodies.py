"""Leading groups and campaign offices (items 17, 22)."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from campaign.leadership.actions.entering import entered, require_open, require_own, stamp
from campaign.leadership.models import CampaignOffice, GroupSeat, LeadingGroup, OfficeStaff
from campaign.leadership.standing import secretaries
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import DAY, locked, not_future
from enterprises.models import Member, Organization, Post

HEAD = GroupSeat.Role.HEAD


@action
def found_group(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    document_number: str,
    founded_on: date,
    submission: UUID | None = None,
) -> LeadingGroup:
    """Found the leading group of an organisation; the secretary in office becomes its head (item 17).

    Where there is one already, its document and day are corrected. Raises `ActionError`.
    """
    require_own(by, organization)
    if same := entered(LeadingGroup, submission):
        return same
    require_open(organization)
    not_future(founded_on, "founded_on")
    _check_document(document_number)
    secretary = _secretary(organization)
    locked(organization)
    values = {"document_number": document_number.strip(), "founded_on": founded_on}
    group = LeadingGroup.objects.filter(campaign=campaign, organization=organization).first()
    if group is None:
        group = LeadingGroup.objects.create(
            campaign=campaign, organization=organization, **values, **stamp(by, submission)
        )
        _seat(by, group, secretary.member, HEAD, max(founded_on, secretary.since or founded_on))
        return group
    LeadingGroup.objects.filter(pk=group.pk).update(**values)
    group.refresh_from_db()
    return group


def _check_document(number: str) -> None:
    if not number.strip():
        raise ActionError(_("The number of the founding document is missing. Enter it."), "document_number")


def _secretary(organization: Organization) -> Post:
    """The secretary in office. Raises `ActionError` where none is on record."""
    found = secretaries([organization.pk], clock.today()).get(organization.pk)
    if found is None:
        raise ActionError(
            _("%(name)s has no secretary on record, who must head the group. Enter the secretary first.")
            % {"name": organization.name}
        )
    return found


def _seat(by, group: LeadingGroup, member: Member, role: str, since: date, submission: UUID | None = None) -> GroupSeat:
    return GroupSeat.objects.create(group=group, member=member, role=role, since=since, **stamp(by, submission))


@action
def seat_head(*, by, group: LeadingGroup) -> GroupSeat:
    """Let the secretary in office take the chair; the head before ends the day before. Twice is once."""
    require_own(by, group.organization)
    group = locked(group)
    secretary = _secretary(group.organization)
    seats = group.seats.filter(until=None)
    head = seats.filter(role=HEAD).first()
    if head and head.member_id == secretary.member_id:
        return head
    since = max(secretary.since or group.founded_on, group.founded_on)
    # Whoever leaves the chair, or moves up to it from another seat, ends the day before.
    for seat in [*seats.filter(role=HEAD), *seats.filter(member=secretary.member_id)]:
        seat.until = max(since - DAY, seat.since)
        seat.save(update_fields=["until"])
    return _seat(by, group, secretary.member, HEAD, since)


@action
def seat_member(
    *, by, group: LeadingGroup, member: Member, role: str, since: date, submission: UUID | None = None
) -> GroupSeat:
    """Give a member a seat as deputy head or member. Raises `ActionError` for the head's seat."""
    require_own(by, group.organization)
    if same := entered(GroupSeat, submission):
        return same
    if role == HEAD:
        raise ActionError(_("The secretary in office is the head. Choose another role."), "role")
    not_future(since, "since")
    if since < group.founded_on:
        raise ActionError(_("The group was founded later. Enter a day from then on."), "since")
    locked(group)
    if group.seats.filter(member=member, until=None).exists():
        raise ActionError(_("%(name)s already has a seat in this group.") % {"name": member}, "member")
    return _seat(by, group, member, role, since, submission)


@action
def end_seat(*, by, seat: GroupSeat, until: date) -> GroupSeat:
    """End a seat; ``until`` is its last day. The head's ends when another secretary takes the chair."""
    require_own(by, seat.group.organization)
    seat = locked(seat)
    if seat.role == HEAD:
        raise ActionError(_("The head stays until a new secretary takes the chair."))
    end_dated(seat, until)
    return seat


def end_dated(row, until: date) -> None:
    """End a dated row on its last day. Raises `ActionError`."""
    if row.until is not None:
        raise ActionError(_("This has already ended."), "until")
    if until < row.since:
        raise ActionError(_("The last day is before the first. Correct one of them."), "until")
    row.until = until
    row.save(update_fields=["until"])


@action
def set_office(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    document_number: str,
    founded_on: date,
    budget_allocated: Decimal | None = None,
    budget_used: Decimal | None = None,
    has_premises: bool = False,
    premises: str = "",
    submission: UUID | None = None,
) -> CampaignOffice:
    """Found the campaign office of an organisation, or say its conditions anew (items 17, 22)."""
    require_own(by, organization)
    if same := entered(CampaignOffice, submission):
        return same
    require_open(organization)
    not_future(founded_on, "founded_on")
    _check_document(document_number)
    locked(organization)
    values = {
        "document_number": document_number.strip(),
        "founded_on": founded_on,
        "budget_allocated": budget_allocated,
        "budget_used": budget_used or Decimal(0),
        "has_premises": has_premises,
        "premises": premises.strip(),
    }
    office = CampaignOffice.objects.filter(campaign=campaign, organization=organization).first()
    if office is None:
        return CampaignOffice.objects.create(
            campaign=campaign, organization=organization, **values, **stamp(by, submission)
        )
    CampaignOffice.objects.filter(pk=office.pk).update(**values)
    office.refresh_from_db()
    return office


@action
def add_staff(
    *,
    by,
    office: CampaignOffice,
    name: str,
    since: date,
    duty: str = "",
    full_time: bool = False,
    submission: UUID | None = None,
) -> OfficeStaff:
    """Enter somebody who works in the office (item 22)."""
    require_own(by, office.organization)
    if same := entered(OfficeStaff, submission):
        return same
    if not name.strip():
        raise ActionError(_("The name is missing. Enter it."), "name")
    not_future(since, "since")
    if office.staff.filter(name=name.strip(), until=None).exists():
        raise ActionError(_("%(name)s already works in this office.") % {"name": name.strip()}, "name")
    return OfficeStaff.objects.create(
        office=office, name=name.strip(), duty=duty.strip(), full_time=full_time, since=since, **stamp(by, submission)
    )


@action
def end_staff(*, by, staff: OfficeStaff, until: date) -> OfficeStaff:
    """Somebody leaves the office; ``until`` is the last day."""
    require_own(by, staff.office.organization)
    staff = locked(staff)
    end_dated(staff, until)
    return staff
