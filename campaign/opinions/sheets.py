"""Many opinions at once: pasted lines, and files in a simple layout (item 58)."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from python_calamine import CalamineError, CalamineWorkbook

from campaign.opinions.actions import MOST, Told
from campaign.opinions.categories import Category
from campaign.opinions.models import LONGEST, Channel, SourceGroup
from enterprises import clock
from enterprises.rosters.values import day

LARGEST = 5 * 2**20  # bytes
HEADER_WITHIN = 10  # rows in which the header is looked for
COLUMNS = {
    "text": ("意见", "意见建议", "内容", "opinion"),
    "channel": ("渠道", "方式", "channel"),
    "source_group": ("来源", "来源群体", "source group"),
    "received_on": ("日期", "收到日期", "date", "received on"),
    "category": ("类别", "分类", "category"),
}
_NUMBERING = re.compile(r"^\s*(?:[(（]?\d{1,3}[)）.、．:：]|[一二三四五六七八九十]{1,3}、|[-•·])\s*")


class Refused(ValueError):
    """A cell that cannot be taken, in words."""


@dataclass
class Read:
    """What a file holds: opinions, or what is wrong with it (row, problem)."""

    told: list[Told] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def lines_of(text: str) -> list[str]:
    """The opinions of a pasted text: one a line, without numbers or dots in front, empty lines left out."""
    stripped = (_NUMBERING.sub("", line).strip() for line in text.splitlines())
    return [line for line in stripped if line]


def read(content: bytes, categories: dict[str, Category]) -> Read:
    """Opinions of an .xlsx or .csv file; nothing is taken from a file in which anything is wrong."""
    found = Read()
    try:
        rows = _rows(content)
    except (CalamineError, BadZipFile, UnicodeDecodeError, csv.Error):
        found.problems.append((0, _("This file can be read neither as .xlsx nor as .csv. Save it anew.")))
        return found
    header = _header(rows)
    if header is None:
        found.problems.append((0, _("No column is called 意见. Put the names of the columns above the opinions.")))
        return found
    start, places = header
    words = _Words(categories)
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        cells = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        if not str(cells["text"]).strip():
            continue
        try:
            found.told.append(words.told(cells))
        except Refused as refused:
            found.problems.append((number, str(refused)))
    if not found.told and not found.problems:
        found.problems.append((0, _("There is no opinion in the file.")))
    if len(found.told) > MOST:
        found.problems.append((0, _("These are more than %(most)d opinions. Split the file.") % {"most": MOST}))
    return found


def _rows(content: bytes) -> list[list[Any]]:
    if content.startswith(b"PK\x03\x04"):
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return list(csv.reader(io.StringIO(text)))


def _header(rows: list[list[Any]]) -> tuple[int, dict[str, int]] | None:
    """Where the header stands, and the place of each column."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        titles = [str(cell).strip().lower().rstrip("*") for cell in row]
        places = {n: titles.index(word) for n, words in COLUMNS.items() for word in reversed(words) if word in titles}
        if "text" in places:
            return number, places
    return None


class _Words:
    """The words of a file for channels, groups and categories, in both languages or by code."""

    def __init__(self, categories: dict[str, Category]) -> None:
        self.channels = _spoken(Channel) | {"意见箱": Channel.BOX.value, "网上": Channel.WEB.value}
        self.sources = _spoken(SourceGroup) | {"职工": "EMPLOYEE", "党员": "MEMBER", "群众": "SOCIETY"}
        self.categories = {w.lower(): c.code for c in categories.values() for w in (c.code, c.name_zh, c.name_en)}

    def told(self, cells: dict[str, Any]) -> Told:
        """One row as an opinion. Raises ``Refused``."""
        text = str(cells["text"]).strip()
        if len(text) > LONGEST:
            raise Refused(_("longer than %(most)d characters; make two rows of it") % {"most": LONGEST})
        return Told(
            text=text,
            channel=self._one(cells.get("channel", ""), self.channels, _("channel")) or Channel.BOX.value,
            source_group=self._one(cells.get("source_group", ""), self.sources, pgettext("opinions", "source")),
            category=self._one(cells.get("category", ""), self.categories, pgettext("opinion", "category")),
            received_on=_day(cells.get("received_on", "")),
        )

    @staticmethod
    def _one(raw: Any, words: dict[str, str], what: str) -> str:
        word = str(raw).strip()
        if word and word.lower() not in words:
            told = {"what": what, "word": word[:20], "known": "、".join(list(words)[:12])}
            raise Refused(_("unknown %(what)s “%(word)s”; known are: %(known)s") % told)
        return words[word.lower()] if word else ""


def _spoken(choices: Any) -> dict[str, str]:
    """Words for each choice in both languages, and its code."""
    words: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            words |= {str(label).lower(): value for value, label in choices.choices}
    return words | {value.lower(): value for value in choices.values}


def _day(raw: Any) -> date:
    if str(raw).strip() == "":
        return clock.today()
    try:
        found = date.fromisoformat(day(raw))
    except ValueError:
        raise Refused(_("a day that cannot be read; write it like 2005-09-01")) from None
    if found > clock.today():
        raise Refused(_("a day that has not come yet; correct the date"))
    return found
