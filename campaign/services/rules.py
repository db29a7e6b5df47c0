"""The rules of services (items 77, 78). Pure functions; each has its table of cases in the tests."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MOST_ITEMS = 30
_NUMBER = re.compile(r"^\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[、.．)）]\s*")


@dataclass(frozen=True)
class Kept:
    """How far commitments are kept: ``cases = kept + broken``."""

    cases: int
    broken: int

    @property
    def kept(self) -> int:
        return self.cases - self.broken

    @property
    def rate(self) -> Decimal | None:
        """Per cent kept, to one decimal; ``None`` before anything was looked at, never 0."""
        if not self.cases:
            return None
        return (Decimal(self.kept) * 100 / self.cases).quantize(Decimal("0.1"), ROUND_HALF_UP)


def kept_of(looks: Iterable[tuple[int, int]]) -> Kept:
    """Added up from checks and complaints: pairs of cases looked at and of them broken.

    Raises ``ValueError`` where more are broken than were looked at.
    """
    cases = broken = 0
    for looked_at, bad in looks:
        if not 0 <= bad <= looked_at:
            raise ValueError(f"{bad} broken of {looked_at} cases")
        cases, broken = cases + looked_at, broken + bad
    return Kept(cases, broken)


def sentences(text: str) -> list[str]:
    """The numbered commitments of a set, one a line; numbers that were typed are taken off."""
    bare = (_NUMBER.sub("", line).strip() for line in text.splitlines())
    return [line for line in bare if line]


def needs_line(window: bool, lines_open: int) -> bool:
    """Whether a unit must still open a line for its users: a window unit has one (item 78)."""
    return window and not lines_open
