"""What the page of a run shows, kept as plain data, and turned into words for each reader."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from enterprises.models import Organization
from enterprises.rosters.columns import KINDS
from enterprises.rosters.export import CATEGORY, CONDITION, CONTACT, MEMBER_KIND, UNIT_KIND
from enterprises.rosters.member_checks import KIND_WORDS
from enterprises.rosters.problems import Problem
from enterprises.rosters.running import Result

KEPT = 3_000  # problems kept with a run; all of them are counted
GROUPS = 200  # groups of changes kept


def report(result: Result) -> dict[str, Any]:
    """The result as plain data."""
    problems = result.problems
    return {
        "sheets": result.sheets,
        "read": result.read,
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "wrong": result.wrong,
        "left_out": result.left_out,
        "error_count": problems.error_count,
        "warning_count": problems.warning_count,
        "errors": [p.stored() for p in problems.errors[:KEPT]],
        "warnings": [p.stored() for p in problems.warnings[:KEPT]],
        "dropped": result.dropped,
        "ignored": result.ignored,
        "skipped": dict(result.skipped),
        "groups": [[*key, count] for key, count in result.groups.most_common(GROUPS)],
        "absent_count": result.absent_count,
        "absent": [list(row) for row in result.absent],
        "missing_columns": any(p.code == "missing_column" for p in problems.errors),
    }


def problems(stored: list[list[Any]]) -> list[Problem]:
    """The problems of a report."""
    return [Problem.restored(line) for line in stored]


@dataclass(frozen=True)
class Change:
    """Rows that change in the same way."""

    column: str
    before: str
    after: str
    count: int

    @property
    def words(self) -> str:
        """The column, and from what to what where that is telling."""
        if not self.before and not self.after:
            return self.column
        return _("%(column)s: %(before)s → %(after)s") % {
            "column": self.column,
            "before": self.before or "—",
            "after": self.after or "—",
        }


_WORDS = {
    "members": {"kind": MEMBER_KIND, "category": CATEGORY, "contact": CONTACT},
    "organizations": {"kind": KIND_WORDS},
    "enterprises": {"kind": UNIT_KIND, "condition": CONDITION},
}
_OWN_NAMES = {"enterprise_given": "所属企业代码", "party_group": "党小组", "superior": "上级组织代码"}


def changes(kind: str, groups: list[list[Any]]) -> list[Change]:
    """Groups of changes in words. Fields without telling values are shown by their column alone."""
    words = _WORDS.get(kind, {})
    branches = {int(v) for name, *pair, _n in groups if name == "branch" for v in pair if v.isdigit()}
    names = dict(Organization.objects.filter(pk__in=branches).values_list("pk", "name")) if branches else {}
    found: dict[tuple[str, str, str], int] = {}
    for name, before, after, count in groups:
        if name == "branch":
            pair = (names.get(int(before), before), names.get(int(after), after))
        elif name in words:
            pair = (words[name].get(before, before), words[name].get(after, after))
        else:
            pair = ("", "")
        key = (_column(kind, name), *pair)
        found[key] = found.get(key, 0) + count
    return [Change(*key, count) for key, count in sorted(found.items(), key=lambda item: -item[1])]


def _column(kind: str, name: str) -> str:
    try:
        return KINDS[kind].column(name).name
    except KeyError:
        return _OWN_NAMES.get(name, name)


def skipped_words(skipped: dict[str, int]) -> list[tuple[str, int]]:
    """Why rows are no data, in words."""
    words = {
        "blank": _("blank lines"),
        "header": _("repeated headers"),
        "subtotal": _("subtotals"),
        "note": _("notes and signatures"),
        "heading": _("headings of sections"),
    }
    return [(words[why], count) for why, count in skipped.items()]
