"""Checks of cells, column by column: each distinct value is read once, whatever the number of rows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from enterprises.rosters.columns import NULL, Column, Kind, Parse
from enterprises.rosters.problems import Problem, entered
from enterprises.rosters.reading import Chunk, Sheet
from enterprises.rosters.values import LONGEST, Wrong, day

MOST_KEPT = 400_000  # distinct values of a column kept at a time
MOST_PROBLEMS = 20_000  # kept with their words; beyond that they are only counted


def past_day(raw: Any, today: str) -> str:
    """A day that has come. Raises ``Wrong``."""
    found = day(raw)
    if found > today:
        raise Wrong("future")
    return found


class Cells(dict):
    """Raw cell -> stored spelling, filled as values turn up; ``bad`` holds those that cannot be read."""

    def __init__(self, column: Column, parse: Parse, spelled: Callable[[str], str | None]) -> None:
        super().__init__()
        self.column, self.parse = column, parse
        self.spelled = spelled
        self.empty = spelled(column.empty) if column.empty is not None else None
        self.bad: dict[Any, Wrong] = {}

    def __missing__(self, raw: Any) -> str | None:
        try:
            found = self.parse(raw)
            if not found and self.column.filled:
                raise Wrong("required")
        except Wrong as wrong:
            self.bad[raw] = wrong
            found = ""
        spelled = self.spelled(found) if found else self.empty
        self[raw] = spelled
        return spelled

    def relieve(self) -> None:
        """Forget values when there are too many, so that memory stays bounded."""
        if len(self) > MOST_KEPT:
            self.clear()
            self.bad.clear()


class CopyCells(Cells):
    """The same, spelled for COPY: backslashes doubled, NULL for nothing."""

    def __init__(self, column: Column, parse: Parse) -> None:
        super().__init__(column, parse, lambda found: found.replace("\\", "\\\\"))
        if self.empty is None:
            self.empty = NULL


class Problems:
    """Errors and warnings of a run, one for each row and column."""

    def __init__(self) -> None:
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []
        self.error_count = self.warning_count = 0
        self._seen: set[tuple[str, int, str]] = set()
        self.wrong_rows: set[tuple[str, int]] = set()

    def add(self, problem: Problem) -> None:
        """Note a problem; an error in a cell that has one already is left out."""
        if problem.is_warning:
            self.warning_count += 1
            if len(self.warnings) < MOST_PROBLEMS:
                self.warnings.append(problem)
            return
        cell = (problem.sheet, problem.row, problem.column)
        if cell in self._seen:
            return
        self._seen.add(cell)
        self.wrong_rows.add(cell[:2])
        self.error_count += 1
        if len(self.errors) < MOST_PROBLEMS:
            self.errors.append(problem)

    def has(self, sheet: str, row: int, column: str) -> bool:
        """Whether that cell is known to be wrong."""
        return (sheet, row, column) in self._seen

    def ordered(self, sheets: Iterable[str], kind: Kind) -> None:
        """Sort by sheet, row and column as they stand in the file."""
        sheet_order = {name: i for i, name in enumerate(sheets)}
        column_order = {c.name: i for i, c in enumerate(kind.columns)}

        def key(p: Problem) -> tuple[int, int, int]:
            return sheet_order.get(p.sheet, 0), p.row, column_order.get(p.column, 99)

        self.errors.sort(key=key)
        self.warnings.sort(key=key)


@dataclass
class Block:
    """A chunk column by column. ``wrong``: indices of rows with an error; ``raw``: cells as entered."""

    sheet: str
    numbers: list[int]
    columns: dict[str, list[Any]]
    raw: dict[str, tuple]
    wrong: set[int] = field(default_factory=set)

    def entered(self, name: str, index: int) -> str:
        """The cell as entered, for a message."""
        return entered(self.raw[name][index]) if name in self.raw else ""


# Whole chunks of ordinary values are taken as they are; anything else goes cell by cell.
_PLAIN = {
    "code": re.compile(rf"[0-9A-Za-z]{{1,{LONGEST['code']}}}(?:\n[0-9A-Za-z]{{1,{LONGEST['code']}}})*"),
    "name": re.compile(r"[\u4e00-\u9fff]{2,6}(?:\n[\u4e00-\u9fff]{2,6})*"),
    "phone": re.compile(r"(?:1\d{10})?(?:\n(?:1\d{10})?)*"),
}


class Intake:
    """Reads chunks of one file into blocks and notes what is wrong with their cells."""

    def __init__(self, kind: Kind, problems: Problems, parsers: dict[str, Parse], copying: bool) -> None:
        self.kind, self.problems = kind, problems
        self.copying = copying
        self.cells: dict[str, Cells] = {}
        for column in kind.columns:
            parse = parsers.get(column.field, column.parse)
            self.cells[column.field] = CopyCells(column, parse) if copying else Cells(column, parse, str)

    def block(self, sheet: Sheet, chunk: Chunk, label: str) -> Block:
        """One chunk, read; ``label`` is the sheet's name where there are several."""
        lines = list(zip(*chunk.rows, strict=False))
        raw = {name: lines[place] for name, place in sheet.places.items()}
        block = Block(label, chunk.numbers, {}, raw)
        for column in self.kind.columns:
            block.columns[column.field] = self._column(column, block)
        return block

    def _column(self, column: Column, block: Block) -> list[Any]:
        cells = self.cells[column.field]
        if column.field not in block.raw:
            return [cells.empty] * len(block.numbers)
        line = block.raw[column.field]
        plain = self._plain(column.field, line)
        if plain is not None:
            return plain
        cells.relieve()
        found = list(map(cells.__getitem__, line))
        if cells.bad:
            bad = cells.bad
            for index, raw in enumerate(line):
                if raw in bad:
                    self._note(column, block, index, bad[raw])
        return found

    def _plain(self, name: str, line: tuple) -> list[Any] | None:
        pattern = _PLAIN.get(name) if self.copying else None
        if pattern is None:
            return None
        try:
            if not pattern.fullmatch("\n".join(line)):
                return None
        except TypeError:
            return None
        return list(line)

    def _note(self, column: Column, block: Block, index: int, wrong: Wrong) -> None:
        said = "" if wrong.code == "required" else block.entered(column.field, index)
        self.add(block, index, column.field, wrong.code, said, **wrong.values)

    def add(self, block: Block, index: int, name: str, code: str, said: str | None = None, /, **values: Any) -> None:
        """Note a problem of a row of a block."""
        shown = block.entered(name, index) if said is None else said
        problem = Problem(block.numbers[index], self.kind.column(name).name, code, shown, block.sheet, values)
        self.problems.add(problem)
        if not problem.is_warning:
            block.wrong.add(index)


def dated(today: str) -> Parse:
    """A reader of days that must have come by ``today`` (ISO)."""
    return partial(past_day, today=today)
