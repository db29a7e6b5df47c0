"""The two trees in SQL: a materialised path of fixed four-character segments, base 36, collation C.

A subtree is one range scan: every path that begins with the node's own. Paths are allocated under a
lock on the superior (an advisory lock for roots) and rewritten only by the action that moves or merges.
"""

from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Length

WIDTH = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
END = "~"  # sorts after every digit and letter in collation C
ROOT_LOCK = 7_202_501  # pg_advisory_xact_lock key for allocating roots


def segment(number: int) -> str:
    """The path segment of a number from 0 to 36**4 - 1. Raises ``ValueError`` outside."""
    if not 0 <= number < 36**WIDTH:
        raise ValueError(f"path segment out of range: {number}")
    text = ""
    for _ in range(WIDTH):
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
    return text


def number(text: str) -> int:
    """The number of a segment."""
    return int(text, 36)


def under(path: str, prefix: str = "") -> Q:
    """The node at ``path`` and everything below it, as a filter; ``prefix`` leads to the tree's model."""
    if not path:
        return Q(**{f"{prefix}pk__isnull": False})
    return Q(**{f"{prefix}path__gte": path, f"{prefix}path__lt": path + END})


def ancestor_paths(path: str) -> list[str]:
    """The paths of all ancestors, root first, without the node itself."""
    return [path[:i] for i in range(WIDTH, len(path), WIDTH)]


class TreeQuerySet(models.QuerySet):
    """Reading along a tree."""

    def under(self, node):
        """``node`` and everything below it."""
        return self.filter(under(node.path))

    def below(self, node):
        """Everything below ``node``."""
        return self.filter(under(node.path)).exclude(pk=node.pk)

    def ancestors_of(self, node):
        """The chain above ``node``, root first."""
        return self.filter(path__in=ancestor_paths(node.path)).order_by("path")

    def roots(self):
        return self.filter(**{self.model.parent_field: None})


def allocate(model, parent, count: int = 1) -> list[str]:
    """The next ``count`` free paths under ``parent`` (``None``: roots). Locks the parent until commit."""
    with connection.cursor() as cursor:
        if parent is None:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROOT_LOCK])
        else:
            model._base_manager.select_for_update(no_key=True).get(pk=parent.pk)
    base = parent.path if parent else ""
    siblings = model._base_manager.filter(under(base)) if base else model._base_manager.all()
    last = siblings.annotate(n=Length("path")).filter(n=len(base) + WIDTH).aggregate(last=models.Max("path"))["last"]
    first = number(last[-WIDTH:]) + 1 if last else 0
    return [base + segment(first + i) for i in range(count)]


