"""Cell values as people enter them, made comparable. Every reader returns ``''`` for an empty cell.

A reader takes what a sheet holds (text, number, truth value, date) and returns the stored spelling as
text, days as ISO dates. It raises ``Wrong`` with a code of ``problems``. Dossier 0.2 and 2.10.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

EMPTY = frozenset(("", "-", "--", "—", "——", "–", "/", "\\", "无", "N/A", "n/a", "null", "NULL", "None", "〃"))
LONGEST = {"code": 40, "name": 60, "title": 200}


class Wrong(ValueError):
    """A cell that cannot be read; ``code`` names the sentence in ``problems``."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202f\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_POINT_ZERO = re.compile(r"\d+\.0+")
_FORMULA_TEXT = re.compile(r'="(.*)"')
DIGITS_KEPT = 10**15  # a number cell keeps fifteen digits; beyond that Excel has lost some


def text(raw: Any) -> str:
    """A cell as half-width text with single spaces. Whole floats lose their point, truth values speak."""
    if isinstance(raw, str):
        return _clean(raw)
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        if raw == int(raw) if abs(raw) < 1e300 else False:
            return str(int(raw))
        return repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return str(raw)


def _clean(raw: str) -> str:
    if raw.isascii() and raw.isalnum():
        return raw
    return _unquoted(_INVISIBLE.sub("", unicodedata.normalize("NFKC", raw)))


def _unquoted(raw: str) -> str:
    """Single spaces, and without what programs put around text: ``="001"``, a leading apostrophe."""
    found = _SPACES.sub(" ", raw).strip()
    quoted = _FORMULA_TEXT.fullmatch(found)
    if quoted:
        found = quoted[1].strip()
    return found.lstrip("'‘’").strip() if found[:1] in "'‘’" else found


def _filled(raw: Any) -> str:
    found = text(raw)
    if _POINT_ZERO.fullmatch(found):  # a number that went through another program
        found = found.split(".")[0]
    return "" if found in EMPTY else found


def _within(found: str, longest: int) -> str:
    if len(found) > longest:
        raise Wrong("too_long", longest=longest)
    return found


CODE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._/#-]*[0-9A-Za-z])?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def code(raw: Any) -> str:
    """A code: letters, digits and ``. _ / # -``. Leading zeros of text stay; ``1001.0`` is 1001."""
    if isinstance(raw, float) and abs(raw) >= DIGITS_KEPT:
        raise Wrong("digits_lost")
    found = _filled(raw).replace(" ", "").translate(_DASHES)
    if not found:
        return ""
    if not CODE.fullmatch(found):
        raise Wrong("code")
    return _within(found, LONGEST["code"])


_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))  # ０-９, Ａ-Ｚ, ａ-ｚ
_NARROW = str.maketrans({chr(n): chr(n - 0xFEE0) for n in _WIDE})


def _words(raw: Any) -> str:
    """Names keep their punctuation as typed; only letters, digits and spaces become half-width."""
    if not isinstance(raw, str):
        return _filled(raw)
    found = raw if raw.isascii() and raw.isalnum() else _unquoted(_INVISIBLE.sub("", raw.translate(_NARROW)))
    return "" if found in EMPTY else found


_DOTS = str.maketrans(dict.fromkeys("•‧∙・●.．", "·"))
_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INNER = re.compile(f"(?<=[{_CJK}·]) (?=[{_CJK}·])")


def person_name(raw: Any) -> str:
    """A name without inner spaces (张　三), dots of minority names as ``·``; Latin names keep one space."""
    found = _words(raw)
    if not found:
        return ""
    if not found.isascii():
        found = _INNER.sub("", found.translate(_DOTS)).strip()
    if not any(c.isalpha() or c == "〇" for c in found):
        raise Wrong("name")
    return _within(found, LONGEST["name"])


