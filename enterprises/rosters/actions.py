"""The actions of rosters: import a file, and the runs of the page."""

import pghistory

from enterprises.models import Account
from enterprises.rosters.running import Order, Result, run


def import_roster(*, by: Account | None, order: Order) -> Result:
    """Import a file at once. The writing is one transaction of its own inside; reading holds no lock.

    Raises ``Unreadable`` and ``Cancelled``.
    """
    order.by = by
    context = {"action": f"{__name__}.import_roster", "file": order.path.name}
    if by is not None:
        context["account"] = by.pk
    with pghistory.context(**context):
        return run(order)
