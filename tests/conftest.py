"""Fixtures every test may use."""

import pytest

from tests.cast import Cast, build


@pytest.fixture
def cast(db) -> Cast:
    """The shared cast of organisations, members and accounts."""
    return build()
