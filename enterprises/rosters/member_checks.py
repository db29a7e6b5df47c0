"""Checks of members beyond the single cell: dates against each other, branches, and what is stored."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as N

from enterprises.access import roles
from enterprises.models import Account, Member, Organization, PartyGroup
from enterprises.rosters import staging, values
from enterprises.rosters.checks import Block, Intake, Problems, dated
from enterprises.rosters.columns import MEMBERS, NULL, Parse
from enterprises.rosters.problems import Problem
from enterprises.rosters.values import Wrong
from enterprises.rules import MAX_BRANCH, MIN_FULL

ADULT = 18  # years at admission (Constitution of the Party)
KIND_WORDS = {
    "COMMITTEE": "党委", "LEADING_GROUP_DZ": "党组", "HQ_COMMITTEE": "机关党委", "GENERAL_BRANCH": "党总支",
    "BRANCH": "党支部", "JOINT_BRANCH": "联合党支部", "TEMPORARY_BRANCH": "临时党支部",
    "LOCAL_COMMITTEE": "地方党委", "PARTY_GROUP": "党小组",
}  # fmt: skip
STATUS_WORDS = {
    "SUSPENDED": N("membership suspended"),
    "TRANSFERRED": N("transferred out"),
    "CANCELLED": N("probation cancelled"),
    "WITHDRAWN": N("withdrew"),
    "ADVISED": N("advised to withdraw"),
    "REMOVED": N("removed from the rolls"),
    "EXPELLED": N("expelled"),
    "DECEASED": N("deceased"),
}


class Branches:
    """Code of a branch or Party group -> what is stored for it, for the account that imports."""

    def __init__(self, by: Account | None) -> None:
        self.by = by
        fields = ("code", "pk", "kind", "closed_on", "path", "name")
        rows = Organization.objects.order_by().values_list(*fields)
        self.organizations: dict[str, tuple] = {row[0]: row[1:] for row in rows}
        groups = PartyGroup.objects.order_by().values_list(
            "code", "pk", "organization", "closed_on", "organization__path", "name", "organization__closed_on"
        )
        self.groups: dict[str, tuple] = {row[0]: row[1:] for row in groups}
        self.covered: dict[str, bool] = {}

    def parse(self, raw: Any) -> str:
        """``branch id <tab> Party group id``, ready for COPY. Raises ``Wrong``."""
        code = values.code(raw)
        if not code:
            return ""
        if code in self.organizations:
            pk, kind, closed, path, name = self.organizations[code]
            if kind not in Organization.BRANCH_KINDS:
                raise Wrong("not_a_branch", name=name, kind=KIND_WORDS[kind])
            stored = f"{pk}\t{NULL}"
        elif code in self.groups:
            group, pk, closed, path, name, branch_closed = self.groups[code]
            closed, stored = closed or branch_closed, f"{pk}\t{group}"
        else:
            raise Wrong("unknown_branch")
        if closed:
            raise Wrong("closed", name=name)
        if not self.covers(path):
            raise Wrong("outside")
        return stored

    def covers(self, path: str) -> bool:
        """Whether the account may import there."""
        return self.by is None or self.by.reach.covers(roles.IMPORT, path)


def intake(problems: Problems, by: Account | None, today: date) -> Intake:
    """The reader of a member roster."""
    past = dated(today.isoformat())
    parsers: dict[str, Parse] = {"born_on": past, "admitted_on": past, "branch": Branches(by).parse}
    found = Intake(MEMBERS, problems, parsers, copying=True)
    found.cells["branch"].spelled = str  # it is spelled for COPY already
    found.cells["branch"].empty = staging.NO_BRANCH
    return found


class Grown(dict):
    """Date of birth -> the day of coming of age, as ISO text."""

    def __missing__(self, born: str) -> str:
        found = "" if born == NULL else f"{int(born[:4]) + ADULT:04d}{born[4:]}"
        self[born] = found
        return found


class Dates:
    """Birth, admission and conversion against each other."""

    def __init__(self, reader: Intake, today: date) -> None:
        self.reader, self.today = reader, today.isoformat()
        self.grown = Grown()

    def check(self, block: Block) -> None:
        """Note contradictions of a block. ISO texts compare like days; NULL sorts after every digit."""
        columns = block.columns
        admitted, full, kind = columns["admitted_on"], columns["full_on"], columns["kind"]
        grown = list(map(self.grown.__getitem__, columns["born_on"]))
        today = self.today
        doubtful = [
            i
            for i, (a, f, k, g) in enumerate(zip(admitted, full, kind, grown, strict=True))
            if a < g or f != NULL and (f < a or f > today or k == "PROBATIONARY")
        ]
        for index in doubtful:
            self._conversion(block, index, admitted[index], full, kind[index])
            self._birth(block, index, columns["born_on"][index], admitted[index], grown[index])

    def _conversion(self, block: Block, index: int, admitted: str, full: list[str], kind: str) -> None:
        day = full[index]
        if day == NULL:
            return
        if admitted != NULL and day < admitted:
            self.reader.add(block, index, "full_on", "before_admission", other=admitted)
        elif kind == "PROBATIONARY":
            self.reader.add(block, index, "full_on", "probationary_full")
            full[index] = NULL
        elif day > self.today:
            self.reader.add(block, index, "full_on", "future")

    def _birth(self, block: Block, index: int, born: str, admitted: str, grown: str) -> None:
        if NULL in (born, admitted) or admitted >= grown:
            return
        if admitted > born:
            self.reader.add(block, index, "admitted_on", "admitted_young", other=born)
        elif grown > self.today:  # a child today: the date of birth is the wrong one
            self.reader.add(block, index, "born_on", "birth_late", other=admitted)
        else:
            self.reader.add(block, index, "admitted_on", "before_birth", other=born)


# Against the whole file and what is stored. All read the staging table; labels name the sheets.
_TWICE = f"""
WITH twice AS (SELECT code FROM {staging.TABLE} GROUP BY code HAVING count(*) > 1)
SELECT s.sheet, s.line, s.code, first_value(s.sheet) OVER w, first_value(s.line) OVER w
FROM {staging.TABLE} s JOIN twice USING (code) WINDOW w AS (PARTITION BY s.code ORDER BY s.sheet, s.line)
ORDER BY 1, 2
"""
_GONE = f"""
SELECT s.sheet, s.line, s.code, m.name, m.status FROM {staging.TABLE} s
JOIN enterprises_member m ON m.code = s.code WHERE m.status <> ALL(%s)
"""
_WAITING = f"""
SELECT s.sheet, s.line, o.code FROM {staging.TABLE} s JOIN enterprises_member m ON m.code = s.code
JOIN enterprises_membership h ON h.member_id = m.id AND h.until IS NULL AND h.since > %s
JOIN enterprises_organization o ON o.id = m.branch_id
WHERE s.branch_id IS DISTINCT FROM m.branch_id AND m.status = ANY(%s)
"""
_OUTSIDE = f"""
SELECT s.sheet, s.line, s.code FROM {staging.TABLE} s JOIN enterprises_member m ON m.code = s.code
JOIN enterprises_organization o ON o.id = m.branch_id
WHERE NOT EXISTS (SELECT 1 FROM unnest(%s::text[]) AS p WHERE starts_with(o.path, p))
"""


# Size of each branch of the file as it would be: its right rows, and who is on its roll but not in the file.
_SIZES = f"""
WITH named AS (
    SELECT branch_id, min(sheet) AS sheet, min(line) AS line FROM {staging.TABLE}
    WHERE valid GROUP BY branch_id
), sizes AS (
    SELECT branch_id, count(*) AS members, count(*) FILTER (WHERE kind = 'FULL') AS full_members FROM (
        SELECT branch_id, kind FROM {staging.TABLE} WHERE valid
      UNION ALL
        SELECT m.branch_id, m.kind FROM enterprises_member m JOIN named USING (branch_id)
        WHERE m.status = ANY(%(on_roll)s)
            AND NOT EXISTS (SELECT 1 FROM {staging.TABLE} s WHERE s.code = m.code)
    ) everybody GROUP BY branch_id
)
SELECT n.sheet, n.line, o.code, o.name, s.members, s.full_members
FROM named n JOIN sizes s USING (branch_id) JOIN enterprises_organization o ON o.id = n.branch_id
WHERE s.full_members < %(least)s AND o.kind <> 'JOINT_BRANCH' OR s.members > %(most)s
ORDER BY n.sheet, n.line
"""


class Stored:
    """Checks that need the whole file or the database."""

    def __init__(self, problems: Problems, labels: list[str], by: Account | None, today: date) -> None:
        self.problems, self.labels, self.by, self.today = problems, labels, by, today

    def check(self) -> None:
        """Note what is wrong, and mark those rows in the staging table."""
        wrong = self._twice()
        if Member.objects.exists():  # the first import is compared with nothing
            wrong += [*self._gone(), *self._waiting(), *self._outside()]
        if wrong:
            places = [(sheet, line) for sheet, line in wrong]
            staging.query(
                f"UPDATE {staging.TABLE} s SET valid = false FROM unnest(%s::int[], %s::int[]) AS w (sheet, line) "
                "WHERE s.sheet = w.sheet AND s.line = w.line",
                [[p[0] for p in places], [p[1] for p in places]],
            )

    def warn_of_sizes(self) -> None:
        """Warn of branches that would be too small or too large (2.1), at their first row."""
        limits = {"on_roll": list(Member.ON_ROLL), "least": MIN_FULL, "most": MAX_BRANCH}
        for sheet, line, code, name, members, full in staging.query(_SIZES, limits):
            if full < MIN_FULL:
                self._add((sheet, line), "branch", "branch_small", code, name=name, full=full)
            else:
                self._add((sheet, line), "branch", "branch_large", code, name=name, members=members)

    def _add(self, place: tuple[int, int], name: str, code: str, said: str, /, **facts: Any) -> tuple[int, int]:
        sheet, line = place
        column = MEMBERS.column(name).name
        self.problems.add(Problem(line, column, code, said, self.labels[sheet], facts))
        return place

    def _twice(self) -> list[tuple[int, int]]:
        found = []
        for sheet, line, code, first_sheet, first_line in staging.query(_TWICE):
            if (sheet, line) == (first_sheet, first_line):
                continue
            label = self.labels[first_sheet]
            other = f"{label} {first_line}" if label and first_sheet != sheet else str(first_line)
            found.append(self._add((sheet, line), "code", "duplicate", code, other=other))
        return found

    def _gone(self) -> list[tuple[int, int]]:
        return [
            self._add((sheet, line), "code", "not_on_roll", code, name=name, status=STATUS_WORDS[status])
            for sheet, line, code, name, status in staging.query(_GONE, [list(Member.ON_ROLL)])
        ]

    def _waiting(self) -> list[tuple[int, int]]:
        return [
            self._add((sheet, line), "branch", "transfer_waiting", "", branch=branch)
            for sheet, line, branch in staging.query(_WAITING, [self.today, list(Member.ON_ROLL)])
        ]

    def _outside(self) -> list[tuple[int, int]]:
        if self.by is None:
            return []
        covered = self.by.reach.paths.get(roles.IMPORT, [])
        return [
            self._add((sheet, line), "code", "outside", code)
            for sheet, line, code in staging.query(_OUTSIDE, [covered])
        ]
