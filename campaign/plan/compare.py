"""What differs between two versions of a definition, key by key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """One key: `old` is None where it is new, `new` is None where it is gone."""

    key: str
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.key}: {_shown(self.old)} → {_shown(self.new)}"


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every difference between two contents, in the order of the new one; what is gone comes last."""
    before, after = dict(_leaves(old)), dict(_leaves(new))
    found = [Difference(k, before.get(k), v) for k, v in after.items() if before.get(k) != v]
    return found + [Difference(k, v, None) for k, v in before.items() if k not in after and v is not None]


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for i, row in enumerate(value):
            yield from _leaves(row, f"{key}[{_name(row, i)}]")
    else:
        yield key, value


def _name(row: Mapping[str, Any], place: int) -> str:
    """What a row of a list is called: its code, whom a guidance rule is about, else its place."""
    about = [row[name] for name in ("code", "category", "condition") if row.get(name)]
    return "/".join(about) or str(place + 1)


def _shown(value: Any) -> str:
    if value is None:
        return "—"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
