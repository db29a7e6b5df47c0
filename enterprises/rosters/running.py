"""One import from file to result: read, validate, compare, and apply when nothing stands against it."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from enterprises import clock
from enterprises.models import Account
from enterprises.rosters import (
    apply_members,
    apply_organizations,
    apply_units,
    member_checks,
    organization_checks,
    secretaries,
    unit_checks,
)
from enterprises.rosters.checks import Intake, Problems
from enterprises.rosters.plan import Plan
from enterprises.rosters.problems import Problem
from enterprises.rosters.reading import Roster, open_roster
from enterprises.rosters.staging import staging
from enterprises.rosters.tree_rows import TreeRow, rows_of

READING, COMPARING, APPLYING = "reading", "comparing", "applying"
DAY = timedelta(days=1)
# Stage, rows done, rows in all (0: not known). It must not use the connection: rows may be on their way.
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def unsealed(result: "Result") -> None:
    """Nothing to keep beside what was imported."""


@dataclass
class Order:
    """What to do with a file: for whom, from which day, and whether to write (``dry``: only look)."""

    path: Path
    kind: str | None = None
    by: Account | None = None
    effective: date | None = None
    dry: bool = False
    skip_errors: bool = False
    progress: Progress = silent
    seal: Callable[["Result"], None] = unsealed  # called last in the transaction that writes


@dataclass
class Result:
    """What came of it. ``groups``: (field, from, to) -> rows; ``skipped``: why -> rows that are no data."""

    kind: str
    sheets: list[dict[str, Any]] = field(default_factory=list)
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    wrong: int = 0
    left_out: int = 0
    problems: Problems = field(default_factory=Problems)
    dropped: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    skipped: Counter = field(default_factory=Counter)
    groups: Counter = field(default_factory=Counter)
    absent_count: int = 0
    absent: list[tuple] = field(default_factory=list)
    applied: bool = False

    @property
    def errors(self) -> list[Problem]:
        return self.problems.errors

    @property
    def failed(self) -> bool:
        """Whether errors kept the import from being applied."""
        return bool(self.problems.error_count) and not self.applied

    def as_json(self) -> dict[str, Any]:
        """The command's JSON result (issue 2, part B)."""
        return {
            "kind": self.kind,
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": [problem.as_json() for problem in self.errors],
            "applied": self.applied,
            "error_count": self.problems.error_count,
            "warnings": [problem.as_json() for problem in self.problems.warnings],
            "dropped_columns": self.dropped,
            "ignored_columns": self.ignored,
            "skipped_rows": dict(self.skipped),
            "not_in_file": self.absent_count,
        }


def run(order: Order) -> Result:
    """Do one import. The caller gives the transaction when it is to be written.

    Raises ``Unreadable`` (no roster) and ``Cancelled``.
    """
    with open_roster(order.path, order.kind) as roster:
        result = Result(roster.kind.name)
        _describe(roster, result)
        if result.problems.error_count:
            return result
        work = _members if roster.kind.name == "members" else _tree
        work(order, roster, result)
        result.problems.ordered([s.name for s in roster.sheets], roster.kind)
        return result


def _describe(roster: Roster, result: Result) -> None:
    """What the headers say: columns not read, and required ones that are missing."""
    for sheet in roster.sheets:
        label = sheet.name if roster.several_sheets else ""
        result.sheets.append({"name": sheet.name, "header_row": sheet.header_row})
        result.dropped += [name for name in sheet.dropped if name not in result.dropped]
        result.ignored += [name for name in sheet.ignored if name not in result.ignored]
        for name in sheet.missing:
            result.problems.add(Problem(sheet.header_row, name, "missing_column", "", label, {"column": name}))
    for name in roster.without_header:
        result.problems.add(Problem(1, "", "sheet_without_header", name, name))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Rows are plain lists without cycles: looking for garbage among millions of them takes a third longer."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _blocks(order: Order, roster: Roster, reader: Intake, result: Result, take: Callable[..., None]) -> None:
    total = sum(sheet.source.total() for sheet in roster.sheets)
    with _no_collecting():
        _take_all(order, roster, reader, result, take, total)


def _take_all(
    order: Order, roster: Roster, reader: Intake, result: Result, take: Callable[..., None], total: int
) -> None:
    passed = 0
    for index, sheet in enumerate(roster.sheets):
        label = sheet.name if roster.several_sheets else ""
        for chunk in sheet.chunks():
            take(reader.block(sheet, chunk, label), index)
            result.read += len(chunk.rows)
            order.progress(READING, passed + chunk.numbers[-1], total)
        passed += sheet.source.total()
        result.skipped.update(sheet.skipped)


