"""What changes the shape of the affiliation tree: move, merge, close, reopen, and undoing the last change.

All hold the tree lock, so that two moves cannot tie a knot. The past is never rewritten: memberships,
posts and names keep their dates, and what an organisation did stays with it.
"""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from enterprises import hooks, tree
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.organizations import changed, check_place, give_name
from enterprises.actions.permit import DAY, lock_tree, locked, not_future, require, require_top
from enterprises.actions.posts import end_posts, posts_at
from enterprises.models import Account, Member, Membership, Organization, PartyGroup, Post


def check_move(organization: Organization, superior: Organization | None) -> None:
    """Refuse a move that cannot be: under itself, under a branch, to where it stands."""
    if superior and superior.path.startswith(organization.path):
        raise ActionError(
            _("%(name)s stands under the organization you move. Choose one outside it.") % {"name": superior},
            "superior",
        )
    if organization.superior_id == (superior.pk if superior else None):
        raise ActionError(_("It already stands there. Choose another superior."), "superior")
    if organization.closed_on:
        raise ActionError(_("This organization is closed. Reopen it first."))
    check_place(organization.kind, superior)


@action
def move_organization(
    *, by: Account | None, organization: Organization, superior: Organization | None, reason: str
) -> Organization:
    """Put an organisation, with everything below it, under another superior."""
    return _move(by, organization, superior)


def _move(by: Account | None, organization: Organization, superior: Organization | None) -> Organization:
    require(by, roles.CHANGE_TREE, organization)
    if superior is None:
        require_top(by)
    else:
        require(by, roles.CHANGE_TREE, superior)
    lock_tree()
    organization = locked(organization)
    superior = locked(superior) if superior else None
    check_move(organization, superior)
    before = organization.path
    moved = _replant(organization, superior)
    changed([organization.pk], [organization.path], [before], along=moved)
    organization.refresh_from_db()
    return organization


def _replant(organization: Organization, superior: Organization | None) -> list[int]:
    """Rewrite the subtree's paths and the superior. Returns the ids of everything that moved."""
    new = tree.allocate(Organization, superior)[0]
    tree.move_paths(Organization, organization.path, new)
    organization.path, organization.superior = new, superior
    organization.save(update_fields=["superior", "path"])
    return list(Organization.objects.under(organization).values_list("pk", flat=True))


def check_merge(organization: Organization, successor: Organization) -> None:
    """Refuse a merger whose successor cannot take the members or the organisations below."""
    if organization.closed_on:
        raise ActionError(_("This organization is closed already."))
    if successor.closed_on:
        raise ActionError(_("%(name)s is closed. Choose an open one.") % {"name": successor}, "successor")
    if successor.path.startswith(organization.path):
        raise ActionError(
            _("The successor is the organization itself or stands under it. Choose one outside it."),
            "successor",
        )
    if successor.is_branch and organization.subordinates.open().exists():
        raise ActionError(
            _("There are organizations below it, and a branch cannot take them. Choose another successor."),
            "successor",
        )
    if not successor.is_branch and open_memberships(organization).exists():
        raise ActionError(
            _("It has members, and members belong to a branch. Choose a branch as successor."), "successor"
        )


def open_memberships(organization: Organization):
    """Memberships that have not ended, those beginning later included."""
    return Membership.objects.filter(organization=organization, until=None)


@action
def merge_organization(
    *, by: Account | None, organization: Organization, successor: Organization, on: date, reason: str
) -> Organization:
    """Merge into ``successor`` as of ``on``: its members, Party groups and organisations go over.

    ``on`` is the first day in the successor and the day of closing. What was done before stays with the
    merged organisation; the successor is not credited.
    """
    require(by, roles.CHANGE_TREE, organization)
    require(by, roles.CHANGE_TREE, successor)
    not_future(on, "on")
    lock_tree()
    organization, successor = locked(organization), locked(successor)
    check_merge(organization, successor)
    before, moved = [organization.path], []
    for subordinate in organization.subordinates.open().order_by("path"):
        before.append(subordinate.path)
        moved += _replant(subordinate, successor)
    _hand_members_over(organization, successor, on)
    PartyGroup.objects.filter(organization=organization).update(organization=successor)
    end_posts(posts_at(organization), on - DAY)
    organization.closed_on, organization.successor = on, successor
    organization.save(update_fields=["closed_on", "successor"])
    changed([organization.pk, successor.pk], [organization.path, successor.path], before, along=moved)
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[organization.pk, successor.pk])
    organization.refresh_from_db()
    return organization


