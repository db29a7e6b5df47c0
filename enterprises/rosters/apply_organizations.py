"""Plan and apply of organisation rosters: one transaction, set-based, paths allocated for whole files."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from enterprises import hooks, tree
from enterprises.actions.permit import lock_tree
from enterprises.models import Organization, PartyGroup
from enterprises.rosters import bulk
from enterprises.rosters.organization_checks import GROUP, StoredGroup, StoredOrganization, Surroundings
from enterprises.rosters.plan import Places, Plan, tops
from enterprises.rosters.tree_rows import TreeRow

WIDE = 500  # changed subtrees from which on the whole tree is looked at anew

# Field of the roster -> field of the database, where a cell was given or is empty.
_FACTS = ("name", "kind", "superior", "is_headquarters", "division_code", "founded_on", "term_end", "secretary_name")


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def wanted(row: TreeRow, present: set[str]) -> dict[str, Any]:
    """What a row wants stored. Only columns of the roster; an empty cell clears what is there."""
    values = row.values
    found: dict[str, Any] = {name: values[name] for name in _FACTS if name in present}
    for name in ("founded_on", "term_end"):
        if name in found:
            found[name] = _day(values[name])
    if "is_headquarters" in found:
        found["is_headquarters"] = values["is_headquarters"] == "t"
    return found


def _same_owner(row: TreeRow, stored: StoredOrganization) -> dict[str, Any]:
    """The owning enterprise: given, or inherited where the cell is empty."""
    code = row.values["enterprise"]
    if code:
        return {"enterprise": code, "enterprise_given": True}
    return {"enterprise_given": False} if stored.enterprise_given else {}


def plan(rows: Iterable[TreeRow], present: set[str], stored: Surroundings) -> tuple[Plan, Plan]:
    """What the right rows change: organisations, and Party groups."""
    organizations, groups = Plan(), Plan()
    for row in rows:
        if row.wrong:
            continue
        if row.values["kind"] == GROUP:
            found = stored.groups.get(row.code)
            groups.note(row, found, {"name": row.values["name"], "superior": row.values["superior"]})
        else:
            old = stored.organizations.get(row.code)
            owner = _same_owner(row, old) if old and "enterprise" in present else {}
            organizations.note(row, old, {**wanted(row, present), **owner})
    return organizations, groups


def lock() -> None:
    """Hold the tree: no founding, moving or merging until this transaction ends."""
    lock_tree()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [tree.ROOT_LOCK])


class Apply:
    """Writes what ``plan`` found. ``stored`` must have been read under ``lock``."""

    def __init__(self, rows: list[TreeRow], present: set[str], stored: Surroundings) -> None:
        self.present, self.stored = present, stored
        self.organizations, self.groups = plan(rows, present, stored)
        self.ids = {code: found.pk for code, found in stored.organizations.items()}
        self.units = {code: found.pk for code, found in stored.units.items()}

    def run(self) -> None:
        """Write organisations, then Party groups; bring what follows in line; tell the floors above, once."""
        places = self._places()
        self._insert(places)
        self._update()
        rewritten = places.rewritten()
        bulk.update(Organization, ["path"], [(self.ids[code], path) for code, path in rewritten.items()])
        self._party_groups()
        touched = {row.code for row in self.organizations.new} | set(self.organizations.changed) | set(rewritten)
        if not touched:
            return
        self._follow(places, touched, set(rewritten))

    def _places(self) -> Places:
        stored = {code: (found.path, found.superior) for code, found in self.stored.organizations.items()}
        parents = {row.code: row.values["superior"] for row in self.organizations.new}
        for code, changes in self.organizations.changed.items():
            if "superior" in changes:
                parents[code] = changes["superior"]
        return Places.of(stored, parents)

    def _insert(self, places: Places) -> None:
        new = self.organizations.new
        self.ids.update(zip((r.code for r in new), bulk.new_ids(Organization, len(new)), strict=True))
        bulk.insert(
            Organization,
            ("id", "code", "name", "kind", "superior_id", "path", "enterprise_id", "enterprise_given",
             "is_headquarters", "affiliation", "assisted", "division_code", "founded_on", "founding_document",
             "term_end", "secretary_name", "directory_order"),
            [self._row(row, places.after[row.code]) for row in new],
        )  # fmt: skip

    def _row(self, row: TreeRow, path: str) -> tuple:
        v = row.values
        owner = self.units[v["enterprise"]] if v["enterprise"] else None
        superior = self.ids[v["superior"]] if v["superior"] else None
        return (
            self.ids[row.code], row.code, v["name"], v["kind"], superior, path, owner, owner is not None,
            v["is_headquarters"] or "f", "HQ", False, v["division_code"] or "", v["founded_on"], "",
            v["term_end"], v["secretary_name"] or "", 0,
        )  # fmt: skip

    def _update(self) -> None:
        fields = {
            "name": "name", "kind": "kind", "superior": "superior_id", "enterprise": "enterprise_id",
            "enterprise_given": "enterprise_given", "is_headquarters": "is_headquarters",
            "division_code": "division_code", "founded_on": "founded_on", "term_end": "term_end",
            "secretary_name": "secretary_name",
        }  # fmt: skip
        rows = []
        for code, changes in self.organizations.changed.items():
            final = {**self.stored.organizations[code]._asdict(), **changes}
            final["superior"] = self.ids[final["superior"]] if final["superior"] else None
            final["enterprise"] = self.units[final["enterprise"]] if final["enterprise"] else None
            for name in ("division_code", "secretary_name"):
                final[name] = final[name] or ""
            rows.append((final["pk"], *(final[name] for name in fields)))
        bulk.update(Organization, list(fields.values()), rows)

    def _party_groups(self) -> None:
        new = self.groups.new
        ids = bulk.new_ids(PartyGroup, len(new))
        bulk.insert(
            PartyGroup,
            ("id", "code", "name", "organization_id"),
            [
                (pk, row.code, row.values["name"], self.ids[row.values["superior"]])
                for pk, row in zip(ids, new, strict=True)
            ],
        )
        rows = []
        for code, changes in self.groups.changed.items():
            found: StoredGroup = self.stored.groups[code]
            superior = changes.get("superior", found.superior)
            rows.append((found.pk, changes.get("name", found.name), self.ids[superior]))
        bulk.update(PartyGroup, ["name", "organization_id"], rows)

    def _follow(self, places: Places, touched: set[str], rewritten: set[str]) -> None:
        paths = tops([places.after[code] for code in touched])
        tree.refresh(None if len(paths) > WIDE else paths)
        before = tops([places.before[code] for code in rewritten])
        hooks.call("TREE_CHANGED", organization_ids=sorted(self.ids[code] for code in touched), before=before)
        with connection.cursor() as cursor:
            if len(touched) > 10_000:
                cursor.execute("ANALYZE enterprises_organization")
