"""The day, and the campaign."""

import pytest
from django.core.cache import cache

from enterprises import clock
from tests.opinions.given import TODAY, launched


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    """Counts and models of the test before are forgotten."""
    cache.clear()


@pytest.fixture
def campaign(cast):
    return launched()
