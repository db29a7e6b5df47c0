"""Fixtures every test may use."""

from typing import Any

import pytest
from django.conf import settings as configured
from django.utils import translation

from tests.cast import Cast, build
from tests.together import Together


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left with it at the end."""
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in ("long", "processes")))


@pytest.hookimpl(optionalhook=True)  # where one process runs all tests nobody asks
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """How the tests are parted among the workers."""
    return Together(config, log)


@pytest.fixture
def cast(db) -> Cast:
    """The shared cast of organisations, members and accounts."""
    return build()


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    """Signing in is tested, the cost of the hash is not."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _chinese():
    """Every test begins in the language of the product, whatever the one before has left."""
    with translation.override(configured.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _uploads_apart(settings, tmp_path_factory):
    """Files that tests store go to a folder of their own."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "uploads"
