"""Figures of a node and its children as plain data: what ``progress --json`` prints (item 4)."""

from datetime import date
from typing import Any

from campaign.plan.models import Campaign, Step
from campaign.progress import queries
from campaign.progress.counting import Figures, StepFigures
from enterprises.models import Organization

_COUNTS = ("expected", "done", "late", "overdue", "pending", "not_applicable")


def as_data(figures: Figures) -> dict[str, Any]:
    """Members and steps; ``expected = done + late + overdue + pending``, ``total = covered + sought + excused``."""
    members = figures.members
    return {
        "members": {
            "total": members.total,
            "covered": members.covered,
            "sought": members.sought,
            "excused": members.excused,
        },
        "steps": [{"step": part.step.code} | {name: getattr(part, name) for name in _COUNTS} for part in figures.steps],
    }


def account(organization: Organization, campaign: Campaign | None, today: date, as_of: date | None) -> dict[str, Any]:
    """The node, what its enterprises assist beside it, and its open children in directory order.

    With ``as_of`` the statuses are counted as they stood on that day; without, the summaries of ``today``.
    """
    steps = queries.steps_of(campaign)
    children = list(Organization.objects.filter(superior=organization).open())
    whole, parts = _figures(organization, children, campaign, steps, today, as_of)
    return {
        "org": organization.code,
        "as_of": (as_of or today).isoformat(),
        **as_data(whole),
        "assisted": as_data(_assisted(organization, campaign, steps, today, as_of)),
        "children": [
            {
                "org": child.code,
                "name": child.name,
                **as_data(parts[child.pk]),
                "assisted": as_data(_assisted(child, campaign, steps, today, as_of)),
            }
            for child in children
        ],
    }


def _figures(
    organization: Organization,
    children: list[Organization],
    campaign: Campaign | None,
    steps: list[Step],
    today: date,
    as_of: date | None,
) -> tuple[Figures, dict[int, Figures]]:
    if as_of is not None:
        return queries.live(organization, campaign, as_of, steps)
    found = queries.figures([organization, *children], campaign, today, steps)
    return found[organization.pk], found


def _assisted(
    organization: Organization, campaign: Campaign | None, steps: list[Step], today: date, as_of: date | None
) -> Figures:
    if organization.is_branch:
        return Figures(steps=[StepFigures(step=step) for step in steps])
    if as_of is not None:
        return queries.live_assisted(organization, campaign, as_of, steps)
    return queries.assisted(organization, campaign, today, steps)