def move_paths(model, old: str, new: str) -> int:
    """Rewrite the subtree at ``old`` to stand at ``new``. Returns the number of rows."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET path = %s || substr(path, %s) WHERE path >= %s AND path < %s",
            [new, len(old) + 1, old, old + END],
        )
        return cursor.rowcount


# Values that follow from the trees. Order matters: owners first, then who leads each unit, then the rest.
# Every statement is limited to the subtrees at %(scope)s ('' is the whole tree).
_IN_SCOPE = "EXISTS (SELECT 1 FROM unnest(%(scope)s) AS s WHERE o.path >= s AND o.path < s || '~')"
_INHERIT_ENTERPRISE = """
WITH RECURSIVE owner AS (
    SELECT o.id, CASE WHEN o.enterprise_given THEN o.enterprise_id ELSE up.enterprise_id END AS enterprise_id
    FROM enterprises_organization o LEFT JOIN enterprises_organization up ON up.id = o.superior_id
    WHERE o.path = ANY(%(scope)s) OR ('' = ANY(%(scope)s) AND o.superior_id IS NULL)
  UNION ALL
    SELECT o.id, CASE WHEN o.enterprise_given THEN o.enterprise_id ELSE owner.enterprise_id END
    FROM enterprises_organization o JOIN owner ON o.superior_id = owner.id
)
UPDATE enterprises_organization o SET enterprise_id = owner.enterprise_id
FROM owner WHERE owner.id = o.id AND o.enterprise_id IS DISTINCT FROM owner.enterprise_id
"""
_LEADING = f"""
WITH touched AS (
    SELECT enterprise_id AS id FROM enterprises_organization o WHERE {_IN_SCOPE}
  UNION
    SELECT e.id FROM enterprises_enterprise e
    JOIN enterprises_organization o ON o.id = e.leading_organization_id WHERE {_IN_SCOPE}
)
UPDATE enterprises_enterprise e SET leading_organization_id = best.id
FROM touched LEFT JOIN LATERAL (
    SELECT o.id FROM enterprises_organization o
    WHERE o.enterprise_id = touched.id AND o.kind <> 'LOCAL_COMMITTEE' AND o.closed_on IS NULL
    ORDER BY length(o.path), o.is_headquarters DESC, o.path LIMIT 1
) best ON true
WHERE touched.id = e.id AND e.leading_organization_id IS DISTINCT FROM best.id
RETURNING left(e.path, 4)
"""
# A union of two small sets, and the few roots and leading organizations apart: joined as they stand the database
# reads every organization there is, four times.
_AFFILIATION = """
WITH affected AS (
    SELECT o.id, o.path, o.enterprise_id, o.affiliation, o.assisted
    FROM unnest(%(scope)s) AS s JOIN enterprises_organization o ON o.path >= s AND o.path < s || '~'
  UNION
    SELECT o.id, o.path, o.enterprise_id, o.affiliation, o.assisted
    FROM enterprises_enterprise unit JOIN enterprises_organization o ON o.enterprise_id = unit.id
    WHERE left(unit.path, 4) = ANY(%(tops)s)
),
roots AS MATERIALIZED (SELECT path, kind FROM enterprises_organization WHERE superior_id IS NULL),
leads AS MATERIALIZED (
    SELECT top.path AS top, lead.path FROM enterprises_enterprise top
    JOIN enterprises_organization lead ON lead.id = top.leading_organization_id WHERE top.parent_id IS NULL
),
derived AS (
    SELECT o.id,
        CASE WHEN roots.kind = 'LOCAL_COMMITTEE' THEN 'LOCAL' ELSE 'HQ' END AS affiliation,
        coalesce(NOT starts_with(o.path, leads.path), false) AS assisted
    FROM affected o JOIN roots ON roots.path = left(o.path, 4)
    LEFT JOIN enterprises_enterprise unit ON unit.id = o.enterprise_id
    LEFT JOIN leads ON leads.top = left(unit.path, 4)
    WHERE (o.affiliation, o.assisted) IS DISTINCT FROM (
        CASE WHEN roots.kind = 'LOCAL_COMMITTEE' THEN 'LOCAL' ELSE 'HQ' END,
        coalesce(NOT starts_with(o.path, leads.path), false)
    )
)
UPDATE enterprises_organization o SET affiliation = d.affiliation, assisted = d.assisted
FROM derived d WHERE d.id = o.id
"""


def refresh(scope: list[str] | None = None) -> None:
    """Bring derived values in line with the trees: owners, leading organisations, affiliation, assisted.

    ``scope`` lists the paths of changed subtrees; without it the whole tree is looked at. Affiliation
    follows from the root (a local committee's tree is LOCAL). An organisation is *assisted* when the
    group that owns it does not lead it (item 8).
    """
    if scope == []:
        return
    values: dict[str, list[str]] = {"scope": [""] if scope is None else scope}
    with connection.cursor() as cursor:
        cursor.execute(_INHERIT_ENTERPRISE, values)
        cursor.execute(_LEADING, values)
        values["tops"] = sorted({row[0] for row in cursor.fetchall()})
        cursor.execute(_AFFILIATION, values)
