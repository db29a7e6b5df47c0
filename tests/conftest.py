"""Fixtures every test may use."""

import pytest
from django.conf import settings as configured
from django.utils import translation

from tests.cast import Cast, build


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("processes") is None)


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
