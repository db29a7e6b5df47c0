"""The columns of the three rosters, how headings are recognised, and what is dropped at reading.

Headings are data, not words of the interface: they are Chinese in every language, as in the rosters
themselves.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from enterprises.rosters import values

Parse = Callable[[Any], str]
NULL = "\\N"  # how COPY spells an empty value


@dataclass(frozen=True)
class Column:
    """One column: its canonical heading, the field it fills, how a cell is read, and what emptiness means.

    ``required``: the column must be there. ``filled``: every row must fill it. ``empty``: what an empty
    cell stores (``None`` becomes NULL). ``fixed``: never stored, only checked.
    """

    name: str
    field: str
    parse: Parse
    synonyms: tuple[str, ...] = ()
    required: bool = False
    filled: bool = False
    empty: str | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of roster. The first column holds the code, the second the name."""

    name: str
    columns: tuple[Column, ...]
    markers: tuple[str, ...]  # fields whose values, once recognised, prove that a row is data

    @property
    def code(self) -> Column:
        return self.columns[0]

    def column(self, field: str) -> Column:
        """The column that fills ``field``. Raises ``KeyError``."""
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(field)


def _c(name: str, field: str, parse: Parse, synonyms: str = "", **rest: Any) -> Column:
    return Column(name, field, parse, tuple(synonyms.split()), **rest)


_NEEDED = {"required": True, "filled": True}
MEMBERS = Kind(
    "members",
    (
        _c("人员编码", "code", values.code, "党员编码 党员编号 人员编号 党员代码 人员代码 编码 编号 代码", **_NEEDED),
        _c("姓名", "name", values.person_name, "党员姓名 名字", **_NEEDED),
        _c("性别", "gender", values.gender, empty="0"),
        _c("出生日期", "born_on", values.day, "出生年月 出生年月日 出生时间 生日"),
        _c("学历", "education", values.education, "文化程度 最高学历 学历情况", empty=""),
        _c(
            "入党日期",
            "admitted_on",
            values.day,
            "入党时间 入党年月 加入党组织日期 加入党组织时间 加入中共时间 何时入党",
        ),
        _c("转正日期", "full_on", values.day, "转正时间 转正年月 转为正式党员日期 转为正式党员时间"),
        _c("党员类型", "kind", values.member_kind, "党员类别 党员身份 类型", **_NEEDED),
        _c("人员类别", "category", values.category, "人员分类 人员身份 岗位类别 党员分类 类别", **_NEEDED),
        _c(
            "所在支部代码",
            "branch",
            values.code,
            "支部代码 党支部代码 所在党支部代码 所属支部代码 所属党支部代码 所在支部编码 所在党支部编码 支部编码 "
            "支部编号 所在支部编号 所在党组织代码 党组织代码 所在组织代码 所属组织代码 组织代码",
            **_NEEDED,
        ),
        _c("联系状态", "contact", values.contact, "联系情况 联络状态 失联情况", empty="NORMAL"),
        _c(
            "手机",
            "phone",
            values.phone,
            "手机号 手机号码 手机电话 移动电话 联系电话 电话 电话号码 联系方式",
            empty="",
        ),
    ),
    ("kind", "category", "gender"),
)
ORGANIZATIONS = Kind(
    "organizations",
    (
        _c("组织代码", "code", values.code, "党组织代码 组织编码 党组织编码 组织编号 代码 编码 编号", **_NEEDED),
        _c("组织名称", "name", values.title, "党组织名称 组织全称 党组织全称 名称 全称", **_NEEDED),
        _c("组织类型", "kind", values.organization_kind, "党组织类型 组织类别 党组织类别 类型 类别", **_NEEDED),
        _c(
            "上级组织代码",
            "superior",
            values.code,
            "上级党组织代码 上级组织编码 上级党组织编码 隶属组织代码 上级代码 上级编码",
            required=True,
        ),
        _c(
            "所属企业代码",
            "enterprise",
            values.code,
            "企业代码 所属企业编码 企业编码 所属单位代码 单位代码",
        ),
        _c("党组织关系", "affiliation", values.affiliation, "组织关系 隶属关系 党组织隶属关系 党组织关系所在"),
        _c("是否总部", "is_headquarters", values.yes_no, "是否为总部 是否总部机关 总部机关 总部", empty="f"),
        _c(
            "行政区划代码",
            "division_code",
            values.division,
            "行政区划 区划代码 所在地区划代码 所在地行政区划代码 所在地",
            empty="",
        ),
        _c("企业状况", "condition", values.condition, "单位状况 经营状况 状况"),
        _c("窗口单位", "is_window_unit", values.yes_no, "是否窗口单位 窗口行业 是否窗口行业"),
        _c("成立日期", "founded_on", values.day, "成立时间 成立年月 建立日期 组建日期 批准成立日期"),
        _c("任期届满日期", "term_end", values.day, "届满日期 届满时间 任期届满 任期届满时间 换届日期 应换届日期"),
        _c("书记姓名", "secretary_name", values.person_name, "书记 党组织书记 党组织书记姓名 支部书记", empty=""),
    ),
    ("kind",),
)
ENTERPRISES = Kind(
    "enterprises",
    (
        _c("企业代码", "code", values.code, "单位代码 企业编码 单位编码 企业编号 代码 编码", **_NEEDED),
        _c("企业名称", "name", values.title, "单位名称 企业全称 单位全称 名称 全称", **_NEEDED),
        _c("上级企业代码", "parent", values.code, "上级单位代码 上级企业编码 上级单位编码 母公司代码 上级代码"),
        _c(
            "总部所在地区划代码",
            "division_code",
            values.division,
            "总部所在地行政区划代码 总部所在地代码 总部所在地 行政区划代码 行政区划 区划代码 所在地区划代码 所在地",
            empty="",
        ),
        _c("行业", "industry", values.title, "所属行业 行业类别 行业名称", empty=""),
        _c("企业状况", "condition", values.condition, "单位状况 经营状况 状况", empty="SOUND"),
        _c("窗口单位", "is_window_unit", values.yes_no, "是否窗口单位 窗口行业 是否窗口行业", empty="f"),
        _c("批次", "declared_batch", values.batch, "活动批次 参加批次 所属批次"),
        _c("单位类型", "kind", values.enterprise_kind, "企业类型 单位类别 企业类别 单位性质 类型"),
    ),
    ("kind", "condition", "declared_batch", "division_code"),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in (ENTERPRISES, ORGANIZATIONS, MEMBERS)}

