"""The calendars: the list of units, a unit's own page, its peaks, undoing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.plan.models import BusinessPeak, ScheduleChange
from campaign.plan.schedules import spans
from enterprises import clock
from enterprises.models import Enterprise
from tests.plan.launched import LAUNCH, launch, part, second_batch
from tests.plan.pages import client
from tests.plan.test_calendar_actions import change, later


@pytest.fixture
def campaign(cast):
    return second_batch()


@pytest.fixture(autouse=True)
def on_launch_day():
    with clock.fixed(LAUNCH + timedelta(30)):
        yield


def test_the_list_shows_every_unit_in_sight_with_its_phases(cast, campaign):
    page = client(cast, "enterprise_office").get(reverse("plan:calendar")).content.decode()
    assert page.count("<rect") - page.count('<rect class="c1" width="12"') >= 9
    assert "华岳河口建筑公司（示例）" in page and "南屏电力工程总公司" not in page
    assert "学习动员" in page and "style=" not in page


def test_the_list_without_any_campaign(cast):
    page = client(cast, "office").get(reverse("plan:calendar"))
    assert page.status_code == 200 and "xf-note" in page.content.decode()


def test_search_filter_and_export(cast, campaign):
    browser = client(cast, "office")
    found = browser.get(reverse("plan:calendar"), {"q": "河口"}).content.decode()
    assert "华岳河口建筑公司" in found and "华岳北山矿业公司" not in found
    found = browser.get(reverse("plan:calendar"), {"condition": "SOUND"}).content.decode()
    assert "华岳河口建筑公司" not in found and "华岳北山矿业公司" in found
    sheet = browser.get(reverse("plan:calendar"), {"export": "xlsx"})
    assert sheet.status_code == 200 and "spreadsheet" in sheet["Content-Type"]


def test_the_chosen_campaign_is_kept(cast, campaign):
    launch("2024-discipline-study")
    browser = client(cast, "office")
    assert "分析评议" in browser.get(reverse("plan:calendar")).content.decode()
    answer = browser.post(reverse("plan:choose", args=["2024-discipline-study"]))
    assert answer.status_code == 302
    assert "启动部署" in browser.get(reverse("plan:calendar")).content.decode()


def test_a_unit_stands_between_its_headquarters_and_its_subordinates(cast, campaign):
    url = reverse("plan:unit_calendar", args=[part(campaign, "E01").pk])
    page = client(cast, "enterprise_office").get(url).content.decode()
    rows = re.findall(r'<tr class="xf-(\w+)">', page)
    assert rows == ["own", "below", "below"]
    url = reverse("plan:unit_calendar", args=[part(campaign, "E01-A").pk])
    page = client(cast, "enterprise_office").get(url).content.decode()
    assert re.findall(r'<tr class="xf-(\w+)">', page) == ["above", "own"]
    # positions are attributes in per cent; no style attribute anywhere
    assert re.search(r'<rect class="c1" x="\d+\.\d\d%"', page) and "style=" not in page


def test_those_who_only_see_are_offered_no_change(cast, campaign):
    url = reverse("plan:unit_calendar", args=[part(campaign, "E01-A").pk])
    change_url = reverse("plan:change", args=[part(campaign, "E01-A").pk])
    assert change_url in client(cast, "committee_secretary").get(url).content.decode()
    assert change_url not in client(cast, "branch_secretary").get(url).content.decode()


@pytest.mark.item(33)
def test_marching_in_step_is_remarked_to_the_office_only(cast):
    Enterprise.objects.update(condition="SOUND")
    url = reverse("plan:unit_calendar", args=[part(second_batch(rolling=False), "E01").pk])
    assert "xf-note-late" in client(cast, "office").get(url).content.decode()
    assert "xf-note-late" not in client(cast, "enterprise_office").get(url).content.decode()


def test_a_peak_is_noted_shown_and_removed(cast, campaign):
    unit = part(campaign, "E01-A")
    browser = client(cast, "committee_secretary")
    url = reverse("plan:peak_add", args=[unit.pk])
    wrong = browser.post(url, {"peak-starts_on": "2026-08-10", "peak-ends_on": "2026-08-01"})
    assert wrong.status_code == 200 and not BusinessPeak.objects.exists()
    browser.post(url, {"peak-starts_on": "2026-08-01", "peak-ends_on": "2026-08-10", "peak-note": "高峰（示例）"})
    page = browser.get(reverse("plan:unit_calendar", args=[unit.pk])).content.decode()
    assert "高峰（示例）" in page and 'class="xf-peak"' in page
    peak = BusinessPeak.objects.get()
    other = part(campaign, "E01-C").pk
    assert browser.post(reverse("plan:peak_remove", args=[other, peak.pk])).status_code == 404
    browser.post(reverse("plan:peak_remove", args=[unit.pk, peak.pk]))
    assert not BusinessPeak.objects.exists()


def test_undo_by_page(cast, campaign):
    unit = part(campaign, "E01-A")
    before = spans(unit)
    change(unit, later(unit, "RECTIFY", 1))
    browser = client(cast, "committee_secretary")
    url = reverse("plan:undo", args=[unit.pk])
    assert "整改提高" in browser.get(url).content.decode()
    assert browser.post(url, {"reason": ""}).status_code == 200
    assert browser.post(url, {"reason": "误改（示例）"}).status_code == 302
    assert spans(unit) == before and ScheduleChange.objects.count() == 2
    page = browser.get(reverse("plan:unit_calendar", args=[unit.pk])).content.decode()
    assert "误改（示例）" in page and url not in page
    assert browser.post(url, {"reason": "再来（示例）"}).status_code == 200