def title(raw: Any) -> str:
    """The name of an organisation or enterprise, or a trade: no spaces between Chinese characters."""
    found = _INNER.sub("", _words(raw))
    return _within(found, LONGEST["title"])


# Days

YEARS = (1900, 2100)
_EPOCH = date(1899, 12, 30)  # day 0 of an Excel serial from March 1900 on
_SERIALS = (3000, 73415)  # 1908-03-18 to 2100-12-31; below lie bare years
_NUMERALS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_ONE = "一二三四五六七八九"
_CHINESE = re.compile(f"([〇○零Oo{_ONE}]{{4}})年(?:([{_ONE}十]{{1,2}})月)?(?:([{_ONE}十]{{1,3}})[日号]?)?")
_MARKED = re.compile(r"(\d{4})年(?:(\d{1,2})月?)?(?:(\d{1,2})[日号]?)?")
_PARTED = re.compile(r"(\d{4})([-/.?。,、_\\~ ])(\d{1,2})(?:\2(\d{1,2}))?")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$")
_SHORT = re.compile(r"\d{1,2}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}[日号]?)?月?")
_COMPACT = re.compile(r"\d{8}|\d{6}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")  # as text in CSV; a fraction is the time of day


def day(raw: Any) -> str:
    """A day as ISO text. Only year and month: the first of the month.

    Read are ``2005-07-01 2005/7/1 2005.7.1 2005年7月1日 2005年7月 200507 20050701 二〇〇五年七月``, date cells and
    Excel serials. Raises ``Wrong``: a year outside 1900 to 2100, no such month or day, no month, ambiguous.
    """
    if isinstance(raw, datetime):
        return _iso(raw.year, raw.month, raw.day)
    if isinstance(raw, date):
        return _iso(raw.year, raw.month, raw.day)
    if isinstance(raw, bool):
        raise Wrong("date")
    if isinstance(raw, (int, float)):
        return _from_number(float(raw))
    found = _filled(raw)
    return _from_text(found.translate(_DASHES)) if found else ""


def _iso(year: int, month: int, dom: int) -> str:
    if not YEARS[0] <= year <= YEARS[1]:
        raise Wrong("year")
    if not 1 <= month <= 12:
        raise Wrong("month")
    try:
        return date(year, month, dom).isoformat()
    except ValueError:
        raise Wrong("day_of_month", year=year, month=month) from None


def _from_number(number: float) -> str:
    whole = int(number) if abs(number) < 1e9 else 0
    if number != whole and YEARS[0] <= whole <= YEARS[1]:
        return _year_and_month(repr(number))
    if _SERIALS[0] <= whole <= _SERIALS[1]:
        return (_EPOCH + timedelta(days=whole)).isoformat()
    return _from_text(str(whole))


def _year_and_month(found: str) -> str:
    """``2005.7`` entered as a number. ``2005.1`` may have been ``2005.10``."""
    year, _point, month = found.partition(".")
    if month == "1":
        raise Wrong("ambiguous_month")
    if len(month) > 2:
        raise Wrong("date")
    return _iso(int(year), int(month), 1)


def _from_text(found: str) -> str:
    found = _TIME.sub("", found)
    chinese = _CHINESE.fullmatch(found.replace(" ", ""))
    if chinese:
        year, month, dom = chinese.groups()
        return _assemble(year.translate(_NUMERALS), month and str(_ten(month)), dom and str(_ten(dom)))
    compact = found.replace(" ", "")
    if _COMPACT.fullmatch(found):
        return _assemble(found[:4], found[4:6], found[6:] or None)
    serial = _SERIAL.fullmatch(compact)
    if serial and _SERIALS[0] <= int(serial[1]) <= _SERIALS[1]:
        return (_EPOCH + timedelta(days=int(serial[1]))).isoformat()
    marked = _MARKED.fullmatch(compact)
    if marked:
        return _assemble(*marked.groups())
    return _parted(found, compact)


