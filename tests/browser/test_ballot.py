"""A survey by hand: the office prints slips, somebody votes with one on a phone without script."""

import pytest

from tests.browser.conftest import FIRST_VIEW, PHONE, findings, overflow, press, seconds_to_open, slow_phone
from tests.survey.held import code_for, opened


@pytest.mark.item(74)
def test_a_slip_is_printed_and_a_ballot_cast(visit):
    survey = visit.run(opened, visit.stage)
    office = visit("enterprise_office")
    office.goto(f"/surveys/{survey.pk}/codes/")
    office.fill("#id_count", "6")
    press(office.locator("main form .btn-primary"))
    codes = office.locator(".xf-slips code").all_inner_texts()
    assert len(set(codes)) == 6 and not office.noise and not findings(office) and not overflow(office)

    phone = slow_phone(visit)
    assert seconds_to_open(phone, "/ballot/") < FIRST_VIEW
    phone.fill("#c", codes[0].lower())
    press(phone.locator("main form .btn-primary"))
    items = phone.locator("fieldset.xf-q")
    for number in range(items.count() - 1):
        items.nth(number).locator("label").nth(number % 3).click()
    press(phone.locator("main form .btn-primary"))
    assert phone.locator(".xf-errors a").count() == 1  # the last question was left out; the rest is kept
    assert phone.locator("input:checked").count() == items.count() - 1
    phone.locator("fieldset.xf-q").last.locator("label").first.click()
    phone.fill("#remark", "班车再早一点")
    press(phone.locator("main form .btn-primary"))
    assert phone.url.endswith("/ballot/thanks/")
    phone.goto(f"/ballot/?c={codes[0]}")
    assert phone.locator("[role=alert]").count() == 1 and phone.locator("fieldset").count() == 0
    assert visit.run(survey.ballots.count) == 1


@pytest.mark.item(74)
def test_the_ballot_behind_a_slip_is_there_at_once_on_a_slow_network(visit):
    code = visit.run(lambda: code_for(opened(visit.stage)))
    phone = slow_phone(visit)
    assert seconds_to_open(phone, f"/ballot/?c={code}") < FIRST_VIEW
    assert phone.locator("fieldset.xf-q").count() > 5 and not phone.noise
    seen = visit(None, width=PHONE)  # axe needs script, the page does not
    seen.goto(f"/ballot/?c={code}")
    assert not findings(seen) and not overflow(seen) and not seen.noise
