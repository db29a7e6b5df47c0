"""Signing in, the language, the menu, in a real browser."""

from tests.browser.conftest import DESK, PHONE, sign_in


def test_signs_in_by_keyboard_and_lands_in_the_menu(visit):
    page = visit(None)
    page.goto("/sign-in/")
    page.keyboard.type("branch_secretary")
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_selector("details.xf-menu")
    assert page.noise == []


def test_a_wrong_password_moves_the_focus_to_the_summary(visit):
    page = visit(None, "en")
    sign_in(page, "office", "wrong")
    page.wait_for_selector("#errors")
    assert page.evaluate("document.activeElement.id") == "errors"
    assert page.input_value("#id_username") == "office"


def test_changes_the_language_and_stays_on_the_page(visit):
    page = visit("office")
    page.goto("/account/")
    page.click(".xf-bar button[value=en]")
    page.wait_for_selector("html[lang=en]")
    assert page.url.endswith("/account/")


def test_the_menu_closes_by_escape_and_gives_the_focus_back(visit):
    page = visit("office")
    page.goto("/account/")
    page.click(".xf-menu summary")
    assert page.locator(".xf-menu[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".xf-menu[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_signs_out_from_the_menu(visit):
    page = visit("office", "zh-hans", PHONE)
    page.goto("/account/")
    page.click(".xf-menu summary")
    page.click(".xf-menu form button")
    page.wait_for_url("**/sign-in/")
    page.goto("/account/")
    assert "/sign-in/" in page.url


def test_bottom_tabs_on_a_phone_and_the_menu_on_a_desk(visit):
    phone, desk = visit("office", "zh-hans", PHONE), visit("office", "zh-hans", DESK)
    for page in (phone, desk):
        page.goto("/account/")
    assert phone.is_visible(".xf-tabs") and not phone.is_visible(".xf-nav")
    assert desk.is_visible(".xf-nav") and not desk.is_visible(".xf-tabs")
    assert 2 <= phone.locator(".xf-tabs a").count() <= 4


def test_a_form_is_sent_once_however_often_it_is_pressed(visit):
    page = visit(None)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/sign-in/")
    page.fill("#id_username", "office")
    page.fill("#id_password", "wrong")
    page.dblclick("main form button")
    page.wait_for_selector("#errors")
    assert len(sent) == 1
