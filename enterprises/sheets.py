"""Writes rows to an Excel workbook: text stays text, nothing is ever a formula."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from enterprises import clock

ROWS_PER_SHEET = 1_000_000  # Excel holds 1,048,576
COLUMN_WIDTH = 18
RISKY = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767


class Sheets:
    """A workbook that grows row by row, with a new sheet after every million rows."""

    def __init__(self, target: IO[bytes], title: str, headings: Sequence[str]) -> None:
        self.book = Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
        self.bold = self.book.add_format({"bold": True, "bottom": 1})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        # Excel keeps such a cell as text also after it was edited or saved as CSV.
        self.quoted = self.book.add_format({"quote_prefix": True})
        self.title, self.headings = title, headings
        self.sheet: Worksheet | None = None
        self.row = self.count = self.pages = 0

    def _new_sheet(self) -> Worksheet:
        self.pages += 1
        name = "".join(c for c in self.title if c not in "[]:*?/\\'")[:24] or "1"
        sheet = self.book.add_worksheet(name if self.pages == 1 else f"{name} {self.pages}")
        sheet.set_column(0, max(len(self.headings) - 1, 0), COLUMN_WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for place, heading in enumerate(self.headings):
            sheet.write_string(0, place, str(heading), self.bold)
        self.row = 1
        self.sheet = sheet
        return sheet

    def write(self, values: Iterable[Any]) -> None:
        """Add a row."""
        sheet = self.sheet
        if sheet is None or self.row > ROWS_PER_SHEET:
            sheet = self._new_sheet()
        for place, value in enumerate(values):
            self._cell(sheet, place, value)
        self.row += 1
        self.count += 1

    def _cell(self, sheet: Worksheet, place: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_string(self.row, place, _("yes") if value else _("no"))
        elif isinstance(value, (int, float, Decimal)):
            sheet.write_number(self.row, place, value)
        elif isinstance(value, datetime):
            local = value.astimezone(clock.ZONE).replace(tzinfo=None) if value.tzinfo else value
            sheet.write_datetime(self.row, place, local, self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(self.row, place, datetime(value.year, value.month, value.day), self.day)
        else:
            text = str(value)[:CELL_LIMIT]
            sheet.write_string(self.row, place, text, self.quoted if text.startswith(RISKY) else None)

    def close(self, notes: Sequence[tuple[str, str]] = ()) -> None:
        """Finish the workbook with a sheet that says what the rows are."""
        if self.sheet is None:
            self._new_sheet()
        about = self.book.add_worksheet(_("About"))
        about.set_column(0, 1, 2 * COLUMN_WIDTH)
        for row, (label, text) in enumerate(notes):
            about.write_string(row, 0, str(label), self.bold)
            about.write_string(row, 1, str(text))
        self.book.close()


def workbook(
    title: str, headings: Sequence[str], rows: Iterable[Iterable[Any]], notes: Sequence[tuple[str, str]] = ()
) -> IO[bytes]:
    """A workbook of ``rows`` in a temporary file that vanishes when it is closed."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    sheets = Sheets(target, title, headings)
    for row in rows:
        sheets.write(row)
    sheets.close(notes)
    target.seek(0)
    return target
