"""Runs of imports as the pages meet them, made without a worker."""

import tempfile
from pathlib import Path

from django.utils.translation import override

from enterprises import clock
from enterprises.models import ImportRun
from enterprises.rosters import preview
from enterprises.rosters.actions import import_roster
from enterprises.rosters.running import Order
from tests.cast import Cast
from tests.rosters.samples import save_csv

HEADER = [
    "人员编码", "姓名", "性别", "入党日期", "转正日期", "党员类型", "人员类别", "所在支部代码", "身份证号", "工龄",
]  # fmt: skip
ROWS = [
    ["M0201", "王示一", "男", "1990.7.1", "1991-07-01", "正式", "离退休", "B3", "", "20"],
    ["N0001", "李示二", "女", "2004-06-01", "2003-06-01", "正式", "生产一线", "B2", "", "1"],
    ["N0002", "张示三", "男", "2005.13.1", "", "预备", "生产一线", "B2", "", ""],
    ["N0003", "", "男", "2000年7月", "", "入党积极分子", "生产一线", "B10299", "", ""],
    ["N0001", "陈示四", "男", "2000年7月", "2001年7月", "正式", "专业技术", "B2", "", ""],
    ["N0004", "杨示五", "男", "2000年7月", "2001年7月", "预备", "专业技术", "B2", "", ""],
    ["小计", "6人", "", "", "", "", "", "", "", ""],
]


def previewed(cast: Cast, role: str = "committee_secretary") -> ImportRun:
    """A run of ``role`` that has been read: errors, warnings, changes, dropped columns, absent members."""
    with tempfile.TemporaryDirectory() as folder, override("zh-hans"):
        path = save_csv(Path(folder) / "m.csv", [["北山矿党员名册"], HEADER, *ROWS])
        result = import_roster(by=cast.fresh(role), order=Order(path, dry=True))
    return ImportRun.objects.create(
        account=cast.account[role],
        file="rosters/kept.csv",
        file_name="北山矿党员名册.csv",
        kind=result.kind,
        effective=clock.today(),
        state=ImportRun.State.READY,
        report=preview.report(result),
    )


def underway(cast: Cast, role: str = "committee_secretary") -> ImportRun:
    """A run of ``role`` that a worker has."""
    return ImportRun.objects.create(
        account=cast.account[role],
        file_name="北山矿党员名册.csv",
        effective=clock.today(),
        state=ImportRun.State.READING,
    )
