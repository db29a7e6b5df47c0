"""From a file to rows: encodings, sheets, headers, merged cells, and rows that are no data.

Row numbers are those a person sees: title rows, blank lines and repeated headers count.
"""

import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from enterprises.rosters.columns import KINDS, SERIAL, Kind, heading, is_sensitive, recognise, score
from enterprises.rosters.nondata import Judge

CHUNK = 20_000  # rows handled at a time
HEADER_WITHIN = 60  # rows in which a header is looked for
SAMPLE = 200  # cells looked at to tell what an unnamed column holds
ENCODINGS = ("utf-8-sig", "gb18030")
csv.field_size_limit(2**20)

Row = list[Any]
Merge = tuple[tuple[int, int], tuple[int, int]]


class Unreadable(Exception):
    """The file is no roster that can be read; the message says why and what to do."""


@dataclass
class Chunk:
    """Rows of data with their numbers."""

    numbers: list[int]
    rows: list[Row]


@dataclass
class Sheet:
    """One sheet with a recognised header: where each field stands, and which columns are not read."""

    name: str
    kind: Kind
    header_row: int
    places: dict[str, int]
    dropped: list[str]
    ignored: list[str]
    dropped_places: list[int]
    source: "Source"
    skipped: Counter = field(default_factory=Counter)

    @property
    def missing(self) -> list[str]:
        """Names of required columns that the header lacks."""
        return [c.name for c in self.kind.columns if c.required and c.field not in self.places]

    def chunks(self) -> Iterator[Chunk]:
        """The rows of data below the header, ``CHUNK`` at a time."""
        judge = Judge(self.kind, self.places, self.source.wide_rows())
        width = max(self.places.values()) + 1
        number = self.header_row
        rows = itertools.islice(self.source.rows(), self.header_row, None)
        while batch := list(itertools.islice(rows, CHUNK)):
            numbers = list(range(number + 1, number + len(batch) + 1))
            number += len(batch)
            for row in batch:
                if len(row) < width:
                    row.extend([""] * (width - len(row)))
            verdicts = judge.reject(numbers, batch)
            if verdicts:
                self.skipped.update(verdicts.values())
                kept = [i for i in range(len(batch)) if i not in verdicts]
                numbers, batch = [numbers[i] for i in kept], [batch[i] for i in kept]
            if batch:
                yield Chunk(numbers, batch)


class Source:
    """Where the rows of one sheet come from. ``rows`` may be asked for more than once."""

    def rows(self) -> Iterator[Row]:
        raise NotImplementedError

    def wide_rows(self) -> frozenset[int]:
        """Numbers of rows with a cell merged across columns (titles, notes, headings of sections)."""
        return frozenset()

    def merged(self) -> list[Merge]:
        """Merged ranges, zero-based."""
        return []

    def total(self) -> int:
        """About how many rows there are, for progress."""
        return 0


