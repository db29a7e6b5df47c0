"""From a phone in somebody's hand to the answer: sent without script, sorted by keyboard, answered, looked up."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from campaign.opinions.models import Opinion
from campaign.opinions.suggestions import learn
from campaign.plan.models import Campaign
from tests.browser.conftest import FIRST_VIEW, PHONE, findings, overflow, press, seconds_to_open, slow_phone
from tests.browser.heeding import opinion_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.item(58, 59)]


def sent(page: Page, address: str) -> str:
    """Send an opinion; the number that is shown."""
    assert seconds_to_open(page, address) < FIRST_VIEW
    page.get_by_label("职工生活福利").check()
    page.get_by_label("您的意见").fill("食堂夜班供餐太早，倒班职工吃不上热饭，建议延长。")
    press(page.get_by_role("button", name="提交意见"))
    return page.locator(".xf-reference").inner_text()


def test_an_opinion_on_its_way(visit, stage):
    visitor = slow_phone(visit)
    opened = visit.run(opinion_page)
    number = sent(visitor, reverse("opinions:send", args=[opened.slug]))
    visit.run(lambda: learn(Campaign.objects.get(code="t"), stage.unit["E01-A"].pk))

    staff = visit("committee_secretary")
    staff.goto(reverse("opinions:sort"))
    focused = staff.evaluate("document.activeElement.textContent")
    assert "职工生活福利" in focused and "建议" in focused  # Enter alone confirms what is suggested
    staff.locator("summary", has_text="归并").click()
    staff.fill("#new_item", "夜班供餐太早")
    staff.get_by_role("button", name="职工生活福利").click()
    staff.get_by_text("没有待梳理的意见").wait_for()
    item = visit.run(lambda: Opinion.objects.get().item_id)
    staff.goto(reverse("opinions:answer", args=[item]))
    staff.fill("#id_answer", "供餐延长到凌晨一点。")
    staff.click(".xf-sticky button")
    staff.get_by_text("供餐延长到凌晨一点。").first.wait_for()
    assert staff.noise == []

    visitor.goto(reverse("opinions:look_up"))
    visitor.fill("#id_reference", number.lower())
    press(visitor.get_by_role("button", name="查询"))
    assert "供餐延长到凌晨一点。" in visitor.locator("main").inner_text()
    assert visitor.noise == []


def test_the_page_with_the_number_is_fit_for_everybody(visit, stage):
    page = visit(None, width=PHONE)
    number = sent(page, reverse("opinions:send", args=[visit.run(opinion_page).slug]))
    assert len(number) == 14
    assert overflow(page) == [] and findings(page) == [] and page.noise == []
