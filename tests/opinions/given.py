"""A campaign that asks committees for opinions, and opinions for tests to begin with."""

from datetime import date
from uuid import uuid4

from campaign.opinions import actions
from campaign.opinions.actions import Told
from campaign.opinions.models import Opinion, OpinionPage
from campaign.plan.models import Campaign, Participation, Phase, Step
from campaign.progress.actions import build_campaign
from tests.cast import Cast
from tests.records import COMMITTEES, launch

TODAY = date(2026, 9, 1)
STEP = {"owed_by": "organizations", "org_kinds": COMMITTEES, "evidence": {"kind": "opinions"}}


def launched() -> Campaign:
    """The campaign of the records, with one more step: committees and leading groups ask for opinions."""
    campaign = launch()
    phase = Phase.objects.get(campaign=campaign)
    Step.objects.create(
        campaign=campaign, phase=phase, code="opinions", order=20, name_zh="征求意见", name_en="Opinions",
        anchor="phase_start", due_days=40, **STEP,
    )  # fmt: skip
    build_campaign(campaign)
    return campaign


def page(cast: Cast, campaign: Campaign, unit: str = "E01-A") -> OpinionPage:
    """The open public page of a unit."""
    return actions.open_page(by=None, participation=Participation.objects.get(campaign=campaign, unit=cast.unit[unit]))


def entered(
    cast: Cast, campaign: Campaign, organization: str = "A", n: int = 1, category: str = "", **fields
) -> list[Opinion]:
    """Opinions entered for an organisation, sorted already where a category is given."""
    same = {"channel": "BOX", "received_on": TODAY, "source_group": "EMPLOYEE"} | fields
    told = [Told(text=f"第{i + 1}条：建议改进流程（示例）", category=category, **same) for i in range(n)]
    return actions.enter(by=None, campaign=campaign, organization=cast.org[organization], told=told, submission=uuid4())
