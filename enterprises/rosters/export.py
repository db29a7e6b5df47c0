"""Rosters out, in the layout in which they come in: what the account may import, nothing else."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from enterprises.access import roles
from enterprises.listing import AT_ONCE
from enterprises.models import Account, Enterprise, Member, Organization, PartyGroup
from enterprises.rosters.columns import ENTERPRISES, KINDS, MEMBERS, ORGANIZATIONS
from enterprises.rosters.member_checks import KIND_WORDS
from enterprises.rosters.organization_checks import AFFILIATION_WORDS
from enterprises.rosters.values import EDUCATION
from enterprises.sheets import RISKY, Sheets
from enterprises.tree import under

GENDER = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}
MEMBER_KIND = {"FULL": "正式", "PROBATIONARY": "预备"}
CATEGORY = {
    "LEADER": "领导干部", "HQ_STAFF": "总部机关", "FRONT_LINE": "生产一线", "TECHNICAL": "专业技术",
    "RETIRED": "离退休", "LAID_OFF": "下岗失业", "MOBILE": "流动党员",
}  # fmt: skip
CONTACT = {"NORMAL": "正常", "LOST": "失去联系", "SEARCHING": "查找中"}
CONDITION = {
    "SOUND": "正常", "IN_DIFFICULTY": "经营困难", "RESTRUCTURING": "重组改制", "NEAR_BANKRUPTCY": "濒临破产",
}  # fmt: skip
UNIT_KIND = {"HEADQUARTERS": "总部", "SUBSIDIARY": "所属企业", "DIRECT_UNIT": "直属单位"}
BATCH = {1: "第一批", 2: "第二批", None: ""}
YES_NO = {True: "是", False: "否", None: ""}
CHUNK = 5_000
Watched = Callable[[Iterable[list[str]], int], Iterable[list[str]]]


def _within(account: Account, prefix: str = "") -> Q:
    """Organisations where the account may import."""
    condition = Q(pk__in=[])
    for path in account.reach.paths.get(roles.IMPORT, []):
        condition |= under(path, prefix)
    return condition


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _members(account: Account) -> QuerySet:
    return Member.objects.visible_to(account).filter(_within(account, "branch__")).on_roll()


def member_rows(account: Account) -> Iterator[list[str]]:
    """Members on the roll, as a roster has them."""
    rows = (
        _members(account)
        .order_by("branch__path", "name_key", "code")
        .values_list(
            "code", "name", "gender", "born_on", "education", "admitted_on", "full_on", "kind", "category",
            Coalesce("party_group__code", "branch__code"), "contact", "phone",
        )
    )  # fmt: skip
    for code, name, gender, born, education, admitted, full, kind, category, branch, contact, phone in rows.iterator(
        CHUNK
    ):
        yield [
            code, name, GENDER[gender], _day(born), EDUCATION.get(education, education), _day(admitted), _day(full),
            MEMBER_KIND[kind], CATEGORY[category], branch, CONTACT[contact], phone,
        ]  # fmt: skip


def _organizations(account: Account) -> QuerySet:
    return Organization.objects.visible_to(account).filter(_within(account)).open()


def organization_rows(account: Account) -> Iterator[list[str]]:
    """Open organisations, then Party groups."""
    fields = (
        "code", "name", "kind", "superior__code", "enterprise__code", "enterprise_given", "affiliation",
        "is_headquarters", "division_code", "enterprise__condition", "enterprise__is_window_unit", "founded_on",
        "term_end", "secretary_name",
    )  # fmt: skip
    for row in _organizations(account).order_by("path").values_list(*fields).iterator(CHUNK):
        code, name, kind, superior, unit, given, affiliation, hq, place, condition, window, *days, secretary = row
        yield [
            code, name, KIND_WORDS[kind], superior or "", unit if given else "", AFFILIATION_WORDS[affiliation],
            YES_NO[hq], place, CONDITION.get(condition, "") if given else "", YES_NO[window] if given else "",
            *map(_day, days), secretary,
        ]  # fmt: skip
    groups = PartyGroup.objects.visible_to(account).filter(
        _within(account, "organization__"), closed_on=None, organization__closed_on=None
    )
    for code, name, branch in groups.order_by("code").values_list("code", "name", "organization__code"):
        yield [code, name, KIND_WORDS["PARTY_GROUP"], branch, *[""] * 9]


def _enterprises(account: Account) -> QuerySet:
    return Enterprise.objects.visible_to(account)


def enterprise_rows(account: Account) -> Iterator[list[str]]:
    """Units in sight, in the order of the directory."""
    rows = (
        _enterprises(account)
        .order_by("path")
        .annotate(parent_code=Coalesce(F("parent__code"), Value("")))
        .values_list(
            "code", "name", "parent_code", "division_code", "industry", "condition", "is_window_unit",
            "declared_batch", "kind",
        )
    )  # fmt: skip
    for code, name, parent, place, industry, condition, window, batch, kind in rows.iterator(CHUNK):
        yield [
            code, name, parent, place, industry, CONDITION[condition], YES_NO[window], BATCH.get(batch, ""),
            UNIT_KIND[kind],
        ]  # fmt: skip


QUERIES = {MEMBERS.name: _members, ORGANIZATIONS.name: _organizations, ENTERPRISES.name: _enterprises}
ROWS = {MEMBERS.name: member_rows, ORGANIZATIONS.name: organization_rows, ENTERPRISES.name: enterprise_rows}
TITLES = {MEMBERS.name: "党员名册", ORGANIZATIONS.name: "组织名册", ENTERPRISES.name: "企业名册"}


def headings(kind: str) -> list[str]:
    """The canonical headings of a kind of roster."""
    return [column.name for column in KINDS[kind].columns]


def is_long(kind: str, account: Account) -> bool:
    """Whether the roster has more rows than are written while one waits."""
    return QUERIES[kind](account).order_by()[AT_ONCE : AT_ONCE + 1].exists()


def write_workbook(kind: str, account: Account, target: IO[bytes], watched: Watched | None = None) -> int:
    """Write an .xlsx roster. Codes and telephone numbers are text. ``watched`` is given the rows with about how many
    there are, and gives them back as they are written. Returns the number of rows.
    """
    sheets = Sheets(target, TITLES[kind], headings(kind))
    rows: Iterable[list[str]] = ROWS[kind](account)
    for row in watched(rows, QUERIES[kind](account).count()) if watched else rows:
        sheets.write(row)
    sheets.close()
    return sheets.count


class _Echo(io.TextIOBase):
    """Hands back what is written, so that rows can be streamed."""

    def write(self, text: str) -> str:  # type: ignore[override]
        return text


def _safe(row: Iterable[str]) -> list[str]:
    """No cell that a spreadsheet would take for a formula; reading takes the apostrophe off again."""
    return [f"'{cell}" if cell.startswith(RISKY) else cell for cell in row]


def csv_lines(kind: str, account: Account) -> Iterator[str]:
    """A CSV roster with BOM, line by line, as Excel opens it."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(headings(kind))
    for row in ROWS[kind](account):
        yield writer.writerow(_safe(row))
