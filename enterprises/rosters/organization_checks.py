"""Checks of an organisation roster: the tree it makes together with what is stored (dossier 2.1, 0.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from enterprises.access import roles
from enterprises.models import Account, Enterprise, Member, Organization, PartyGroup
from enterprises.rosters.checks import Intake, Problems, dated
from enterprises.rosters.columns import ORGANIZATIONS
from enterprises.rosters.member_checks import KIND_WORDS
from enterprises.rosters.tree_rows import TreeChecks, TreeRow

GROUP = "PARTY_GROUP"
LOCAL = "LOCAL_COMMITTEE"
UNREADABLE = "?"  # stands for a superior that nobody can tell; no code is spelled so
AFFILIATION_WORDS = {"HQ": "总部", "LOCAL": "地方"}


class StoredOrganization(NamedTuple):
    """An organisation as the database has it; ``superior`` is a code."""

    code: str
    pk: int
    name: str
    kind: str
    superior: str | None
    path: str
    enterprise: str | None
    enterprise_given: bool
    is_headquarters: bool
    division_code: str
    founded_on: date | None
    term_end: date | None
    secretary_name: str
    closed_on: date | None


class StoredUnit(NamedTuple):
    """What an organisation roster needs to know of an enterprise."""

    code: str
    pk: int
    name: str
    condition: str
    is_window_unit: bool


class StoredGroup(NamedTuple):
    """A Party group as the database has it; ``superior`` is the code of its branch."""

    code: str
    pk: int
    name: str
    superior: str
    closed_on: date | None


@dataclass
class Surroundings:
    """What is stored, by code."""

    organizations: dict[str, StoredOrganization]
    units: dict[str, StoredUnit]
    groups: dict[str, StoredGroup]

    @classmethod
    def load(cls) -> "Surroundings":
        """Read what an organisation roster is checked against, in three queries."""
        organizations = Organization.objects.order_by("path").values_list(
            "code", "pk", "name", "kind", "superior__code", "path", "enterprise__code", "enterprise_given",
            "is_headquarters", "division_code", "founded_on", "term_end", "secretary_name", "closed_on",
        )  # fmt: skip
        units = Enterprise.objects.order_by().values_list("code", "pk", "name", "condition", "is_window_unit")
        groups = PartyGroup.objects.order_by().values_list("code", "pk", "name", "organization__code", "closed_on")
        return cls(
            {row[0]: StoredOrganization(*row) for row in organizations.iterator(20_000)},
            {row[0]: StoredUnit(*row) for row in units},
            {row[0]: StoredGroup(*row) for row in groups},
        )


def intake(problems: Problems, today: date) -> Intake:
    """The reader of an organisation roster."""
    return Intake(ORGANIZATIONS, problems, {"founded_on": dated(today.isoformat())}, copying=False)


class OrganizationChecks(TreeChecks):
    """All checks beyond the single cell."""

    parent_field = "superior"

    def __init__(
        self,
        reader: Intake,
        problems: Problems,
        rows: list[TreeRow],
        stored: Surroundings,
        by: Account | None,
        today: date,
    ) -> None:
        super().__init__(reader, problems, rows)
        self.stored, self.by, self.today = stored, by, today.isoformat()
        self.roots: dict[str, str | None] = {}
        self.reach: dict[str, bool] = {}

    def check(self) -> None:
        """Note everything that is wrong, in the order of the file."""
        self.twice()
        firsts = list(self.by_code.values())
        parents = self._parents(firsts)
        for row in firsts:
            self._own(row)
            self._place(row)
        self.circles(parents)
        for row in firsts:
            self._affiliation(row, parents)
            self._scope(row, parents)
        self._changed_kinds(firsts, parents)
        self.leave_out_below_errors(self.stored.organizations)

    def _parents(self, firsts: Iterable[TreeRow]) -> dict[str, str | None]:
        parents = {code: found.superior for code, found in self.stored.organizations.items()}
        column = ORGANIZATIONS.column("superior").name
        for row in firsts:
            unreadable = self.problems.has(row.sheet, row.number, column)
            parents[row.code] = UNREADABLE if unreadable else row.values["superior"]
        return parents

    def kind_of(self, code: str) -> str | None:
        """The kind an organisation will have; ``None`` when unknown or unreadable."""
        if code in self.by_code:
            return self.by_code[code].values["kind"]
        if code in self.stored.organizations:
            return self.stored.organizations[code].kind
        return GROUP if code in self.stored.groups else None

    def name_of(self, code: str) -> str:
        if code in self.by_code:
            return self.by_code[code].values["name"] or code
        return self.stored.organizations[code].name if code in self.stored.organizations else code

    def known(self, code: str) -> bool:
        return code in self.by_code or code in self.stored.organizations or code in self.stored.groups

    def _own(self, row: TreeRow) -> None:
        """The row against its own stored state, its enterprise and its dates."""
        stored, groups, kind = self.stored.organizations.get(row.code), self.stored.groups, row.values["kind"]
        if stored and kind == GROUP:
            self.add(row, "code", "group_or_organization", name=stored.name)
        elif row.code in groups and kind and kind != GROUP:
            self.add(row, "code", "group_or_organization", name=groups[row.code].name)
        closed = stored or groups.get(row.code)
        if closed and closed.closed_on:
            self.add(row, "code", "closed", name=closed.name)
        self._enterprise(row)
        founded, term_end = row.values["founded_on"], row.values["term_end"]
        if founded and term_end and term_end < founded:
            self.add(row, "term_end", "term_before_founding", other=founded)
        elif term_end and term_end < self.today:
            self.add(row, "term_end", "term_over")

    def _enterprise(self, row: TreeRow) -> None:
        code = row.values["enterprise"]
        if not code:
            return
        unit = self.stored.units.get(code)
        if unit is None:
            self.add(row, "enterprise", "unknown_enterprise")
            return
        for field, is_so in (("condition", unit.condition), ("is_window_unit", "t" if unit.is_window_unit else "f")):
            said = row.values[field]
            if said and said != is_so and not row.wrong:
                self.add(row, field, "facts_of_enterprise", "", name=unit.name)

    def _place(self, row: TreeRow) -> None:
        """The row against the organisation above it."""
        kind, superior = row.values["kind"], row.values["superior"]
        if not superior:
            if kind == GROUP and not self.problems.has(row.sheet, row.number, ORGANIZATIONS.column("superior").name):
                self.add(row, "superior", "group_without_branch")
            return
        if superior == row.code:
            self.add(row, "superior", "own_superior")
        elif not self.known(superior):
            self.add(row, "superior", "unknown_superior")
        elif superior not in self.by_code and self._closed(superior):
            self.add(row, "superior", "closed", name=self.name_of(superior))
        else:
            self._kinds_fit(row, kind, self.kind_of(superior), superior)

    def _closed(self, code: str) -> bool:
        found = self.stored.organizations.get(code)
        return bool(found and found.closed_on)

    def _kinds_fit(self, row: TreeRow, kind: str | None, above: str | None, superior: str) -> None:
        if above is None:
            return
        is_branch = above in Organization.BRANCH_KINDS
        if kind == GROUP:
            if not is_branch:
                self.add(row, "superior", "group_without_branch")
        elif is_branch or above == GROUP:
            self.add(row, "superior", "under_branch", name=self.name_of(superior))
        elif kind == LOCAL and above != LOCAL:
            self.add(row, "superior", "local_below")
        elif kind in Organization.BRANCH_KINDS and above == "LEADING_GROUP_DZ":
            self.add(row, "superior", "dz_has_branches")

    def root_of(self, code: str, parents: dict[str, str | None]) -> str | None:
        """The root above, or ``None`` where the way up breaks off or runs in a circle."""
        way: list[str] = []
        here: str | None = code
        while here is not None and here not in self.roots:
            if not self.known(here):
                break
            self.roots[here] = None  # a circle meets this and ends
            way.append(here)
            above = parents.get(here)
            if above is None:
                self.roots[here] = here
                break
            here = above
        found = self.roots.get(here) if here else None
        for passed in way:
            self.roots[passed] = found
        return found

    def _affiliation(self, row: TreeRow, parents: dict[str, str | None]) -> None:
        declared = row.values["affiliation"]
        root = self.root_of(row.code, parents) if declared else None
        root_kind = self.kind_of(root) if root else None
        if root is None or root_kind is None:
            return
        should = "LOCAL" if root_kind == LOCAL else "HQ"
        if declared != should:
            facts = {"root": self.name_of(root), "should": AFFILIATION_WORDS[should]}
            self.add(row, "affiliation", "affiliation_differs", AFFILIATION_WORDS[declared], **facts)

    def _scope(self, row: TreeRow, parents: dict[str, str | None]) -> None:
        """Rows outside what the account looks after are errors; roots are for the office at the top."""
        if self.by is None:
            return
        stored = self.stored.organizations.get(row.code)
        group = self.stored.groups.get(row.code)
        own = stored.path if stored else self.stored.organizations[group.superior].path if group else None
        superior = row.values["superior"]
        if own is not None and not self._covers(own):
            self.add(row, "code", "outside")
        elif superior and not row.wrong and not (stored and stored.superior == superior):
            if not self._may_stand(superior, parents):
                self.add(row, "superior", "outside")
        elif not superior and not row.wrong and (stored is None or stored.superior) and not self._covers_top():
            self.add(row, "superior", "outside", "")

    def _covers(self, path: str) -> bool:
        return bool(self.by and self.by.reach.covers(roles.IMPORT, path)) or self._covers_top()

    def _may_stand(self, superior: str, parents: dict[str, str | None]) -> bool:
        """Whether the organisation above is, or will be, within reach."""
        way = []
        here: str | None = superior
        while here and here not in self.reach and here not in self.stored.organizations and len(way) <= len(parents):
            way.append(here)
            here = parents.get(here)
        if here in self.stored.organizations:
            found = self._covers(self.stored.organizations[here].path)
        else:
            found = self.reach.get(here or "", here is None and self._covers_top())
        self.reach.update(dict.fromkeys(way, found))
        return found

    def _covers_top(self) -> bool:
        assert self.by is not None
        return roles.CHANGE_TREE in self.by.reach.permissions and self.by.reach.covers(roles.CAMPAIGN, "")

    def _changed_kinds(self, firsts: list[TreeRow], parents: dict[str, str | None]) -> None:
        """A branch that becomes something else must have no members; what becomes a branch nothing below."""
        organizations, branch_kinds = self.stored.organizations, Organization.BRANCH_KINDS
        changed = [
            r for r in firsts
            if r.code in organizations and r.values["kind"] not in (None, GROUP, organizations[r.code].kind)
        ]  # fmt: skip
        from_branch = {organizations[r.code].pk: r for r in changed if organizations[r.code].kind in branch_kinds}
        counts = Member.objects.filter(branch__in=from_branch, status__in=Member.ON_ROLL).values_list("branch")
        for pk, count in counts.annotate(count=Count("pk")):
            row = from_branch[pk]
            if row.values["kind"] not in branch_kinds:
                self.add(row, "kind", "kind_has_members", KIND_WORDS[row.values["kind"]], count=count)
        to_branch = {r.code: r for r in changed if r.values["kind"] in branch_kinds}
        above = {parents[code] for code in organizations if code not in self.by_code} if to_branch else set()
        for code in above & to_branch.keys():
            row = to_branch[code]
            self.add(row, "kind", "kind_has_below", KIND_WORDS[row.values["kind"]])


def checked(rows: list[TreeRow], reader: Intake, problems: Problems, by: Account | None, today: date) -> Surroundings:
    """Check the rows against each other and what is stored. Returns what is stored."""
    stored = Surroundings.load()
    OrganizationChecks(reader, problems, rows, stored, by, today).check()
    return stored
