"""Chinese by default, English by choice, remembered."""

import pytest

from enterprises.models import Account

pytestmark = pytest.mark.django_db


def test_chinese_is_the_default_whatever_the_browser_wants(client):
    response = client.get("/sign-in/", headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans">' in response.content.decode()


def test_a_visitor_keeps_the_choice_in_a_cookie(client):
    response = client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert response.headers["Location"] == "/sign-in/"
    assert '<html lang="en">' in client.get("/sign-in/").content.decode()


def test_an_account_keeps_the_choice_on_every_machine(cast, signed_in, client):
    signed_in("office").post("/language/", {"language": "en"})
    assert Account.objects.get(username="office").language == "en"
    client.cookies.pop("language")
    assert client.get("/account/").headers["Content-Language"] == "en"


def test_an_unknown_language_changes_nothing(cast, signed_in):
    client = signed_in("office")
    client.post("/language/", {"language": "xx"})
    assert Account.objects.get(username="office").language == "zh-hans"
    assert "language" not in client.cookies


def test_the_way_back_stays_on_this_site(client):
    response = client.post("/language/", {"language": "en", "next": "https://example.invalid/"})
    assert response.headers["Location"] == "/"
