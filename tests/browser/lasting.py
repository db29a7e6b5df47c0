"""Pages of business, mechanisms and regulations, for ``pages.py``: name, address, who opens it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.urls import reverse

from campaign.business import actions as business
from campaign.business.models import BusinessTarget, EconomicIndicator
from campaign.mechanisms import actions as mechanisms
from campaign.mechanisms.models import LongTermMechanism, Regulation
from campaign.plan.models import Campaign
from enterprises import clock
from tests.cast import Cast


def entered(cast: Cast) -> EconomicIndicator:
    """Figures of committee A for three months, a target and how both were arranged."""
    a = cast.org["A"]
    found = EconomicIndicator.objects.filter(organization=a).first()
    if found:
        return found
    for month in (1, 2, 3):
        found = business.enter_indicator(
            by=None, organization=a, month=date(2026, month, 1), revenue=Decimal(40 * month),
            revenue_prior=Decimal(33 * month), profit=Decimal(4 * month), profit_prior=Decimal(3 * month),
            revenue_growth=Decimal("12.0"), preservation=Decimal("104.5"), stability="职工队伍稳定（示例）",
        )  # fmt: skip
    business.set_target(by=None, organization=a, kind="PRODUCTION", year=2026, target="原煤产量1200万吨（示例）")
    business.arrange(
        by=None,
        campaign=Campaign.objects.get(code="t"),
        organization=a,
        text="学习安排在班后和周末，高峰期不集中。（示例）",
    )
    assert found is not None
    return found


def issued(cast: Cast) -> LongTermMechanism:
    """A mechanism of committee A that is issued, with a regulation that serves it."""
    a = cast.org["A"]
    found = LongTermMechanism.objects.filter(organization=a).first()
    if found:
        return found
    made = mechanisms.start_mechanism(
        by=None, campaign=Campaign.objects.get(code="t"), organization=a, kind="STUDY", title="党员学习日制度（示例）",
        contents="每月一次，缺课补学。",
    )  # fmt: skip
    mechanisms.move_mechanism(
        by=None, mechanism=made, status="ISSUED", since=clock.today(), number="党发〔2026〕8号", review_on=clock.today()
    )
    mechanisms.enter_regulation(
        by=None,
        organization=a,
        title="三会一课制度（示例）",
        change="AMENDED",
        decided_on=clock.today(),
        mechanism=made,
    )
    return made


def after(make: Callable[[Cast], object], url_name: str, *arguments: str) -> Callable[[Cast], str]:
    """A page that needs what ``make`` makes; an argument is the code of an organization."""

    def address(cast: Cast) -> str:
        make(cast)
        return reverse(url_name, args=[cast.org[code].pk for code in arguments])

    return address


def of(make: Callable[[Cast], object], url_name: str) -> Callable[[Cast], str]:
    """A page about what ``make`` makes."""
    return lambda cast: reverse(url_name, args=[make(cast).pk])


def target(cast: Cast) -> BusinessTarget:
    entered(cast)
    return BusinessTarget.objects.get(organization=cast.org["A"])


def regulation(cast: Cast) -> Regulation:
    issued(cast)
    return Regulation.objects.get(organization=cast.org["A"])


SECRETARY = "committee_secretary"
LASTING = [
    ("indicators", after(entered, "business:indicator_list"), SECRETARY),
    ("indicators-import", after(entered, "business:import"), SECRETARY),
    ("indicators-table", after(entered, "business:table"), "office"),
    ("campaign-and-production", after(entered, "business:both", "A"), SECRETARY),
    ("indicator-new", after(entered, "business:indicator_new", "A"), SECRETARY),
    ("indicator", of(entered, "business:indicator"), SECRETARY),
    ("target-new", after(entered, "business:target_new", "A"), SECRETARY),
    ("target", of(target, "business:target"), SECRETARY),
    ("arrange", after(entered, "business:arrange", "A"), SECRETARY),
    ("mechanisms", after(issued, "mechanisms:mechanism_list"), SECRETARY),
    ("mechanism-new", after(issued, "mechanisms:mechanism_new", "A"), SECRETARY),
    ("mechanism", of(issued, "mechanisms:mechanism"), SECRETARY),
    ("mechanism-move", of(issued, "mechanisms:move"), SECRETARY),
    ("mechanism-review", of(issued, "mechanisms:review"), SECRETARY),
    ("regulations", after(issued, "mechanisms:regulation_list"), SECRETARY),
    ("regulation-new", after(issued, "mechanisms:regulation_new", "A"), SECRETARY),
    ("regulation", of(regulation, "mechanisms:regulation"), SECRETARY),
]
