"""Opens each page in both languages, on a desk and on a phone, and looks."""

import gzip

import pytest
from django.conf import settings

from tests.browser.conftest import DESK, PHONE, findings, overflow
from tests.browser.pages import PAGES, Page

SCREENSHOTS = settings.BASE_DIR / "artifacts" / "screenshots"
TALLEST = 6000
LATER = 25_000  # bytes of a page, compressed, for somebody who has been here before


def noise_of(page, expected: Page) -> list[str]:
    """What the browser complained about, but for the status a page is meant to have."""
    return [line for line in page.noise if not (expected.status != 200 and f"status of {expected.status}" in line)]


def look(visit, expected: Page, address: str, language: str, width: int) -> list[str]:
    page = visit(expected.role, language, width)
    response = page.goto(address)
    # The whole page in one window, so that what is fixed to its lower edge stands where it belongs.
    height = page.evaluate("document.documentElement.scrollHeight")
    problems = overflow(page)
    page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
    picture = SCREENSHOTS / language / str(width) / f"{expected.name}.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture, full_page=True)
    if response.status != expected.status:
        problems.append(f"answers {response.status}")
    weight = len(gzip.compress(response.body()))
    if weight > LATER:
        problems.append(f"weighs {weight} bytes compressed")
    problems += noise_of(page, expected)
    if not (language == "en" and width == PHONE):  # its words are those of the desk, its layout the Chinese one's
        problems += findings(page)
    shown = page.evaluate("document.documentElement.lang")
    if shown != ("en" if language == "en" else "zh-Hans"):
        problems.append(f"is in {shown}")
    page.context.close()
    return [f"{language} {width}: {problem}" for problem in problems]


@pytest.mark.django_db
@pytest.mark.parametrize("expected", PAGES, ids=lambda page: page.name)
def test_page(standing, expected):
    address = standing.run(expected.url, standing.stage)
    problems = []
    for language in ("zh-hans", "en"):
        for width in (DESK, PHONE):
            problems += look(standing, expected, address, language, width)
    assert not problems, "\n".join(problems)


def test_every_name_is_used_once():
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))
