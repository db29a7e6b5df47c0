"""From the whole country down to the branch and to the record behind one coloured cell."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from campaign.meetings import actions as meetings
from campaign.plan.models import Campaign
from campaign.progress.actions import fold
from tests.browser.conftest import DESK, PHONE, Visitors, build_stage, findings, overflow, standing_visitors
from tests.cast import Cast
from tests.records import told

pytestmark = pytest.mark.django_db
TITLE = "学习动员大会（示例）"


def stage_with_a_meeting() -> Cast:
    """The stage with one meeting on record and its summaries folded, as the worker does every second."""
    cast = build_stage()
    record = told("MOBILISATION", title=TITLE, campaign=Campaign.objects.get())
    meetings.log(by=None, organization=cast.org["B2"], record=record)
    fold()
    return cast


@pytest.fixture(scope="module")
def visit(browser: Browser, django_db_setup, django_db_blocker) -> Iterator[Visitors]:
    with standing_visitors(browser, django_db_blocker, stage_with_a_meeting) as visitors:
        yield visitors


def healthy(page: Page) -> list[str]:
    """Everything the browser, axe and the ruler complain about."""
    return page.noise + findings(page) + overflow(page)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_office_drills_from_the_country_to_the_record(visit, width):
    page = visit("office", width=width)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("总览")
    expect(page.locator("#stuck .table").first).to_be_visible()
    assert healthy(page) == []
    for code in ("E01-DZ", "A", "G"):
        page.locator("table.xf-heat").get_by_role("link", name=visit.stage.org[code].name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(visit.stage.org[code].name)
        expect(page.locator("#stuck .table, #stuck p").first).to_be_visible()
        assert healthy(page) == [], code
    row = page.locator("table.xf-heat tbody tr").filter(has_text=visit.stage.org["B2"].name)
    row.locator("td a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(visit.stage.org["B2"].name)
    line = page.locator(".xf-line > li").first
    line.get_by_text("为什么").click()
    expect(line.locator("details .xf-rows")).to_be_visible()
    assert healthy(page) == []
    line.locator("details .xf-rows").get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    assert page.noise == []


def test_each_step_leads_back_up_the_chain(visit):
    page = visit("office")
    page.goto(f"/progress/{visit.stage.org['B2'].pk}/")
    crumbs = page.locator("ol.breadcrumb a")
    expect(crumbs).to_have_text([visit.stage.org[code].name for code in ("ROOT", "E01-DZ", "A", "G")])
    crumbs.nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(visit.stage.org["E01-DZ"].name)


def test_filters_stay_in_the_address_and_in_the_export(visit):
    page = visit("office")
    page.goto(f"/progress/{visit.stage.org['G'].pk}/")
    page.select_option("#f-behind", "1")
    page.locator(".xf-tools button").click()
    assert "behind=1" in page.url
    assert "behind=1" in page.get_by_role("link", name="导出 Excel").get_attribute("href")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename == "progress-G.xlsx"


def test_a_branch_secretary_sees_the_week_on_a_phone(visit):
    page = visit("branch_secretary", width=PHONE)
    page.goto("/")
    expect(page).to_have_url(f"{page.url.split('/week')[0]}/week/")
    expect(page.locator(".xf-todo li").first).to_be_visible()
    assert healthy(page) == []


def test_who_is_stuck_is_reached_without_script(visit):
    context = visit.browser.new_context(base_url=visit.address, java_script_enabled=False)
    context.add_cookies([visit.run(visit.session_cookie, "office", "zh-hans")])
    page = context.new_page()
    page.goto("/progress/")
    page.locator("#stuck a").click()
    expect(page.locator(".table").first).to_be_visible()
    context.close()
