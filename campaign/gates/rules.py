"""The rules of gates, as pure functions (dossier part 1 J, items 6 and 8). Gates are rows of a definition."""

from collections.abc import Mapping, Sequence
from typing import Any

ENROLLED = "enrolled"
SURVEYED = "surveyed"
MAKE_UP = "make_up"

Gate = Mapping[str, Any]
# An organisation of the chain above a unit: its id, its kind, the unit that owns it (None: nobody's).
Link = tuple[int, str, int | None]


def stages(gates: Sequence[Gate]) -> list[str]:
    """Every stage of a unit in order; make-up is none of them, it is a return."""
    return [gates[0]["from"], *(gate["to"] for gate in gates)] if gates else []


def survey_gate(gates: Sequence[Gate]) -> Gate | None:
    """The gate that leads to the survey: who was sent back to make up passes it anew."""
    return next((gate for gate in gates if gate["to"] == SURVEYED), None)


def next_gate(gates: Sequence[Gate], stage: str) -> Gate | None:
    """The only gate open to a unit at this stage (no skipping, item 6); None at the end."""
    if stage == MAKE_UP:
        return survey_gate(gates)
    return next((gate for gate in gates if gate["from"] == stage), None)


def refusal(gates: Sequence[Gate], stage: str, wanted: str, *, unmet: int, reason: str) -> str | None:
    """Why a unit at ``stage`` may not be let through the gate ``wanted``; None when it may.

    ``end``: there is no further gate. ``order``: another gate comes first; a phase cannot open before the one
    before it is closed. ``reason``: ``unmet`` conditions are not met, which takes a reason.
    """
    gate = next_gate(gates, stage)
    if gate is None:
        return "end"
    if gate["code"] != wanted:
        return "order"
    if unmet and not reason.strip():
        return "reason"
    return None


def may_return(gates: Sequence[Gate], stage: str) -> bool:
    """Whether a unit at this stage can be sent back to make up: its survey has been held, it is not through."""
    return stage == SURVEYED and survey_gate(gates) is not None


def passers(chain: Sequence[Link], local: bool) -> list[int]:
    """Who lets a unit pass: ids out of the chain above its leading organisation, root first.

    A unit never passes itself: the organisation directly above does, with those of the same owner above it.
    Where the affiliation is local only the local committee does (item 8).
    """
    if local:
        return [pk for pk, kind, _owner in chain if kind == "LOCAL_COMMITTEE"]
    return [pk for pk, _kind, owner in chain if owner == chain[-1][2]]


def look_back(expected: int, missing: int, made_up: int, due: bool) -> str:
    """The result of a step in a look-back check; ``due``: some missing organisation's due date has come."""
    if expected == 0:
        return "NOT_ASKED"
    if missing:
        return "MISSING" if due else "NOT_DUE"
    return "MADE_UP" if made_up else "DONE"
