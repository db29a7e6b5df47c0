"""A survey by hand: the office prints slips, somebody votes with one on a phone without script."""

import pytest

from tests.browser.conftest import PHONE, findings, overflow
from tests.survey.held import opened


def phone_without_script(visit):
    context = visit.browser.new_context(
        base_url=visit.address, viewport={"width": PHONE, "height": 740}, java_script_enabled=False, locale="zh-CN"
    )
    visit.contexts.append(context)
    return context.new_page()


@pytest.mark.item(74)
def test_a_slip_is_printed_and_a_ballot_cast(visit):
    survey = visit.run(opened, visit.stage)
    office = visit("enterprise_office")
    office.goto(f"/surveys/{survey.pk}/codes/")
    office.fill("#id_count", "6")
    office.click("main form .btn-primary")
    codes = office.locator(".xf-slips code").all_inner_texts()
    assert len(set(codes)) == 6 and not office.noise and not findings(office) and not overflow(office)

    phone = phone_without_script(visit)
    phone.goto("/ballot/")
    phone.fill("#c", codes[0].lower())
    phone.click("main form .btn-primary")
    items = phone.locator("fieldset.xf-q")
    for number in range(items.count() - 1):
        items.nth(number).locator("label").nth(number % 3).click()
    phone.click("main form .btn-primary")
    assert phone.locator(".xf-errors a").count() == 1  # the last question was left out; the rest is kept
    assert phone.locator("input:checked").count() == items.count() - 1
    phone.locator("fieldset.xf-q").last.locator("label").first.click()
    phone.fill("#remark", "班车再早一点")
    phone.click("main form .btn-primary")
    assert phone.url.endswith("/ballot/thanks/")
    phone.goto(f"/ballot/?c={codes[0]}")
    assert phone.locator("[role=alert]").count() == 1 and phone.locator("fieldset").count() == 0
    assert visit.run(survey.ballots.count) == 1
