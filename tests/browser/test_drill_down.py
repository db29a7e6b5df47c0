"""From the whole country down to the branch and to the record behind one coloured cell."""

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from campaign.progress import actions
from tests.browser.conftest import DESK, PHONE, findings, overflow


@pytest.fixture
def folded(stage):
    """The stage with its summaries folded, as the worker does every second."""
    with transaction.atomic():
        actions.fold()
    return stage


def healthy(page: Page) -> list[str]:
    """Everything the browser, axe and the ruler complain about."""
    return page.noise + findings(page) + overflow(page)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_office_drills_from_the_country_to_the_record(folded, visit, width):
    page = visit("office", width=width)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("总览")
    expect(page.locator("#stuck .table").first).to_be_visible()
    assert healthy(page) == []
    for code in ("E01-DZ", "A", "G"):
        page.locator("table.xf-heat").get_by_role("link", name=folded.org[code].name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(folded.org[code].name)
        expect(page.locator("#stuck .table, #stuck p").first).to_be_visible()
        assert healthy(page) == [], code
    row = page.locator("table.xf-heat tbody tr").filter(has_text=folded.org["B2"].name)
    row.locator("td a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(folded.org["B2"].name)
    line = page.locator(".xf-line > li").first
    line.get_by_text("为什么").click()
    expect(line.locator("details .xf-rows")).to_be_visible()
    assert healthy(page) == []


def test_each_step_leads_back_up_the_chain(folded, visit):
    page = visit("office")
    page.goto(f"/progress/{folded.org['B2'].pk}/")
    crumbs = page.locator("ol.breadcrumb a")
    expect(crumbs).to_have_text([folded.org[code].name for code in ("ROOT", "E01-DZ", "A", "G")])
    crumbs.nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(folded.org["E01-DZ"].name)


def test_filters_stay_in_the_address_and_in_the_export(folded, visit):
    page = visit("office")
    page.goto(f"/progress/{folded.org['G'].pk}/")
    page.select_option("#f-behind", "1")
    page.locator(".xf-tools button").click()
    assert "behind=1" in page.url
    assert "behind=1" in page.get_by_role("link", name="导出 Excel").get_attribute("href")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename == "progress-G.xlsx"


def test_a_branch_secretary_sees_the_week_on_a_phone(folded, visit):
    page = visit("branch_secretary", width=PHONE)
    page.goto("/")
    expect(page).to_have_url(f"{page.url.split('/week')[0]}/week/")
    expect(page.locator(".xf-todo li").first).to_be_visible()
    assert healthy(page) == []


def test_who_is_stuck_is_reached_without_script(folded, browser, live_server, stage):
    from tests.browser.conftest import session_cookie

    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([session_cookie(stage, "office", live_server.url)])
    page = context.new_page()
    page.goto("/progress/")
    page.locator("#stuck a").click()
    expect(page.locator(".table").first).to_be_visible()
    context.close()
