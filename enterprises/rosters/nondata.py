"""Which rows below the header are no data: blank lines, repeated headers, subtotals, notes, signatures.

A row is only judged when its code or its name is not in order, so that a complete row is never lost.
"""

import re
from collections.abc import Iterable
from typing import Any

from enterprises.rosters.columns import Kind, recognise
from enterprises.rosters.values import CODE, Wrong, text

_SUM = "合计|小计|总计|共计|累计|总数"
SUBTOTAL = re.compile(
    rf"^[（(]?[^,，。:：]{{0,20}}(?:{_SUM})[）)]?\s*[:：]?\s*[（(]?\d*\s*[人名个户行条]?[）)]?$"
    rf"|^(?:{_SUM}).{{0,30}}$|^共\s*\d+\s*[人名个户行条]"
)
_SUM_IN_NAME = re.compile(_SUM.replace("计", r"\s*计"))
SIGNATURE = re.compile(
    r"^(?:填表人?|制表人?|编制人?|审核人?|复核人?|审批人?|批准人?|负责人|经办人|联系人|联系电话|单位负责人|部门负责人|党委书记签字|"
    r"书记签[字名]|签[字名]|盖章|单位盖章|公章|填报单位|填表单位|制表单位|报送单位|填报人|报送人|制表日期|填表日期|填报日期|报出日期|"
    r"报送日期|打印日期|日期|统计截止时间|截止日期|计量单位|表号|制表机关|批准文号|有效期至|说明|填表说明|注|备注|附注|注释|附)"
    r"\s*\d*\s*(?:[（(][^（）()]*[）)])?\s*[:：]"
)
_PAGE = re.compile(
    r"^[-—\s]*第?\s*\d+\s*页.*$|^\(?续表\)?$|^[（(]?(?:单位)?(?:盖章|公章|签章|签字)[）)]?$"
    r"|^\*?\s*(?:填表说明|说明|注)\s*\d*\s*[:：、.]"
)
_NUMBER = re.compile(r"[甲乙丙丁戊]|[(（]?\d{1,2}[)）]?")
_END = re.compile(r"^[-—=*]*\s*(?:以下空白|完|结束|以下无正文)\s*[-—=*]*$")
# Ordinary codes and names, one a line: no judging needed. Unrolled classes keep it linear.
_CODES = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/#-]*(?:\n[0-9A-Za-z][0-9A-Za-z._/#-]*)*")
_NAMES = re.compile(r"[^\s:：]+(?:\n[^\s:：]+)*")
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Judge:
    """Tells rows of data from the others in chunks of one sheet."""

    def __init__(self, kind: Kind, places: dict[str, int], wide_rows: frozenset[int]) -> None:
        self.kind = kind
        self.code = places["code"]
        self.name = places.get("name", self.code)
        self.markers = [(kind.column(f).parse, places[f]) for f in kind.markers if f in places]
        self.mapped = list(places.values())
        self.wide_rows = wide_rows

    def reject(self, numbers: list[int], rows: list[list[Any]]) -> dict[int, str]:
        """Index in the chunk -> why the row is no data."""
        verdicts = {}
        for i in self._doubtful(rows):
            why = self._verdict(numbers[i], rows[i])
            if why:
                verdicts[i] = why
        return verdicts

    def _doubtful(self, rows: list[list[Any]]) -> Iterable[int]:
        code, name, in_order, sums = self.code, self.name, CODE.fullmatch, _SUM_IN_NAME.search
        if self._all_in_order([row[code] for row in rows], [row[name] for row in rows]):
            return []
        found = []
        for i, row in enumerate(rows):
            c, n = row[code], row[name]
            if not (c.__class__ is str and in_order(c) and n.__class__ is str and n and not sums(n)):
                found.append(i)
        return found

    @staticmethod
    def _all_in_order(codes: list[Any], names: list[Any]) -> bool:
        """The usual case, told by two expressions over the whole chunk."""
        try:
            listed = "\n".join(names)
            return bool(
                _CODES.fullmatch("\n".join(codes)) and _NAMES.fullmatch(listed) and not _SUM_IN_NAME.search(listed)
            )
        except TypeError:
            return False

    def _verdict(self, number: int, row: list[Any]) -> str:
        cells = [text(cell) for cell in row]
        filled = [cell for cell in cells if cell]
        if not any(cells[p] for p in self.mapped):
            return "note" if any(_CHINESE.search(c) for c in filled) else "blank"
        if len(recognise(row, self.kind)) >= 3:
            return "header"
        if self._numbers_columns(cells, filled):
            return "header"
        recognised = self._recognised(row)
        if recognised and CODE.fullmatch(cells[self.code].replace(" ", "")):
            return ""
        if recognised >= 2 and not any(SUBTOTAL.match(cells[p].replace(" ", "")) for p in self.mapped):
            return ""
        return self._remark(number, cells, [cell.replace(" ", "") for cell in filled])

    def _numbers_columns(self, cells: list[str], filled: list[str]) -> bool:
        """The row 甲 乙 1 2 3 below the header of official tables."""
        return len(filled) >= 3 and bool(_NUMBER.fullmatch(cells[self.name])) and all(map(_NUMBER.fullmatch, filled))

    def _recognised(self, row: list[Any]) -> int:
        """How many cells hold a value that only data has, such as 正式."""
        found = 0
        for parse, place in self.markers:
            try:
                found += bool(parse(row[place]))
            except Wrong:
                continue
        return found

    def _remark(self, number: int, cells: list[str], filled: list[str]) -> str:
        if any(SUBTOTAL.match(cell) for cell in filled):
            return "subtotal"
        if any(SIGNATURE.match(cell) or _PAGE.match(cell) or _END.match(cell) for cell in filled):
            return "note"
        if len(set(filled)) == 1 and _CHINESE.search(filled[0]):
            in_name = cells[self.name] and not cells[self.code]
            if not in_name or number in self.wide_rows or len(filled[0]) > 4:
                return "heading"
        return ""
