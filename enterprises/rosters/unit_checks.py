"""Checks of an enterprise roster: the ownership tree it makes together with what is stored (items 1-4)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from enterprises.access import roles
from enterprises.actions.units import may_keep_unit
from enterprises.models import Account, Enterprise
from enterprises.rosters.checks import Intake, Problems
from enterprises.rosters.columns import ENTERPRISES
from enterprises.rosters.tree_rows import TreeChecks, TreeRow


class StoredEnterprise(NamedTuple):
    """A unit as the database has it; ``parent`` is a code."""

    code: str
    pk: int
    name: str
    kind: str
    parent: str | None
    path: str
    division_code: str
    industry: str
    condition: str
    is_window_unit: bool
    declared_batch: int | None


def load() -> dict[str, StoredEnterprise]:
    """All units by code."""
    rows = Enterprise.objects.order_by("path").values_list(
        "code", "pk", "name", "kind", "parent__code", "path", "division_code", "industry", "condition",
        "is_window_unit", "declared_batch",
    )  # fmt: skip
    return {row[0]: StoredEnterprise(*row) for row in rows}


def intake(problems: Problems) -> Intake:
    """The reader of an enterprise roster."""
    return Intake(ENTERPRISES, problems, {}, copying=False)


class UnitChecks(TreeChecks):
    """All checks beyond the single cell."""

    parent_field = "parent"

    def __init__(
        self,
        reader: Intake,
        problems: Problems,
        rows: list[TreeRow],
        stored: dict[str, StoredEnterprise],
        by: Account | None,
    ) -> None:
        super().__init__(reader, problems, rows)
        self.stored, self.by = stored, by
        self.kept: dict[str, bool] = {}

    def check(self) -> None:
        """Note everything that is wrong, and fill in the kind where the roster leaves it out."""
        self.twice()
        firsts = list(self.by_code.values())
        parents: dict[str, str | None] = {code: unit.parent for code, unit in self.stored.items()}
        parents.update({row.code: row.values["parent"] for row in firsts})
        for row in firsts:
            self._parent(row)
        self.circles(parents)
        self._scope(firsts, parents)
        self.leave_out_below_errors(self.stored)

    def _parent(self, row: TreeRow) -> None:
        parent, kind = row.values["parent"], row.values["kind"]
        if parent == row.code:
            self.add(row, "parent", "own_parent")
        elif parent and parent not in self.by_code and parent not in self.stored:
            self.add(row, "parent", "unknown_parent")
        elif kind == "SUBSIDIARY" and not parent:
            self.add(row, "parent", "subsidiary_without_parent")
        elif parent and kind in ("HEADQUARTERS", "DIRECT_UNIT"):
            self.add(row, "parent", "parent_of_headquarters")

    def _scope(self, firsts: Iterable[TreeRow], parents: dict[str, str | None]) -> None:
        """An enterprise office keeps its own units; new groups are for the office at the top."""
        if self.by is None:
            return
        for row in firsts:
            if not self._may(row.code if row.code in self.stored else row.values["parent"], parents):
                field = "code" if row.code in self.stored else "parent"
                if not row.wrong:
                    self.add(row, field, "outside")

    def _may(self, code: str | None, parents: dict[str, str | None]) -> bool:
        assert self.by is not None
        way: list[str] = []
        while code and code not in self.stored and code not in way:
            way.append(code)
            code = parents.get(code)
        if not code or code not in self.stored:
            reach = self.by.reach
            return roles.CHANGE_TREE in reach.permissions and reach.covers(roles.CAMPAIGN, "")
        if code not in self.kept:
            self.kept[code] = may_keep_unit(self.by, Enterprise.objects.get(code=code))
        return self.kept[code]


def default_kind(row: TreeRow) -> str:
    """The kind of a unit whose roster leaves it out: a subsidiary where it has a parent."""
    return "SUBSIDIARY" if row.values["parent"] else "HEADQUARTERS"


def checked(
    rows: list[TreeRow], reader: Intake, problems: Problems, by: Account | None, today: date
) -> dict[str, StoredEnterprise]:
    """Check the rows against each other and what is stored. Returns what is stored."""
    stored = load()
    UnitChecks(reader, problems, rows, stored, by).check()
    return stored
