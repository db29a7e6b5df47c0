"""Business and lasting effects in the demo: monthly figures, targets, mechanisms, regulations (81-85). All invented."""

from datetime import date
from decimal import Decimal

from campaign.business import actions as business
from campaign.mechanisms import actions as mechanisms
from campaign.plan.models import Campaign
from enterprises.models import Enterprise

UNITS = ("E01", "E02", "E03", "E04", "E05")
BASE = {"E01": 2100, "E02": 1340, "E03": 880, "E04": 560, "E05": 95}  # revenue of last year by month, 100 million yuan
MECHANISMS = (
    ("STUDY", "党员学习日制度（示例）", "RUNNING"),
    ("MASSES", "领导干部联系点制度（示例）", "ISSUED"),
    ("MANAGEMENT", "流动党员管理办法（示例）", "DRAFTED"),
    ("DEMOCRACY", "党务公开办法（示例）", "EXPLORING"),
)
REGULATIONS = (
    ("AMENDED", "“三会一课”制度（示例）"),
    ("NEW", "党员教育培训办法（示例）"),
    ("REPEALED", "机关文件审批办法（示例）"),
)


def last(campaign: Campaign, today: date) -> None:
    """Figures of a few groups for the months that are over this year, and what is to outlast the campaign."""
    groups = Enterprise.objects.filter(code__in=UNITS).select_related("leading_organization__enterprise")
    for place, unit in enumerate(groups.order_by("code")):
        _figures(unit, today, Decimal(103 + 4 * place), Decimal(108 + 5 * (place % 3)))
        if place < 2:
            _mechanisms(campaign, unit, today, len(MECHANISMS) - 2 * place)
    first = groups.order_by("code").first()
    if first is None:
        return
    organization = first.leading_organization
    business.arrange(
        by=None, campaign=campaign, organization=organization,
        text="压茬安排所属企业；生产高峰期的学习放到班后和周末，一线党员分批参加，不占用高峰班次。（示例）",
    )  # fmt: skip
    target = business.set_target(
        by=None, organization=organization, kind="PRODUCTION", year=today.year, target="原煤产量1,200万吨（示例）"
    )
    business.say_result(by=None, target=target, state="MET", actual="提前完成1,210万吨（示例）")
    business.set_target(
        by=None, organization=organization, kind="REFORM", year=today.year, target="完成主辅分离（示例）"
    )


def _figures(unit: Enterprise, today: date, revenue: Decimal, profit: Decimal) -> None:
    """Cumulative figures; ``revenue`` and ``profit`` in per cent of the year before."""
    months = range(1, today.month) if today.month > 1 else range(1, 13)
    year = today.year if today.month > 1 else today.year - 1
    for month in months:
        before = Decimal(BASE[unit.code]) * month / 12
        earned = before / 10
        business.enter_indicator(
            by=None, organization=unit.leading_organization, month=date(year, month, 1),
            revenue=_tenth(before * revenue / 100), revenue_prior=_tenth(before),
            profit=_tenth(earned * profit / 100), profit_prior=_tenth(earned),
            preservation=Decimal("104.2"), stability="职工队伍稳定（示例）",
        )  # fmt: skip


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))


def _mechanisms(campaign: Campaign, unit: Enterprise, today: date, count: int) -> None:
    organization = unit.leading_organization
    review = date(today.year + 1, 6, 30)
    for place, (kind, title, status) in enumerate(MECHANISMS[:count]):
        made = mechanisms.start_mechanism(by=None, campaign=campaign, organization=organization, kind=kind, title=title)
        if status != "EXPLORING":
            mechanisms.move_mechanism(
                by=None, mechanism=made, status=status, since=today, review_on=review,
                number=f"党发〔{today.year}〕{place + 8}号（示例）",
            )  # fmt: skip
        if place == 0:
            for change, name in REGULATIONS:
                mechanisms.enter_regulation(
                    by=None, organization=organization, title=name, change=change, decided_on=today, mechanism=made
                )
