"""Weak organizations and requests of a node and of each one directly below it, in one statement each (41, 42)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from campaign.support import rules
from enterprises.models import Organization
from enterprises.tree import END, WIDTH

# Organizations, each once: what is open, and what is improved and not open again.
_WEAK = """
WITH cases AS (
    SELECT left(o.path, %(width)s) AS node, w.organization_id,
        bool_or(w.state = 'IN_HAND') AS in_hand, bool_or(w.state = 'REPORTED') AS reported
    FROM campaign_weakorganization w JOIN enterprises_organization o ON o.id = w.organization_id
    WHERE o.path >= %(path)s AND o.path < %(end)s AND w.state <> 'WITHDRAWN'
    GROUP BY 1, 2
)
SELECT node, count(*), count(*) FILTER (WHERE in_hand), count(*) FILTER (WHERE reported),
    count(*) FILTER (WHERE NOT in_hand AND NOT reported)
FROM cases GROUP BY node
"""
_REQUESTS = """
SELECT left(o.path, %(width)s) AS node, count(*),
    count(*) FILTER (WHERE d.state = 'SOLVED'),
    count(*) FILTER (WHERE d.state = 'REFUSED'),
    count(*) FILTER (WHERE d.state = 'ANSWERED'),
    count(*) FILTER (WHERE d.state = 'RAISED'),
    count(*) FILTER (WHERE d.state = 'RAISED' AND d.asked_on < %(long)s)
FROM campaign_difficultyrequest d JOIN enterprises_organization o ON o.id = d.organization_id
WHERE o.path >= %(path)s AND o.path < %(end)s AND d.state <> 'WITHDRAWN'
GROUP BY node
"""


@dataclass(frozen=True)
class Weak:
    """``total = in_hand + reported + improved``, each organization once."""

    total: int = 0
    in_hand: int = 0
    reported: int = 0
    improved: int = 0


@dataclass(frozen=True)
class Requests:
    """``raised = solved + refused + answered + unanswered``; ``long`` are those of ``unanswered`` over ten days."""

    raised: int = 0
    solved: int = 0
    refused: int = 0
    answered: int = 0
    unanswered: int = 0
    long: int = 0


@dataclass(frozen=True)
class NodeFigures:
    """Both, of one node with everything below it."""

    weak: Weak = Weak()
    requests: Requests = Requests()


def of_node(organization: Organization, today: date) -> NodeFigures:
    """The figures of an organization with everything below it."""
    return _by_prefix(organization, len(organization.path), today)[organization.path]


def of_children(organization: Organization, today: date) -> dict[str, NodeFigures]:
    """The figures of each organization directly below, by path. Where nothing is on record, noughts."""
    return _by_prefix(organization, len(organization.path) + WIDTH, today)


def _by_prefix(organization: Organization, width: int, today: date) -> dict[str, NodeFigures]:
    values = {
        "path": organization.path,
        "end": organization.path + END,
        "width": width,
        "long": today - rules.ANSWER_SPAN,
    }
    weak: dict[str, Weak] = {}
    requests: dict[str, Requests] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WEAK, values)
        for node, *counts in cursor.fetchall():
            weak[node] = Weak(*counts)
        cursor.execute(_REQUESTS, values)
        for node, *counts in cursor.fetchall():
            requests[node] = Requests(*counts)
    found: dict[str, NodeFigures] = defaultdict(NodeFigures)
    for node in weak.keys() | requests.keys():
        found[node] = NodeFigures(weak.get(node, Weak()), requests.get(node, Requests()))
    return found
