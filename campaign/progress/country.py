"""The whole country at once: the national figure, heads of enterprises, and what all enterprises assist."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from campaign.plan.models import Campaign, Step
from campaign.progress.counting import (
    ASSISTED,
    ASSISTED_TALLIES,
    NATIONAL,
    NATIONAL_TALLY,
    SUMMARIES,
    TALLIES,
    Figures,
    add_members,
    add_up,
    blank,
    blanks,
)
from campaign.progress.queries import add_own


class Leading(Protocol):
    """What is asked of the leading organisation of a unit."""

    @property
    def pk(self) -> int: ...

    @property
    def is_branch(self) -> bool: ...


@dataclass
class Country:
    """``national``: every participating unit once. ``led``: by organisation, each with its subtree.
    ``assisted``: what enterprises own but do not lead, together (item 8); part of no ``led`` figure.
    """

    national: Figures
    assisted: Figures
    led: dict[int, Figures] = field(default_factory=dict)


def country(
    heads: Sequence[Leading],
    enterprises: Sequence[int],
    campaign: Campaign | None,
    steps: list[Step],
    today: date,
) -> Country:
    """The figures of the country in three queries, however many heads there are.

    ``heads``: leading organisations; that of a small unit may be a branch. ``enterprises``: ids of top enterprises.
    """
    branches = {head.pk for head in heads if head.is_branch}
    nodes = [head.pk for head in heads if head.pk not in branches]
    found = Country(blank(steps), blank(steps), blanks(nodes, branches, steps))
    by_node = {**found.led, 0: found.national, -1: found.assisted}
    values = {"nodes": nodes, "branches": list(branches), "groups": list(enterprises)}
    add_members(by_node, f"{TALLIES} UNION ALL {ASSISTED_TALLIES} UNION ALL {NATIONAL_TALLY}", values, campaign)
    add_up(by_node, [SUMMARIES, ASSISTED, NATIONAL], values, steps, today)
    add_own(found.led, branches, steps, today)
    return found
