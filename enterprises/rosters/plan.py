"""What a tree roster would change: new rows, changed rows with their fields, and final places in the tree."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from enterprises.rosters.tree_rows import TreeRow
from enterprises.tree import WIDTH, number, segment


@dataclass
class Plan:
    """New rows, changes of stored rows (field -> value), and how many stay as they are."""

    new: list[TreeRow] = field(default_factory=list)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    unchanged: int = 0
    groups: Counter = field(default_factory=Counter)

    def note(self, row: TreeRow, stored: Any, wanted: dict[str, Any]) -> None:
        """Compare the wanted values of a row with what is stored (``None``: a new row)."""
        if stored is None:
            self.new.append(row)
            return
        changes = {name: value for name, value in wanted.items() if getattr(stored, name) != value}
        if not changes:
            self.unchanged += 1
            return
        self.changed[row.code] = changes
        for name, value in changes.items():
            self.groups[name, _word(getattr(stored, name)), _word(value)] += 1


def _word(value: Any) -> str:
    return "" if value is None else str(value)


@dataclass
class Places:
    """Paths of a tree before and after: code -> path. Free segments follow the last one ever used."""

    before: dict[str, str]
    parents: Mapping[str, str | None]
    moved: set[str]
    last: dict[str | None, int] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, tuple[str, str | None]], wanted: Mapping[str, str | None]) -> "Places":
        """``stored``: code -> path and parent; ``wanted``: the parents that a roster gives."""
        before = {code: path for code, (path, _parent) in stored.items()}
        parents: dict[str, str | None] = {code: parent for code, (_path, parent) in stored.items()}
        moved = {code for code, parent in wanted.items() if code not in stored or parents[code] != parent}
        places = cls(before, {**parents, **wanted}, moved)
        for code, path in before.items():
            used = number(path[-WIDTH:])
            above = parents[code]
            places.last[above] = max(places.last.get(above, -1), used)
        for code in wanted:
            places.path(code)
        for code in before:
            places.path(code)
        return places

    def path(self, code: str) -> str:
        """The final path. Without recursion: trees may be deep, rosters deeper."""
        way: list[str] = []
        here: str | None = code
        while here is not None and here not in self.after:
            way.append(here)
            here = self.parents[here]
        for step in reversed(way):
            above = self.parents[step]
            base = self.after[above] if above is not None else ""
            self.after[step] = base + self._segment(step, above)
        return self.after[code]

    def _segment(self, code: str, above: str | None) -> str:
        if code not in self.moved:
            return self.before[code][-WIDTH:]
        self.last[above] = self.last.get(above, -1) + 1
        return segment(self.last[above])

    def rewritten(self) -> dict[str, str]:
        """Stored rows whose path changes: code -> new path."""
        return {code: self.after[code] for code, old in self.before.items() if self.after[code] != old}


def tops(paths: list[str]) -> list[str]:
    """The shortest paths that cover all of ``paths``."""
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found
