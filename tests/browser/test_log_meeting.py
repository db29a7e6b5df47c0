"""A branch secretary logs a meeting with two absentees on a phone, in at most eight interactions."""

import re

import pytest
from playwright.sync_api import Page, expect

from campaign.meetings.models import Meeting
from tests.browser.conftest import findings, overflow

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


class Hand:
    """Counts what the person does: each tap, choice and field written in is one interaction."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).click()

    def choose(self, selector: str, value: str) -> None:
        self.count += 1
        self.page.locator(selector).select_option(value)

    def write(self, selector: str, text: str) -> None:
        self.count += 1
        self.page.locator(selector).fill(text)


def absentees(stage) -> list[int]:
    return [stage.member[code].pk for code in ("M0202", "M0205")]


def test_two_absentees_in_eight_interactions(visit, stage):
    page = visit("branch_secretary")
    page.set_viewport_size(PHONE)
    page.goto("/week/")
    hand = Hand(page)
    hand.tap("a.xf-big")
    page.wait_for_selector("#meet")
    assert overflow(page) == [] and findings(page) == []
    hand.tap("label.xf-choice:has([value=BRANCH_GENERAL])")
    page.wait_for_selector(".xf-note-ok")
    for pk in absentees(stage):
        hand.tap(f".xf-roll label:has([value='{pk}'])")
        page.wait_for_selector(f"#reason-{pk}")
    first, second = absentees(stage)
    hand.choose(f"#reason-{first}", "SHIFT")
    hand.choose(f"#reason-{second}", "TRIP")
    assert "6" in page.locator("#live").inner_text()
    hand.write("#id_gist", "学习了文件，讨论了三个问题。")
    hand.tap(".xf-sticky button")
    page.wait_for_url("**/meetings/*/")
    assert hand.count <= 8
    meeting = Meeting.objects.get()
    assert meeting.is_confirmed and (meeting.due_count, meeting.present_count) == (8, 6)
    assert dict(meeting.absences.values_list("member_id", "reason")) == {first: "SHIFT", second: "TRIP"}
    assert findings(page) == [] and overflow(page) == []
    page.goto(f"/progress/{stage.org['B2'].pk}/")
    assert page.locator("#step-general .xf-st-ok, #step-general .xf-st-late").count() == 1
    assert page.noise == []


def test_what_was_typed_survives_a_change_of_kind(visit, stage):
    page = visit("branch_secretary", width=360)
    page.goto("/meetings/new/")
    page.fill("#id_gist", "已经写好的要点")
    page.locator("details:has(#id_place) summary").click()
    page.fill("#id_place", "队部会议室")
    pk = absentees(stage)[0]
    page.locator(f".xf-roll label:has([value='{pk}'])").click()
    page.wait_for_selector(f"#reason-{pk}")
    page.select_option(f"#reason-{pk}", "FAMILY_VISIT")
    with page.expect_response("**/meetings/new/part/"):
        page.locator("label.xf-choice:has([value=PARTY_LECTURE])").click()
    expect(page.locator("#id_title")).to_have_value(re.compile("党课"))
    assert page.input_value("#id_gist") == "已经写好的要点"
    assert page.input_value("#id_place") == "队部会议室"
    assert page.locator(f".xf-roll [value='{pk}']").is_checked()
    assert page.input_value(f"#reason-{pk}") == "FAMILY_VISIT"
    page.locator("label.xf-choice:has([value=OTHER])").click()
    page.select_option("#id_other_kind", "SUMMARY")
    expect(page.locator("#id_title")).to_have_value(re.compile("总结"))
    assert page.noise == []


def test_without_script_the_reasons_follow_on_a_second_page(browser, live_server, stage, visit):
    page = visit("branch_secretary")
    cookies = page.context.cookies()
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto("/meetings/new/?kind=CONCENTRATED_STUDY")  # a mobilization meeting would ask who spoke
    pk = absentees(stage)[0]
    page.locator(f".xf-roll label:has([value='{pk}'])").click()
    page.locator(".xf-sticky button").click()
    page.wait_for_url("**/reasons/")
    page.select_option(f"#reason-{pk}", "LEAVE")
    page.locator("main form button").click()
    page.wait_for_url("**/meetings/*/")
    assert Meeting.objects.get().absences.get().reason == "LEAVE"
    plain.close()
