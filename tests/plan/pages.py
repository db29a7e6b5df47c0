"""Opening pages as somebody of the cast."""

from django.test import Client

from tests.cast import Cast


def client(cast: Cast, name: str) -> Client:
    """A browser in which the account is signed in."""
    browser = Client()
    browser.force_login(cast.fresh(name), backend="django.contrib.auth.backends.ModelBackend")
    return browser
