"""Who leads, and who reads care records (items 41-43).

The organization directly above opens, accepts and answers. The rows of care records are for the secretary of the
very branch: reach along the tree is not asked, and no deputy, office, auditor or supervision group finds one.
"""

from typing import Any

from django.db.models import Q

from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.access.visibility import NOTHING, secretary_scopes
from enterprises.tree import under

# Whoever keeps the calendars of the organizations it leads also puts them in order and answers them.
LEAD = roles.CALENDAR


def leads(account: Any, organization: Any) -> bool:
    """Whether the account acts for the organization directly above this one, or further up."""
    return organization.superior_id is not None and may(account, LEAD, organization.superior)


def led_q(account: Any, prefix: str = "") -> Q:
    """The organizations that the account leads: everything below where it holds the permission."""
    q = NOTHING
    for path in account.reach.paths.get(LEAD, []):
        q |= under(path, prefix) & ~Q(**{f"{prefix}path": path})
    return q


def care_q(account: Any) -> Q:
    """Care records: the secretary of the branch that gave the help."""
    return Q(organization__in=secretary_scopes(account, "BRANCH_SECRETARY"))


def keeps_care(account: Any, organization: Any) -> bool:
    """Whether the acting post is that of the branch's own secretary."""
    return organization.is_branch and organization.pk in secretary_scopes(account, "BRANCH_SECRETARY")


def sees_totals(account: Any, organization: Any) -> bool:
    """Whether the account reads the totals of care of a node: whoever leads it or acts for it, and the own secretary.

    A supervision group, an auditor and an office of an assisting enterprise do not.
    """
    return may(account, LEAD, organization) or keeps_care(account, organization)


def sees_records(account: Any, organization: Any) -> bool:
    """Whether the account reads the organization's records: led, or assisted."""
    reach = account.reach
    if reach.covers(roles.READ_RECORDS, organization.path):
        return True
    unit = organization.enterprise
    if unit is None or roles.READ_RECORDS not in reach.permissions:
        return False
    return any(unit.path.startswith(path) for path in reach.enterprise_paths)
