"""Who may act, and the locks that actions share."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError

DAY = timedelta(days=1)
TREE_LOCK = 7_202_502  # pg_advisory_xact_lock key: one change of the trees at a time


class NotPermitted(ActionError):
    """The acting post does not permit it."""


def require(by: Any, permission: str, organization: Any) -> None:
    """Refuse unless ``by`` has the permission at that organisation. ``by=None`` is the system.

    Raises ``NotPermitted``.
    """
    if by is not None and not may(by, permission, organization):
        raise NotPermitted(
            _("Your post does not permit this at %(name)s. Ask the organization above it.")
            % {"name": organization.name}
        )


def require_top(by: Any) -> None:
    """Refuse unless ``by`` keeps the tree and looks after every organisation (the office at the top)."""
    if by is None:
        return
    reach = by.reach
    if roles.CHANGE_TREE not in reach.permissions or not reach.covers(roles.CAMPAIGN, ""):
        raise NotPermitted(_("Only the campaign office at the top may do this."))


def lock_tree() -> None:
    """Hold every other change of the trees until this transaction ends: no cycles, no lost paths."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def not_future(day: date, field: str) -> None:
    """Refuse a day that has not come yet. Raises ``ActionError``."""
    if day > clock.today():
        raise ActionError(_("This day has not come yet. Enter it on the day, or correct the date."), field)


def locked(obj: Any) -> Any:
    """The row anew, locked until the transaction ends."""
    return type(obj)._base_manager.select_for_update(no_key=True).get(pk=obj.pk)
