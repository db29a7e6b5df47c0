"""Rules of leadership (items 17-29). Pure functions. Numbers of days are suggested defaults, no Party rules."""

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

VACANCY_DAYS = 7  # before a vacancy is warned of (item 19)
UNVISITED_DAYS = 30  # before an unvisited contact point is warned of (item 28)
SOON_DAYS = 7  # before the end of a phase an empty cell is spoken of (item 26)

FIRST_KINDS = ("COMMITTEE", "LEADING_GROUP_DZ", "HQ_COMMITTEE")  # whose secretary is the first responsible person
BODY_KINDS = ("COMMITTEE", "LEADING_GROUP_DZ")  # which found a leading group and file a plan of their own
FIVE = ("STUDY", "LECTURE", "PROBLEMS", "CRITICISM", "RECTIFY")
PHASE_OF = {"STUDY": 0, "LECTURE": 0, "PROBLEMS": 1, "CRITICISM": 1, "RECTIFY": 2}  # places among the phases


def responsible_kind(org_kind: str) -> str | None:
    """Which responsible person an organisation of that kind has; a local committee's is not ours to record."""
    if org_kind == "LOCAL_COMMITTEE":
        return None
    return "FIRST" if org_kind in FIRST_KINDS else "DIRECT"


def vacant_days(held: bool, last_day: date | None, expected_since: date, on: date) -> int | None:
    """For how many days nobody has been responsible; ``None`` while somebody is.

    ``last_day``: the last day somebody was, ``None`` where nobody ever was: then it counts from
    ``expected_since``, the day from which one has been expected (the launch of the campaign).
    """
    if held:
        return None
    return max(0, (on - max(last_day or date.min, expected_since - timedelta(days=1))).days)


def is_long_vacant(days: int | None, limit: int = VACANCY_DAYS) -> bool:
    """Whether a vacancy has lasted for more than ``limit`` days (item 19)."""
    return days is not None and days > limit


class Head(StrEnum):
    """How the head of a leading group stands to the secretary in office (item 17)."""

    RIGHT = "right"
    MISSING = "missing"
    CHANGED = "changed"
    NO_SECRETARY = "no secretary"


def head_state(head: int | None, secretary: int | None) -> Head:
    """Members by id. The head must be the incumbent secretary; a new secretary has to take the chair."""
    if secretary is None:
        return Head.NO_SECRETARY
    if head is None:
        return Head.MISSING
    return Head.RIGHT if head == secretary else Head.CHANGED


# Plans (item 25): what follows from which state, and who does it.
OWN, GROUP, LEADING = "own", "group", "leading"
ACTS = {
    "submit": (("DRAFT",), "SUBMITTED", (OWN,)),
    "review": (("SUBMITTED",), "REVIEWED", (GROUP, LEADING)),
    "approve": (("REVIEWED",), "APPROVED", (LEADING,)),
    "file": (("APPROVED",), "FILED", (LEADING,)),
    "return": (("SUBMITTED", "REVIEWED"), "RETURNED", (GROUP, LEADING)),
}


def next_state(state: str, act: str) -> str:
    """The state after an act. Raises ``ValueError`` where it does not follow."""
    before, after, _who = ACTS[act]
    if state not in before:
        raise ValueError(f"{act} does not follow {state}")
    return after


def possible_acts(state: str, capacities: Collection[str]) -> list[str]:
    """What somebody in these capacities may do with a plan in that state, in the order of the chain."""
    return [act for act, (before, _after, who) in ACTS.items() if state in before and set(who) & set(capacities)]


@dataclass(frozen=True)
class Line:
    """A line of a comparison: ``kind`` is ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


_MARKS = {"  ": "same", "+ ": "added", "- ": "removed"}


def compare(old: str, new: str) -> list[Line]:
    """The lines of both texts, those that differ marked; empty where the texts are the same."""
    before, after = old.splitlines(), new.splitlines()
    if before == after:
        return []
    found = difflib.ndiff(before, after)
    return [Line(_MARKS[line[:2]], line[2:]) for line in found if line[:2] in _MARKS]


GRAM = 8  # characters: long enough that chance does not repeat them
COPIED_PERCENT = 60  # from here on a plan is shown to its reviewer as much like another one; a suggested default


def _grams(text: str) -> set[str]:
    plain = "".join(text.split())
    return {plain[i : i + GRAM] for i in range(max(1, len(plain) - GRAM + 1))} if plain else set()


def likeness(text: str, other: str) -> Decimal:
    """How much of a text stands in another one word for word, per cent (item 25: a copied plan is formalism)."""
    grams = _grams(text)
    return coverage(len(grams & _grams(other)), len(grams)) or Decimal("0.0")


def coverage(part: int, whole: int) -> Decimal | None:
    """Per cent with one decimal; ``None`` where there is nobody to count (never 0 %)."""
    if part < 0 or part > whole:
        raise ValueError(f"{part} of {whole}")
    if whole == 0:
        return None
    return (Decimal(part * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


class Cell(StrEnum):
    """The state of one of a leader's five facts. Green: there is one; a missing one is never counted up."""

    OK = "ok"
    OVER = "over"
    SOON = "soon"
    WAIT = "wait"


def cell_state(has_fact: bool, phase_end: date | None, on: date) -> Cell:
    """An empty cell is spoken of near the end of the matching phase (item 26)."""
    if has_fact:
        return Cell.OK
    if phase_end is None or on < phase_end - timedelta(days=SOON_DAYS):
        return Cell.WAIT
    return Cell.SOON if on <= phase_end else Cell.OVER


@dataclass(frozen=True)
class DualLife:
    """Item 27: both the team's democratic life meeting and the own branch's organisational life meeting."""

    team: date | None
    branch: date | None

    @property
    def complete(self) -> bool:
        return self.team is not None and self.branch is not None


def dual_rate(found: Iterable[DualLife]) -> Decimal | None:
    """The share of leaders who attended both, per cent."""
    rows = list(found)
    return coverage(sum(row.complete for row in rows), len(rows))


def counts_as_contact(point: int, own_branch: int) -> bool:
    """The leader's own branch does not count (item 28)."""
    return point != own_branch


def unvisited_days(since: date, last_visit: date | None, on: date, limit: int = UNVISITED_DAYS) -> int | None:
    """For how many days nobody came, where these are more than ``limit`` (item 28); else ``None``."""
    days = (on - max(since, last_visit or since)).days
    return days if days > limit else None


def support_gaps(staff: int, allocated: Decimal | None, used: Decimal, premises: bool) -> list[str]:
    """What an office lacks (item 22): codes of the sentences in ``campaign.leadership.words``."""
    gaps = []
    if staff == 0:
        gaps.append("NO_STAFF")
    if not allocated:
        gaps.append("NO_BUDGET")
    elif used > allocated:
        gaps.append("OVERSPENT")
    if not premises:
        gaps.append("NO_PREMISES")
    return gaps
