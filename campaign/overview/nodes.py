"""A node with its surroundings, in one statement: the chain above, what hangs below, what it assists."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from campaign.progress.models import FoldState
from enterprises import compiled
from enterprises.access import roles
from enterprises.codes import is_in_beijing
from enterprises.models import Account, Enterprise, Organization
from enterprises.tree import END

# As an array: a set would be guessed to be a thousand rows, and every organisation read.
_ABOVE = """
ARRAY(SELECT left(me.path, n) FROM enterprises_organization me, generate_series(4, length(me.path) - 4, 4) AS n
    WHERE me.id = %s)
"""


class _IsAnyOf(Func):
    """Whether the first expression is among the elements of the second, an array."""

    template = "%(expressions)s"
    arg_joiner = " = ANY"
    output_field = BooleanField()


@dataclass
class Surroundings:
    """A node, the visible chain above it (root first), its open children, and the assisted units' heads.

    ``folded_at``: when the summaries were last brought up to date; ``None`` before the first time.
    """

    node: Organization
    ancestors: list[Organization] = field(default_factory=list)
    children: list[Organization] = field(default_factory=list)
    assisted: list[Organization] = field(default_factory=list)
    folded_at: datetime | None = None

    @property
    def everyone(self) -> list[Organization]:
        """The node, its children and the heads of the assisted units."""
        return [self.node, *self.children, *self.assisted]


_FIELDS = [column.attname for column in Organization._meta.concrete_fields]


def surroundings(account: Account, pk: int) -> Surroundings | None:
    """What ``account`` may see of the node ``pk`` and around it; ``None`` when not the node itself."""
    found = []
    for *values, folded_at in compiled.tuples(_around, compiled.Reader.of(account), node=pk):
        organization = Organization.from_db(DEFAULT_DB_ALIAS, _FIELDS, values)
        organization.folded_at = folded_at
        found.append(organization)
    return _arrange(found, pk)


def _around(reader: compiled.Reader, node: int) -> QuerySet:
    visible = Organization.objects.visible_to(reader.account).order_by()
    family = visible.filter(Q(pk=node) | Q(superior=node, closed_on=None))
    above = visible.filter(_IsAnyOf(F("path"), RawSQL(_ABOVE, [node])))
    return _dated(family).union(_dated(above), _dated(assisted_heads(visible, node)), all=True)


def _dated(organizations: QuerySet) -> QuerySet:
    return organizations.annotate(folded_at=Subquery(FoldState.objects.values("folded_at")[:1]))


def assisted_heads(organizations: QuerySet, pk: int) -> QuerySet:
    """The topmost organisations of the units that the enterprise led by ``pk`` assists but does not lead."""
    unit = Enterprise.objects.filter(leading_organization=pk).order_by("path").values("path")[:1]
    return organizations.filter(
        assisted=True,
        closed_on=None,
        enterprise__path__gte=Subquery(unit),
        enterprise__path__lt=Concat(Subquery(unit), Value(END)),
    ).exclude(superior__assisted=True)


def _arrange(rows: list[Organization], pk: int) -> Surroundings | None:
    node = next((row for row in rows if row.pk == pk), None)
    if node is None:
        return None
    found = Surroundings(node, folded_at=node.folded_at)
    for row in sorted(rows, key=lambda row: (row.directory_order, row.code)):
        if row.superior_id == pk:
            found.children.append(row)
        elif row.pk != pk and node.path.startswith(row.path):
            found.ancestors.append(row)
        elif row.pk != pk:
            found.assisted.append(row)
    found.ancestors.sort(key=lambda row: row.path)
    return found


_HEADS = """
SELECT o.id, o.code, o.name, o.kind, own.division_code,
    (SELECT e.id FROM enterprises_enterprise e WHERE e.parent_id IS NULL AND e.leading_organization_id = o.id
        ORDER BY e.path LIMIT 1),
    (SELECT folded_at FROM campaign_foldstate LIMIT 1)
FROM enterprises_organization o LEFT JOIN enterprises_enterprise own ON own.id = o.enterprise_id
WHERE o.id IN (SELECT leading_organization_id FROM enterprises_enterprise WHERE parent_id IS NULL)
ORDER BY own.directory_order, own.code
"""


class Head(NamedTuple):
    """The leading organisation of a top enterprise or direct unit, without what a map does not need.

    ``division_code``: the place of the unit it belongs to. ``top_enterprise``: the id of the enterprise it leads.
    """

    pk: int
    code: str
    name: str
    kind: str
    division_code: str | None
    top_enterprise: int
    folded_at: datetime | None

    @property
    def is_branch(self) -> bool:
        return self.kind in Organization.BRANCH_KINDS

    @property
    def in_beijing(self) -> bool:
        return is_in_beijing(self.division_code or "")


def enterprise_heads(account: Account) -> list[Head]:
    """The leading organisation of every top enterprise and direct unit, in directory order.

    Only for who sees everything: to all others the country has no heads.
    """
    if not sees_everything(account):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_HEADS)
        return [Head._make(row) for row in cursor.fetchall()]


def sees_everything(account: Account) -> bool:
    """Whether the acting post reads every organisation (the offices at the top, auditors, administrators)."""
    return account.reach.covers(roles.READ, "")
