"""How much a visitor loads: at most 150 kB compressed the first time, 25 kB later."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

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


def test_hashed_files_are_made_without_a_hitch(settings, tmp_path):
    """What production serves: every file hashed and compressed, no reference left open."""
    settings.STATIC_ROOT = tmp_path
    backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert list(tmp_path.glob("css/base.*.css.br")) and (tmp_path / "staticfiles.json").exists()


def test_pages_travel_compressed_and_workbooks_as_they_are(signed_in, settings):
    settings.ROOT_URLCONF = "tests.interface.urls"
    client = signed_in("office")
    accepts = {"Accept-Encoding": "gzip"}
    assert client.get("/test-members/", headers=accepts).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/test-members/?export=xlsx", headers=accepts).headers
