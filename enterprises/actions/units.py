"""Enterprises and units: the ownership tree, and the condition of each unit (items 1-4, 32)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enterprises import hooks, tree
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, lock_tree, locked, not_future, require_top
from enterprises.models import Account, Enterprise, EnterpriseCondition, Organization

CORRECTABLE = (
    "division_code",
    "industry",
    "is_window_unit",
    "is_centrally_managed",
    "declared_batch",
    "directory_order",
)


def require_unit(by: Account | None, unit: Enterprise | None) -> None:
    """Refuse unless ``by`` keeps the tree at the organisation that leads the unit, or that of a unit above.

    An assisted unit is kept by the enterprise that owns it: its facts are the owner's. ``None``: the top.
    """
    if by is None:
        return
    if unit is None:
        require_top(by)
        return
    if not may_keep_unit(by, unit):
        raise NotPermitted(
            _("Your post does not permit this at %(name)s. Ask the organization above it.") % {"name": unit.name}
        )


def may_keep_unit(by: Account, unit: Enterprise) -> bool:
    """Whether ``by`` may change the unit: from its own leading organisation or from that of a unit above."""
    above = Enterprise.objects.filter(path__in=[*tree.ancestor_paths(unit.path), unit.path])
    leaders = above.exclude(leading_organization=None).values_list("leading_organization__path", flat=True)
    covers = by.reach.covers
    if any(covers(roles.CHANGE_TREE, path) for path in leaders):
        return True
    return roles.CHANGE_TREE in by.reach.permissions and covers(roles.CAMPAIGN, "")


def _changed(unit: Enterprise, moved: bool = False) -> None:
    """Affiliation and assistance follow from the owner; tell the floors above what may have changed."""
    owned = Organization.objects.filter(tree.under(unit.path, "enterprise__"))
    rows = list(owned.order_by("path").values_list("pk", "path"))
    tops: list[str] = []
    for _pk, path in rows:
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    if moved:
        tree.refresh(tops)
    hooks.call("TREE_CHANGED", organization_ids=[pk for pk, _path in rows], before=tops if moved else [])


def _check_code(code: str) -> None:
    if Enterprise.objects.filter(code=code).exists():
        raise ActionError(_("The code %(code)s is taken. Enter another one.") % {"code": code}, "code")


@action
def found_unit(
    *,
    by: Account | None,
    code: str,
    name: str,
    kind: str,
    parent: Enterprise | None = None,
    reason: str = "",
    **facts: Any,
) -> Enterprise:
    """Enter a unit of the ownership tree. A subsidiary has a parent; a headquarters or direct unit has none.

    ``facts``: see ``CORRECTABLE``.
    """
    require_unit(by, parent)
    _check_parent(kind, parent)
    _check_code(code)
    lock_tree()
    parent = locked(parent) if parent else None
    return Enterprise.objects.create(
        code=code,
        name=name.strip(),
        kind=kind,
        parent=parent,
        path=tree.allocate(Enterprise, parent)[0],
        **facts,
    )


def _check_parent(kind: str, parent: Enterprise | None) -> None:
    subsidiary = kind == Enterprise.Kind.SUBSIDIARY
    if subsidiary and parent is None:
        raise ActionError(_("A subsidiary belongs to an enterprise. Choose its parent."), "parent")
    if not subsidiary and parent is not None:
        raise ActionError(_("Only subsidiaries have a parent. Leave it empty, or change the kind."), "parent")


@action
def rename_unit(*, by: Account | None, unit: Enterprise, name: str, reason: str = "") -> Enterprise:
    """Give a unit another name. The one before stays in the history."""
    require_unit(by, unit)
    unit = locked(unit)
    if not name.strip():
        raise ActionError(_("Enter the name of the unit."), "name")
    unit.name = name.strip()
    unit.save(update_fields=["name"])
    return unit


@action
def move_unit(*, by: Account | None, unit: Enterprise, parent: Enterprise, reason: str) -> Enterprise:
    """Put a subsidiary, with everything below it, under another owner. Who leads it does not change."""
    require_unit(by, unit)
    require_unit(by, parent)
    lock_tree()
    unit, parent = locked(unit), locked(parent)
    if unit.kind != Enterprise.Kind.SUBSIDIARY:
        raise ActionError(_("Only subsidiaries have a parent. Leave it empty, or change the kind."), "parent")
    if parent.path.startswith(unit.path):
        raise ActionError(
            _("%(name)s belongs to the unit you move. Choose one outside it.") % {"name": parent}, "parent"
        )
    if unit.parent_id == parent.pk:
        raise ActionError(_("It belongs there already. Choose another parent."), "parent")
    path = tree.allocate(Enterprise, parent)[0]
    tree.move_paths(Enterprise, unit.path, path)
    unit.path, unit.parent = path, parent
    unit.save(update_fields=["parent", "path"])
    _changed(unit, moved=True)
    return unit


@action
def set_condition(
    *, by: Account | None, unit: Enterprise, condition: str, since: date, reason: str
) -> EnterpriseCondition:
    """Record the condition of a unit from a day on (item 32). Dated entries stay; the newest is today's."""
    require_unit(by, unit)
    not_future(since, "since")
    unit = locked(unit)
    if unit.conditions.filter(condition=condition, since=since).exists():
        raise ActionError(_("This condition is on record for that day already."), "condition")
    entry = EnterpriseCondition.objects.create(enterprise=unit, condition=condition, since=since, reason=reason)
    newest = unit.conditions.order_by("-since", "-pk").first()
    if newest and unit.condition != newest.condition:
        unit.condition = newest.condition
        unit.save(update_fields=["condition"])
        _changed(unit)
    return entry


@action
def correct_unit(*, by: Account | None, unit: Enterprise, reason: str = "", **facts: Any) -> Enterprise:
    """Correct facts (``CORRECTABLE``). Raises ``TypeError`` for any other: those have their own actions."""
    if unknown := set(facts) - set(CORRECTABLE):
        raise TypeError(f"no such fact to correct: {sorted(unknown)}")
    require_unit(by, unit)
    unit = locked(unit)
    for field, value in facts.items():
        setattr(unit, field, value)
    unit.save()
    return unit
