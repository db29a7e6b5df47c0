"""Error pages: in both languages, with a way out."""

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有这一页"), ("en", "Page not found")])
def test_not_found(client, language, words):
    client.cookies["language"] = language
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert words in response.content.decode() and 'href="/"' in response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "页面打开太久"), ("en", "open too long")])
def test_a_form_without_its_token(language, words):
    client = Client(enforce_csrf_checks=True)
    client.cookies["language"] = language
    response = client.post("/sign-in/", {"username": "x", "password": "y"})
    assert response.status_code == 403 and words in response.content.decode()


@override_settings(ROOT_URLCONF="tests.interface.urls")
def test_a_failure_answers_in_both_languages(client, cast):
    client.raise_request_exception = False
    response = client.get("/test-failure/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "没有完成" in page and "not completed" in page and 'href="/"' in page


@override_settings(ROOT_URLCONF="tests.interface.urls")
def test_not_allowed(signed_in):
    response = signed_in("office").get("/test-forbidden/")
    assert response.status_code == 403 and "切换身份" in response.content.decode()
