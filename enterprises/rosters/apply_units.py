"""Plan and apply of enterprise rosters, in one transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from enterprises import hooks, tree
from enterprises.models import Enterprise, EnterpriseCondition, Organization
from enterprises.rosters import bulk
from enterprises.rosters.plan import Places, Plan, tops
from enterprises.rosters.tree_rows import TreeRow
from enterprises.rosters.unit_checks import StoredEnterprise, default_kind

_FACTS = ("name", "kind", "parent", "division_code", "industry", "condition", "is_window_unit", "declared_batch")


def wanted(row: TreeRow, present: set[str]) -> dict[str, Any]:
    """What a row wants stored. Only columns of the roster; an empty cell clears what is there."""
    found: dict[str, Any] = {name: row.values[name] for name in _FACTS if name in present}
    if "kind" in found:
        found["kind"] = found["kind"] or default_kind(row)
    if "is_window_unit" in found:
        found["is_window_unit"] = found["is_window_unit"] == "t"
    if "declared_batch" in found:
        found["declared_batch"] = int(found["declared_batch"]) if found["declared_batch"] else None
    return found


def plan(rows: Iterable[TreeRow], present: set[str], stored: dict[str, StoredEnterprise]) -> Plan:
    """What the right rows change."""
    found = Plan()
    for row in rows:
        if not row.wrong:
            found.note(row, stored.get(row.code), wanted(row, present))
    return found


class Apply:
    """Writes what ``plan`` found. ``stored`` must have been read under the tree lock."""

    def __init__(
        self, rows: list[TreeRow], present: set[str], stored: dict[str, StoredEnterprise], effective: date
    ) -> None:
        self.stored, self.effective = stored, effective
        self.plan = plan(rows, present, stored)
        self.ids = {code: unit.pk for code, unit in stored.items()}

    def run(self) -> None:
        """Write units and their dated conditions; tell the floors above which organisations are concerned."""
        places = self._places()
        self._insert(places)
        self._update()
        rewritten = places.rewritten()
        bulk.update(Enterprise, ["path"], [(self.ids[code], path) for code, path in rewritten.items()])
        self._conditions()
        self._follow(set(rewritten))

    def _places(self) -> Places:
        stored = {code: (unit.path, unit.parent) for code, unit in self.stored.items()}
        parents = {row.code: row.values["parent"] for row in self.plan.new}
        for code, changes in self.plan.changed.items():
            if "parent" in changes:
                parents[code] = changes["parent"]
        return Places.of(stored, parents)

    def _insert(self, places: Places) -> None:
        new = self.plan.new
        self.ids.update(zip((r.code for r in new), bulk.new_ids(Enterprise, len(new)), strict=True))
        rows = []
        for row in new:
            v = row.values
            parent = self.ids[v["parent"]] if v["parent"] else None
            rows.append(
                (self.ids[row.code], row.code, v["name"], v["kind"] or default_kind(row), parent,
                 places.after[row.code], v["division_code"] or "", v["industry"] or "", v["condition"] or "SOUND",
                 v["is_window_unit"] or "f", False, v["declared_batch"], 0)
            )  # fmt: skip
        bulk.insert(
            Enterprise,
            ("id", "code", "name", "kind", "parent_id", "path", "division_code", "industry", "condition",
             "is_window_unit", "is_centrally_managed", "declared_batch", "directory_order"),
            rows,
        )  # fmt: skip

    def _update(self) -> None:
        fields = {**{name: name for name in _FACTS}, "parent": "parent_id"}
        rows = []
        for code, changes in self.plan.changed.items():
            final = {**self.stored[code]._asdict(), **changes}
            final["parent"] = self.ids[final["parent"]] if final["parent"] else None
            rows.append((final["pk"], *(final[name] for name in fields)))
        bulk.update(Enterprise, list(fields.values()), rows)

    def _conditions(self) -> None:
        """A changed condition is a dated entry of its history (item 32); a new unit's hard one its first."""
        changed = {
            self.ids[code]: changes["condition"]
            for code, changes in self.plan.changed.items()
            if "condition" in changes
        }
        changed |= {
            self.ids[row.code]: row.values["condition"]
            for row in self.plan.new
            if row.values["condition"] not in (None, "SOUND")
        }
        EnterpriseCondition.objects.bulk_create(
            [EnterpriseCondition(enterprise_id=pk, condition=c, since=self.effective) for pk, c in changed.items()],
            batch_size=2000,
        )

    def _follow(self, rewritten: set[str]) -> None:
        touched = [self.ids[code] for code in self.plan.changed] + [self.ids[code] for code in rewritten]
        owned = dict(Organization.objects.filter(enterprise__in=touched).order_by().values_list("pk", "path"))
        if not owned:
            return
        paths = tops(list(owned.values()))
        if rewritten:
            tree.refresh(paths)
        hooks.call("TREE_CHANGED", organization_ids=sorted(owned), before=paths if rewritten else [])