def _hand_members_over(organization: Organization, successor: Organization, on: date) -> None:
    """Split the memberships at ``on``, in a fixed number of statements, however many members there are."""
    running = Membership.objects.filter(organization=organization).filter(Q(until=None) | Q(until__gte=on))
    running.filter(since__gte=on).update(organization=successor)
    handed = list(running.values_list("member", "until"))
    running.update(until=on - DAY)
    Membership.objects.bulk_create(
        [Membership(member_id=pk, organization=successor, since=on, until=until) for pk, until in handed],
        batch_size=2000,
    )
    Member.objects.filter(branch=organization, status__in=Member.ON_ROLL).update(branch=successor)
    Member.objects.filter(study_branch=organization).update(study_branch=successor)
    Member.objects.filter(branch=successor, study_branch=successor).update(study_branch=None)


@action
def close_organization(*, by: Account | None, organization: Organization, on: date, reason: str) -> Organization:
    """Close an organisation from ``on`` on. Refused while it has members or open organisations below it."""
    require(by, roles.CHANGE_TREE, organization)
    not_future(on, "on")
    lock_tree()
    organization = locked(organization)
    check_close(organization)
    end_posts(posts_at(organization), on - DAY)
    groups = PartyGroup.objects.filter(organization=organization, closed_on=None)
    at_groups = Post.objects.filter(
        scope_kind=Post.Scope.PARTY_GROUP, scope_id__in=list(groups.values_list("pk", flat=True))
    )
    end_posts(at_groups, on - DAY)
    groups.update(closed_on=on)
    organization.closed_on = on
    organization.save(update_fields=["closed_on"])
    changed([organization.pk], [organization.path], [organization.path])
    organization.refresh_from_db()
    return organization


def check_close(organization: Organization) -> None:
    """Refuse closing what is closed, has open organisations below it, or members."""
    if organization.closed_on:
        raise ActionError(_("This organization is closed already."))
    below = organization.subordinates.open().count()
    if below:
        raise ActionError(
            _("There are %(count)d open organizations below it. Move, merge or close them first.") % {"count": below}
        )
    members = Member.objects.filter(
        Q(branch=organization, status__in=Member.ON_ROLL) | Q(study_branch=organization)
    ).count()
    coming = open_memberships(organization).exclude(member__branch=organization).count()
    if members or coming:
        raise ActionError(
            _("%(count)d members belong here, study here or are due here. Transfer them first, or merge.")
            % {"count": members + coming}
        )


@action
def reopen_organization(*, by: Account | None, organization: Organization, reason: str) -> Organization:
    """Reopen what was closed or merged. Members and posts do not come back by themselves."""
    require(by, roles.CHANGE_TREE, organization)
    lock_tree()
    organization = locked(organization)
    if organization.closed_on is None:
        raise ActionError(_("This organization is open."))
    check_place(organization.kind, organization.superior)
    organization.closed_on = organization.successor = None
    organization.save(update_fields=["closed_on", "successor"])
    changed([organization.pk], [organization.path])
    organization.refresh_from_db()
    return organization


def last_reversible(organization: Organization) -> Any:
    """The newest event whose name or superior differs from what followed it, or ``None``."""
    newer: Any = organization
    events = organization.history  # type: ignore[attr-defined]  # added by pghistory
    for event in events.order_by("-pgh_id")[:200]:
        if (event.name, event.superior_id) != (newer.name, newer.superior_id):
            return event
        newer = event
    return None


@action
def undo_last_change(*, by: Account | None, organization: Organization, reason: str) -> Organization:
    """Take back the last move or renaming, as a further change: the history keeps both."""
    lock_tree()
    organization = locked(organization)
    event = last_reversible(organization)
    if event is None:
        raise ActionError(_("No move or renaming is on record, so there is nothing to take back."))
    if event.superior_id != organization.superior_id:
        organization = _move(by, organization, Organization.objects.filter(pk=event.superior_id).first())
    if event.name != organization.name:
        require(by, roles.CHANGE_TREE, organization)
        organization = give_name(organization, event.name)
    return organization