def _parted(found: str, compact: str) -> str:
    parted = _PARTED.fullmatch(compact) or _PARTED.fullmatch(found)
    if parted:
        year, _separator, month, dom = parted.groups()
        return _assemble(year, month, dom)
    if re.fullmatch(r"\d{4}", compact):
        raise Wrong("no_month")
    raise Wrong("short_year" if _SHORT.fullmatch(compact) else "date")


def _assemble(year: str, month: str | None, dom: str | None) -> str:
    if month is None:
        raise Wrong("no_month")
    return _iso(int(year), int(month), int(dom) if dom else 1)


def _ten(numeral: str) -> int:
    """A Chinese number below one hundred: 七, 十, 十五, 二十, 三十一."""
    tens, point, ones = numeral.rpartition("十")
    units = int(ones.translate(_NUMERALS)) if ones else 0
    if not point:
        return units
    return (int(tens.translate(_NUMERALS)) if tens else 1) * 10 + units


# Choices


def choice(name: str, words: dict[str, str]) -> Callable[[Any], str]:
    """A reader of one of several values; ``words``: stored value -> words for it. Raises ``Wrong(name)``."""
    table = {_key(word): stored for stored, line in words.items() for word in [stored, *line.split()]}

    def read(raw: Any) -> str:
        found = _filled(raw)
        if not found:
            return ""
        try:
            return table[_key(found)]
        except KeyError:
            raise Wrong(name) from None

    return read


_PUNCTUATION = re.compile(r"[\s,.;:、。()\[\]【】/·-]")


def _key(word: str) -> str:
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", word)).casefold()


gender = choice(
    "gender",
    {"1": "男 男性 男士 M male", "2": "女 女性 女士 F female", "0": "未知 未知的性别", "9": "未说明 未说明的性别"},
)
_member_kind = choice(
    "member_kind",
    {
        "FULL": "正式 正式党员 中共正式党员 中共党员 正 01",
        "PROBATIONARY": "预备 预备党员 中共预备党员 预 02",
    },
)
NOT_MEMBERS = ("积极分子", "申请人", "发展对象", "群众", "团员")


def member_kind(raw: Any) -> str:
    """Full or probationary. Applicants and activists are no members: ``Wrong("not_a_member")``."""
    try:
        return _member_kind(raw)
    except Wrong:
        if any(word in text(raw) for word in NOT_MEMBERS):
            raise Wrong("not_a_member") from None
        raise


