"""The rules of study as pure functions (items 34, 48, 49, 51). Days and counts are handed in."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

# Lower ends of the bands of class hours in the distribution by category (item 48): nothing at all, any, 10 …
BANDS = (0, 0.1, 10, 20, 30, 40)


def over_cap(required: int, cap: int | None) -> int:
    """How many required titles are too many for a category (item 34); 0 within the cap or without one."""
    return 0 if cap is None else max(0, required - cap)


def is_for(audiences: Collection[str], category: str) -> bool:
    """Whether a title is meant for that category (or education); no audience named means everybody."""
    return not audiences or category in audiences


def middle(starts_on: date, ends_on: date) -> date:
    """The day in the middle of a phase, the earlier one of two (item 49)."""
    return starts_on + timedelta(days=(ends_on - starts_on).days // 2)


def key_title_missing(starts_on: date, ends_on: date, taken_up: bool, today: date) -> bool:
    """Whether it is time for a word: half the phase is over and no session took up the key title (item 49)."""
    return not taken_up and middle(starts_on, ends_on) < today <= ends_on


def anniversary(admitted_on: date, year: int) -> date:
    """The political birthday in that year; who was admitted on 29 February has it on the 28th of other years."""
    try:
        return admitted_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def next_birthday(admitted_on: date, today: date) -> tuple[date, int]:
    """The next political birthday from today on, and how many years it will be: at least one (item 51)."""
    day = anniversary(admitted_on, max(today.year, admitted_on.year + 1))
    if day < today:
        day = anniversary(admitted_on, today.year + 1)
    return day, day.year - admitted_on.year


def band(hours: Decimal | int) -> int:
    """The place in `BANDS` of so many class hours."""
    return sum(1 for low in BANDS[1:] if float(hours) >= low)
