import pytest

from tests.cast import PASSWORD


@pytest.fixture
def signed_in(cast, client):
    """Sign in as one of the cast: ``signed_in("office")`` gives the client."""

    def enter(name: str):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def password() -> str:
    return PASSWORD
