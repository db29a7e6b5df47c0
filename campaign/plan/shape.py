"""What a definition file may contain: a declared shape, read with every error at once.

``read(shape, raw)`` gives the values with defaults filled in, and the problems found, each with its path
and its remedy. What must agree *between* values is in `campaign.plan.checks`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from campaign.plan.lines import Path

_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]*$")


@dataclass(frozen=True)
class Problem:
    """Something wrong at ``path``, in words that say how to mend it."""

    path: Path
    message: str


@dataclass(frozen=True)
class Value:
    """One key. ``kind``: text, code, integer, flag, codes, table, tables, variant (a table by its ``kind``)."""

    kind: str
    required: bool = True
    default: Any = None
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    shape: Mapping[str, "Value"] = field(default_factory=dict)
    variants: Mapping[str, Mapping[str, "Value"]] = field(default_factory=dict)


Shape = Mapping[str, Value]


def read(shape: Shape, raw: Mapping[str, Any], path: Path = ()) -> tuple[dict[str, Any], list[Problem]]:
    """Values of ``raw`` in the given shape, defaults filled in; and every problem, in file order."""
    problems = [
        Problem(
            (*path, key),
            _("“%(key)s” is not known here. Remove it or use one of: %(known)s.")
            % {"key": key, "known": ", ".join(shape)},
        )
        for key in raw
        if key not in shape
    ]
    values: dict[str, Any] = {}
    for key, value in shape.items():
        if key not in raw:
            values[key] = _copy(value.default)
            if value.required:
                problems.append(Problem(path, _("“%s” is missing. Add it.") % key))
            continue
        values[key], found = _value(value, raw[key], (*path, key))
        problems += found
    return values, problems


def _copy(default: Any) -> Any:
    return type(default)(default) if isinstance(default, (list, dict)) else default


def _value(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    return _READERS[value.kind](value, raw, path)


def _wrong(path: Path, expected: str) -> tuple[None, list[Problem]]:
    message = _("“%(key)s” must be %(expected)s.") % {"key": path[-1], "expected": expected}
    return None, [Problem(path, message)]


def _choice(value: Value, raw: str, path: Path) -> list[Problem]:
    if value.choices and raw not in value.choices:
        message = _("“%(value)s” is not a known value. Use one of: %(known)s.")
        return [Problem(path, message % {"value": raw, "known": ", ".join(value.choices)})]
    return []


def _text(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    if not isinstance(raw, str) or not raw.strip():
        return _wrong(path, _("a text in quotes that is not empty"))
    return raw.strip(), _choice(value, raw.strip(), path)


def _code(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    if not isinstance(raw, str) or not _CODE.match(raw):
        return _wrong(path, _("a code of Latin letters, digits, - and _"))
    return raw, _choice(value, raw, path)


def _integer(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    if isinstance(raw, bool) or not isinstance(raw, int):
        return _wrong(path, _("a whole number"))
    if value.low is not None and raw < value.low:
        return _wrong(path, _("at least %d") % value.low)
    if value.high is not None and raw > value.high:
        return _wrong(path, _("at most %d") % value.high)
    return raw, []


def _flag(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    return (raw, []) if isinstance(raw, bool) else _wrong(path, _("true or false"))


def _codes(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    if not isinstance(raw, list) or not raw or not all(isinstance(item, str) for item in raw):
        return _wrong(path, _("a list of codes that is not empty"))
    problems = [problem for item in raw for problem in _choice(value, item, path)]
    if len(set(raw)) < len(raw):
        problems.append(Problem(path, _("The list names a code twice. Keep one.")))
    return raw, problems


def _table(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    return read(value.shape, raw, path) if isinstance(raw, dict) else _wrong(path, _("a table"))


def _tables(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        return _wrong(path, _("a list of tables that is not empty"))
    read_items = [read(value.shape, item, (*path, i)) for i, item in enumerate(raw)]
    return [item for item, _found in read_items], [p for _item, found in read_items for p in found]


def _variant(value: Value, raw: Any, path: Path) -> tuple[Any, list[Problem]]:
    if not isinstance(raw, dict) or raw.get("kind") not in value.variants:
        return _wrong(path, _("a table whose kind is one of: %s") % ", ".join(value.variants))
    kind = Value("code", choices=(raw["kind"],))
    return read({"kind": kind, **value.variants[raw["kind"]]}, raw, path)


_READERS = {
    "text": _text,
    "code": _code,
    "integer": _integer,
    "flag": _flag,
    "codes": _codes,
    "table": _table,
    "tables": _tables,
    "variant": _variant,
}