category = choice(
    "category",
    {
        "LEADER": "领导干部 党员领导干部 领导 领导人员 领导班子成员",
        "HQ_STAFF": "总部机关 总部机关人员 总部机关党员 总部 机关 机关人员 机关干部",
        "FRONT_LINE": "生产一线 生产一线党员 一线 一线职工 一线工人 生产一线职工 生产一线人员 生产人员 工人",
        "TECHNICAL": "专业技术 专业技术人员 专业技术党员 技术 技术人员 专业技术管理 专业技术和管理 管理人员",
        "RETIRED": "离退休 离休 退休 离退休人员 离退休党员 离退休干部 离退休职工 退休人员 离休干部 退休职工",
        "LAID_OFF": "下岗失业 下岗 失业 下岗失业人员 下岗失业党员 下岗失业职工 下岗职工 失业人员 下岗人员",
        "MOBILE": "流动 流动党员 流动人员 外出流动",
    },
)
contact = choice(
    "contact",
    {
        "NORMAL": "正常 正常联系 有联系 已联系 在联 联系正常",
        "LOST": "失去联系 失联 失去联系党员 联系不上 失联党员",
        "SEARCHING": "查找中 查找 正在查找 寻找中 正在寻找",
    },
)
_YES = "是 有 对 √ ✓ ✔ ☑ ■ y yes true t 1"
_NO = "否 不是 没有 非 × ✕ ✗ ✘ x □ ☐ n no false f 0"
yes_no = choice("yes_no", {"t": _YES, "f": _NO})
organization_kind = choice(
    "organization_kind",
    {
        "COMMITTEE": "党委 基层党委 党的基层委员会 企业党委 党委会 基层委员会",
        "LEADING_GROUP_DZ": "党组",
        "HQ_COMMITTEE": "机关党委 直属机关党委 总部机关党委 机关委员会",
        "GENERAL_BRANCH": "党总支 总支 党总支部 总支部 党的总支部",
        "BRANCH": "党支部 支部 党的支部",
        "JOINT_BRANCH": "联合党支部 联合支部",
        "TEMPORARY_BRANCH": "临时党支部 临时支部",
        "PARTY_GROUP": "党小组 小组 党的小组",
        "LOCAL_COMMITTEE": "地方党委 地方委员会 省委 市委 县委 区委 州委 自治区党委 地方各级党委",
    },
)
affiliation = choice(
    "affiliation",
    {
        "HQ": "总部 企业总部 在总部 关系在总部 总部管理 集团总部",
        "LOCAL": "地方 在地方 关系在地方 属地 属地管理 地方管理",
    },
)
condition = choice(
    "condition",
    {
        "SOUND": "正常 良好 较好 经营正常 正常经营 生产经营正常",
        "IN_DIFFICULTY": "经营困难 困难 困难企业 特困 特困企业 生产经营困难",
        "RESTRUCTURING": "重组改制 改制重组 重组 改制 重组改制中 正在重组 正在改制",
        "NEAR_BANKRUPTCY": "濒临破产 破产 濒临破产企业 拟破产",
    },
)
batch = choice("batch", {"1": "第一批 第1批 一批 一 首批 1批", "2": "第二批 第2批 二批 二 2批"})
enterprise_kind = choice(
    "enterprise_kind",
    {
        "HEADQUARTERS": "总部 企业总部 集团总部 集团公司 集团公司总部 母公司",
        "SUBSIDIARY": "所属企业 下属企业 子企业 子公司 所属单位 成员企业 分公司",
        "DIRECT_UNIT": "直属单位 国资委直属单位",
    },
)

# GB/T 4658-2006. A general word names the group ("20"), a word with 毕业, 结业, 肄业 the code below it.
EDUCATION = {
    "10": "研究生教育", "11": "博士研究生毕业", "12": "博士研究生结业", "13": "博士研究生肄业",
    "14": "硕士研究生毕业", "15": "硕士研究生结业", "16": "硕士研究生肄业", "17": "研究生班毕业",
    "18": "研究生班结业", "19": "研究生班肄业", "20": "大学本科教育", "21": "大学本科毕业", "22": "大学本科结业",
    "23": "大学本科肄业", "28": "大学普通班毕业", "30": "大学专科教育", "31": "大学专科毕业",
    "32": "大学专科结业", "33": "大学专科肄业", "40": "中等职业教育", "41": "中等专科毕业",
    "42": "中等专科结业", "43": "中等专科肄业", "44": "职业高中毕业", "45": "职业高中结业",
    "46": "职业高中肄业", "47": "技工学校毕业", "48": "技工学校结业", "49": "技工学校肄业",
    "60": "普通高级中学教育", "61": "普通高中毕业", "62": "普通高中结业", "63": "普通高中肄业",
    "70": "初级中学教育", "71": "初中毕业", "73": "初中肄业", "80": "小学教育", "81": "小学毕业",
    "83": "小学肄业", "90": "其他",
}  # fmt: skip
_EDUCATION = choice("education", EDUCATION)
# Words in what people write, most telling first -> (group, its code of 毕业, 结业, 肄业).
_LEVELS: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    ("博士", ("11", "11", "12", "13")),
    ("研究生班", ("17", "17", "18", "19")),
    ("硕士", ("14", "14", "15", "16")),
    ("研究生", ("10", "10", "10", "10")),
    ("普通班", ("28", "28", "28", "28")),
    ("本科", ("20", "21", "22", "23")),
    ("学士", ("21", "21", "22", "23")),
    ("大专", ("30", "31", "32", "33")),
    ("专科", ("30", "31", "32", "33")),
    ("高职", ("30", "31", "32", "33")),
    ("大学", ("20", "21", "22", "23")),
    ("职高", ("44", "44", "45", "46")),
    ("职业高中", ("44", "44", "45", "46")),
    ("技校", ("47", "47", "48", "49")),
    ("技工", ("47", "47", "48", "49")),
    ("中专", ("41", "41", "42", "43")),
    ("中技", ("41", "41", "42", "43")),
    ("中等", ("40", "40", "40", "40")),
    ("高中", ("60", "61", "62", "63")),
    ("高级中学", ("60", "61", "62", "63")),
    ("初中", ("70", "71", "71", "73")),
    ("初级中学", ("70", "71", "71", "73")),
    ("小学", ("80", "81", "81", "83")),
    ("文盲", ("90", "90", "90", "90")),
    ("其它", ("90", "90", "90", "90")),
)


