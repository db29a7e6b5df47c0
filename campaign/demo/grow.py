"""Growing the trees: groups with headquarters and subsidiaries, committees, general branches, branches."""

from random import Random

from campaign.demo import names
from campaign.demo.forest import Forest, K, Node, Unit
from campaign.demo.seeds import Seed

SMALLEST, LARGEST = 6, 35  # members of an ordinary branch before scaling
SHOP = 4  # branches of a workshop's general branch
PLANT = 9  # from so many workshop branches on, a plant committee stands between


def split(total: int, parts: int, random: Random, least: int = 1) -> list[int]:
    """``total`` in ``parts`` unequal shares of at least ``least`` each. Raises ``ValueError`` if too many."""
    if total < parts * least:
        raise ValueError(f"cannot split {total} into {parts} shares of {least}")
    weights = [0.6 + random.random() for _ in range(parts)]
    rest, passed, given, shares = total - parts * least, 0.0, 0, []
    for weight in weights:
        passed += weight
        share = round(rest * passed / sum(weights)) - given
        given += share
        shares.append(share + least)
    return shares


class Grower:
    """Adds one group after the other to a forest, below the SASAC root or below local committees."""

    def __init__(self, forest: Forest, random: Random) -> None:
        self.forest = forest
        self.random = random
        self.local: dict[str, Node] = {}
        self.number = 0
        self.seed: Seed
        self.root = forest.node("SASAC", "国资委党委（示例）", K.COMMITTEE, None, place=names.BEIJING, profile="ROOT")

    def committee_at(self, city: str) -> Node:
        """The local committee of a city, below its province's; both are made when first asked for."""
        if city not in self.local:
            province, code, name, _ = next(p for p in names.PROVINCES if p[3] == city)
            if code not in self.local:
                self.local[code] = self.forest.node(
                    f"L{code}", names.local_committee(province), K.LOCAL_COMMITTEE, None, place=code
                )
            self.local[city] = self.forest.node(
                f"L{city}", names.local_committee(name), K.LOCAL_COMMITTEE, self.local[code], place=city
            )
        return self.local[city]

    def node(self, name: str, kind: str, superior: Node, profile: str = "", **fields) -> Node:
        self.number += 1
        code = f"{self.seed.code}-{self.number:04}"
        return self.forest.node(code, name, kind, superior, profile=profile, **fields)

    def group(self, seed: Seed) -> Unit:
        """Grow one group with exactly ``seed.branches`` branches."""
        self.seed, self.number = seed, 0
        unit = self.forest.unit(
            seed.code, seed.name, None, place=seed.place, industry=seed.industry,
            condition=seed.condition, window=seed.window, local=seed.led_locally,
        )  # fmt: skip
        above = self.committee_at(seed.place) if seed.led_locally else self.root
        leading = len(self.forest.units) % 2 == 1
        kind, word = (K.LEADING_GROUP_DZ, "党组") if leading else (K.COMMITTEE, "党委")
        top = self.node(
            seed.name.replace("（示例）", f"{word}（示例）"), kind, above,
            unit=unit, place=seed.place, headquarters=True,
        )  # fmt: skip
        at_headquarters = max(4, min(12, round(seed.branches * 0.12))) if seed.branches >= 12 else 2
        self._headquarters(top, at_headquarters)
        self._subsidiaries(top, unit, seed.branches - at_headquarters)
        return unit

    def _headquarters(self, top: Node, branches: int) -> None:
        office = self.node(f"{self.seed.short}总部机关党委（示例）", K.HQ_COMMITTEE, top)
        retired = max(1, branches // 3)
        for index in range(branches - retired):
            name = names.DEPARTMENTS[index % len(names.DEPARTMENTS)]
            self.node(f"{name}党支部", K.BRANCH, office, "HQ")
        home = self.node("离退休干部党总支", K.GENERAL_BRANCH, office) if retired > 1 else office
        for index in range(retired):
            self.node(f"离退休干部第{names.SHOPS[index]}党支部", K.BRANCH, home, "RETIRED")

    def _subsidiaries(self, top: Node, group: Unit, branches: int) -> None:
        count = max(1, round(branches / self.seed.unit_branches))
        shares = split(branches, count, self.random)
        leading: Node | None = None
        for index, share in enumerate(shares):
            local = self._is_local(index)
            nested = index % 3 == 1 and leading and not local and not self.seed.led_locally
            superior = leading if nested else top
            unit = self._subsidiary(index, superior.unit, local)
            lead = self._leading(unit, self.committee_at(unit.place) if local else superior, share)
            self._fill(lead, unit, share)
            if lead.kind == K.COMMITTEE and not local and not nested:
                leading = lead

    def _is_local(self, index: int) -> bool:
        share = self.seed.local_share
        return int((index + 1) * share + 0.5) > int(index * share + 0.5)

    def _subsidiary(self, index: int, parent: Unit, local: bool) -> Unit:
        trades = names.UNIT_TRADES[self.seed.industry]
        stem, again = index % len(names.UNIT_STEMS), index // len(names.UNIT_STEMS)
        name = f"{self.seed.short}{names.UNIT_STEMS[stem]}{trades[index % len(trades)]}"
        if again:
            name += f"第{names.numeral(again + 1)}分公司"
        place = self.random.choice(names.PROVINCES)[3] if local or self.random.random() < 0.5 else parent.place
        return self.forest.unit(
            f"{self.seed.code}-{index + 1:02}", f"{name}（示例）", parent, place=place,
            industry=self.seed.industry, window=self.seed.window, local=local or self.seed.led_locally,
            condition=self.seed.condition if index % 2 else "SOUND",
        )  # fmt: skip

    def _leading(self, unit: Unit, superior: Node, share: int) -> Node:
        """The organisation that leads a unit: by its size a branch, a general branch or a committee."""
        if share == 1:
            kind, word = K.BRANCH, "党支部"
        elif share <= 6:
            kind, word = K.GENERAL_BRANCH, "党总支"
        else:
            kind, word = K.COMMITTEE, "党委"
        name = unit.name.replace("（示例）", f"{word}（示例）")
        profile = "FRONT" if share == 1 else ""
        return self.node(name, kind, superior, profile, unit=unit, place=unit.place, headquarters=False)

    def _fill(self, lead: Node, unit: Unit, branches: int) -> None:
        if branches == 1:
            return
        name = unit.name.removeprefix(self.seed.short).replace("（示例）", "")
        self.node(f"{name}机关党支部", K.BRANCH, lead, "STAFF")
        left = branches - 1 - self._retired(lead, name, branches)
        if unit.condition != "SOUND" and left > 2:
            self.node(f"{name}再就业服务中心党支部", K.BRANCH, lead, "LAID_OFF")
            left -= 1
        elif left > 3 and self.random.random() < 0.5:
            self.node(f"{name}后勤三单位联合党支部", K.JOINT_BRANCH, lead, "STAFF")
            left -= 1
        if lead.kind == K.COMMITTEE:
            self._plants(lead, name, left)
        else:
            self._shop_branches(lead, name, left)

    def _retired(self, lead: Node, name: str, branches: int) -> int:
        """One branch in seven is of retired members; small units have none."""
        count = 0 if branches < 4 else max(1, branches // 7)
        if count == 1:
            self.node(f"{name}离退休党支部", K.BRANCH, lead, "RETIRED")
        elif count:
            home = self.node(f"{name}离退休党总支", K.GENERAL_BRANCH, lead)
            for index in range(count):
                self.node(f"{name}离退休第{names.numeral(index + 1)}党支部", K.BRANCH, home, "RETIRED")
        return count

    def _plants(self, lead: Node, name: str, branches: int) -> None:
        number = 0
        while branches >= PLANT:
            size = min(branches, PLANT + self.random.randrange(4))
            word = f"{name}{names.SHOPS[number % 20]}分厂"
            plant = self.node(f"{word}党委", K.COMMITTEE, lead)
            self._shops(plant, word, size)
            branches -= size
            number += 1
        self._shops(lead, name, branches)

    def _shops(self, above: Node, name: str, branches: int) -> None:
        number = 0
        while branches > SHOP:
            word = f"{name}{names.SHOPS[number]}车间"
            shop = self.node(f"{word}党总支", K.GENERAL_BRANCH, above)
            self._shop_branches(shop, word, SHOP)
            branches -= SHOP
            number += 1
        self._shop_branches(above, name, branches)

    def _shop_branches(self, above: Node, name: str, branches: int) -> None:
        for index in range(branches):
            word = names.SHOPS[index]
            if self.seed.projects and index % 2 == 0:
                kind, word, profile = K.TEMPORARY_BRANCH, f"第{word}项目经理部临时党支部", "PROJECT"
            else:
                kind, word, profile = K.BRANCH, f"{word}工段党支部", "FRONT" if index % 4 != 3 else "TECH"
            self.node(name + word, kind, above, profile)


def size_up(branches: list[Node], members: int, random: Random) -> None:
    """Give every branch its number of members: unequal, three at least, ``members`` in all.

    Raises ``ValueError`` when there are too few members for three in each.
    """
    rest = members - 3 * len(branches)
    if rest < 0:
        raise ValueError(f"{members} members are too few for {len(branches)} branches of three or more")
    weights = [
        random.uniform(22, 30) if branch.headquarters else random.triangular(SMALLEST - 3, LARGEST - 3, 9)
        for branch in branches
    ]
    total, passed, given = sum(weights), 0.0, 0
    for branch, weight in zip(branches, weights, strict=True):
        passed += weight
        share = round(rest * passed / total) - given
        given += share
        branch.size = 3 + share
