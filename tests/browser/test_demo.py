"""The pages people see first, with the demo behind them: long names, many rows, every state.

One picture is that of the README: copy it from artifacts/ to docs/images/ when the overview has changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from campaign.demo import load
from config.context import forget_facts
from enterprises.models import Account
from tests.browser.conftest import DESK, Visitors, standing_visitors
from tests.browser.pages import Page
from tests.browser.test_every_page import SCREENSHOTS, look

pytestmark = pytest.mark.django_db


@dataclass
class Demo:
    """The demo's accounts by name."""

    def fresh(self, name: str) -> Account:
        return Account.objects.get(username=name)


def build_demo() -> Demo:
    load.load()
    forget_facts()
    return Demo()


@pytest.fixture(scope="module")
def demo(browser, django_db_setup, django_db_blocker) -> Iterator[Visitors]:
    with standing_visitors(browser, django_db_blocker, build_demo) as visitors:
        yield visitors


PAGES = [
    Page("demo-office", lambda cast: "/progress/?campaign=2005-second-batch", "office"),
    Page("demo-enterprise", lambda cast: "/", "enterprise"),
    Page("demo-committee", lambda cast: "/", "committee"),
    Page("demo-secretary", lambda cast: "/", "secretary"),
    Page("demo-organizations", lambda cast: "/organizations/", "office"),
    Page("demo-members", lambda cast: "/members/", "committee"),
    Page("demo-meetings", lambda cast: "/meetings/", "secretary"),
    Page("demo-make-ups", lambda cast: "/makeups/", "secretary"),
    Page("demo-calendar", lambda cast: "/calendar/", "office"),
]


@pytest.mark.parametrize("expected", PAGES, ids=lambda page: page.name)
def test_page_of_the_demo(demo, expected):
    assert not (problems := look(demo, expected, expected.url(demo.stage))), "\n".join(problems)


def test_the_picture_of_the_readme(demo):
    """What docs/images/overview.png shows: the head of the office's overview, light enough to be kept."""
    page = demo("office", "zh-hans", DESK)
    page.set_viewport_size({"width": DESK, "height": 1240})
    page.goto("/progress/?campaign=2005-second-batch")
    picture = SCREENSHOTS / "readme" / "overview.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture, clip={"x": 0, "y": 0, "width": DESK, "height": 1240})
    assert 20_000 < picture.stat().st_size < 200_000
