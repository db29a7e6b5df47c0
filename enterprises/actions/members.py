"""Admitting, transferring and correcting members, and the end of membership (dossier 2.4).

Days of a membership: ``since`` is the first day in the branch, ``until`` the last; both belong to it, so a
transfer effective on D ends the old membership on D-1 and begins the new one on D. ``Member.branch`` is
today's branch: a transfer in the future takes effect on its day (``take_due_transfers``, nightly).
"""

from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from enterprises import clock, hooks
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import DAY, locked, not_future, require
from enterprises.actions.posts import clear_vacant_secretary, end_posts
from enterprises.models import Account, Member, Membership, Organization, Post
from enterprises.names import name_key
from enterprises.rules import endings

CORRECTABLE = (
    "name",
    "gender",
    "born_on",
    "education",
    "admitted_on",
    "full_on",
    "kind",
    "category",
    "phone",
    "without_vote_until",
)


def check_branch(branch: Organization, field: str = "branch") -> None:
    """Refuse what cannot have members: a closed organisation, or one that is no branch."""
    if branch.closed_on:
        raise ActionError(_("%(name)s is closed. Choose an open branch.") % {"name": branch}, field)
    if not branch.is_branch:
        raise ActionError(_("%(name)s is no branch. Members belong to a branch.") % {"name": branch}, field)


def check_dates(facts: dict[str, Any]) -> None:
    """Refuse dates that contradict each other or lie ahead. Raises ``ActionError`` on the field."""
    born, admitted, full = (facts.get(f) for f in ("born_on", "admitted_on", "full_on"))
    for field, day in (("born_on", born), ("admitted_on", admitted), ("full_on", full)):
        if day:
            not_future(day, field)
    if born and admitted and admitted <= born:
        raise ActionError(_("Admitted before birth. Correct one of the days."), "admitted_on")
    if admitted and full and full < admitted:
        raise ActionError(_("Full member before being admitted. Correct one of the days."), "full_on")


@action
def admit_member(
    *,
    by: Account | None,
    branch: Organization,
    code: str,
    name: str,
    kind: str,
    category: str,
    since: date,
    reason: str = "",
    **facts: Any,
) -> Member:
    """Enter a member in a branch's roll from ``since`` on: newly admitted, or come from outside.

    A temporary branch admits nobody (2.1): probationary members are entered at their home branch.
    """
    require(by, roles.CHANGE_MEMBERS, branch)
    branch = locked(branch)
    check_branch(branch)
    not_future(since, "since")
    check_dates(facts)
    if branch.kind == Organization.Kind.TEMPORARY_BRANCH and kind == Member.Kind.PROBATIONARY:
        raise ActionError(_("A temporary branch admits nobody. Admit at the member's home branch."), "branch")
    if Member.objects.filter(code=code).exists():
        raise ActionError(
            _("The code %(code)s is taken. If it is the same person, transfer the member.") % {"code": code},
            "code",
        )
    member = Member.objects.create(
        code=code,
        name=name.strip(),
        name_key=name_key(name),
        kind=kind,
        category=category,
        branch=branch,
        **facts,
    )
    Membership.objects.create(member=member, organization=branch, since=since)
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[branch.pk])
    return member


@action
def transfer_member(
    *, by: Account | None, member: Member, to: Organization, effective: date, reason: str = ""
) -> Member:
    """Transfer to another branch. ``effective`` is the first day there; a day ahead waits until it comes."""
    require(by, roles.CHANGE_MEMBERS, member.branch)
    require(by, roles.CHANGE_MEMBERS, to)
    member, to = locked(member), locked(to)
    check_branch(to, "to")
    current = _open_membership(member)
    if current.since and current.since > clock.today():
        raise ActionError(
            _("A transfer on %(day)s is waiting. Take it back first.") % {"day": current.since}, "effective"
        )
    if current.organization_id == to.pk:
        raise ActionError(_("%(name)s belongs there already.") % {"name": member}, "to")
    if current.since and effective < current.since:
        raise ActionError(
            _("The present membership began on %(day)s. Enter that day or a later one.") % {"day": current.since},
            "effective",
        )
    if current.since == effective:
        current.organization = to
        current.save(update_fields=["organization"])
    else:
        current.until = effective - DAY
        current.save(update_fields=["until"])
        Membership.objects.create(member=member, organization=to, since=effective)
    left = member.branch_id
    if effective <= clock.today():
        _arrive([member], {member.pk: to.pk}, effective)
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[left, to.pk])
    member.refresh_from_db()
    return member


def _open_membership(member: Member) -> Membership:
    found = Membership.objects.filter(member=member, until=None).first()
    if found is None:
        raise ActionError(_("%(name)s is not on the roll.") % {"name": member})
    return found


def _arrive(members: list[Member], branch_of: dict[int, int], first_day: date | None) -> None:
    """Set today's branch of members whose transfer has come, and end what they held at the old one.

    ``first_day`` ``None``: each member's own, as in the open membership.
    """
    for member in members:
        day = first_day or Membership.objects.get(member=member, until=None).since or clock.today()
        left = member.branch_id
        end_posts(_posts_in_branch(member, left), day - DAY)
        clear_vacant_secretary([left])
        member.branch_id = branch_of[member.pk]
        member.party_group = None
        if member.study_branch_id == member.branch_id:
            member.study_branch = None
        member.save(update_fields=["branch", "party_group", "study_branch"])


