"""The rules of rectification (items 68-73). Pure functions; each has its table of cases in the tests."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OPEN, IN_PROGRESS, DONE, PUBLISHED = "OPEN", "IN_PROGRESS", "DONE", "PUBLISHED"
CLOSED = (DONE, PUBLISHED)
# Which state may follow which. Publication is taken back, and an item reopened, with a reason.
FOLLOWS = {
    OPEN: (IN_PROGRESS, DONE),
    IN_PROGRESS: (DONE, OPEN),
    DONE: (PUBLISHED, IN_PROGRESS),
    PUBLISHED: (DONE, IN_PROGRESS),
}
REMINDERS = (7, 3, 1)  # days before the due day (item 69)
SOON = 7  # days
_MEASURABLE = re.compile(r"[0-9０-９一二三四五六七八九十百千万两]|完成|建成|印发|公布|撤销|合并|减为|增开|降到|提高到")


# Under which of the four sentences a result is filed where nobody says otherwise (items 73, 112).
FILED_UNDER = {"INNER": ("quality", "base"), "PRACTICAL": ("service",), "STRATEGY": ("work",)}


class Gap(StrEnum):
    """What an item or plan lacks."""

    OWNER = "owner"
    DUE = "due_on"
    RESULT = "expected"
    EXPLANATION = "explanation"
    DONE = "done"
    DONE_ON = "done_on"
    OUTCOME = "outcome"
    PROOF = "file"
    VERIFIER = "verifier"
    OWN_VERIFIER = "own_verifier"


@dataclass(frozen=True)
class Facts:
    """What the rules need to know of an item. ``lacking``: conditions lacking (item 72)."""

    measure: str = ""
    expected: str = ""
    owned: bool = True
    due_on: date | None = None
    lacking: bool = False
    explanation: str = ""
    state: str = OPEN
    done_on: date | None = None


@dataclass(frozen=True)
class Closing:
    """What is told when an item is closed. Persons are compared by whatever identifies them: a member's key or
    the words of a post; an empty one is nobody."""

    done: str
    done_on: date | None
    outcome: str
    priority: bool
    proofs: int
    owner: frozenset[str]
    verifier: frozenset[str]


def may_follow(state: str, after: str) -> bool:
    """Whether an item in ``state`` may come to stand at ``after``."""
    return after in FOLLOWS[state]


def opening_gaps(facts: Facts) -> list[Gap]:
    """What is missing for an item to stand: owner and date; where conditions lack, the explanation (69, 72)."""
    gaps = [] if facts.owned else [Gap.OWNER]
    if facts.lacking:
        return gaps if facts.explanation.strip() else [*gaps, Gap.EXPLANATION]
    return gaps if facts.due_on else [*gaps, Gap.DUE]


def closing_gaps(closing: Closing) -> list[Gap]:
    """What is missing for an item to be closed: what was done, when, and its effect (73).

    One of high priority also needs a proof, and somebody other than its owner who verified it.
    """
    gaps = [
        gap
        for gap, there in (
            (Gap.DONE, closing.done.strip()),
            (Gap.DONE_ON, closing.done_on),
            (Gap.OUTCOME, closing.outcome),
        )
        if not there
    ]
    if closing.priority:
        gaps += [] if closing.proofs else [Gap.PROOF]
        gaps += [] if closing.verifier else [Gap.VERIFIER]
    if closing.verifier & closing.owner:
        gaps.append(Gap.OWN_VERIFIER)
    return gaps


def is_slogan(facts: Facts) -> list[Gap]:
    """What makes a measure read like a slogan (item 72): no owner, no date, or no result that can be measured.

    A result counts as measurable when it, or the measure itself, names a figure or something that will exist
    afterwards. Empty: no slogan.
    """
    gaps = opening_gaps(facts)
    if not facts.lacking and not _MEASURABLE.search(facts.expected + facts.measure):
        gaps.append(Gap.RESULT)
    return gaps


def is_overdue(facts: Facts, today: date) -> bool:
    """Whether the day has passed without it being done; "conditions lacking" never is (item 72)."""
    return not facts.lacking and facts.state not in CLOSED and facts.due_on is not None and facts.due_on < today


def is_settled(facts: Facts) -> bool:
    """Whether it needs nothing more: done or published, or explained where conditions lack."""
    return facts.state in CLOSED or (facts.lacking and bool(facts.explanation.strip()))


def reminder(facts: Facts, today: date) -> int | None:
    """The reminder that falls on this day: 7, 3 or 1 days before, 0 for every day overdue; ``None`` for none."""
    if facts.lacking or facts.state in CLOSED or facts.due_on is None:
        return None
    left = (facts.due_on - today).days
    if left < 0:
        return 0
    return left if left in REMINDERS else None


def phase_at(starts: Sequence[tuple[int, date]], day: date) -> int | None:
    """The phase that had begun last on that day: pairs of phase and first day. ``None`` before the first."""
    begun = [(start, phase) for phase, start in starts if start <= day]
    return max(begun)[1] if begun else None


def plan_gaps(items: Iterable[Facts], nothing: str) -> dict[Gap, int]:
    """What keeps a plan from being submitted: how many of its items lack what. ``nothing`` is the statement that
    stands in the place of items."""
    rows = list(items)
    if not rows:
        return {} if nothing.strip() else {Gap.RESULT: 0}
    gaps: dict[Gap, int] = {}
    for facts in rows:
        for gap in opening_gaps(facts):
            gaps[gap] = gaps.get(gap, 0) + 1
    return gaps


def filed_under(outcome: str, chosen: Iterable[str], known: Sequence[str]) -> list[str]:
    """The sentences a result stands under: those chosen, else those of its effect, else the first known one.

    Every result is filed under one at least (item 112). Unknown codes are left out; the order is that of ``known``.
    """
    wanted = set(chosen) & set(known) or set(FILED_UNDER.get(outcome, ())) & set(known)
    return [code for code in known if code in wanted] or list(known[:1])
