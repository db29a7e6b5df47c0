"""A real browser against a live server: Debian's Chromium, the cast, helpers to sign in and to look."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request
from pytest_django.live_server_helper import LiveServer

from campaign.progress.actions import fold
from config.context import forget_facts
from tests.cast import PASSWORD, Cast, build
from tests.records import launch

# Playwright runs a loop in this thread; Django's database code is called from it, one call at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The shell has no windows to look after: a page takes about a quarter less processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("XIANFENG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
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
    skip = pytest.mark.skip(
        reason="BROWSER TESTS SKIPPED: Chromium is not installed (apt install chromium-headless-shell)"
    )
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


def build_stage() -> Cast:
    """The cast, with a campaign running."""
    with transaction.atomic():
        cast = build()
        launch()
    fold()
    forget_facts()
    return cast


@pytest.fixture
def stage(transactional_db) -> Cast:
    """The cast with a campaign running, for one test."""
    return build_stage()


class Visitors:
    """Opens browsers on the stage. Calling it gives a page of a fresh one, signed in (``None``: a visitor)."""

    def __init__(self, browser: Browser, address: str, stage: Cast) -> None:
        self.browser, self.address, self.stage = browser, address, stage
        self.contexts: list[BrowserContext] = []
        self.windows: dict[str | None, Page] = {}

    def __call__(self, role: str | None, language: str = "zh-hans", width: int = DESK) -> Page:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=width == PHONE,
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        if role:
            context.add_cookies([self.run(self.session_cookie, role, language)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        listen(page)
        return page

    def window(self, role: str | None, language: str) -> Page:
        """A page that stays open for that role, in that language: its files are loaded once, as for a person."""
        page = self.windows.get(role)
        if page is None:
            page = self.windows[role] = self(role, language)
        elif role:
            self.run(self.speak, role, language)
        page.context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        page.noise.clear()
        return page

    def speak(self, role: str, language: str) -> None:
        """Choose the language of an account."""
        account = self.stage.fresh(role)
        account.language = language
        account.save(update_fields=["language"])

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call ``function`` in another thread: on a connection of its own, so that the server sees the result."""

        def work() -> Any:
            try:
                return function(*arguments)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(work).result()

    def session_cookie(self, role: str, language: str) -> dict:
        """The cookie of somebody who has signed in."""
        self.speak(role, language)
        client = Client()
        client.force_login(self.stage.fresh(role), backend="django.contrib.auth.backends.ModelBackend")
        key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        return {"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": self.address}

    def leave(self) -> None:
        """Close every browser opened."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def visit(browser: Browser, live_server, stage: Cast) -> Iterator[Visitors]:
    """``visit(role, language, width)``; ``page.noise`` collects what the browser complains about."""
    visitors = Visitors(browser, live_server.url, stage)
    yield visitors
    visitors.leave()


@contextmanager
def standing_visitors(browser: Browser, blocker, set_up: Callable[[], Any]) -> Iterator[Visitors]:
    """Visitors of a stage and a server that last for a whole module."""
    with blocker.unblock():
        if not connection.settings_dict["NAME"].startswith("test_"):
            pytest.fail("a module that looks at a standing stage must be marked django_db")
        visitors = Visitors(browser, "", set_up())
        server = LiveServer("localhost")
        visitors.address = server.url
        with server._live_server_modified_settings:
            yield visitors
        visitors.leave()
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def standing(browser: Browser, django_db_setup, django_db_blocker) -> Iterator[Visitors]:
    """``visit`` for a module that only looks: stage and server are set up once.

    Such a module is marked ``django_db`` (without the mark the database of the tests is not set up). What
    its tests write must go through ``standing.run``, outside of the transaction of the single test.
    """
    with standing_visitors(browser, django_db_blocker, build_stage) as visitors:
        yield visitors


# A slow 3G network: 400 kbit/s, 400 ms there and back; and the seconds in which a first view has to be there.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
FIRST_VIEW = 5


def slow_phone(visit: Visitors) -> Page:
    """A small phone whose browser runs no script, on a slow network."""
    context = visit.browser.new_context(
        base_url=visit.address,
        viewport={"width": PHONE, "height": HEIGHTS[PHONE]},
        java_script_enabled=False,
        has_touch=True,
        locale="zh-CN",
    )
    visit.contexts.append(context)
    page = context.new_page()
    listen(page)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    return page


def seconds_to_open(page: Page, address: str) -> float:
    """How long the page and everything on it took to arrive."""
    began = time.monotonic()
    page.goto(address, wait_until="load")
    return time.monotonic() - began


def press(button: Locator) -> None:
    """Click what leads to another page and wait until all of it has arrived, so that what is counted is whole."""
    with button.page.expect_event("load"):
        button.click()


def listen(page: Page) -> None:
    """Collect on ``page.noise`` what the browser complains about."""
    page.noise = []
    page.on("console", lambda message: _note(page, message))
    page.on("pageerror", lambda error: page.noise.append(f"page error: {error}"))
    page.on("requestfailed", lambda request: _failed(page, request))


def _failed(page: Page, request: Request) -> None:
    """What a page was still asking for when somebody went on to the next is given up, and nothing is wrong."""
    if request.failure != "net::ERR_ABORTED":
        page.noise.append(f"request failed: {request.url} {request.failure}")


def _note(page: Page, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        page.noise.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Sign in at the door, as a person does."""
    page.goto("/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("main form button")


AXE = Axe().axe_script
# Only what axe may find serious or critical: the rest of its rules is for reading, not for failing. It does not fetch
# the style sheets anew, for one rule about turning the phone.
SERIOUS = """() => axe.run({resultTypes: ["violations"], preload: false}).then(found => found.violations
  .filter(v => ["serious", "critical"].includes(v.impact))
  .flatMap(v => v.nodes.map(node => `${v.id} (${v.impact}): ${node.html.slice(0, 160)}`)))"""


def findings(page: Page) -> list[str]:
    """What axe finds serious or critical on the page. It is loaded once for each page, whatever its width."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return page.evaluate(SERIOUS)


SPILLING = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !e.closest('.xf-scroll, .xf-desk, .xf-nav, .visually-hidden');
}).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing where it does not."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return (page.evaluate(SPILLING) or ["the page scrolls sideways"]) if wide else []
