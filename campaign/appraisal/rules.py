"""The rules of analysis and appraisal as pure functions (items 36, 57, 61-66)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# From the least to the most that is asked or handed in. Paper stands for any length: nobody counts words.
ASKED = ("EXEMPT", "ORAL", "SHORT", "WRITTEN")
MADE = {"ORAL": 1, "SHORT": 2, "WRITTEN": 3, "PAPER": 3}
COMMITTEE_FROM = 7  # full members from which a branch has a committee (dossier 2.1)

SHINGLE = 6  # characters that are compared at a time
ALIKE = 0.5  # share of the shorter text that is found in the other
SHORTEST = 40  # characters below which texts are not compared: short ones resemble one another by nature


def rank(asked: str) -> int:
    """How much is asked, as a number; 0 where none is needed. Raises ``ValueError`` for an unknown word."""
    return ASKED.index(asked)


def enough(asked: str, made: str) -> bool:
    """Whether an analysis made in this way meets what is asked: a stricter way is always accepted (item 36)."""
    return MADE[made] >= rank(asked)


def plain(text: str) -> str:
    """A text without spaces and punctuation, which copying changes first."""
    return "".join(c for c in text if c.isalnum())


def _shingles(text: str) -> set[str]:
    return {text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}


def alike(one: str, other: str) -> bool:
    """Whether half of the shorter text is in the other, word for word (item 61)."""
    one, other = plain(one), plain(other)
    if min(len(one), len(other)) < SHORTEST:
        return False
    first, second = _shingles(one), _shingles(other)
    return len(first & second) >= ALIKE * min(len(first), len(second))


def alike_with(text: str, others: Mapping[int, str]) -> list[int]:
    """The keys of the other texts that are alike, in their order."""
    return [key for key, other in others.items() if alike(text, other)]


def agreeing_kinds(full_members: int, has_committee: bool) -> tuple[str, ...]:
    """Which meeting agrees an appraisal (item 64): the branch committee; where there is none, the general meeting.

    A branch of fewer than seven full members has no committee as a rule (dossier 2.1); where one is on record
    all the same, it may agree too. A large branch without one on record has the general meeting do it.
    """
    if has_committee:
        return ("BRANCH_COMMITTEE",) if full_members >= COMMITTEE_FROM else ("BRANCH_COMMITTEE", "BRANCH_GENERAL")
    return ("BRANCH_GENERAL",)


@dataclass(frozen=True)
class Before:
    """A step that should be done before a life meeting: its name, and the day it was done."""

    name: str
    done_on: date | None


def too_early(held_on: date, steps: Iterable[Before]) -> list[Before]:
    """The steps that were not done when the meeting was held (item 62): a warning, never a block."""
    return [step for step in steps if step.done_on is None or step.done_on > held_on]


def named_in(text: str, names: Sequence[str]) -> list[str]:
    """Which of these names stand in a text: a notice names nobody (item 65). One character is no name."""
    packed = "".join(text.split())
    return [name for name in dict.fromkeys(names) if len(name) > 1 and "".join(name.split()) in packed]