def _posts_in_branch(member: Member, branch_id: int):
    at_branch = Q(scope_kind=Post.Scope.ORGANIZATION, scope_id=branch_id)
    in_group = Q(scope_kind=Post.Scope.PARTY_GROUP, scope_id=member.party_group_id)
    return Post.objects.filter(at_branch | in_group, member=member)


@action
def take_due_transfers(*, by: Account | None = None) -> int:
    """Bring ``Member.branch`` in line with transfers whose day has come. Returns how many took effect."""
    due = Membership.objects.filter(
        Q(since=None) | Q(since__lte=clock.today()), until=None, member__status__in=Member.ON_ROLL
    ).exclude(organization=F("member__branch"))
    branch_of = dict(due.values_list("member", "organization"))
    members = list(Member.objects.select_for_update(no_key=True).filter(pk__in=branch_of))
    touched = {m.branch_id for m in members} | set(branch_of.values())
    _arrive(members, branch_of, None)
    if touched:
        hooks.call("MEMBERSHIP_CHANGED", organization_ids=sorted(touched))
    return len(members)


@action
def cancel_transfer(*, by: Account | None, member: Member, reason: str = "") -> Member:
    """Take back a transfer whose day has not come: the present membership goes on."""
    require(by, roles.CHANGE_MEMBERS, member.branch)
    member = locked(member)
    waiting = _open_membership(member)
    if waiting.since is None or waiting.since <= clock.today():
        raise ActionError(_("No transfer is waiting. Transfer the member back instead."))
    meant_for = waiting.organization_id
    last_day = waiting.since - DAY
    waiting.delete()
    Membership.objects.filter(member=member, organization=member.branch, until=last_day).update(until=None)
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[member.branch_id, meant_for])
    return member


@action
def correct_member(*, by: Account | None, member: Member, reason: str = "", **facts: Any) -> Member:
    """Correct facts (``CORRECTABLE``). Raises ``TypeError`` for any other: those have their own actions."""
    if unknown := set(facts) - set(CORRECTABLE):
        raise TypeError(f"no such fact to correct: {sorted(unknown)}")
    require(by, roles.CHANGE_MEMBERS, member.branch)
    member = locked(member)
    check_dates({f: facts.get(f, getattr(member, f)) for f in ("born_on", "admitted_on", "full_on")})
    for field, value in facts.items():
        setattr(member, field, value)
    if member.kind == Member.Kind.PROBATIONARY and member.full_on:
        raise ActionError(
            _("A probationary member has no day of becoming full. Clear it, or change the type."), "full_on"
        )
    member.name = member.name.strip()
    member.name_key = name_key(member.name)
    member.save()
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[member.branch_id])
    return member


@action
def end_membership(*, by: Account | None, member: Member, status: str, decided_on: date, reason: str = "") -> Member:
    """Record how and when membership ended: transferred out, or a decision made and approved (2.4).

    ``decided_on`` is the last day on the roll. Nothing ever sets a status by itself: the software records
    what the general meeting decided and the organisation above approved.
    """
    require(by, roles.CHANGE_MEMBERS, member.branch)
    member = locked(member)
    not_future(decided_on, "decided_on")
    current = _open_membership(member)
    if status not in endings(member.kind):
        raise ActionError(
            _("Membership of a %(kind)s cannot end this way.") % {"kind": member.get_kind_display()}, "status"
        )
    if current.since and current.since > clock.today():
        raise ActionError(_("A transfer is waiting. Take it back first."))
    if current.since and decided_on < current.since:
        raise ActionError(
            _("The present membership began on %(day)s. Enter that day or a later one.") % {"day": current.since},
            "decided_on",
        )
    current.until = decided_on
    current.save(update_fields=["until"])
    end_posts(Post.objects.filter(member=member), decided_on)
    clear_vacant_secretary([member.branch_id])
    member.status, member.party_group, member.study_branch = status, None, None
    member.save(update_fields=["status", "party_group", "study_branch"])
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[member.branch_id])
    return member


def transfer_out(*, by: Account | None, member: Member, on: date, reason: str = "") -> Member:
    """Transfer to an organisation outside this installation; ``on`` is the last day here."""
    return end_membership(by=by, member=member, status=Member.Status.TRANSFERRED, decided_on=on, reason=reason)


@action
def restore_member(*, by: Account | None, member: Member, branch: Organization, since: date, reason: str) -> Member:
    """Put a member back on the roll from ``since`` on: suspension lifted, come back, or ended by mistake."""
    require(by, roles.CHANGE_MEMBERS, member.branch)
    require(by, roles.CHANGE_MEMBERS, branch)
    member, branch = locked(member), locked(branch)
    if member.is_on_roll:
        raise ActionError(_("%(name)s is on the roll.") % {"name": member})
    check_branch(branch)
    not_future(since, "since")
    last = Membership.objects.filter(member=member).order_by("-until").first()
    if last and last.until and since <= last.until:
        raise ActionError(_("The last membership ended on %(day)s. Enter a later day.") % {"day": last.until}, "since")
    member.status, member.branch = Member.Status.ACTIVE, branch
    member.save(update_fields=["status", "branch"])
    Membership.objects.create(member=member, organization=branch, since=since)
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[branch.pk])
    return member