class CsvSource(Source):
    """A CSV file in UTF-8 (with or without BOM), UTF-16 or GB18030; comma, tab or semicolon."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding, self.lines = _encoding(path)
        self.delimiter = self._delimiter()

    def _delimiter(self) -> str:
        with open(self.path, encoding=self.encoding, newline="") as file:
            lines = list(itertools.islice(file, HEADER_WITHIN))
        counts = Counter({mark: sum(line.count(mark) for line in lines) for mark in ",\t;，"})
        return counts.most_common(1)[0][0] if counts.total() else ","

    def total(self) -> int:
        return self.lines

    def rows(self) -> Iterator[Row]:
        with open(self.path, encoding=self.encoding, newline="") as file:
            try:
                yield from csv.reader(file, delimiter=self.delimiter)
            except csv.Error as error:
                raise Unreadable(_("The file is no readable CSV: %(why)s. Save it anew.") % {"why": error}) from None


def _encoding(path: Path) -> tuple[str, int]:
    """The first encoding that reads the whole file, and its number of lines. Raises ``Unreadable``."""
    with open(path, "rb") as file:
        start = file.read(4)
    encodings = ("utf-16",) if start[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        lines = 0
        try:
            with open(path, encoding=encoding, newline="") as file:
                while part := file.read(2**20):
                    if "\0" in part:
                        break
                    lines += part.count("\n")
                else:
                    return encoding, lines
        except UnicodeError:
            continue
    raise Unreadable(_("The file is neither UTF-8 nor GB18030 text. Save it as .xlsx or as CSV UTF-8."))


class SheetSource(Source):
    """A sheet of a workbook. Cells merged down are filled down, so that each row is complete."""

    def __init__(self, workbook: CalamineWorkbook, index: int) -> None:
        self.sheet = workbook.get_sheet_by_index(index)
        start = self.sheet.start
        self.left = start[1] if start else 0
        self.ranges: list[Merge] = self.sheet.merged_cell_ranges or []

    def merged(self) -> list[Merge]:
        return self.ranges

    def total(self) -> int:
        return self.sheet.total_height

    def wide_rows(self) -> frozenset[int]:
        found: set[int] = set()
        for (top, left), (bottom, right) in self.ranges:
            if right > left:
                found.update(range(top + 1, bottom + 2))
        return frozenset(found)

    def rows(self) -> Iterator[Row]:
        if self.sheet.start is None:
            return
        pad = [""] * self.left
        down: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _right) in self.ranges:
            if bottom > top:
                down.setdefault(top, []).append((left, bottom))
        filling: dict[int, tuple[int, Any]] = {}
        for number, cells in enumerate(self.sheet.iter_rows()):
            row = [*pad, *cells] if pad else cells
            for place, (bottom, value) in list(filling.items()):
                if number > bottom:
                    del filling[place]
                elif place < len(row) and row[place] in ("", None):
                    row[place] = value
            for place, bottom in down.get(number, ()):
                if place < len(row):
                    filling[place] = (bottom, row[place])
            yield row


@dataclass
class Roster:
    """A file with its kind and its sheets."""

    kind: Kind
    sheets: list[Sheet]
    without_header: list[str]

    @property
    def several_sheets(self) -> bool:
        return len(self.sheets) > 1


@contextmanager
def _sources(path: Path) -> Iterator[list[tuple[str, Source]]]:
    with open(path, "rb") as file:
        start = file.read(8)
    if start[:4] == b"PK\x03\x04" or start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        try:
            workbook = CalamineWorkbook.from_path(str(path))
        except PasswordError:
            raise Unreadable(_("The workbook is protected by a password. Save it without one.")) from None
        except CalamineError as error:
            message = _("The workbook cannot be opened: %(why)s. Save it anew as .xlsx.")
            raise Unreadable(message % {"why": error}) from None
        with workbook:
            yield [(name, SheetSource(workbook, i)) for i, name in enumerate(workbook.sheet_names)]
    elif not start:
        raise Unreadable(_("The file is empty. Choose the roster again."))
    else:
        yield [("", CsvSource(path))]


@contextmanager
def open_roster(path: Path | str, kind: str | None = None) -> Iterator[Roster]:
    """Open a roster and find its headers. ``kind`` names the kind where the header leaves a choice.

    Raises ``Unreadable``: no such file, no workbook or text, no header, sheets of different kinds.
    """
    path = Path(path)
    if not path.is_file():
        raise Unreadable(_("There is no file %(path)s.") % {"path": path})
    with _sources(path) as sources:
        kinds = [KINDS[kind]] if kind else list(KINDS.values())
        found, without = [], []
        for name, source in sources:
            sheet = _find_header(name, source, kinds)
            if sheet:
                found.append(sheet)
            elif any(any(cell not in ("", None) for cell in row) for row in source.rows()):
                without.append(name)
        if not found:
            raise Unreadable(_no_header(kind))
        if len({sheet.kind.name for sheet in found}) > 1:
            raise Unreadable(
                _("The sheets are rosters of different kinds. Say which one to read, or put each in its own file.")
            )
        yield Roster(found[0].kind, found, without)


def _no_header(kind: str | None) -> str:
    wanted = [KINDS[kind]] if kind else KINDS.values()
    lines = "; ".join(" ".join(c.name for c in k.columns if c.required) for k in wanted)
    return _("No header was recognised. A header has these columns: %(columns)s.") % {"columns": lines}


def _find_header(name: str, source: Source, kinds: list[Kind]) -> Sheet | None:
    rows = [list(row) for row in itertools.islice(source.rows(), HEADER_WITHIN)]
    best: tuple[int, int, Kind] | None = None
    for number, row in enumerate(rows, start=1):
        for kind in kinds:
            points = score(row, kind)
            if points and (best is None or points > best[0]):
                best = (points, number, kind)
    if best is None:
        return None
    _points, number, kind = best
    titles, last = _two_rows(rows, number, kind)
    return _sheet(name, source, kind, titles, last)


def _two_rows(rows: list[Row], number: int, kind: Kind) -> tuple[Row, int]:
    """A header of two rows: group headings above, the columns' own below. Returns titles and the last row."""
    titles = rows[number - 1]
    places = recognise(titles, kind)
    known = set(places.values())
    for other, last in ((number - 2, number), (number, number + 1)):
        if not 0 <= other < len(rows) or (other == number and _is_data(rows[other], places["code"], kind)):
            continue
        extra = {p: c for p, c in enumerate(rows[other]) if p not in known and heading(c)}
        if other < number:  # what stands above a heading of its own belongs to the title, not to the column
            extra = {p: c for p, c in extra.items() if p >= len(titles) or titles[p] in ("", None)}
        width = max(len(titles), *(p + 1 for p in extra)) if extra else len(titles)
        both = [extra.get(p, titles[p] if p < len(titles) else "") for p in range(width)]
        gained = set(recognise(both, kind).values()) - known
        cells = [c for c in rows[other] if c not in ("", None)]
        if gained and not any(isinstance(c, (int, float)) for c in cells):
            return [c if p in gained or p >= len(titles) else titles[p] for p, c in enumerate(both)], last
    return titles, number


def _is_data(row: Row, code: int, kind: Kind) -> bool:
    """Whether the row below a header already holds a code: then it is no second row of the header."""
    cell = row[code] if code < len(row) else ""
    return cell not in ("", None) and "code" not in recognise([cell], kind)


def _sheet(name: str, source: Source, kind: Kind, titles: Row, header_row: int) -> Sheet:
    places = recognise(titles, kind)
    sample = list(itertools.islice(source.rows(), header_row, header_row + SAMPLE))
    dropped, ignored, dropped_places = [], [], []
    width = max([len(titles), *map(len, sample)], default=0)
    for place in range(width):
        if place in places.values():
            continue
        title = str(titles[place]).strip() if place < len(titles) else ""
        cells = [row[place] for row in sample if place < len(row)]
        if is_sensitive(title, cells):
            dropped.append(title or _("column %(number)s") % {"number": place + 1})
            dropped_places.append(place)
        elif not SERIAL.match(heading(title)):
            ignored.append(title)
    return Sheet(name, kind, header_row, places, dropped, ignored, dropped_places, source)
