"""A dashboard as a workbook: the very rows of the screen, numbers as numbers, codes as text."""

from io import BytesIO

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from campaign.overview.boards import Board
from campaign.overview.heat import Group, Row
from campaign.progress.counting import StepFigures
from campaign.progress.rules import Cell, State
from enterprises import clock

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Fill and ink of each state: the pale tints of the screen, so that a grey printer keeps the words.
COLORS = {
    State.OK: ("#e1f0e4", "#1d6238"),
    State.LATE: ("#fae29a", "#654600"),
    State.OVER: ("#c0271a", "#ffffff"),
    State.SOON: ("#e0ecf9", "#194e8c"),
    State.NONE: ("#efece6", "#5f5a52"),
    State.WAIT: ("#ffffff", "#686259"),
}
FONT = "宋体"


class Sheets:
    """The workbook under construction, with its formats."""

    def __init__(self) -> None:
        self.stream = BytesIO()
        # Names are typed by people: nothing of theirs may become a formula or a link.
        self.book = xlsxwriter.Workbook(
            self.stream,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
        self.title = self.book.add_format(base | {"bold": True, "font_size": 16})
        self.note = self.book.add_format(base | {"font_color": "#686259"})
        self.head = self.book.add_format(base | {"bold": True, "text_wrap": True, "bottom": 2, "align": "center"})
        self.text = self.book.add_format(base | {"bottom": 4, "num_format": "@"})
        self.group = self.book.add_format(base | {"bold": True, "bg_color": "#f7f5f1"})
        self.number = self.book.add_format(base | {"bottom": 4, "num_format": "#,##0"})
        self.states = {
            state: self.book.add_format(
                base
                | {
                    "bg_color": fill,
                    "font_color": ink,
                    "align": "center",
                    "border": 1,
                    "border_color": "#ddd8cf",
                }
            )
            for state, (fill, ink) in COLORS.items()
        }

    def sheet(self, name: str, title: str, note: str) -> Worksheet:
        """A worksheet with its title rows, A4 landscape, one page wide."""
        sheet = self.book.add_worksheet(name[:31])
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, note, self.note)
        sheet.set_row(0, 26)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def content(self) -> bytes:
        self.book.close()
        return self.stream.getvalue()


def words(item: Cell) -> str:
    """What stands in a cell of the heat map: the word of the state and its number."""
    short = {
        State.OK: _("in time"),
        State.LATE: _("late %(n)s"),
        State.OVER: _("overdue %(n)s"),
        State.SOON: _("%(n)s days left"),
        State.NONE: "—",
        State.WAIT: "",
    }
    return short[item.state] % {"n": item.number} if "%" in short[item.state] else short[item.state]


def board_workbook(board: Board) -> bytes:
    """The dashboard ``board``: units by steps, the steps' figures, the members."""
    sheets = Sheets()
    note = _("As of %(time)s") % {"time": board.as_of.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")}
    _heat_sheet(sheets, board, note)
    _steps_sheet(sheets, board, note)
    return sheets.content()


def _heat_sheet(sheets: Sheets, board: Board, note: str) -> None:
    sheet = sheets.sheet(_("Units"), board.title, note)
    columns = [column for heat in board.heats for column in heat.columns]
    heads = [
        _("Code"),
        _("Unit"),
        _("Members"),
        _("Taking part"),
        _("Being sought"),
        _("Excused"),
        *[column.step.name for column in columns],
    ]
    for x, head in enumerate(heads):
        sheet.write_string(3, x, head, sheets.head)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, len(heads) - 1, 11)
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(3)
    y = 4
    for group in board.groups:
        y = _group_rows(sheets, sheet, group, y)


def _group_rows(sheets: Sheets, sheet: Worksheet, group: Group, y: int) -> int:
    if group.title:
        sheet.write_string(y, 0, str(group.title), sheets.group)
        y += 1
    for row in group.rows:
        _heat_row(sheets, sheet, row, y)
        y += 1
    return y


def _heat_row(sheets: Sheets, sheet: Worksheet, row: Row, y: int) -> None:
    sheet.write_string(y, 0, row.organization.code, sheets.text)
    sheet.write_string(y, 1, row.name, sheets.text)
    members = row.figures.members
    for x, value in enumerate((members.total, members.covered, members.sought, members.excused), 2):
        sheet.write_number(y, x, value, sheets.number)
    for x, item in enumerate(row.cells, 6):
        sheet.write_string(y, x, words(item), sheets.states[item.state])


def _steps_sheet(sheets: Sheets, board: Board, note: str) -> None:
    sheet = sheets.sheet(_("Steps"), board.title, note)
    heads = [
        _("Step"),
        _("Expected"),
        _("Done in time"),
        _("Made up or late"),
        _("Overdue"),
        _("Not due yet"),
        _("Not expected"),
        _("Persons due"),
        _("Persons done"),
    ]
    for x, head in enumerate(heads):
        sheet.write_string(3, x, head, sheets.head)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(heads) - 1, 12)
    sheet.freeze_panes(4, 1)
    for y, figures in enumerate(board.figures.steps, 4):
        sheet.write_string(y, 0, figures.step.name, sheets.text)
        for x, value in enumerate(_counts(figures), 1):
            sheet.write_number(y, x, value, sheets.number)


def _counts(figures: StepFigures) -> tuple[int, ...]:
    return (
        figures.expected,
        figures.done,
        figures.late,
        figures.overdue,
        figures.pending,
        figures.not_applicable,
        figures.persons_due,
        figures.persons_done,
    )


def download(content: bytes, name: str) -> HttpResponse:
    """A workbook as a download."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response
