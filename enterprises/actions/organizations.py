"""Founding, renaming and changing single organisations, terms and elections (dossier 2.1, 2.5).

What changes the shape of the tree (move, merge, close, reopen, undo) is in ``reshaping``.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enterprises import clock, hooks, tree
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import DAY, lock_tree, locked, not_future, require, require_top
from enterprises.actions.posts import end_posts, posts_at, seat_secretary, secretary_posts, secretary_role
from enterprises.models import Account, Enterprise, Member, Organization, Post
from enterprises.rules import APPOINTED_KINDS

CORRECTABLE = ("form", "division_code", "founded_on", "founding_document", "directory_order", "is_headquarters")


def check_place(kind: str, superior: Organization | None) -> None:
    """Refuse a place in the tree that cannot be. Raises ``ActionError`` on the field ``superior``."""
    local = Organization.Kind.LOCAL_COMMITTEE
    if superior is None:
        return
    if superior.closed_on:
        raise ActionError(_("%(name)s is closed. Choose an open one.") % {"name": superior}, "superior")
    if superior.is_branch:
        raise ActionError(
            _("%(name)s is a branch and has no organizations below it. Choose a general branch or committee.")
            % {"name": superior},
            "superior",
        )
    if kind == local and superior.kind != local:
        raise ActionError(_("A local Party committee stands at the top or under another local committee."), "superior")


def check_form(kind: str, form: str) -> None:
    """Refuse a form that this kind cannot have: only branches are founded for mobile or retired members (item 40)."""
    if form and kind not in Organization.BRANCH_KINDS:
        raise ActionError(_("Only a branch is one of mobile or retired members. Leave the form empty."), "form")


def changed(
    organization_ids: list[int], paths: list[str], before: list[str] | None = None, along: list[int] | None = None
) -> None:
    """Bring what follows from the tree in line and tell the floors above, in this transaction.

    ``along`` only went along with a move: what they did and owe is as before, unless another unit owns them
    now, so that their records need not be counted again. Only their new paths are told, beside ``before``:
    what is still to be summed up for them was noted under the old ones.
    """
    went = Organization.objects.filter(pk__in=along or []).order_by()
    owners = dict(went.values_list("pk", "enterprise"))
    tree.refresh(paths)
    now = list(went.values_list("pk", "enterprise", "path"))
    told = dict.fromkeys([*organization_ids, *(pk for pk, owner, _path in now if owners[pk] != owner)])
    touched = [*(before or []), *(path for _pk, _owner, path in now)]
    hooks.call("TREE_CHANGED", organization_ids=list(told), before=touched)


@action
def found_organization(
    *,
    by: Account | None,
    code: str,
    name: str,
    kind: str,
    superior: Organization | None,
    enterprise: Enterprise | None = None,
    founded_on: date | None = None,
    reason: str = "",
    **facts: Any,
) -> Organization:
    """Found an organisation under ``superior`` (``None``: a root, for the office at the top only).

    ``enterprise`` is the owning unit; without one it is the superior's. ``facts``: see ``CORRECTABLE``
    and ``term_end``.
    """
    if superior is None:
        require_top(by)
    else:
        require(by, roles.CHANGE_TREE, superior)
    lock_tree()  # a move rewrites only the paths it sees: nothing may be founded inside it meanwhile
    superior = locked(superior) if superior else None
    check_place(kind, superior)
    check_form(kind, facts.get("form", ""))
    if Organization.objects.filter(code=code).exists():
        raise ActionError(_("The code %(code)s is taken. Enter another one.") % {"code": code}, "code")
    organization = Organization.objects.create(
        code=code,
        name=name.strip(),
        kind=kind,
        superior=superior,
        path=tree.allocate(Organization, superior)[0],
        enterprise=enterprise or (superior.enterprise if superior else None),
        enterprise_given=enterprise is not None,
        founded_on=founded_on,
        **facts,
    )
    changed([organization.pk], [organization.path])
    organization.refresh_from_db()
    return organization


@action
def rename_organization(*, by: Account | None, organization: Organization, name: str, reason: str = "") -> Organization:
    """Give another name, as on the seal. The one before stays in the history."""
    require(by, roles.CHANGE_TREE, organization)
    return give_name(organization, name)


def give_name(organization: Organization, name: str) -> Organization:
    """The same inside another action, which has asked for the permission."""
    organization = locked(organization)
    if not name.strip():
        raise ActionError(_("Enter the name as on the seal."), "name")
    organization.name = name.strip()
    organization.save(update_fields=["name"])
    return organization


@action
def correct_organization(
    *,
    by: Account | None,
    organization: Organization,
    enterprise: Enterprise | None = None,
    reason: str = "",
    **facts: Any,
) -> Organization:
    """Correct facts (``CORRECTABLE``) and the owning unit (``None``: the superior's).

    Raises ``TypeError`` for any other fact: those have actions of their own.
    """
    if unknown := set(facts) - set(CORRECTABLE):
        raise TypeError(f"no such fact to correct: {sorted(unknown)}")
    require(by, roles.CHANGE_TREE, organization)
    lock_tree()
    organization = locked(organization)
    for field, value in facts.items():
        setattr(organization, field, value)
    check_form(organization.kind, organization.form)
    organization.enterprise_given = enterprise is not None
    if enterprise is None and organization.superior is not None:
        enterprise = organization.superior.enterprise
    organization.enterprise = enterprise
    organization.save()
    below = list(Organization.objects.under(organization).values_list("pk", flat=True))
    changed(below, [organization.path])
    organization.refresh_from_db()
    return organization


@action
def change_kind(*, by: Account | None, organization: Organization, kind: str, reason: str) -> Organization:
    """Make a branch a general branch, a general branch a committee, and so on. Size is only warned of."""
    require(by, roles.CHANGE_TREE, organization)
    lock_tree()
    organization = locked(organization)
    if organization.closed_on:
        raise ActionError(_("This organization is closed. Reopen it first."))
    becomes_branch = kind in Organization.BRANCH_KINDS
    if becomes_branch and organization.subordinates.open().exists():
        raise ActionError(
            _("It still has organizations below it. Move or close them first; a branch has none."), "kind"
        )
    check_place(kind, organization.superior)
    before = secretary_role(organization)
    organization.kind = kind
    if not organization.is_branch:
        organization.form = ""
    organization.save(update_fields=["kind", "form"])
    if secretary_role(organization) != before:
        _carry_secretary_over(organization, before)
    changed([organization.pk], [organization.path])
    hooks.call("MEMBERSHIP_CHANGED", organization_ids=[organization.pk])
    organization.refresh_from_db()
    return organization


def _carry_secretary_over(organization: Organization, before: str) -> None:
    """Who led the old form leads the new one: end the old posts yesterday, open the new ones today."""
    today = clock.today()
    held = posts_at(organization).filter(role=before)
    in_force = list(held.in_force(today))
    end_posts(held, today - DAY)
    for post in in_force:
        Post.objects.create(
            member=post.member,
            account=post.account,
            role=secretary_role(organization),
            title=post.title,
            scope_id=organization.pk,
            since=today,
            until=post.until,
        )


@action
def extend_term(*, by: Account | None, organization: Organization, until: date, reason: str) -> Organization:
    """Record that the term was extended with approval (2.5). Approved by the superior, never by itself."""
    require(by, roles.CHANGE_TREE, organization.superior or organization)
    organization = locked(organization)
    if organization.term_end is None:
        raise ActionError(_("No term is on record. Record the last election first."), "until")
    if until <= organization.term_end:
        raise ActionError(
            _("The term runs until %(end)s. Enter a later day.") % {"end": organization.term_end}, "until"
        )
    organization.extension_until = until
    organization.save(update_fields=["extension_until"])
    return organization


@action
def hold_election(
    *,
    by: Account | None,
    organization: Organization,
    held_on: date,
    term_end: date,
    secretary: Member | None = None,
    reason: str = "",
) -> Organization:
    """Record an election: a new term, and the secretary who came out of it. Extensions are used up."""
    require(by, roles.CHANGE_TREE, organization)
    organization = locked(organization)
    if organization.kind in APPOINTED_KINDS:
        raise ActionError(
            _("This kind of organization is appointed and holds no elections. Appoint the secretary instead.")
        )
    not_future(held_on, "held_on")
    if term_end <= held_on:
        raise ActionError(_("The term ends before it begins. Correct one of the days."), "term_end")
    organization.term_end, organization.extension_until = term_end, None
    organization.save(update_fields=["term_end", "extension_until"])
    if secretary:
        incumbent = secretary_posts(organization).in_force(held_on).first()
        if incumbent is None or incumbent.member_id != secretary.pk:
            seat_secretary(organization, secretary, held_on)
    organization.refresh_from_db()
    return organization
