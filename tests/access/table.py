"""The access table: every address × every role. A view that is not listed fails the tests.

How to add rows: write ``tests/access/rows/<area>.py`` with a list ``ROWS``. One row for each url name of
your area (``app:name``), and a second one with ``method="post"`` where the page also writes:

    from tests.access.table import Row, everybody, only

    ROWS = [
        # who sees the page; everybody signed in who is not named gets 404, a visitor the sign-in page
        Row("meetings:detail", only("office", "branch_secretary"), kwargs=make_meeting),
        # those who see but may not change get 403
        Row("meetings:edit", only("branch_secretary") | {"auditor": 403}, kwargs=make_meeting),
        # a post that is accepted redirects; one with errors answers 200 again
        Row("meetings:confirm", only("branch_secretary", status=302), kwargs=make_meeting, method="post"),
        Row("signin:account", everybody()),
    ]

``kwargs`` takes the cast (``tests/cast.py``) and returns the address's arguments; it may create what the
page needs (it runs once for the row). Names of roles are those of ``ROLES`` below. What the cast cannot
tell apart (a second object of another branch, say) is a second row of the same url name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tests.cast import Cast

# Accounts of the cast, by role. ``supervision_group`` reads committee A's subtree.
INSIDERS = (
    "office",
    "enterprise_office",
    "committee_secretary",
    "branch_secretary",
    "group_leader",
    "member",
    "auditor",
    "administrator",
    "local_liaison",
    "supervision_group",
)
# Outsiders: the secretary of another branch, the office of another enterprise, and nobody signed in.
OTHER_BRANCH, OTHER_ENTERPRISE, VISITOR = "other_secretary", "other_enterprise_office", "visitor"
ROLES = (*INSIDERS, OTHER_BRANCH, OTHER_ENTERPRISE, VISITOR)


def no_arguments(cast: Cast) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One address and what each role is answered. Roles not in ``answers`` get 404, the visitor 302."""

    url_name: str
    answers: dict[str, int]
    kwargs: Callable[[Cast], dict[str, Any]] = no_arguments
    method: str = "get"
    query: dict[str, str] = field(default_factory=dict)
    data: Callable[[Cast], dict[str, Any]] = no_arguments

    def answer(self, role: str) -> int:
        """The status the role must be answered with."""
        return self.answers.get(role, 302 if role == VISITOR else 404)


def only(*roles: str, status: int = 200) -> dict[str, int]:
    """These roles get ``status``; everybody else is turned away."""
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"no such role: {sorted(unknown)}")
    return dict.fromkeys(roles, status)


def everybody(status: int = 200) -> dict[str, int]:
    """Everybody signed in gets ``status``."""
    return dict.fromkeys((r for r in ROLES if r != VISITOR), status)


def public(status: int = 200) -> dict[str, int]:
    """Everybody gets ``status``, also without signing in."""
    return dict.fromkeys(ROLES, status)


def rows() -> list[Row]:
    """The rows of all areas."""
    package = import_module("tests.access.rows")
    found: list[Row] = []
    for module in sorted(iter_modules(package.__path__), key=lambda m: m.name):
        found += import_module(f"tests.access.rows.{module.name}").ROWS
    return found
