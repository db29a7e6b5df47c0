"""The whole country at once: the national figure, heads of enterprises, and what all enterprises assist."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import add

from django.db.models import Q

from campaign.plan.models import Campaign, Step
from campaign.progress.counting import ASSISTED, NATIONAL, SUMMARIES, Figures, Members, add_up, blank
from campaign.progress.models import MemberTally
from campaign.progress.queries import TALLY, add_own, rolls
from enterprises.models import Organization


@dataclass
class Country:
    """``national``: every participating unit once. ``led``: by organisation, each with its subtree.
    ``assisted``: what enterprises own but do not lead, together (item 8); part of no ``led`` figure.
    """

    national: Figures
    assisted: Figures
    led: dict[int, Figures] = field(default_factory=dict)


def country(
    heads: Sequence[Organization],
    enterprises: Sequence[int],
    campaign: Campaign | None,
    steps: list[Step],
    today: date,
) -> Country:
    """The figures of the country in three queries, however many heads there are.

    ``heads``: leading organisations; that of a small unit may be a branch. ``enterprises``: ids of top enterprises.
    """
    found = Country(blank(steps), blank(steps), {head.pk: blank(steps) for head in heads})
    branches = {head.pk for head in heads if head.is_branch}
    nodes = [pk for pk in found.led if pk not in branches]
    _add_members(found, nodes, branches, enterprises, campaign)
    by_node = {**found.led, 0: found.national, -1: found.assisted}
    source = f"{SUMMARIES} UNION ALL {ASSISTED} UNION ALL {NATIONAL}"
    add_up(by_node, source, {"nodes": nodes, "groups": list(enterprises)}, steps, today)
    add_own(found.led, branches, steps, today)
    return found


def _add_members(
    found: Country, nodes: list[int], branches: set[int], enterprises: Sequence[int], campaign: Campaign | None
) -> None:
    wanted = Q(organization__in=nodes) | Q(organization=None, enterprise__in=list(enterprises))
    wanted |= Q(organization=None, enterprise=None)
    tallies = MemberTally.objects.filter(wanted & Q(campaign=campaign) | rolls(sorted(branches), campaign))
    assisted = [0] * len(TALLY)
    for organization, enterprise, *counts in tallies.values_list("organization", "enterprise", *TALLY):
        if organization:
            found.led[organization].members = Members(*counts)
        elif enterprise:
            assisted = [*map(add, assisted, counts)]
        else:
            found.national.members = Members(*counts)
    found.assisted.members = Members(*assisted)
