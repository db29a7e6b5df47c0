"""Reading figures as people write them, and comparing them (items 82, 83, dossier 0.2). Pure functions."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

TENTH = Decimal("0.1")
TOLERANCE = Decimal("0.1")  # percentage points between a stated and a computed growth: rounding


class Qualifier(StrEnum):
    """How exact a figure is (dossier 0.2): 25,080.2, 多, 以上, 左右."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"


class Fault(StrEnum):
    """Why a figure cannot be read."""

    EMPTY = "empty"
    SEPARATOR = "separator"  # commas that do not part thousands, or several points
    UNIT = "unit"
    WORDS = "words"  # more than a number, a unit and a qualifier, or two qualifiers
    SIGN = "sign"


class Unreadable(ValueError):
    """A figure that is not read, because it could mean several things."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Figure:
    """A value and how exact it is; never a bare number."""

    value: Decimal
    qualifier: Qualifier = Qualifier.EXACT


_QUALIFIERS = (
    (re.compile(r"超过|逾|多于"), Qualifier.MORE_THAN),
    (re.compile(r"不少于|不低于|至少|以上"), Qualifier.AT_LEAST),
    (re.compile(r"左右|大约|约|近"), Qualifier.ABOUT),
    (re.compile(r"多"), Qualifier.MORE_THAN),
)
_NUMBER = re.compile(r"[0-9][0-9.,?]*")
_SHAPE = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:[.?][0-9]+)?")
_MONEY = {"": Decimal(1), "亿元": Decimal(1), "亿": Decimal(1), "万元": Decimal("0.0001"), "元": Decimal("1e-8")}
_COUNT = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_COUNTED = ("名", "个", "人", "户", "家", "次")


def _parts(text: str) -> tuple[str, Qualifier, Decimal, str]:
    """Sign, qualifier, number and what is left: the unit. Full-width signs and a lost decimal point are understood."""
    left = "".join(unicodedata.normalize("NFKC", text).split()).replace("。", ".")
    if not left:
        raise Unreadable(Fault.EMPTY)
    found = []
    for pattern, qualifier in _QUALIFIERS:
        left, hits = pattern.subn("", left)
        found += [qualifier] * hits
    if len(found) > 1:
        raise Unreadable(Fault.WORDS)
    numbers = _NUMBER.findall(left)
    if len(numbers) != 1:
        raise Unreadable(Fault.WORDS)
    digits = numbers[0]
    if not _SHAPE.fullmatch(digits):
        raise Unreadable(Fault.SEPARATOR)
    before, _digits, after = left.partition(digits)
    return before, (found or [Qualifier.EXACT])[0], Decimal(digits.replace(",", "").replace("?", ".")), after


def read_money(text: str) -> Figure:
    """An amount in 亿元, one decimal. Raises ``Unreadable``."""
    before, qualifier, number, unit = _parts(text)
    if before not in ("", "-"):
        raise Unreadable(Fault.WORDS)
    if unit not in _MONEY:
        raise Unreadable(Fault.UNIT)
    value = (number * _MONEY[unit]).quantize(TENTH, ROUND_HALF_UP)
    return Figure(-value if before else value, qualifier)


def read_percent(text: str) -> Figure:
    """A percentage, one decimal; with or without its sign. Raises ``Unreadable``."""
    before, qualifier, number, unit = _parts(text)
    if before not in ("", "-", "+"):
        raise Unreadable(Fault.WORDS)
    if unit not in ("", "%"):
        raise Unreadable(Fault.UNIT)
    value = number.quantize(TENTH, ROUND_HALF_UP)
    return Figure(-value if before == "-" else value, qualifier)


def read_count(text: str) -> Figure:
    """A whole number of things, e.g. 270多万. Raises ``Unreadable``."""
    before, qualifier, number, unit = _parts(text)
    if before:
        raise Unreadable(Fault.SIGN if before == "-" else Fault.WORDS)
    for word in _COUNTED:
        unit = unit.removesuffix(word)
    if unit not in _COUNT:
        raise Unreadable(Fault.UNIT)
    value = number * _COUNT[unit]
    if value != value.to_integral_value():
        raise Unreadable(Fault.SEPARATOR)
    return Figure(value.quantize(Decimal(1)), qualifier)


def growth(value: Decimal | None, prior: Decimal | None) -> Decimal | None:
    """Year-on-year growth in per cent, one decimal; nothing where one is missing or there was nothing before."""
    if value is None or prior is None or prior <= 0:
        return None
    return ((value - prior) * 100 / prior).quantize(TENTH, ROUND_HALF_UP)


def implied_base(value: Decimal, rate: Decimal) -> Decimal:
    """What a stated growth implies for the year before, one decimal."""
    return (value * 100 / (100 + rate)).quantize(TENTH, ROUND_HALF_UP)


def margin(profit: Decimal | None, revenue: Decimal | None) -> Decimal | None:
    """Profit over revenue in per cent, two decimals."""
    if profit is None or not revenue:
        return None
    return (profit * 100 / revenue).quantize(Decimal("0.01"), ROUND_HALF_UP)


def contradicts(stated: Decimal | None, computed: Decimal | None) -> bool:
    """Whether a stated growth differs from the computed one by more than rounding explains."""
    return stated is not None and computed is not None and abs(stated - computed) > TOLERANCE


def is_fraction(number: Decimal, computed: Decimal | None) -> bool:
    """Whether a number in a percentage column is the fraction behind a cell shown in per cent: 0.23 for 23 %.

    It is where a hundred times as much is what was computed and the number itself is not.
    """
    if computed is None or not contradicts(number.quantize(TENTH, ROUND_HALF_UP), computed):
        return False
    return not contradicts((number * 100).quantize(TENTH, ROUND_HALF_UP), computed)


def profit_outgrows(revenue_growth: Decimal | None, profit_growth: Decimal | None) -> bool | None:
    """Whether profit grew faster than revenue (item 83); ``None`` where one of them is not known."""
    if revenue_growth is None or profit_growth is None:
        return None
    return profit_growth > revenue_growth
