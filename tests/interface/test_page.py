"""What every page knows: the campaign's name, the demo notice, the tabs."""

import pytest

from campaign.demo import notice
from campaign.demo.models import DemoNotice
from campaign.plan.models import Campaign
from config.context import forget_facts
from tests.records import launch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afresh():
    forget_facts()
    yield
    forget_facts()


def bar(client) -> str:
    return client.get("/account/").content.decode().split("<main")[0]


def test_names_the_campaign_in_the_language_of_the_page(signed_in):
    launch()
    client = signed_in("office")
    assert "测试活动" in bar(client)
    client.post("/language/", {"language": "en"})
    assert ">Test<" in bar(client)


def test_names_the_campaign_that_was_chosen(signed_in):
    campaign = launch()
    Campaign.objects.create(
        code="later", name_zh="后来的活动", name_en="Later", definition=campaign.definition,
        launched_on="2026-09-01", state="RUNNING", preset="current",
    )  # fmt: skip
    client = signed_in("office")
    assert "测试活动" in bar(client)  # what pages propose: the one running longest
    assert "后来的活动" in client.get("/progress/?campaign=later").content.decode().split("<nav")[0]
    session = client.session
    session["campaign"] = "later"
    session.save()
    assert "后来的活动" in bar(client)


def test_says_that_the_data_is_made_up_only_when_it_is(signed_in):
    client = signed_in("office")
    words = "示例数据，人名、单位均为虚构"
    assert words not in client.get("/account/").content.decode()
    notice.put_up(DemoNotice.Kind.DEMO, 1)
    forget_facts()
    assert words in client.get("/account/").content.decode()


@pytest.mark.parametrize("name", ["office", "branch_secretary", "committee_secretary", "auditor", "member"])
def test_the_bottom_bar_has_four_places_at_most(signed_in, name):
    page = signed_in(name).get("/account/").content.decode()
    tabs = page.split('class="xf-tabs"')[1].split("</nav>")[0]
    assert 2 <= tabs.count("<a ") <= 4


def test_a_page_costs_few_queries(signed_in, django_assert_max_num_queries):
    client = signed_in("office")
    client.get("/account/")
    with django_assert_max_num_queries(6):
        client.get("/account/")
