"""How much a visitor loads: at most 150 kB compressed the first time, 25 kB later."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

FIRST, LATER = 150_000, 25_000

pytestmark = pytest.mark.django_db


def assets(page: str) -> set[str]:
    """The files of our own that a page loads, by their names below the static address."""
    return set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))


def test_first_and_later_visits(client):
    page = client.get("/sign-in/").content.decode()
    names = assets(page)
    assert len(names) > 5
    weights = [len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in names]
    own = len(gzip.compress(page.encode()))
    assert own <= LATER and own + sum(weights) <= FIRST
    print(f"first visit {own + sum(weights)} bytes, later {own} bytes")
