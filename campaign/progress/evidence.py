"""The evidence that the rooms above register: which of a step's owers have done it, from their records."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from campaign.plan.models import Obligation, Step
from enterprises.models import Member, Organization


@dataclass(frozen=True)
class Reason:
    """One line of an explanation, with a link to the record where there is one."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class Evidence:
    """A kind of evidence.

    ``sql(step, obligation)`` returns a SELECT with the columns ``organization_id, done_on, made_up,
    persons_due, persons_done`` for the organisations of the common table ``target(id, unit_id)``, and its
    parameters; ``%(campaign)s``, ``%(step)s`` and ``%(today)s`` are given. The same statement serves one
    branch in the transaction of its record and every branch in a recount, unless there is ``sql_of_all``,
    which comes to the same figures for every branch in less time.
    ``planned_once``: for a few organizations the statement is planned once for each connection, for any values.
    ``explain(step, obligation, organization)`` returns the reasons behind the result; kinds that are about
    members also have ``explain_member(step, obligation, member)``.
    """

    kind: str
    sql: Callable[[Step, Obligation], tuple[str, dict[str, Any]]]
    explain: Callable[[Step, Obligation, Organization], list[Reason]]
    explain_member: Callable[[Step, Obligation, Member], list[Reason]] | None = None
    sql_of_all: Callable[[Step, Obligation], tuple[str, dict[str, Any]]] | None = None
    planned_once: bool = False


_REGISTERED: dict[str, Evidence] = {}


def register(
    kind: str,
    sql: Callable,
    explain: Callable,
    explain_member: Callable | None = None,
    sql_of_all: Callable | None = None,
    planned_once: bool = False,
) -> None:
    """Announce a kind of evidence. Called by the ``evidence.py`` of a room, at start."""
    _REGISTERED[kind] = Evidence(kind, sql, explain, explain_member, sql_of_all, planned_once)


def of(obligation: Obligation) -> Evidence:
    """The evidence of an obligation. Raises ``LookupError`` when no room registered its kind."""
    kind = obligation.evidence["kind"]
    if kind not in _REGISTERED:
        raise LookupError(f"no room registered the evidence kind {kind!r}")
    return _REGISTERED[kind]


def known() -> frozenset[str]:
    """The kinds registered so far."""
    return frozenset(_REGISTERED)
