"""Totals of care given (item 43), with every figure left out that would tell of few persons (dossier 2.12).

There is no choice of days: two totals that differ by a few days would give away what lies between them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from campaign.support import rules
from campaign.support.models import CareRecord
from campaign.support.rules import Cell
from enterprises.models import Organization
from enterprises.tree import END, WIDTH

TOTAL = "TOTAL"
NEEDS = tuple(f"{whom}_{need}" for whom in CareRecord.Whom.values for need in CareRecord.Need.values)
HELPS = tuple(CareRecord.Help.values)
COLUMNS = (*NEEDS, *HELPS, TOTAL)
SUMS = ((*NEEDS, TOTAL), (*HELPS, TOTAL))

# Persons: members each once, of the masses every record stands for one.
_SQL = """
WITH given AS (
    SELECT left(o.path, %(width)s) AS node, r.whom || '_' || r.need AS need, r.help,
        coalesce(r.member_id, -r.id) AS person
    FROM campaign_carerecord r JOIN enterprises_organization o ON o.id = r.organization_id
    WHERE o.path >= %(path)s AND o.path < %(end)s AND r.withdrawn_why = ''
)
SELECT node, coalesce(need, help, %(total)s), count(*), count(DISTINCT person)
FROM given GROUP BY GROUPING SETS ((node, need), (node, help), (node))
"""

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Shown:
    """The figures of one node that may be shown; ``None`` where one is left out."""

    figures: dict[str, int | None]

    @property
    def total(self) -> int | None:
        return self.figures[TOTAL]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is on record."""
        return self.figures[TOTAL] == 0


NOTHING: Row = dict.fromkeys(COLUMNS, Cell())


def counted(path: str, width: int) -> dict[str, Row]:
    """The figures of the nodes at that depth of the subtree at ``path``, by their path."""
    found: dict[str, dict[str, Cell]] = defaultdict(lambda: dict(NOTHING))
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"path": path, "end": path + END, "width": width, "total": TOTAL})
        for node, column, records, persons in cursor.fetchall():
            found[node][column] = Cell(records, persons)
    return dict(found)


def unseen(organization: Organization) -> frozenset[str]:
    """The figures of a node that are not shown, from the root of its tree down: its siblings count too."""
    path = organization.path[:WIDTH]
    own: Row = counted(path, WIDTH).get(path, NOTHING)
    hidden = rules.hidden_alone(own, SUMS)
    while path != organization.path:
        rows = counted(path, len(path) + WIDTH)
        path = organization.path[: len(path) + WIDTH]
        if path not in rows:
            return frozenset()  # nothing on record there or below
        hidden = rules.hidden_below(own, hidden, rows, SUMS)[path]
        own = rows[path]
    return hidden


def totals(organization: Organization) -> tuple[Shown, dict[str, Shown]]:
    """What is shown of a node, and of each directly below it by path (those without any record are left out)."""
    path = organization.path
    own = counted(path, len(path)).get(path, NOTHING)
    hidden = unseen(organization)
    rows = {} if organization.is_branch else counted(path, len(path) + WIDTH)
    below = rules.hidden_below(own, hidden, rows, SUMS)
    return _shown(own, hidden), {key: _shown(row, below[key]) for key, row in rows.items()}


def _shown(row: Row, hidden: frozenset[str]) -> Shown:
    return Shown({column: None if column in hidden else row[column].records for column in COLUMNS})
