"""Rewriting an uploaded file in its own layout: without columns that must not be kept, or with remedies."""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from enterprises.rosters.reading import CsvSource, Merge, Sheet, Source, open_roster
from enterprises.sheets import RISKY

MERGED_UP_TO = 100_000  # rows; beyond that the copy is streamed and merged cells are written out
Remedies = Mapping[tuple[str, int], str]  # sheet (empty when there is one) and row -> what to do


def clean(path: Path) -> bool:
    """Take the columns that must not be kept out of a stored file. Returns whether there were any."""
    with open_roster(path) as roster:
        if not any(sheet.dropped_places for sheet in roster.sheets):
            return False
        cleaned = path.with_name(f"{path.stem}.cleaned{path.suffix}")
        _rewrite(roster.sheets, cleaned, None)
    cleaned.replace(path)
    return True


def error_sheet(path: Path, remedies: Remedies, target: Path) -> None:
    """Write the file anew with what to do in a last column, headed in the row of the header."""
    with open_roster(path) as roster:
        _rewrite(roster.sheets, target, remedies)


def _rewrite(sheets: list[Sheet], target: Path, remedies: Remedies | None) -> None:
    if isinstance(sheets[0].source, CsvSource):
        _rewrite_csv(sheets[0], target, remedies)
    else:
        _rewrite_workbook(sheets, target, remedies)


def _heading() -> str:
    return _("What to do")


def _rows(sheet: Sheet, label: str, remedies: Remedies | None) -> Iterator[list[Any]]:
    """All rows, cells of dropped columns emptied below the header, remedies at the end."""
    width = _width(sheet.source)
    for number, cells in enumerate(sheet.source.rows(), start=1):
        row = list(cells)
        if number > sheet.header_row:
            for place in sheet.dropped_places:
                if place < len(row):
                    row[place] = ""
        if remedies is not None:
            said = _heading() if number == sheet.header_row else remedies.get((label, number), "")
            if said:
                row += [""] * (width - len(row)) + [said]
        yield row


def _width(source: Source) -> int:
    return max(map(len, source.rows()), default=0)


def _rewrite_csv(sheet: Sheet, target: Path, remedies: Remedies | None) -> None:
    source = sheet.source
    assert isinstance(source, CsvSource)
    with open(target, "w", encoding=source.encoding, newline="", errors="replace") as file:
        writer = csv.writer(file, delimiter=source.delimiter)
        writer.writerows(_rows(sheet, "", remedies))


def _rewrite_workbook(sheets: list[Sheet], target: Path, remedies: Remedies | None) -> None:
    large = sum(sheet.source.total() for sheet in sheets) > MERGED_UP_TO
    book = Workbook(str(target), {"constant_memory": large, "strings_to_formulas": False, "strings_to_urls": False})
    write = _cell_writer(book)
    for sheet in sheets:
        label = sheet.name if len(sheets) > 1 else ""
        page = book.add_worksheet(sheet.name[:31])
        merges = [] if large else sheet.source.merged()
        covered = {(r, c) for top, bottom in merges for r, c in _cells(top, bottom)} if merges else set()
        for number, row in enumerate(_rows(sheet, label, remedies)):
            for place, value in enumerate(row):
                if (number, place) not in covered:
                    write(page, number, place, value)
        _merge(page, sheet, merges)
    book.close()


def _cells(top: tuple[int, int], bottom: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for row in range(top[0], bottom[0] + 1):
        for column in range(top[1], bottom[1] + 1):
            yield row, column


def _merge(page: Worksheet, sheet: Sheet, merges: list[Merge]) -> None:
    if not merges:
        return
    firsts = {top: "" for top, _bottom in merges}
    for number, row in enumerate(sheet.source.rows()):
        for place, value in enumerate(row):
            hidden = place in sheet.dropped_places and number >= sheet.header_row
            if (number, place) in firsts and not hidden:
                firsts[number, place] = value
    for top, bottom in merges:
        if top != bottom:
            page.merge_range(*top, *bottom, "")
        _plain(page, *top, firsts[top])


def _plain(page: Worksheet, row: int, column: int, value: Any) -> None:
    if value not in ("", None):
        page.write_string(row, column, str(value)) if isinstance(value, str) else page.write(row, column, value)


def _cell_writer(book: Workbook) -> Callable[[Worksheet, int, int, Any], None]:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    quoted = book.add_format({"quote_prefix": True})

    def write(page: Worksheet, row: int, place: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            page.write_boolean(row, place, value)
        elif isinstance(value, (int, float)):
            page.write_number(row, place, value)
        elif isinstance(value, (datetime, date)):
            page.write_datetime(row, place, datetime(value.year, value.month, value.day), day)
        else:
            text = str(value)
            page.write_string(row, place, text, quoted if text.startswith(RISKY) else None)

    return write
