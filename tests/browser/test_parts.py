"""The generic list and the components in a real browser, on pages that only the tests have."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.pages import Page
from tests.browser.test_every_page import look

pytestmark = pytest.mark.urls("tests.interface.urls")
LIST = "/test-members/"


@pytest.mark.parametrize(
    ("name", "address"),
    [("parts", "/test-sampler/"), ("list", LIST + "?q=M02&sort=-code"), ("list-empty", LIST + "?q=x&kind=FULL")],
)
def test_parts(visit, stage, name, address):
    assert look(visit, Page(f"_{name}", lambda cast: address, "office"), address) == []


def first_code(page) -> str:
    return page.inner_text("#list tbody tr:first-child td:nth-child(2)")


def test_search_swaps_the_list_and_the_address_and_back_restores_both(visit):
    page = visit("office")
    page.goto(LIST)
    page.evaluate("window.mark = 1")
    page.fill("#list-q", "M03")
    page.press("#list-q", "Enter")
    page.wait_for_selector(".xf-chip")
    assert page.evaluate("window.mark") == 1 and "q=M03" in page.url
    assert first_code(page) == "M0301"
    page.click("#list thead a >> nth=1")
    page.wait_for_selector("[aria-sort=descending]")
    assert first_code(page) == "M0305" and "q=M03" in page.url
    page.go_back()
    page.wait_for_selector("[aria-sort=ascending]")
    assert first_code(page) == "M0301"
    assert page.noise == []


def test_a_chip_takes_its_condition_away(visit):
    page = visit("office", "zh-hans", PHONE)
    page.goto(LIST + "?q=M02&kind=FULL")
    page.click(".xf-chip >> nth=0")
    expect(page.locator(".xf-chip")).to_have_count(1)
    assert page.input_value("#list-q") == ""
    assert "kind=FULL" in page.url and "q=" not in page.url


def test_works_without_script(browser, live_server, stage, visit):
    page = visit("office")
    with_script = page.context
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(with_script.cookies())
    plain = context.new_page()
    plain.goto(LIST)
    plain.fill("#list-q", "M03")
    plain.click("#list-find")
    assert "q=M03" in plain.url and plain.locator("#list tbody tr").count() == 5
    plain.click(".xf-chip")
    assert plain.locator(".xf-chip").count() == 0
    context.close()
