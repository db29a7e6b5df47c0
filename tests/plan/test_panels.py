"""What the plan lends to the pages of units."""

from datetime import timedelta

from django.urls import reverse

from enterprises import clock
from enterprises.panels import campaign_targets
from tests.plan.launched import LAUNCH, launch, part, second_batch
from tests.plan.pages import client


def test_a_unit_page_leads_to_its_calendars(cast):
    batch, study = second_batch(), launch("2024-discipline-study")
    url = reverse("enterprises:enterprise", args=[cast.unit["E01"].pk])
    with clock.fixed(LAUNCH + timedelta(50)):
        page = client(cast, "enterprise_office").get(url).content.decode()
    for campaign in (batch, study):
        assert reverse("plan:unit_calendar", args=[part(campaign, "E01").pk]) in page
    assert "分析评议 ·" in page and "学习研讨 ·" in page


def test_targets_are_those_of_the_running_campaign_that_states_them(cast):
    assert campaign_targets() == {}
    second_batch()
    launch("2024-discipline-study", LAUNCH + timedelta(10))
    assert campaign_targets() == {"members": 2_700_000, "organizations": 150_000, "headquarters": 101}