def present(roster: Roster) -> set[str]:
    """The fields that every sheet has a column for: only those are written to stored rows."""
    return set.intersection(*(set(sheet.places) for sheet in roster.sheets))


# Members


def _members(order: Order, roster: Roster, result: Result) -> None:
    today = clock.today()
    problems = result.problems
    reader = member_checks.intake(problems, order.by, today)
    dates = member_checks.Dates(reader, today)
    labels = [sheet.name if roster.several_sheets else "" for sheet in roster.sheets]
    with staging() as staged:

        def take(block: Any, sheet: int) -> None:
            dates.check(block)
            staged.write(block, sheet)

        _blocks(order, roster, reader, result, take)
        staged.settle()
        order.progress(COMPARING, 0, 0)
        stored = member_checks.Stored(problems, labels, order.by, today)
        stored.check()
        stored.warn_of_sizes()
        _compare_members(roster, result)
        if _may_apply(order, result):
            order.progress(APPLYING, 0, result.created + result.updated)
            _apply_members(order, roster, result)


def _compare_members(roster: Roster, result: Result) -> None:
    found = apply_members.compare(present(roster))
    result.created, result.updated, result.unchanged = found.created, found.updated, found.unchanged
    result.groups, result.absent_count, result.absent = found.groups, found.absent_count, found.absent
    result.wrong = len(result.problems.wrong_rows)


def _may_apply(order: Order, result: Result) -> bool:
    return not order.dry and (order.skip_errors or not result.problems.error_count)


def _apply_members(order: Order, roster: Roster, result: Result) -> None:
    effective = order.effective or clock.today()
    with transaction.atomic():
        apply_members.lock_codes()
        branches = apply_members.apply(present(roster), effective)
        if branches:
            secretaries.match(None, effective, effective - DAY)
        result.applied = True
        order.seal(result)
    apply_members.tell_planner(result.created + result.updated)


# Organisations and enterprises


def _tree(order: Order, roster: Roster, result: Result) -> None:
    with transaction.atomic():
        if not order.dry:
            apply_organizations.lock()
        _tree_locked(order, roster, result)


def _tree_locked(order: Order, roster: Roster, result: Result) -> None:
    today, problems = clock.today(), result.problems
    organizations = roster.kind.name == "organizations"
    checks = organization_checks if organizations else unit_checks
    reader = organization_checks.intake(problems, today) if organizations else unit_checks.intake(problems)
    rows: list[TreeRow] = []
    _blocks(order, roster, reader, result, lambda block, sheet: rows.extend(rows_of(block, reader)))
    order.progress(COMPARING, 0, 0)
    stored = checks.checked(rows, reader, problems, order.by, today)
    effective = order.effective or today
    columns = present(roster)
    work: apply_organizations.Apply | apply_units.Apply
    if organizations:
        work = apply_organizations.Apply(rows, columns, stored)
        plans = [work.organizations, work.groups]
    else:
        work = apply_units.Apply(rows, columns, stored, effective)
        plans = [work.plan]
    _tally(result, plans)
    result.left_out = sum(row.wrong for row in rows) - len({(r.sheet, r.number) for r in rows} & problems.wrong_rows)
    if _may_apply(order, result):
        order.progress(APPLYING, 0, result.created + result.updated)
        work.run()
        if organizations:
            _secretaries(work, rows, result, effective)
        result.applied = True
        order.seal(result)


def _tally(result: Result, plans: list[Plan]) -> None:
    for plan in plans:
        result.created += len(plan.new)
        result.updated += len(plan.changed)
        result.unchanged += plan.unchanged
        result.groups += plan.groups
    result.wrong = len(result.problems.wrong_rows)


def _secretaries(work: apply_organizations.Apply, rows: list[TreeRow], result: Result, effective: date) -> None:
    right = [row for row in rows if not row.wrong and row.values["secretary_name"]]
    named = {work.ids[row.code]: row for row in right if row.code in work.ids}
    for pk, matches in secretaries.match(named, effective, effective - DAY).items():
        row = named[pk]
        result.problems.add(secretaries.warning(row.number, row.sheet, row.values["secretary_name"], matches))
