"""Campaigns: the list, what each asks, launching one."""

import pytest
from django.urls import reverse
from django.utils import translation

from campaign.plan import actions
from campaign.plan.models import Campaign
from campaign.plan.tasks import start_due_campaigns
from campaign.progress.models import StepStatus
from tests.plan.launched import LAUNCH, SHIPPED, launch, second_batch
from tests.plan.pages import client


def test_campaigns_stand_side_by_side(cast):
    second_batch()
    launch("2024-discipline-study")
    browser = client(cast, "member")
    page = browser.get(reverse("plan:campaign_list")).content.decode()
    assert "第二批保持共产党员先进性教育活动" in page and "党纪学习教育" in page
    assert reverse("plan:launch") not in page
    assert reverse("plan:launch") in client(cast, "office").get(reverse("plan:campaign_list")).content.decode()


@pytest.mark.parametrize("name", ["2005-second-batch", "2024-discipline-study"])
def test_a_campaign_says_what_it_asks(cast, name):
    campaign = launch(name)
    page = client(cast, "branch_secretary").get(reverse("plan:campaign", args=[campaign.code])).content.decode()
    for step in campaign.steps.all():
        assert step.name_zh in page
    assert "style=" not in page


def test_names_follow_the_language(cast):
    campaign = second_batch()
    with translation.override("en"):
        assert campaign.name.startswith("Campaign to Maintain")
    with translation.override("zh-hans"):
        assert campaign.steps.get(code="notice").name == "评议通报"


def test_launching_by_page(cast):
    definition = actions.load_definition(text=(SHIPPED / "2005-second-batch.toml").read_text(), by=None)
    browser, url = client(cast, "office"), reverse("plan:launch")
    data = {"definition": definition.pk, "launched_on": str(LAUNCH), "rolling": "on"}
    answer = browser.post(url, data)
    campaign = Campaign.objects.get()
    assert answer.status_code == 302 and campaign.participations.count() == 4
    page, part = browser.get(answer.url), reverse("plan:starting", args=[campaign.code])
    assert campaign.state == "PREPARED" and part in page.content.decode()  # a job works on it; the page asks again
    assert "HX-Refresh" not in browser.get(part).headers and not StepStatus.objects.exists()
    assert start_due_campaigns() == [campaign.code] and StepStatus.objects.exists()
    assert browser.get(part).headers["HX-Refresh"] == "true" and part not in browser.get(answer.url).content.decode()
    again = browser.post(url, data)
    assert again.status_code == 200 and "code" in again.context["form"].errors
