"""What a made-up campaign is grown from: the twelve groups of dossier 4.2, or a hundred and one at size."""

from dataclasses import dataclass
from random import Random

from campaign.demo.names import BEIJING, PROVINCES, UNIT_TRADES


@dataclass(frozen=True)
class Seed:
    """A group to be grown. ``local_share``: the part of its subsidiaries led by local committees.

    ``branches`` is how many branches it gets, ``unit_branches`` how many a subsidiary has on average.
    """

    code: str
    name: str
    short: str
    industry: str
    branches: int
    unit_branches: int
    place: str = BEIJING
    condition: str = "SOUND"
    window: bool = False
    local_share: float = 0.0
    led_locally: bool = False
    projects: bool = False


def _demo(code, name, short, industry, branches, **fields) -> Seed:
    return Seed(code, f"{name}（示例）", short, industry, branches, unit_branches=6, **fields)


DEMO = (
    _demo("E01", "华岳能源集团公司", "华岳", "能源", 34, local_share=0.2),
    _demo("E02", "南屏电力工程总公司", "南屏", "电力", 26, window=True, local_share=0.7),
    _demo("E03", "嘉渡通信集团公司", "嘉渡", "通信", 24, window=True),
    _demo("E04", "启衡电子科技集团公司", "启衡", "电子", 24, local_share=0.4),
    _demo("E05", "朔原煤业集团公司", "朔原", "煤炭", 27, condition="IN_DIFFICULTY", local_share=0.8),
    _demo("E06", "远甸铁路建筑总公司", "远甸", "铁路建筑", 28, local_share=0.5, projects=True),
    _demo("E07", "金陌粮油储备总公司", "金陌", "粮油", 20, window=True),
    _demo("E08", "泽淮化工集团公司", "泽淮", "化工", 24, condition="RESTRUCTURING", local_share=0.6),
    _demo(
        "E09", "东川重型装备集团公司", "东川", "装备制造", 24,
        place="510600", condition="RESTRUCTURING", led_locally=True,
    ),
    _demo("E10", "青崖钢铁集团公司", "青崖", "钢铁", 25, place="420100", led_locally=True),
    _demo("E11", "沧澜航运集团公司", "沧澜", "航运", 22, place="310115", led_locally=True),
    _demo("E12", "云麓有色金属集团公司", "云麓", "有色金属", 22, place="530100", led_locally=True),
)  # fmt: skip

HARD = (("IN_DIFFICULTY", 0.12), ("RESTRUCTURING", 0.1), ("NEAR_BANKRUPTCY", 0.03))
FEWEST = 100
IN_BEIJING = 76 / 101  # of the headquarters of batch two (items 2, 10)


def _condition(random: Random) -> str:
    draw = random.random()
    for name, share in HARD:
        if draw < share:
            return name
        draw -= share
    return "SOUND"


def seeds_for(branches: int, random: Random) -> list[Seed]:
    """Groups for so many branches: 12 from 200 on, 101 at most, of unequal size, a quarter outside Beijing.

    Raises ``ValueError`` below 100 branches.
    """
    if branches < FEWEST:
        raise ValueError(f"{branches} branches are too few; {FEWEST} at least")
    count = min(101, max(min(12, branches // 16), branches // 100))
    weights = [0.4 + random.random() + 2 * random.random() ** 4 for _ in range(count)]
    total, given, passed = sum(weights), 0, 0.0
    trades = sorted(UNIT_TRADES)
    seeds = []
    for index, weight in enumerate(weights):
        passed += weight
        share = round(branches * passed / total) - given
        given += share
        outside = index >= round(count * IN_BEIJING)
        seeds.append(
            Seed(
                code=f"Q{index + 1:03}",
                name=f"第{index + 1}集团公司（示例）",
                short=f"第{index + 1}集团",
                industry=trades[index % len(trades)],
                branches=share,
                unit_branches=40 if share >= 400 else 7,
                place=PROVINCES[index % len(PROVINCES)][3] if outside else BEIJING,
                condition=_condition(random),
                window=index % 4 == 1,
                local_share=(0.0, 0.2, 0.4, 0.6, 0.8)[index % 5],
                led_locally=outside,
                projects=index % 6 == 5,
            )
        )
    return seeds
