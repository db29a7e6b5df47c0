"""The deliberate oddities of dossier 4.3, put into a forest before anything is written."""

from datetime import date, timedelta

from campaign.demo.forest import Forest, K, Node
from enterprises.rules import add_months

OVERDUE_EVERY, VACANT_EVERY = 100, 150
LARGE_GENERAL_BRANCH = 104
STRANDED = 5  # full members of a unit without any branch


def plant(forest: Forest, today: date) -> None:
    """Put every oddity in, without changing how many members there are in all."""
    _terms(forest, today)
    taken = _large_general_branch(forest)
    taken += _small_branch(forest, taken)
    taken += _unit_without_branch(forest, taken)
    _reorganized(forest, today, taken)
    _bankrupt(forest)


def _terms(forest: Forest, today: date) -> None:
    """Founding days and terms; one branch in 100 past its term, one in 150 without a secretary."""
    for index, node in enumerate(forest.nodes):
        node.founded_on = add_months(today, -12 * (4 + index * 7 % 30) - index % 11)
        if node.kind not in (K.LEADING_GROUP_DZ, K.LOCAL_COMMITTEE):
            node.term_end = add_months(today, 7 + index * 5 % 26)
    for index, branch in enumerate(forest.branches()):
        if index % OVERDUE_EVERY == 40:
            branch.term_end = add_months(today, -5 - index % 9)
        branch.vacant = index % VACANT_EVERY == 75


def _give(branches: list[Node], members: int, taken: list[Node]) -> None:
    """Spread ``members`` (or take them away) one by one over ordinary branches."""
    step = 1 if members > 0 else -1
    free = [b for b in branches if b not in taken and not b.headquarters and (step > 0 or b.size > 9)]
    for index in range(abs(members)):
        free[index % len(free)].size += step


def _large_general_branch(forest: Forest) -> list[Node]:
    """A general branch with 104 members: 100 or more are the size of a committee (2.1)."""
    fits = [
        n for n in forest.nodes
        if n.kind == K.GENERAL_BRANCH and len(n.children) >= 4 and all(c.is_branch for c in n.children)
    ]  # fmt: skip
    chosen = max(fits, key=lambda n: sum(c.size for c in n.children))
    before = sum(c.size for c in chosen.children)
    share, rest = divmod(LARGE_GENERAL_BRANCH, len(chosen.children))
    for index, child in enumerate(chosen.children):
        child.size = share + (index < rest)
    _give(forest.branches(), before - LARGE_GENERAL_BRANCH, chosen.children)
    return list(chosen.children)


def _ordinary(forest: Forest, taken: list[Node]) -> list[Node]:
    return [b for b in forest.branches() if b not in taken and b.profile == "FRONT" and not b.vacant]


def _small_branch(forest: Forest, taken: list[Node]) -> list[Node]:
    """A branch of two full and two probationary members: four persons, and yet no branch (trap 12)."""
    branch = _ordinary(forest, taken)[7]
    _give(forest.branches(), branch.size - 4, [*taken, branch])
    branch.size, branch.probationary = 4, 2
    return [branch]


def _unit_without_branch(forest: Forest, taken: list[Node]) -> list[Node]:
    """A unit with five full members and no branch (item 38)."""
    group = next(u for u in forest.units if u.parent is None and not u.local)
    unit = forest.unit(
        f"{group.code}-99", group.name[:2] + "西沟筹建处（示例）", group, place=group.place, industry=group.industry
    )
    above = group.lead
    assert above is not None
    name = unit.name.replace("（示例）", "党总支（示例）")
    node = forest.node(f"{unit.code}-0001", name, K.GENERAL_BRANCH, above, unit=unit, headquarters=False)
    node.founded_on, node.profile, node.size, node.probationary = above.founded_on, "PROJECT", STRANDED, 0
    _give(forest.branches(), -STRANDED, taken)
    return [node]


def _reorganized(forest: Forest, today: date, taken: list[Node]) -> None:
    """A branch merged into its neighbor and one closed, in the middle of the campaign."""
    pairs = [
        (one, other)
        for one, other in zip(forest.branches(), forest.branches()[1:], strict=False)
        if one.superior is other.superior and one.profile == other.profile == "FRONT" and one.size < 13
        if one not in taken and other not in taken and not one.vacant and not other.vacant
    ]
    for (gone, heir), merged in zip((pairs[0], pairs[-1]), (True, False), strict=True):
        gone.closed_on, gone.heir, gone.merged = today - timedelta(days=24 + 5 * merged), heir, merged


def _bankrupt(forest: Forest) -> None:
    """One subsidiary near bankruptcy, of a group that is sound as a whole (item 32)."""
    groups = [u for u in forest.units if u.parent is None and u.condition == "SOUND"]
    own = [u for u in forest.units if u.parent is groups[-1]]
    own[-1].condition = "NEAR_BANKRUPTCY"
