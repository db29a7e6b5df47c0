"""Which members owe a step that members owe: on the roll, neither exempt nor left free (items 33, 35, 37)."""

import json
from functools import lru_cache
from typing import Any

from campaign.plan.models import Step
from campaign.plan.rules import WRITING, guidance
from enterprises.codes import EducationBand
from enterprises.models import Member
from enterprises.models.units import Condition

# Needs the common table target(id, unit_id) and the parameters today and campaign. What the unit itself has
# set goes before what the campaign asks of a category in its condition (campaign.plan.own says it in Python).
_OWING = """
    SELECT p.id, t.id AS organization_id, {asked} AS {name}
    FROM target t
    JOIN enterprises_enterprise unit ON unit.id = t.unit_id
    JOIN enterprises_member p ON p.branch_id = t.id AND p.status = 'ACTIVE'
    JOIN unnest(
        %(asked_categories)s::text[], %(asked_conditions)s::text[], %(asked_amounts)s::int[], %(asked_binding)s::bool[]
    ) AS asked(category, condition, amount, binding)
        ON asked.category = p.category AND asked.condition = unit.condition
    LEFT JOIN (
        SELECT part.unit_id, differing.category, {own} AS amount, differing.binding
        FROM campaign_participation part JOIN campaign_unitguidance differing ON differing.participation_id = part.id
        WHERE part.campaign_id = %(campaign)s AND differing.category <> ''
    ) own ON own.unit_id = t.unit_id AND own.category = p.category
    WHERE coalesce(own.binding, asked.binding) AND NOT EXISTS (
        SELECT 1 FROM enterprises_exemption x
        WHERE x.member_id = p.id AND x.since <= %(today)s AND coalesce(x.until >= %(today)s, true)
    )
"""
_ASKED = "coalesce(own.amount, asked.amount)"
OWING = _OWING.format(name="hours", own="differing.class_hours", asked=_ASKED)
# The same with how much writing is asked, as its place among ``WRITING``; who is asked for none is not owing.
_PLACE = "array_position(%(writing)s::text[], differing.writing::text) - 1"
# Less where the education asks for less; the bands in the order of ``EducationBand`` (``education_band`` in Python).
_BAND = (
    """CASE WHEN left(p.education, 1) IN ('1', '2') THEN 1 WHEN left(p.education, 1) IN ('7', '8') THEN 3 ELSE 2 END"""
)
_LESSENED = f"least({_ASKED}, (%(at_most)s::int[])[{_BAND}])"
_WRITING = _OWING.format(name="writing", own=_PLACE, asked=_LESSENED)
OWING_WRITING = f"SELECT * FROM ({_WRITING}) AS of_all WHERE of_all.writing > 0"


def asked(step: Step) -> dict[str, Any]:
    """The parameters of `OWING`: by category and condition, the class hours and whether they are binding."""
    return dict(_asked(json.dumps(step.campaign.data["guidance"]), writing=False))


def writing_asked(step: Step) -> dict[str, Any]:
    """The parameters of `OWING_WRITING` (items 31, 36)."""
    policy = step.campaign.data["guidance"]
    most = policy.get("writing_at_most") or {}
    at_most = [WRITING.index(most[band]) if most.get(band) else None for band in EducationBand.values]
    return _asked(json.dumps(policy), writing=True) | {"writing": list(WRITING), "at_most": at_most}


@lru_cache(maxsize=32)
def _asked(policy_text: str, writing: bool) -> dict[str, Any]:
    policy = json.loads(policy_text)
    rows = [
        (category, condition, WRITING.index(found.writing) if writing else found.class_hours, found.binding)
        for category in Member.Category.values
        for condition in Condition.values
        for found in [guidance(policy, category, condition)]
    ]
    names = ("asked_categories", "asked_conditions", "asked_amounts", "asked_binding")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
