"""Jobs: import, moving a subtree, recounting. What they write is rolled back."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path

from django.db import connection, transaction

from campaign.demo.bench.figures import Figure, Findings, Missing, bare, seconds
from campaign.plan.models import Campaign
from campaign.progress import actions as progress
from enterprises.actions.reshaping import move_organization
from enterprises.models import Organization
from enterprises.rosters.actions import import_roster
from enterprises.rosters.running import Order, Result
from enterprises.tree import END

IMPORT_TIMES = 10  # times the raw COPY of the same file
IMPORT_S_A_MILLION = 25 / 2.7
MOVE_BRANCHES, MOVE_S = 2000, 0.5
RECOUNT_S_A_MILLION_MEETINGS = 20

_ROSTER = """
SELECT 'N' || m.code, m.name, CASE m.gender WHEN '2' THEN '女' ELSE '男' END, m.born_on, m.admitted_on, m.full_on,
    CASE m.kind WHEN 'FULL' THEN '正式党员' ELSE '预备党员' END,
    CASE m.category WHEN 'LEADER' THEN '领导干部' WHEN 'HQ_STAFF' THEN '总部机关' WHEN 'TECHNICAL' THEN '专业技术'
        WHEN 'RETIRED' THEN '离退休' WHEN 'LAID_OFF' THEN '下岗失业' WHEN 'MOBILE' THEN '流动党员'
        ELSE '生产一线' END,
    o.code, m.phone
FROM enterprises_member m JOIN enterprises_organization o ON o.id = m.branch_id
WHERE o.kind IN ('BRANCH', 'JOINT_BRANCH', 'TEMPORARY_BRANCH') ORDER BY m.id
"""
_HEADER = "人员编码,姓名,性别,出生日期,入党日期,转正日期,党员类型,人员类别,所在支部代码,手机".split(",")  # noqa: SIM905
_LIMIT_OF_RECOUNT = (
    "SELECT organization_id, campaign_id, kind, count(*), max(held_on), sum(class_hours) FROM campaign_meeting"
    " WHERE campaign_id IS NOT NULL GROUP BY 1, 2, 3",
    "SELECT a.member_id, count(*), count(l.id) FROM campaign_absence a"
    " LEFT JOIN campaign_makeuplesson l ON l.absence_id = a.id GROUP BY 1",
    "SELECT organization_id, kind, count(*), max(filed_on) FROM campaign_filing GROUP BY 1, 2",
    "SELECT branch_id, kind, contact, count(*) FROM enterprises_member GROUP BY 1, 2, 3",
    "SELECT step_id, due_on, done_on IS NULL, made_up, count(*) FROM campaign_stepstatus GROUP BY 1, 2, 3, 4",
)


def _write_roster(path: Path) -> int:
    """A roster of as many new members as there are, in the branches there are. Returns the rows."""
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(_HEADER)
    with connection.cursor() as cursor, path.open("w", encoding="utf-8") as file:
        file.write(buffer.getvalue())
        cursor.copy_expert(f"COPY ({_ROSTER}) TO STDOUT WITH (FORMAT csv)", file)
        return cursor.rowcount


def _raw_copy(path: Path) -> float:
    """Seconds to COPY the file as it stands into an empty table of texts."""
    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f"c{index} text" for index in range(len(_HEADER)))
        cursor.execute(f"CREATE TEMPORARY TABLE raw_roster ({columns}) ON COMMIT DROP")
        with seconds() as taken, path.open(encoding="utf-8") as file:
            cursor.copy_expert("COPY raw_roster FROM STDIN WITH (FORMAT csv, HEADER)", file)
        transaction.set_rollback(True)
    return taken[0]


class _Enough(Exception):
    """Everything is written; nothing is to stay."""


def _stop(result: Result) -> None:
    bare("SET CONSTRAINTS ALL IMMEDIATE")
    raise _Enough


@contextmanager
def _before_any_launch() -> Iterator[None]:
    """Members are imported before a campaign runs: no steps to be brought in line."""
    running = list(Campaign.objects.filter(state=Campaign.State.RUNNING).values_list("pk", flat=True))
    Campaign.objects.filter(pk__in=running).update(state=Campaign.State.PREPARED)
    try:
        yield
    finally:
        Campaign.objects.filter(pk__in=running).update(state=Campaign.State.RUNNING)


def importing() -> Findings:
    """As many new members as are stored: read, validated, compared, previewed; then written as well."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "members.csv"
        rows = _write_roster(path)
        raw = _raw_copy(path)
        with seconds() as previewed:
            seen = import_roster(by=None, order=Order(path, dry=True))
        with _before_any_launch(), seconds() as written, suppress(_Enough):
            import_roster(by=None, order=Order(path, seal=_stop))
    if seen.created != rows:
        problems = [problem.as_json() for problem in seen.problems.errors[:3]]
        return [Missing("import", f"{seen.created} of {rows} rows would be created: {problems}")]
    target = max(IMPORT_S_A_MILLION * rows / 1e6, IMPORT_TIMES * raw)
    note = f"{rows:,} rows"
    return [
        Figure("import: validated and previewed", previewed[0], "s", target, raw, note=note),
        Figure("import: previewed again and written", written[0], "s", target, raw, note=note),
    ]


def _subtree(count: int) -> tuple[Organization, int]:
    """The organisation whose branches come nearest to so many, and how many it has."""
    sql = """
        SELECT o.id, t.branches FROM enterprises_organization o
        JOIN campaign_membertally t ON t.organization_id = o.id AND t.campaign_id IS NULL
        WHERE o.superior_id IS NOT NULL AND o.kind IN ('COMMITTEE', 'LEADING_GROUP_DZ')
        ORDER BY abs(t.branches - %s) LIMIT 1
    """
    pk, branches = bare(sql, [count])[0]
    return Organization.objects.get(pk=pk), branches


def moving() -> Findings:
    """Moving a subtree under another superior and back, committed; beside the rewriting of its paths."""
    chosen, branches = _subtree(MOVE_BRANCHES)
    home = chosen.superior
    other = Organization.objects.filter(superior=None).exclude(pk=chosen.superior_id).order_by("path").first()
    with transaction.atomic(), seconds() as paths:
        bare(
            "UPDATE enterprises_organization SET path = 'ZZZZ' || substr(path, 5) WHERE path >= %s AND path < %s",
            [chosen.path, chosen.path + END],
        )
        transaction.set_rollback(True)
    with seconds() as there:
        chosen = move_organization(by=None, organization=chosen, superior=other, reason="bench")
    with seconds() as back:
        move_organization(by=None, organization=chosen, superior=home, reason="bench")
    value = max(there[0], back[0])
    return [Figure("move a subtree, committed", value, "s", MOVE_S, paths[0], note=f"{branches:,} branches")]


def recounting() -> Findings:
    """Everything from the records, beside the GROUP BYs alone; and whether anything had been wrong."""
    progress.fold()
    meetings = bare("SELECT count(*) FROM campaign_meeting")[0][0]
    with seconds() as groups:
        for statement in _LIMIT_OF_RECOUNT:
            bare(f"SELECT count(*) FROM ({statement}) g")
    with seconds() as taken:
        found = progress.recount()
    target = max(2.0, RECOUNT_S_A_MILLION_MEETINGS * meetings / 1e6)
    return [
        Figure("recount everything", taken[0], "s", target, groups[0], note=f"{meetings:,} meetings"),
        Figure("recount everything: differences found", sum(found.values()), "", 0),
    ]


ALL: dict[str, Callable[[], Findings]] = {"import": importing, "move": moving, "recount": recounting}
