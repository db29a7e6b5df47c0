"""A real browser against a live server: Debian's Chromium, the cast, helpers to sign in and to look."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from config.context import forget_facts
from tests.cast import PASSWORD, Cast, build
from tests.records import launch

# Playwright runs a loop in this thread; Django's database code is called from it, one call at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("XIANFENG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PHONE, DESK = 360, 1360
HEIGHTS = {PHONE: 740, DESK: 900}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without Chromium the tests of this folder are skipped, and say so."""
    if CHROMIUM:
        return
    here = os.path.dirname(__file__)
    skip = pytest.mark.skip(reason="BROWSER TESTS SKIPPED: Chromium is not installed (apt install chromium)")
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture
def stage(transactional_db) -> Cast:
    """The cast, with a campaign running."""
    with transaction.atomic():
        cast = build()
        launch()
    forget_facts()
    return cast


def session_cookie(stage: Cast, name: str, address: str) -> dict:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(stage.account[name], backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    return {"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": address}


@pytest.fixture
def visit(browser: Browser, live_server, stage: Cast) -> Iterator[Callable[..., Page]]:
    """``visit(role, language, width)``: a page of a fresh browser, signed in (``None``: a visitor).

    ``page.noise`` collects what the browser complains about.
    """
    contexts: list[BrowserContext] = []

    def enter(role: str | None, language: str = "zh-hans", width: int = DESK) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=width == PHONE,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
        if role:
            account = stage.fresh(role)
            account.language = language
            account.save(update_fields=["language"])
            context.add_cookies([session_cookie(stage, role, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.noise = []
        page.on("console", lambda message: _note(page, message))
        page.on("pageerror", lambda error: page.noise.append(f"page error: {error}"))
        page.on("requestfailed", lambda r: page.noise.append(f"request failed: {r.url} {r.failure}"))
        return page

    yield enter
    for context in contexts:
        context.close()


def _note(page: Page, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        page.noise.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Sign in at the door, as a person does."""
    page.goto("/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("main form button")


def findings(page: Page) -> list[str]:
    """What axe finds serious or critical on the page."""
    response = Axe().run(page).response
    return [
        f"{v['id']} ({v['impact']}): {node['html'][:160]}"
        for v in response["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


SPILLING = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !e.closest('.xf-scroll, .xf-desk, .xf-nav, .visually-hidden');
}).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing where it does not."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return (page.evaluate(SPILLING) or ["the page scrolls sideways"]) if wide else []
