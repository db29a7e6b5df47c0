"""Rows of the two tree rosters (organisations, enterprises) and the questions both trees share."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from enterprises.rosters.checks import Block, Intake, Problems
from enterprises.rosters.problems import Problem


@dataclass
class TreeRow:
    """One row: where it stands, its values by field, and whether it may be applied."""

    sheet: str
    number: int
    values: dict[str, Any]
    wrong: bool = False

    @property
    def code(self) -> str:
        return self.values["code"]


def rows_of(block: Block, reader: Intake) -> list[TreeRow]:
    """The rows of a block that have a readable code."""
    fields = list(block.columns)
    found = []
    for index, line in enumerate(zip(*block.columns.values(), strict=True)):
        values = dict(zip(fields, line, strict=True))
        if values["code"]:
            row = TreeRow(block.sheet, block.numbers[index], values, index in block.wrong)
            found.append(row)
    return found


class TreeChecks:
    """What both trees check: codes that come twice, parents that are unknown, circles."""

    parent_field: str

    def __init__(self, reader: Intake, problems: Problems, rows: list[TreeRow]) -> None:
        self.reader, self.problems, self.rows = reader, problems, rows
        self.by_code: dict[str, TreeRow] = {}

    def add(self, row: TreeRow, field: str, code: str, said: str | None = None, /, **values: Any) -> None:
        """Note a problem of a row."""
        shown = (row.values.get(field) or "") if said is None else said
        column = self.reader.kind.column(field).name
        problem = Problem(row.number, column, code, shown, row.sheet, values)
        self.problems.add(problem)
        row.wrong = row.wrong or not problem.is_warning

    def twice(self) -> None:
        """A code that comes twice is wrong at its second place, which names the first."""
        for row in self.rows:
            first = self.by_code.setdefault(row.code, row)
            if first is not row:
                other = f"{first.sheet} {first.number}" if first.sheet != row.sheet else str(first.number)
                self.add(row, "code", "duplicate", other=other)

    def circles(self, parents: Mapping[str, str | None]) -> None:
        """Note every row of the file that stands in a circle. ``parents``: code -> parent's code."""
        done: set[str] = set()
        for start in self.by_code:
            for member in _circle(start, parents, done):
                if member in self.by_code:
                    others = "、".join(sorted(_circle(member, parents, set()))[:5])
                    self.add(self.by_code[member], self.parent_field, "cycle", others=others)

    def leave_out_below_errors(self, stored: Container[str]) -> None:
        """Rows whose parent is new in this file and wrong cannot be applied either: they wait for it.

        That is a warning: the remedy is in the parent's row. ``stored``: codes the database has.
        """
        below: dict[str, list[TreeRow]] = {}
        for row in self.by_code.values():
            if row.values.get(self.parent_field):
                below.setdefault(row.values[self.parent_field], []).append(row)
        stack = [code for code, row in self.by_code.items() if row.wrong and code not in stored]
        while stack:
            parent = stack.pop()
            for row in below.pop(parent, ()):
                if not row.wrong:
                    self.add(row, self.parent_field, "left_out", other=parent)
                    row.wrong = True
                    if row.code not in stored:
                        stack.append(row.code)


def _circle(start: str, parents: Mapping[str, str | None], done: set[str]) -> list[str]:
    """The codes of the circle that the way up from ``start`` runs into, if any. ``done`` is kept up."""
    seen: dict[str, int] = {}
    way: list[str] = []
    here: str | None = start
    while here is not None and here not in done:
        if here in seen:
            done.update(way)
            return way[seen[here] :]
        seen[here] = len(way)
        way.append(here)
        here = parents.get(here)
    done.update(way)
    return []
