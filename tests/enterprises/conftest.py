"""A browser without script for every account of the cast, and a fixed day."""

from datetime import date

import pytest
from django.test import Client

from enterprises import clock

TODAY = date(2025, 9, 1)


@pytest.fixture
def today():
    with clock.fixed(TODAY):
        yield TODAY


@pytest.fixture
def browse(cast):
    """``browse("office")`` is signed in as that account; pages are asked for in English."""

    def sign_in(name: str) -> Client:
        account = cast.account[name]
        account.language = "en"
        account.save()
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def text(response) -> str:
    """The page as text."""
    return response.content.decode()