# Dropped at reading, never stored or logged: the campaign has no use for them (design sections 7 and 10).
SENSITIVE = re.compile(
    "身份证|公民身份|证件号|护照|民族|族别|宗教|信仰|籍贯|出生地|健康|病史|疾病|婚姻|血型|住址|地址|家庭|银行|工资|收入|照片|社保"
)
SERIAL = re.compile(r"^(序号|行号|序|编?no\.?|№|)$")
ID_NUMBER = re.compile(r"\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx]|\d{6}\d{2}[01]\d[0-3]\d\d{3}")
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
_NOISE = re.compile(r"[\s*:•·_/-]|必填|选填")


def heading(raw: Any) -> str:
    """A heading without width, space, asterisks and brackets, ready to be compared."""
    if not isinstance(raw, str):
        return ""
    return _NOISE.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", raw))).lower()


def _index(kind: Kind) -> dict[str, tuple[str, int]]:
    found = {synonym: (c.field, 1) for c in kind.columns for synonym in c.synonyms}
    found.update({c.name: (c.field, 2) for c in kind.columns})
    return found


_INDEX = {kind.name: _index(kind) for kind in KINDS.values()}


def recognise(cells: list[Any], kind: Kind) -> dict[str, int]:
    """Field -> place of its column. A canonical heading wins over a synonym, then the first one wins."""
    best: dict[str, tuple[int, int]] = {}
    index = _INDEX[kind.name]
    for place, cell in enumerate(cells):
        field, weight = index.get(heading(cell), ("", 0))
        if field and weight > best.get(field, (0, 0))[0]:
            best[field] = (weight, place)
    return {field: place for field, (_weight, place) in best.items()}


def score(cells: list[Any], kind: Kind) -> int:
    """How well a row of headings fits a kind; 0 without the column of the code."""
    index = _INDEX[kind.name]
    found = recognise(cells, kind)
    if "code" not in found or len(found) < 2:
        return 0
    return sum(index[heading(cells[place])][1] for place in found.values())


def is_sensitive(title: str, sample: list[Any]) -> bool:
    """Whether a column must not be kept: by its heading, or because its cells look like ID numbers."""
    if SENSITIVE.search(heading(title) or str(title)):
        return True
    texts = [str(cell).strip() for cell in sample if cell not in ("", None)]
    return any(ID_NUMBER.fullmatch(text) for text in texts)
