"""A node with its surroundings, in one statement: the chain above, what hangs below, what it assists."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from campaign.progress.models import FoldState
from enterprises.access import roles
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


def surroundings(account: Account, pk: int) -> Surroundings | None:
    """What ``account`` may see of the node ``pk`` and around it; ``None`` when not the node itself."""
    visible = Organization.objects.visible_to(account).order_by()
    family = visible.filter(Q(pk=pk) | Q(superior=pk, closed_on=None))
    above = visible.filter(_IsAnyOf(F("path"), RawSQL(_ABOVE, [pk])))
    rows = list(_dated(family).union(_dated(above), _dated(assisted_heads(visible, pk)), all=True))
    return _arrange(rows, pk)


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


def enterprise_heads(account: Account) -> list[Organization]:
    """The leading organisation of every top enterprise and direct unit, in directory order.

    Each carries ``top_enterprise``, the id of the enterprise it leads, and that enterprise loaded.
    """
    tops = Enterprise.objects.visible_to(account).filter(parent=None, leading_organization=OuterRef("pk"))
    heads = Organization.objects.visible_to(account).annotate(
        top_enterprise=Subquery(tops.order_by("path").values("pk")[:1])
    )
    led = Enterprise.objects.filter(parent=None).exclude(leading_organization=None)
    in_view = heads.filter(pk__in=led.order_by().values("leading_organization"))
    return list(
        _dated(in_view).select_related("enterprise").order_by("enterprise__directory_order", "enterprise__code")
    )


def sees_everything(account: Account) -> bool:
    """Whether the acting post reads every organisation (the offices at the top, auditors, administrators)."""
    return account.reach.covers(roles.READ, "")
