"""How a mechanism goes forward, and what a gate asks of mechanisms (item 84). Pure functions."""

from collections.abc import Iterable
from datetime import date

EXPLORING, DRAFTED, ISSUED, RUNNING = "EXPLORING", "DRAFTED", "ISSUED", "RUNNING"
ORDER = (EXPLORING, DRAFTED, ISSUED, RUNNING)
IN_FORCE = (ISSUED, RUNNING)


def may_follow(before: str, after: str) -> bool:
    """One step forward, several at once, or one back (a draft that was withdrawn); never the same."""
    return ORDER.index(after) - ORDER.index(before) in (-1, 1, 2, 3)


def established(statuses: Iterable[str]) -> bool:
    """Whether a unit has a mechanism that holds: one is issued or running."""
    return any(status in IN_FORCE for status in statuses)


def review_due(review_on: date | None, reviewed: bool, today: date) -> bool:
    """Whether a review is due: its day has come and nothing was found yet."""
    return review_on is not None and not reviewed and review_on <= today
