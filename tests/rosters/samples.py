"""Rosters as people have them: invented names, messy on purpose, deterministic.

``python -m tests.rosters.samples`` writes the small files beside this module anew.
"""

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from xlsxwriter.workbook import Workbook

HERE = Path(__file__).parent
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
SERIES = "一二三四五六七八九十"
HEADINGS = (
    "序号", "人员编码", "姓  名", "性别", "出生年月", "民族", "文化程度", "入党时间", "转正时间",
    "党员类型（正式/预备）",
    "人员类别", "所在支部代码*", "联系状态", "手机号码", "身份证号", "备注",
)  # fmt: skip
CANONICAL = {
    "code": "人员编码", "name": "姓名", "gender": "性别", "born": "出生日期", "education": "学历",
    "admitted": "入党日期", "full": "转正日期", "kind": "党员类型", "category": "人员类别",
    "branch": "所在支部代码", "contact": "联系状态", "phone": "手机",
}  # fmt: skip
PLACE = {
    "serial": 0, "code": 1, "name": 2, "gender": 3, "born": 4, "nation": 5, "education": 6, "admitted": 7, "full": 8,
    "kind": 9, "category": 10, "branch": 11, "contact": 12, "phone": 13, "id": 14, "remark": 15,
}  # fmt: skip


def person(i: int) -> str:
    """An obviously invented name in series: 王示一, 李示二, …"""
    return f"{SURNAMES[i % len(SURNAMES)]}示{SERIES[i // len(SURNAMES) % len(SERIES)]}"


