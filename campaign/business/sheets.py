"""A sheet of indicators: one row a unit and month; every mistake is named by row, column and remedy."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from campaign.business import rules
from campaign.business.wording import REMEDY
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Account, Enterprise, Organization
from enterprises.rosters import values
from enterprises.sheets import workbook

# Column as people write it -> field; the first of each stands in the empty sheet.
COLUMNS: dict[str, tuple[str, ...]] = {
    "unit": ("企业代码", "单位代码"),
    "month": ("月份", "截止月份"),
    "revenue": ("销售收入（亿元）", "销售收入", "营业收入"),
    "revenue_prior": ("上年同期销售收入（亿元）", "上年同期销售收入"),
    "revenue_growth": ("销售收入同比增长（%）", "销售收入同比增长"),
    "profit": ("利润（亿元）", "利润", "实现利润"),
    "profit_prior": ("上年同期利润（亿元）", "上年同期利润"),
    "profit_growth": ("利润同比增长（%）", "利润同比增长"),
    "preservation": ("国有资产保值增值率（%）", "国有资产保值增值率", "保值增值率"),
}
HEADINGS = [words[0] for words in COLUMNS.values()]
MONEY = ("revenue", "revenue_prior", "profit", "profit_prior")
QUALIFIED = ("revenue", "profit")
MOST = 20_000  # rows
LEAST_PRESERVED = Decimal(3)  # per cent; a unit that kept less of its state assets has other things to report


@dataclass(frozen=True)
class Problem:
    """One mistake: ``row`` as a person sees it in the file."""

    row: int
    column: str
    message: str


Row = tuple[Organization, date, dict[str, Any]]


def read(upload: UploadedFile, account: Account) -> tuple[list[Row], list[Problem]]:
    """The rows of the first sheet, and every mistake in them."""
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(upload.read())).get_sheet_by_index(0)
    except (CalamineError, ValueError):
        return [], [Problem(1, "", _("This is no Excel file. Save it as .xlsx and choose it again."))]
    lines = sheet.to_python(skip_empty_area=False)
    header = next((n for n, line in enumerate(lines) if _places(line).keys() >= {"unit", "month"}), None)
    if header is None:
        return [], [Problem(1, "", _("No row holds the headings 企业代码 and 月份. Use the empty sheet."))]
    places = _places(lines[header])
    found, problems, seen = [], [], {}
    units = _units(account)
    for number, line in enumerate(lines[header + 1 : header + 1 + MOST], header + 2):
        if not any(str(cell).strip() for cell in line):
            continue
        row, wrong = _row(number, {name: line[place] for name, place in places.items()}, units)
        if row is not None and (row[0].pk, row[1]) in seen:
            first = seen[row[0].pk, row[1]]
            wrong.append(Problem(number, COLUMNS["month"][0], _("The same unit and month stand in row %d.") % first))
        problems += wrong
        if row is not None and not wrong:
            seen[row[0].pk, row[1]] = number
            found.append(row)
    return found, problems


def empty() -> IO[bytes]:
    """A sheet with nothing but the headings, to be filled in."""
    return workbook(_("Economic indicators"), HEADINGS, [], [])


def _places(line: list[Any]) -> dict[str, int]:
    names = {values.text(word): field for field, words in COLUMNS.items() for word in words}
    return {names[text]: n for n, cell in enumerate(line) if (text := values.text(cell)) in names}


def _units(account: Account) -> dict[str, Organization]:
    seen = Enterprise.objects.visible_to(account).exclude(leading_organization=None)
    return {
        unit.code: unit.leading_organization
        for unit in seen.select_related("leading_organization__enterprise")
        if may(account, roles.RECORD, unit.leading_organization)
    }


def _row(number: int, cells: dict[str, Any], units: dict[str, Organization]) -> tuple[Row | None, list[Problem]]:
    problems = []
    organization = units.get(values.text(cells["unit"]))
    if organization is None:
        words = _("No unit that you record for has this code. Compare it with the list of enterprises.")
        problems.append(Problem(number, COLUMNS["unit"][0], words))
    month = _month(cells["month"])
    if month is None:
        problems.append(Problem(number, COLUMNS["month"][0], _("Write the month as 2005-05 or 2005年5月.")))
    told: dict[str, Any] = {}
    for name in COLUMNS:
        if name in ("unit", "month") or name not in cells or not str(cells[name]).strip():
            continue
        try:
            figure = (rules.read_money if name in MONEY else rules.read_percent)(str(cells[name]))
        except rules.Unreadable as unreadable:
            problems.append(Problem(number, COLUMNS[name][0], str(REMEDY[unreadable.fault])))
            continue
        told[name] = figure.value
        if name in QUALIFIED:
            told[f"{name}_qualifier"] = figure.qualifier
    problems += [Problem(number, COLUMNS[name][0], _fraction_words(cells[name])) for name in _fractions(cells, told)]
    if organization is None or month is None:
        return None, problems
    return (organization, month, told), problems


def _fractions(cells: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """The percentages that were read as a hundredth of what is meant: of a cell shown in per cent Excel keeps 0.23."""
    held = {name: Decimal(str(cell)) for name, cell in cells.items() if isinstance(cell, (int, float))}
    found = ["preservation"] if held.get("preservation", LEAST_PRESERVED) < LEAST_PRESERVED else []
    for name in QUALIFIED:
        stated = held.get(f"{name}_growth")
        if stated is not None and rules.is_fraction(stated, rules.growth(told.get(name), told.get(f"{name}_prior"))):
            found.append(f"{name}_growth")
    return found


def _fraction_words(cell: Any) -> str:
    percent = format(Decimal(str(cell)) * 100, "f").rstrip("0").rstrip(".")
    return _("The cell is shown in per cent and holds %(cell)s. Write %(percent)s, as a plain number.") % {
        "cell": cell, "percent": percent,
    }  # fmt: skip


def _month(raw: Any) -> date | None:
    """The first day of a month, however it is written."""
    try:
        return date.fromisoformat(values.day(raw)).replace(day=1)
    except ValueError:
        return None
