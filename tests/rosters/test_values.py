"""Every reader of cells, with tables; days and codes also with generated values."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enterprises.rosters import values
from tests.rosters.samples import serial, spelled, wide

EMPTY = ["", "  ", "　", "-", "—", "/", "无", None]


@pytest.mark.parametrize("read", [values.code, values.day, values.phone, values.gender, values.person_name])
@pytest.mark.parametrize("raw", EMPTY)
def test_nothing_is_nothing(read, raw):
    assert read(raw) == ""


@pytest.mark.parametrize(
    "raw",
    [
        "2005-07-01", "2005/7/1", "2005.7.1", "2005．7．1", "2005?7?1", "2005年7月1日", "2005年7月",
        "200507", "20050701", "二〇〇五年七月", "二○○五年七月一日", "二零零五年七月一日", "２００５－０７－０１",
        " 2005 年 7 月 1 号", "2005 7 1",
        "2005-07-01 00:00:00", "2005-7", "2005.07", "38534", "38534.5", "2005—07—01", "'2005-07-01", '="2005-07-01"',
        38534, 38534.0, 38534.5, 20050701.0, 200507.0, 2005.7, 2005.07,
        date(2005, 7, 1), datetime(2005, 7, 1, 9, 30),
    ],
)  # fmt: skip
def test_spellings_of_the_first_of_july(raw):
    assert values.day(raw) == "2005-07-01"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("2005-13-01", "month"), ("2005.00.01", "month"), ("200513", "month"), ("二〇〇五年十三月", "month"),
        ("2005-02-29", "day_of_month"), ("2005年4月31日", "day_of_month"), ("20050732", "day_of_month"),
        ("1899-12-31", "year"), ("2101-01-01", "year"), (99999999, "year"),
        ("2005", "no_month"), ("2005年", "no_month"), (2005.0, "no_month"),
        ("98.7.1", "short_year"), ("98年7月", "short_year"), ("7/1/2005", "short_year"),
        (2005.1, "ambiguous_month"), ("记不清", "date"), ("2005.7.1.2", "date"), (True, "date"), (0.5, "date"),
        (-1.0, "date"),
    ],
)  # fmt: skip
def test_what_is_no_day(raw, says):
    with pytest.raises(values.Wrong) as wrong:
        values.day(raw)
    assert wrong.value.code == says


DAYS = st.dates(date(1908, 4, 1), date(2099, 12, 31))


@settings(deadline=None)  # other work on the machine is no failure
@given(DAYS, st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 10, 11]))
def test_every_day_is_read_in_every_spelling(day, way):
    assert values.day(spelled(day, way)) == day.isoformat()
    assert values.day(float(serial(day))) == day.isoformat()


@settings(deadline=None)  # other work on the machine is no failure
@given(st.text(max_size=20) | st.floats() | st.integers())
def test_any_cell_is_a_day_empty_or_wrong(raw):
    try:
        found = values.day(raw)
    except values.Wrong:
        return
    assert found == "" or timedelta() <= date.fromisoformat(found) - date(1900, 1, 1)


@settings(deadline=None)  # other work on the machine is no failure
@given(st.from_regex(r"[0-9A-Za-z]([0-9A-Za-z./_#-]{0,20}[0-9A-Za-z])?", fullmatch=True))
def test_codes_are_kept_and_reading_twice_is_reading_once(text):
    try:
        found = values.code(text)
    except values.Wrong:
        return
    if found and not text.endswith(".0"):
        assert found == text or found == text.rstrip("0").rstrip(".")
        assert values.code(wide(text)) == found == values.code(f"　{text} ")
    assert values.code(found) == found


@pytest.mark.parametrize(
    ("raw", "code"),
    [("Ｂ１００１", "B1001"), (1001.0, "1001"), ("1001.0", "1001"), ("0012", "0012"), (" B 10 01 ", "B1001"),
     ("E01–A", "E01-A"), ("001.012", "001.012"), ('="0012"', "0012"), (1001, "1001")],
)  # fmt: skip
def test_codes(raw, code):
    assert values.code(raw) == code


@pytest.mark.parametrize(
    ("raw", "says"), [("填表人：", "code"), ("1.2E+17", "code"), (1e17, "digits_lost"), ("B" * 41, "too_long")]
)
def test_what_is_no_code(raw, says):
    with pytest.raises(values.Wrong) as wrong:
        values.code(raw)
    assert wrong.value.code == says


@pytest.mark.parametrize(
    ("raw", "name"),
    [("张　三", "张三"), ("王 示 一", "王示一"), ("阿布都•热合曼", "阿布都·热合曼"), ("John  Smith", "John Smith"),
     ("王示一（大）", "王示一（大）"), ("\u200b李示二\u200b", "李示二")],
)  # fmt: skip
def test_names(raw, name):
    assert values.person_name(raw) == name


TABLES = [
    (
        values.gender,
        {"男": "1", "女性": "2", 1.0: "1", "２": "2", "未知": "0", "未说明的性别": "9"},
        ["公", "3", "男女"],
    ),
    (
        values.member_kind,
        {"正式": "FULL", "正式党员": "FULL", "中共党员": "FULL", "预备": "PROBATIONARY", "预备党员": "PROBATIONARY"},
        ["入党积极分子", "群众", "其他"],
    ),
    (
        values.category,
        {"领导干部": "LEADER", "总部机关": "HQ_STAFF", "生产一线": "FRONT_LINE", "专业技术人员": "TECHNICAL",
         "离 退 休": "RETIRED", "下岗、失业": "LAID_OFF", "流动（党员）": "MOBILE", "流动": "MOBILE"},
        ["其他", "在职"],
    ),
    (values.contact, {"正常": "NORMAL", "失联": "LOST", "失去联系": "LOST", "查找中": "SEARCHING"}, ["不知道"]),
    (values.yes_no, {"是": "t", "√": "t", "1": "t", True: "t", "否": "f", "×": "f", False: "f"}, ["也许"]),
    (
        values.organization_kind,
        {"党委": "COMMITTEE", "党组": "LEADING_GROUP_DZ", "机关党委": "HQ_COMMITTEE", "总支": "GENERAL_BRANCH",
         "支部": "BRANCH", "联合党支部": "JOINT_BRANCH", "临时党支部": "TEMPORARY_BRANCH", "党小组": "PARTY_GROUP",
         "地方党委": "LOCAL_COMMITTEE"},
        ["团委", "工会"],
    ),
    (values.affiliation, {"总部": "HQ", "地方": "LOCAL", "关系在地方": "LOCAL"}, ["其他"]),
    (
        values.condition,
        {"正常": "SOUND", "经营困难": "IN_DIFFICULTY", "重组改制": "RESTRUCTURING", "濒临破产": "NEAR_BANKRUPTCY"},
        ["一般"],
    ),
    (values.batch, {"第一批": "1", "第二批": "2", 2.0: "2", "２": "2"}, ["第三批"]),
    (values.enterprise_kind, {"总部": "HEADQUARTERS", "子公司": "SUBSIDIARY", "直属单位": "DIRECT_UNIT"}, ["商店"]),
    (
        values.education,
        {"大学": "20", "大学本科毕业": "21", "本科肄业": "23", "大专": "30", "大专毕业": "31", "中专": "41",
         "中等专科毕业": "41", "技校": "47", "高中": "60", "高中毕业": "61", "初中": "70", "小学毕业": "81",
         "硕士研究生": "14", "博士": "11", "研究生": "10", 21.0: "21", "其他": "90", "党校本科": "20"},
        ["不清楚", "99"],
    ),
    (
        values.division,
        {"110000": "110000", 110000.0: "110000", "11": "110000", "1401": "140100", "北京市": "110000",
         "内蒙古自治区": "150000"},
        ["990000", "1", "某市"],
    ),
    (
        values.phone,
        {"13800000001": "13800000001", 13800000001.0: "13800000001", "138-0000-0001": "13800000001",
         "+86 138 0000 0001": "13800000001", "000-0000": "000-0000", "010-88880000": "010-88880000",
         "0571-88880000转12": "0571-88880000转12", "88880000": "88880000", "13800000001/88880000": "13800000001"},
        ["停机", "12345", "138001380001", "1380013800", "123456789"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("read", "right"), [(r, pair) for r, table, _wrong in TABLES for pair in table.items()])
def test_values_and_their_synonyms(read, right):
    raw, stored = right
    assert read(raw) == stored


@pytest.mark.parametrize(("read", "raw"), [(r, raw) for r, _table, wrong in TABLES for raw in wrong])
def test_what_is_no_value(read, raw):
    with pytest.raises(values.Wrong):
        read(raw)


def test_stored_education_is_read_back_from_its_word():
    assert all(values.education(word) == code == values.education(code) for code, word in values.EDUCATION.items())
