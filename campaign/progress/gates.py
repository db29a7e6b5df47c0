"""The conditions of gates, which the rooms above register (dossier part 1 J).

A definition's gate lists conditions. One that names a step is judged by the statuses of that step, and by the check
that a room registers under the condition's code where there is one; any other by the check alone, from the room's
records (``campaign.gates.judging`` says what happens where no room has registered one).
"""

from collections.abc import Callable
from dataclasses import dataclass

from campaign.plan.models import Participation


@dataclass(frozen=True)
class Check:
    """Whether one condition is met for a unit, the reason in words, and where it can be mended or read."""

    met: bool
    text: str
    url: str = ""


# ``check(participation, stage)``: ``stage`` is the one the gate leads out of, e.g. ``enrolled`` or ``LEARN``.
Condition = Callable[[Participation, str], Check]
_REGISTERED: dict[str, Condition] = {}


def register_condition(code: str, check: Condition) -> None:
    """Announce how a condition is judged. Called by the ``evidence.py`` of a room, at start."""
    _REGISTERED[code] = check


def condition(code: str) -> Condition | None:
    """How that condition is judged; ``None`` when no room has said so."""
    return _REGISTERED.get(code)
