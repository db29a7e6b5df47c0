"""Opens each page in both languages, in Chinese on a desk and on a phone, and looks."""

import gzip

import pytest
from django.conf import settings

from tests.browser.conftest import DESK, HEIGHTS, PHONE, findings, overflow
from tests.browser.pages import PAGES, Page

SCREENSHOTS = settings.BASE_DIR / "artifacts" / "screenshots"
TALLEST = 6000
# Chinese on both; English, whose words are longer, where there is least room for them. Axe once for each language.
WIDTHS = {"zh-hans": (DESK, PHONE), "en": (PHONE,)}
AXE = (("zh-hans", DESK), ("en", PHONE))
LATER = 25_000  # bytes of a page, compressed, for somebody who has been here before


def noise_of(page, expected: Page) -> list[str]:
    """What the browser complained about, but for the status a page is meant to have."""
    return [line for line in page.noise if not (expected.status != 200 and f"status of {expected.status}" in line)]


def photograph(page, expected: Page, language: str, width: int) -> None:
    """The whole page in one picture, so that what is fixed to its lower edge stands where it belongs."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(height, HEIGHTS[width]), TALLEST)})
    picture = SCREENSHOTS / language / str(width) / f"{expected.name}.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture, full_page=True)


def at_width(page, expected: Page, language: str, width: int) -> list[str]:
    """What is wrong with the open page on a screen of that width."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    problems = overflow(page)
    photograph(page, expected, language, width)
    if (language, width) in AXE:
        problems += findings(page)
    return [f"{width}: {problem}" for problem in problems]


def look(visit, expected: Page, address: str) -> list[str]:
    """What is wrong with a page, in both languages."""
    return [problem for language in WIDTHS for problem in in_language(visit, expected, address, language)]


def in_language(visit, expected: Page, address: str, language: str) -> list[str]:
    page = visit.window(expected.role, language)
    response = page.goto(address)
    page.locator(".htmx-request").first.wait_for(state="detached")  # what a page asks for afterwards belongs to it
    problems = [problem for width in WIDTHS[language] for problem in at_width(page, expected, language, width)]
    if response.status != expected.status:
        problems.append(f"answers {response.status}")
    weight = len(gzip.compress(response.body()))
    if weight > LATER:
        problems.append(f"weighs {weight} bytes compressed")
    problems += noise_of(page, expected)
    shown = page.evaluate("document.documentElement.lang")
    if shown != ("en" if language == "en" else "zh-Hans"):
        problems.append(f"is in {shown}")
    return [f"{language} {problem}" for problem in problems]


@pytest.mark.django_db
@pytest.mark.parametrize("expected", PAGES, ids=lambda page: page.name)
def test_page(standing, expected):
    assert not (problems := look(standing, expected, standing.run(expected.url, standing.stage))), "\n".join(problems)


def test_every_name_is_used_once():
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))
