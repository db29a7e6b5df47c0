"""From a forest to a database full of people and records: one pass over the organisations, through COPY."""

from contextlib import nullcontext
from datetime import date
from random import Random

from campaign.demo.conduct import Conduct, Script
from campaign.demo.copying import Courier, renumber, without_indexes
from campaign.demo.forest import Forest, Node
from campaign.demo.grow import Grower, size_up
from campaign.demo.ledger import Ledger
from campaign.demo.oddities import plant
from campaign.demo.people import People, Roll, officers
from campaign.demo.seeds import Seed
from campaign.demo.trees import empty_forest, write_nodes
from campaign.plan.models import Campaign

LEADERS = 7  # of a leading team; the officers of the branch itself come before them


def grow(seeds: list[Seed], members: int, today: date, random: Random) -> Forest:
    """The trees for these groups, with so many members in all, oddities included. Nothing is written."""
    forest = empty_forest()
    grower = Grower(forest, random)
    for seed in seeds:
        grower.group(seed)
    size_up(forest.branches(), members, random)
    plant(forest, today)
    return forest


def fill(
    forest: Forest, campaigns: list[Campaign], today: date, random: Random, indexes_later: bool = False
) -> dict[str, int]:
    """Write organisations, members and records. The units are written, the campaigns launched.

    ``indexes_later``: the tables are empty and nobody else's. Returns how many rows of which table were written.
    """
    people = People(today, random)
    ledger = Ledger(today, random)
    conduct = Conduct(ledger, [Script.of(campaign) for campaign in campaigns], today, random)
    sheets = [*people.sheets(), *ledger.sheets()]
    with without_indexes(sheets) if indexes_later else nullcontext(), Courier() as courier:
        for sheet in sheets:
            sheet.by(courier)
        _populate(forest, people, conduct)
        for sheet in sheets:
            sheet.send(courier)
    renumber(sheets)
    write_nodes(forest)
    return {"organization": len(forest.nodes)} | {s.model.__name__.lower(): s.rows for s in sheets}


def _populate(forest: Forest, people: People, conduct: Conduct) -> None:
    """Branches with their people and meetings; then committees, whose teams are taken from the branches."""
    able: dict[int, list[int]] = {}
    neighbors = _neighbors(forest)
    for node in forest.nodes:
        if node.size:
            roll = people.roll(node, neighbors.get(node.id))
            if node.is_branch:
                conduct.branch(roll)
                _offer(able, roll)
    for node in forest.nodes:
        if not node.is_branch:
            team = officers(people, node, able.get(node.id, []))
            if team:
                conduct.committee(node, team)


def _neighbors(forest: Forest) -> dict[int, Node]:
    """For each branch the next one of the same superior."""
    found = {}
    for node in forest.nodes:
        below = [child for child in node.children if child.is_branch]
        found.update({one.id: other for one, other in zip(below, below[1:], strict=False)})
    return found


def _offer(able: dict[int, list[int]], roll: Roll) -> None:
    """Seven full members of the first branch below may lead each organisation above, others at each level."""
    full = [member for member in roll.ids if member in roll.full]
    above, start = roll.node.superior, LEADERS
    while above is not None and above.unit is roll.node.unit:
        if above.id not in able:
            able[above.id] = full[start : start + LEADERS] if len(full) >= start + 3 else full[:LEADERS]
        above, start = above.superior, start + LEADERS
