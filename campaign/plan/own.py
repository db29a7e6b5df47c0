"""What units ask in place of the campaign's guidance (item 33): reading it, and what forbids it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from campaign.plan import rules
from campaign.plan.models import Campaign, UnitGuidance
from campaign.plan.rules import FIELDS
from enterprises.models import Member

Rules = list[dict[str, Any]]
Policy = Mapping[str, Any]
LEADER = Member.Category.LEADER.value


def rules_of(campaign: Campaign, unit_ids: Iterable[int] | None = None) -> dict[int, Rules]:
    """What the units (all of the campaign with ``None``) have set themselves, by unit; one query."""
    rows = UnitGuidance.objects.filter(participation__campaign=campaign).order_by("category")
    if unit_ids is not None:
        rows = rows.filter(participation__unit__in=list(unit_ids))
    found: dict[int, Rules] = defaultdict(list)
    for unit, *values in rows.values_list("participation__unit", "category", *FIELDS):
        found[unit].append(_rule(*values))
    return dict(found)


def _rule(category: str, *values: Any) -> dict[str, Any]:
    stated = {name: value for name, value in zip(FIELDS, values, strict=True) if value not in (None, "")}
    return {"category": category or None, **stated}


def policies_of(campaign: Campaign, unit_ids: Iterable[int | None]) -> dict[int | None, Policy]:
    """The guidance policy of each of these units, for `rules.guidance`: the campaign's, with its own values."""
    wanted = set(unit_ids)
    own = rules_of(campaign, [pk for pk in wanted if pk is not None])
    return {pk: with_own(campaign.data["guidance"], own.get(pk or 0, [])) for pk in wanted}


def policy_of(campaign: Campaign, unit_id: int | None) -> Policy:
    """The guidance policy of one unit; the campaign's own for an organisation without a unit."""
    return policies_of(campaign, [unit_id])[unit_id]


def with_own(policy: Policy, own: Rules) -> Policy:
    """A policy in which a unit's own rules go before the campaign's."""
    return {**policy, "own": own} if own else policy


@dataclass(frozen=True)
class Mistake:
    """Why own values are refused: the code of the rule, and the category it is about."""

    code: str
    category: str


def mistakes(policy: Policy, new: Policy, condition: str) -> list[Mistake]:
    """What forbids a unit's own values: leading cadres asked less than others (33), free ones bound (35),
    more required titles than the campaign allows (34)."""
    found = [
        Mistake(code, category)
        for category in Member.Category.values
        for code in rules.own_mistakes(
            rules.guidance(policy, category, condition), rules.guidance(new, category, condition)
        )
    ]
    outdone = rules.outdone_leaders(new, condition, Member.Category.values, LEADER)
    return found + [Mistake("leaders", category) for category in outdone]
