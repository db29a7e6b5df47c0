"""Facts of leaders, their contact points and the visits there (items 26, 28, 29)."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from campaign.leadership import rules
from campaign.leadership.actions.bodies import end_dated
from campaign.leadership.actions.entering import entered, require_own, stamp
from campaign.leadership.capacities import APPROVE, leading
from campaign.leadership.leaders import is_leader
from campaign.leadership.models import ContactPoint, ContactPointVisit, LeadFact
from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked, not_future, require
from enterprises.models import Member, Organization

Status = ContactPoint.Status


def _check_leader(organization: Organization, member: Member) -> None:
    if not is_leader(organization, member, clock.today()):
        raise ActionError(
            _("%(name)s holds no post in the leading team here. Choose one of its members.") % {"name": member},
            "member",
        )


@action
def enter_fact(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    member: Member,
    kind: str,
    on: date,
    text: str,
    meeting: Meeting | None = None,
    submission: UUID | None = None,
) -> LeadFact:
    """Enter a dated fact of a leader taking the lead (item 26); a meeting may stand behind it."""
    require_own(by, organization)
    if same := entered(LeadFact, submission):
        return same
    not_future(on, "on")
    _check_leader(organization, member)
    if not text.strip():
        raise ActionError(_("Say in one sentence what was done."), "text")
    return LeadFact.objects.create(
        campaign=campaign,
        organization=organization,
        member=member,
        kind=kind,
        on=on,
        text=text.strip(),
        meeting=meeting,
        **stamp(by, submission),
    )


@action
def withdraw_fact(*, by, fact: LeadFact, reason: str) -> LeadFact:
    """Withdraw a fact: it stays in the history and is shown no more. Twice is once."""
    require_own(by, fact.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    fact = locked(fact)
    if fact.withdrawn_on is None:
        fact.withdrawn_on = clock.today()
        fact.save(update_fields=["withdrawn_on"])
    return fact


@action
def choose_point(
    *,
    by,
    campaign: Campaign,
    team: Organization,
    member: Member,
    organization: Organization,
    since: date,
    submission: UUID | None = None,
) -> ContactPoint:
    """Give a leader a contact point (item 28). The leader's own branch does not count. Raises `ActionError`."""
    require_own(by, team)
    if same := entered(ContactPoint, submission):
        return same
    _check_leader(team, member)
    if organization.closed_on:
        raise ActionError(_("This organization is closed. Choose another one."), "organization")
    if not rules.counts_as_contact(organization.pk, member.branch_id):
        raise ActionError(
            _("This is the leader's own branch, which does not count. Choose another one."), "organization"
        )
    locked(member)
    held = ContactPoint.objects.filter(campaign=campaign, member=member, organization=organization, until=None)
    if held.exists():
        raise ActionError(_("%(name)s already has this contact point.") % {"name": member}, "organization")
    return ContactPoint.objects.create(
        campaign=campaign,
        team=team,
        member=member,
        organization=organization,
        since=since,
        **stamp(by, submission),
    )


@action
def end_point(*, by, point: ContactPoint, until: date) -> ContactPoint:
    """End a contact point; ``until`` is its last day."""
    require_own(by, point.team)
    point = locked(point)
    end_dated(point, until)
    return point


@action
def record_visit(
    *,
    by,
    point: ContactPoint,
    visited_on: date,
    kind: str,
    gist: str = "",
    found: int = 0,
    solved: int = 0,
    submission: UUID | None = None,
) -> ContactPointVisit:
    """Record a visit to a contact point (item 29). Raises `ActionError`."""
    require_own(by, point.team)
    if same := entered(ContactPointVisit, submission):
        return same
    not_future(visited_on, "visited_on")
    if visited_on < point.since or (point.until and visited_on > point.until):
        raise ActionError(_("It was no contact point on this day. Correct the date."), "visited_on")
    if solved > found + sum(point.visits.values_list("found", flat=True)) - sum(
        point.visits.values_list("solved", flat=True)
    ):
        raise ActionError(_("More problems solved than found so far. Correct one of the numbers."), "solved")
    return ContactPointVisit.objects.create(
        point=point,
        visited_on=visited_on,
        kind=kind,
        gist=gist.strip(),
        found=found,
        solved=solved,
        **stamp(by, submission),
    )


@action
def put_forward(*, by, point: ContactPoint, reason: str) -> ContactPoint:
    """Put a contact point forward as demonstration point (item 29). Twice is once."""
    require_own(by, point.team)
    point = locked(point)
    if point.status == Status.ORDINARY:
        if not reason.strip():
            raise ActionError(_("Say what others can learn there."), "reason")
        if not point.visits.exists():
            raise ActionError(_("Nobody has been there yet. Record a visit first."))
        _become(point, Status.CANDIDATE, reason)
    return point


@action
def decide_demonstration(*, by, point: ContactPoint, approve: bool, reason: str = "") -> ContactPoint:
    """Approve a candidate as demonstration point, or send it back with the reason: by the organisation above."""
    if by is not None:
        require(by, APPROVE, leading(point.team))
    point = locked(point)
    if point.status != Status.CANDIDATE:
        raise ActionError(_("Nobody has put it forward, or it is decided already. Look again."))
    if not approve and not reason.strip():
        raise ActionError(_("Say why not."), "reason")
    _become(point, Status.DEMONSTRATION if approve else Status.ORDINARY, reason)
    return point


def _become(point: ContactPoint, status: str, reason: str) -> None:
    point.status, point.status_reason, point.status_on = status, reason.strip(), clock.today()
    point.save(update_fields=["status", "status_reason", "status_on"])