def wide(text: str) -> str:
    """The same in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def serial(day: date) -> int:
    """The Excel serial of a day."""
    return (day - date(1899, 12, 30)).days


def spelled(day: date, way: int) -> Any:
    """A day in one of the spellings that occur."""
    return [
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        serial(day),
        day,
        f"{day.year}年{day.month}月",
        f"{day:%Y%m}",
        wide(day.isoformat()),
        int(f"{day:%Y%m%d}"),
        f" {day.year} 年 {day.month} 月 {day.day} 日 ",
    ][way % 12]


@dataclass
class Planted:
    """An error put in on purpose."""

    row: int
    column: str
    says: str  # part of the English sentence


@dataclass
class Messy:
    """A member roster being made: rows as values, by number; what is wrong with them."""

    branches: list[str]
    count: int
    seed: int = 2005
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int, Any]] = field(default_factory=list)
    at: list[int] = field(default_factory=list)  # index in rows of each member
    planted: list[Planted] = field(default_factory=list)

    def make(self) -> "Messy":
        self.random = random.Random(self.seed)
        self._titles()
        for i in range(self.count):
            self._interrupt(i)
            self.at.append(len(self.rows))
            self.rows.append(self._member(i))
        self._foot()
        return self

    def _wide_row(self, text: str) -> None:
        self.merges.append((len(self.rows), 0, len(self.rows), len(HEADINGS) - 1, text))
        self.rows.append([text])

    def _titles(self) -> None:
        self._wide_row("华岳能源集团公司（示例）党员名册")
        self._wide_row("填报单位：华岳能源集团公司党委（示例）　　　统计截止时间：2005年6月30日　　　单位：名")
        self.rows.append([])
        self.rows.append(list(HEADINGS))

    def _interrupt(self, i: int) -> None:
        """What stands between members on the pages of a printed roster."""
        if i and i % 997 == 0:
            self.rows.append([])
        if i and i % 1000 == 0:
            self.rows.append(["小计", "", "", "", "", "", "", "", "", "", "", "", "", 1000])
            self.rows.append(list(HEADINGS))
        if i and i % 2500 == 0:
            self._wide_row("采煤二队党支部")
        if i and i % 3001 == 0:
            self.rows.append(["", "", "合　计", "", "", "", "", "", "", "3001人"])
            self.rows.append([f"第 {i // 1000} 页，共 20 页"])

    def _foot(self) -> None:
        self.rows.append(["总计", "", self.count])
        self.rows.append([])
        self.rows.append(["单位负责人：", "", "王示一", "", "审核人：", "", "李示二", "", "填表人：", "", "张示三"])
        self.rows.append(["制表日期：2005年7月15日", "", "", "联系电话：", "000-0000"])
        self._wide_row("说明：1．本表由各支部填报。2．人员类别按现岗位填写。")
        self.rows.append(["注：离退休人员的支部代码以离退休处为准"])

    def _member(self, i: int) -> list[Any]:
        r = self.random
        born = date(1935, 1, 1) + timedelta(days=r.randrange(365 * 45))
        admitted = born + timedelta(days=365 * 19 + r.randrange(365 * 6))
        probationary = i % 33 == 5
        full = "" if probationary or i % 17 == 3 else admitted + timedelta(days=366)
        way = r.randrange(12)
        if way in (7, 8):  # without a day, both dates of the pair
            full = full and date(full.year, full.month, 28)
        code, branch = f"M{i + 1:06d}", self.branches[i * 7 % len(self.branches)]
        name = person(i)
        return [
            i + 1,
            [code, wide(code), f" {code} ", f"{code}\u3000"][r.randrange(4)],
            [name, f"{name[0]}　{name[1:]}", f" {name}", f"{name[0]} {name[1]}{name[2]} "][r.randrange(4)],
            ["男", "女", "男性", " 女 ", "1", 2][r.randrange(6)],
            spelled(born, r.randrange(12)),
            "汉族",
            ["大学", "大学本科", "大专", "中专", "高中", "初中毕业", "硕士研究生", "21", ""][r.randrange(9)],
            spelled(admitted, way),
            spelled(full, way) if full else "",
            (["预备", "预备党员"] if probationary else ["正式", "正式党员", " 正式 "])[r.randrange(2)],
            ["领导干部", "总部机关", "生产一线", "专业技术", "离退休", "下岗失业", "流动党员", "流动", "离退休人员"][
                r.randrange(9)
            ],
            [branch, wide(branch), f"{branch} "][r.randrange(3)],
            ["", "正常", "失去联系", "查找中"][min(r.randrange(40), 3) if i % 9 == 0 else 0],
            ["", f"138{i:08d}", 13900000000 + i, f"000-{i % 10000:04d}", f"138 {i // 10000:04d} {i % 10000:04d}"][
                r.randrange(5)
            ],
            f"990000{born:%Y%m%d}{i % 1000:03d}X",
            ["", "", "本人在外出差", "注：倒班"][r.randrange(4)],
        ]

    # Errors

    def put(self, i: int, name: str, value: Any, says: str) -> None:
        """Spoil a cell of member ``i``."""
        self.rows[self.at[i]][PLACE[name]] = value
        self.planted.append(Planted(self.number(i), CANONICAL[name], says))

    def settle(self, i: int, **values: Any) -> None:
        """Set cells of member ``i`` that an error needs to be one."""
        for name, value in values.items():
            self.rows[self.at[i]][PLACE[name]] = value

    def number(self, i: int) -> int:
        """The row a person sees for member ``i``."""
        return self.at[i] + 1

    def merge_branches(self, first: int, last: int) -> None:
        """Merge the branch cells of neighbouring members; only the first keeps its value."""
        branch = self.rows[self.at[first]][PLACE["branch"]]
        for i in range(first + 1, last + 1):
            self.rows[self.at[i]][PLACE["branch"]] = ""
        self.merges.append((self.at[first], PLACE["branch"], self.at[last], PLACE["branch"], branch))

    def save(self, path: Path) -> Path:
        """Write an .xlsx with merged cells and date cells."""
        book = Workbook(str(path), {"strings_to_formulas": False})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("在册")
        for number, row in enumerate(self.rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif isinstance(value, int):
                    sheet.write_number(number, place, value)
                elif value != "":
                    sheet.write_string(number, place, value)
        for top, left, bottom, right, value in self.merges:
            sheet.merge_range(top, left, bottom, right, "")
            sheet.write_string(top, left, str(value))
        book.close()
        return path


def plant(roster: Messy) -> list[Planted]:
    """Thirty-seven errors of every kind. Returns them in the order of the file."""
    put, settle = roster.put, roster.settle
    step = max(1, roster.count // 50)
    at = iter(range(step // 2, roster.count, step))

    def next_i() -> int:
        i = next(at)
        settle(i, kind="正式", admitted="1990-07-01", full="1991-07-01", born="1960-03-05")
        return i

    put(next_i(), "branch", "B99999", "no such branch")
    put(next_i(), "branch", "不详", "no code")
    put(next_i(), "branch", "", "required")
    put(next_i(), "branch", "HY-01", "is no branch")
    for _ in range(3):
        i = next_i()
        put(i, "code", f"M{i - 5 + 1:06d}", f"the same as in row {roster.number(i - 5)}")
    put(next_i(), "code", "", "required")
    put(next_i(), "code", "工号不详", "no code")
    put(next_i(), "name", "", "required")
    put(next_i(), "name", "—", "required")
    put(next_i(), "gender", "公", "no gender")
    put(next_i(), "gender", "3", "no gender")
    put(next_i(), "born", "1960-13-05", "the month is outside")
    put(next_i(), "born", "1960.2.30", "no such day")
    put(next_i(), "born", "2099-01-01", "has not come yet")
    put(next_i(), "born", "1960", "no month")
    put(next_i(), "education", "不清楚", "no level of education")
    put(next_i(), "admitted", "2005.13.1", "the month is outside")
    put(next_i(), "admitted", "二〇〇五年十三月", "the month is outside")
    put(next_i(), "admitted", "记不清", "no date")
    put(next_i(), "admitted", "90.7.1", "four digits")
    put(next_i(), "admitted", "2098年7月1日", "has not come yet")
    put(next_i(), "admitted", "1950-07-01", "not after the date of birth")
    put(next_i(), "admitted", 99999999, "outside")
    put(next_i(), "full", "1989-07-01", "earlier than the admission on 1990-07-01")
    put(next_i(), "full", "1990年6月", "earlier than the admission")
    put(next_i(), "full", "2097-07-01", "has not come yet")
    put(next_i(), "full", "1991-02-29", "no such day")
    put(next_i(), "kind", "入党积极分子", "neither 正式 nor 预备")
    put(next_i(), "kind", "", "required")
    put(next_i(), "category", "其他", "no member category")
    put(next_i(), "category", "", "required")
    put(next_i(), "contact", "不知道", "no state of contact")
    put(next_i(), "phone", "1380000", "")
    roster.planted.pop()  # seven digits may be a local number: nothing wrong
    put(next_i(), "phone", "停机", "cannot be a telephone number")
    i = next_i()
    put(i, "kind", "群众", "neither 正式 nor 预备")
    put(i, "phone", "138001380001", "cannot be a telephone number")  # two errors in one row
    return sorted(roster.planted, key=lambda p: (p.row, list(CANONICAL.values()).index(p.column)))


ENTERPRISES = [
    ["中央企业及所属单位名册（示例）"],
    ["企业代码*", "企业名称*", "上级企业代码", "总部所在地", "行业", "企业状况", "窗口单位", "批次", "单位类型"],
    ["HY", "华岳能源集团公司（示例）", "", "北京市", "能源", "正常", "否", "第二批", "总部"],
    ["HY-A", "华岳北山矿业公司（示例）", "HY", "14", "煤炭", "经营困难", "×", "２", "所属企业"],
    ["HY-C", "华岳河口建筑公司（示例）", "HY", "370000.0", "建筑", "", "√", "第二批", "所属企业"],
    ["小计", "3户"],
    ["填表人：王示一", "", "审核人：李示二"],
]
ORGANIZATIONS = [
    ["党组织名册（示例）"],
    [],
    ["组织代码", "党组织全称", "组织类别", "上级党组织代码", "所属企业代码", "党组织关系", "是否总部", "行政区划代码",
     "成立时间", "换届日期", "书记", "党员人数"],
    ["ROOT", "国资委党委（示例）", "党委", "", "", "总部", "", "110000", "2003.5", "", "", "20000"],
    ["HY-01", "中共华岳能源集团公司委员会（示例）", "党委", "ROOT", "HY", "总部", "√", "110000", "1998年3月",
     "2007-03-01", "", ""],
    ["HY-02", "北山矿党委（示例）", "基层党委", "HY-01", "ＨＹ－Ａ", "总部", "", "", "1980", "", "", ""],
    ["LOC", "某省委（示例）", "地方党委", "", "", "地方", "", "370000", "", "", "", ""],
    ["HY-03", "河口建筑公司党委（示例）", "党委", "LOC", "HY-C", "地方", "", "370000", "", "", "", ""],
]  # fmt: skip


def organizations(branches: int) -> tuple[list[list[str]], list[str]]:
    """An organisation roster with that many branches, superiors after their branches on purpose."""
    rows = [list(row) for row in ORGANIZATIONS]
    rows[5][8] = "1980年1月"
    codes = [f"B{i:04d}" for i in range(1, branches + 1)]
    below = [[code, f"采煤{i}队党支部（示例）", "支部", f"G{i % 5}", *[""] * 8] for i, code in enumerate(codes, 1)]
    general = [[f"G{i}", f"采煤{SERIES[i]}总支（示例）", "总支", "HY-02", *[""] * 8] for i in range(5)]
    group = [["PG1", "一班党小组", "党小组", codes[0], *[""] * 8]]
    return [*rows[:3], *below, *group, *general, *rows[3:], ["合计", f"{branches + 13}个"]], codes


def save_csv(path: Path, rows: list[list[Any]], encoding: str = "utf-8-sig") -> Path:
    """Write rows as CSV, as wide as the widest."""
    width = max(map(len, rows))
    with open(path, "w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return path


def main() -> None:
    """Write the sample files anew."""
    save_csv(HERE / "enterprises.csv", ENTERPRISES, "gb18030")
    rows, codes = organizations(6)
    save_csv(HERE / "organizations.csv", rows)
    roster = Messy(codes, 60).make()
    roster.merge_branches(10, 14)
    roster.save(HERE / "members.xlsx")
    wrong = Messy(codes, 60).make()
    plant(wrong)
    wrong.save(HERE / "members-with-errors.xlsx")


if __name__ == "__main__":
    main()
