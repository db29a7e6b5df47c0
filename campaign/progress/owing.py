"""Which members owe a step that members owe: on the roll, neither exempt nor left free (items 33, 35, 37)."""

import json
from functools import lru_cache
from typing import Any

from campaign.plan.models import Step
from campaign.plan.rules import guidance
from enterprises.models import Member
from enterprises.models.units import Condition

# Needs the common table target(id, unit_id) and the parameter today.
OWING = """
    SELECT p.id, t.id AS organization_id, asked.hours
    FROM target t
    JOIN enterprises_enterprise unit ON unit.id = t.unit_id
    JOIN enterprises_member p ON p.branch_id = t.id AND p.status = 'ACTIVE'
    JOIN unnest(%(asked_categories)s::text[], %(asked_conditions)s::text[], %(asked_hours)s::int[])
        AS asked(category, condition, hours)
        ON asked.category = p.category AND asked.condition = unit.condition
    WHERE NOT EXISTS (
        SELECT 1 FROM enterprises_exemption x
        WHERE x.member_id = p.id AND x.since <= %(today)s AND coalesce(x.until >= %(today)s, true)
    )
"""


def asked(step: Step) -> dict[str, Any]:
    """The parameters of `OWING`: categories and conditions with binding guidance, and the class hours."""
    return dict(_asked(json.dumps(step.campaign.data["guidance"])))


@lru_cache(maxsize=32)
def _asked(policy_text: str) -> dict[str, Any]:
    policy = json.loads(policy_text)
    rows = [
        (category, condition, found.class_hours)
        for category in Member.Category.values
        for condition in Condition.values
        if (found := guidance(policy, category, condition)).binding
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    return dict(zip(("asked_categories", "asked_conditions", "asked_hours"), columns, strict=True))
