"""Files as they come: encodings, headers, sheets, merged cells, and rows that are no data."""

import pytest
from xlsxwriter.workbook import Workbook

from enterprises.rosters.columns import MEMBERS, recognise
from enterprises.rosters.nondata import Judge
from enterprises.rosters.reading import Unreadable, open_roster
from tests.rosters.samples import save_csv

HEADER = ["序号", "人员编码", "姓名", "性别", "党员类型", "人员类别", "所在支部代码", "备注"]
ROW = ["1", "M001", "王示一", "男", "正式", "生产一线", "B1", ""]


def rows_of(path) -> list[tuple[int, list]]:
    with open_roster(path) as roster:
        return [
            (number, row)
            for sheet in roster.sheets
            for chunk in sheet.chunks()
            for number, row in zip(chunk.numbers, chunk.rows, strict=True)
        ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(tmp_path, encoding):
    path = save_csv(tmp_path / "m.csv", [["标题"], HEADER, ROW], encoding)
    assert [(n, row[2]) for n, row in rows_of(path)] == [(3, "王示一")]


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_other_separators(tmp_path, mark):
    path = tmp_path / "m.csv"
    path.write_text("\n".join(mark.join(row) for row in (HEADER, ROW)), "utf-8")
    assert len(rows_of(path)) == 1


def test_row_numbers_count_what_a_person_sees(tmp_path):
    rows = [["标题"], [], HEADER, ROW, [], ["", "小计", "1"], HEADER, [*ROW[:1], "M002", *ROW[2:]]]
    assert [number for number, _row in rows_of(save_csv(tmp_path / "m.csv", rows))] == [4, 8]


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "", "12"], ["", "", "合　计"], ["", "小计：12人", ""], ["", "", "本页小计", "", "12"],
        ["总计", "", "", "12"],
        ["第三支部小计", "", "", "", "4"], ["共 20 人"], ["", "共计", "20000"],
        ["填表人：王示一", "", "", "审核人：李示二"], ["单位负责人：", "", "王示一"], ["制表日期：2005年7月1日"],
        ["", "联系电话：", "000-0000"], ["说明：离退休人员另表填报"], ["注1：本表一式两份"], ["备注：", "同上"],
        ["（盖章）"], ["第 2 页，共 9 页"], ["以下空白"], ["采煤二队党支部"], ["", "", "", "", "", "", "", "下同"],
        ["21", "", "", "", "", "", "", ""], HEADER, ["甲", "乙", "1", "2", "3", "4", "5", "6"],
    ],
)  # fmt: skip
def test_rows_that_are_no_data(row):
    judge = Judge(MEMBERS, recognise(HEADER, MEMBERS), frozenset())
    full = [*row, *[""] * (len(HEADER) - len(row))]
    assert judge.reject([9], [full]), "it would be taken for a member"


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        ["1", "", "王示一", "男", "正式", "生产一线", "B1", ""],
        ["1", "M001", "", "男", "正式", "生产一线", "B1", "注：倒班"],
        ["1", "M001", "", "", "正式", "", "", "说明：另附"],
        ["1", "", "", "男", "正式", "生产一线", "B1", ""],
        ["", "M001", "", "", "", "", "", ""],
        ["", "", "王示一", "", "", "", "", ""],
        ["1", "工号不详", "王示一", "男", "正式", "生产一线", "B1", "合计三人"],
    ],
)
def test_rows_of_data_are_never_lost(row):
    judge = Judge(MEMBERS, recognise(HEADER, MEMBERS), frozenset())
    assert judge.reject([9], [row]) == {}


def test_a_header_of_two_rows(tmp_path):
    above = ["序号", "人员编码", "姓名", "入党情况", "", "党员类型", "人员类别", "所在支部代码"]
    below = ["", "", "", "入党日期", "转正日期", "", "", ""]
    row = ["1", "M001", "王示一", "2004-07-01", "2005-07-01", "正式", "生产一线", "B1"]
    path = save_csv(tmp_path / "m.csv", [["标题"], above, below, row])
    with open_roster(path) as roster:
        assert {"admitted_on", "full_on", "kind", "branch"} <= set(roster.sheets[0].places)
        assert roster.sheets[0].header_row == 3
    assert len(rows_of(path)) == 1


def test_words_of_the_first_row_of_data_are_no_header(tmp_path):
    header = ["组织代码", "组织名称", "组织类型", "上级组织代码", "所属企业代码", "管理方式"]
    path = save_csv(tmp_path / "o.csv", [header, ["N1", "某党委（示例）", "党委", "", "", "总部"]])
    with open_roster(path) as roster:
        assert roster.sheets[0].header_row == 1
        assert "is_headquarters" not in roster.sheets[0].places


def test_words_of_a_title_are_no_header(tmp_path):
    title = ["填报单位", "某公司（示例）", "", "", "", "", "", "联系电话"]
    path = save_csv(tmp_path / "m.csv", [title, HEADER, ROW])
    with open_roster(path) as roster:
        assert "phone" not in roster.sheets[0].places


def test_columns_that_must_not_be_kept(tmp_path):
    header = [
        "人员编码",
        "姓名",
        "党员类型",
        "人员类别",
        "所在支部代码",
        "民族",
        "宗教信仰",
        "家庭住址",
        "证件",
        "工龄",
    ]
    row = ["M001", "王示一", "正式", "生产一线", "B1", "汉族", "无", "某处", "99000019650301001X", "20"]
    with open_roster(save_csv(tmp_path / "m.csv", [header, row])) as roster:
        assert roster.sheets[0].dropped == ["民族", "宗教信仰", "家庭住址", "证件"]
        assert roster.sheets[0].ignored == ["工龄"]


def test_missing_columns_are_named(tmp_path):
    with open_roster(
        save_csv(tmp_path / "m.csv", [["人员编码", "姓名", "党员类型"], ["M1", "王示一", "正式"]])
    ) as roster:
        assert roster.sheets[0].missing == ["人员类别", "所在支部代码"]


def test_all_sheets_are_read_and_others_named(tmp_path):
    path = tmp_path / "m.xlsx"
    with Workbook(str(path)) as book:
        for name, rows in {
            "一": [HEADER, ROW],
            "二": [["标题"], HEADER, ROW],
            "填表说明": [["请如实填写"]],
            "空": [],
        }.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    with open_roster(path) as roster:
        assert [s.name for s in roster.sheets] == ["一", "二"]
        assert roster.without_header == ["填表说明"]
    assert [number for number, _row in rows_of(path)] == [2, 3]


def test_merged_cells_fill_down_and_never_across(tmp_path):
    path = tmp_path / "m.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, HEADER)
        for i in range(3):
            sheet.write_row(3 + i, 1, [i, f"M{i}", "王示一", "男", "正式", "生产一线", ""])
        sheet.merge_range(3, 7, 5, 7, "B1")
        sheet.merge_range(6, 1, 6, 7, "说明：略")
    found = rows_of(path)
    assert [(number, row[2], row[7]) for number, row in found] == [(4, "M0", "B1"), (5, "M1", "B1"), (6, "M2", "B1")]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 9, b"PK\x03\x04broken", "甲,乙\n1,2".encode()])
def test_what_cannot_be_read_says_so(tmp_path, content):
    path = tmp_path / "m.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable), open_roster(path):
        pass


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Unreadable), open_roster(tmp_path / "none.xlsx"):
        pass