def education(raw: Any) -> str:
    """A code of GB/T 4658-2006. Trap: 中等专科 is 41, not 大学专科. Raises ``Wrong("education")``."""
    found = _filled(raw)
    if not found:
        return ""
    try:
        return _EDUCATION(found)
    except Wrong:
        pass
    if "中等专科" in found:
        found = found.replace("中等专科", "中专")
    for word, (group, graduated, completed, left) in _LEVELS:
        if word in found:
            endings = {"毕业": graduated, "结业": completed, "肄业": left}
            return next((stored for ending, stored in endings.items() if ending in found), group)
    raise Wrong("education")


PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林",
    "23": "黑龙江", "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西",
    "37": "山东", "41": "河南", "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南",
    "50": "重庆", "51": "四川", "52": "贵州", "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃",
    "63": "青海", "64": "宁夏", "65": "新疆", "71": "台湾", "81": "香港", "82": "澳门",
}  # fmt: skip
_BY_PROVINCE = {name: number for number, name in PROVINCES.items()}
_SUFFIX = re.compile("(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")


def division(raw: Any) -> str:
    """An administrative division (GB/T 2260) in six digits; two or four are filled up, provinces by name."""
    found = _filled(raw).replace(" ", "")
    if not found:
        return ""
    named = _BY_PROVINCE.get(_SUFFIX.sub("", found))
    if named:
        return named + "0000"
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}", found):
        raise Wrong("division")
    if found[:2] not in PROVINCES:
        raise Wrong("division_unknown")
    return found.ljust(6, "0")


PHONE = re.compile(r"1\d{10}")
_PHONE_LABEL = re.compile("^(手机|电话|办公|办|宅|住宅|家|tel|mobile)[:号码]*", re.I)
_PHONE_PARTS = re.compile(r"[/、,;，；|或]")
_PHONE_NOISE = re.compile(r"[\s().·_-]")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\d{1,6}$", re.I)
_PHONE_FORMS = re.compile(r"1\d{10}|\d{7,8}|0\d{9,11}|[48]00\d{7}")


def phone(raw: Any) -> str:
    """A telephone number; of several, the first. Raises ``Wrong("phone")`` when it cannot be one.

    Mobile 11 digits from 1, local 7 or 8, with area code 10 to 12 from 0, 400 and 800; +86 and an
    extension are understood.
    """
    found = _filled(raw)
    if not found:
        return ""
    found = _PHONE_LABEL.sub("", _PHONE_PARTS.split(found)[0].strip()).strip()
    core = _PHONE_NOISE.sub("", _EXTENSION.sub("", found))
    digits = re.sub(r"^(?:\+|00)?86(?=1\d{10}$|0?[1-9]\d{8,10}$)", "", core) if len(core) > 11 else core
    if not _PHONE_FORMS.fullmatch(digits):
        raise Wrong("phone")
    return digits if PHONE.fullmatch(digits) else _within(found.replace(" ", ""), 20)
