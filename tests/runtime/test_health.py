"""The two health pages."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.utils import OperationalError
from redis.exceptions import ConnectionError

from runtime import health


@pytest.fixture(autouse=True)
def _forget(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)


def test_alive_without_a_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": True, "broker": True, "migrations": True}


def test_not_ready_without_the_broker(client, db, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "set", refuse, raising=False)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["broker"] is False


def test_not_ready_without_the_database(client, db, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=refuse))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": False, "broker": True, "migrations": False}


def test_not_ready_before_migration(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'campaign'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] is False


@pytest.mark.parametrize("page", ["/healthz", "/readyz"])
def test_nothing_is_changed_there(client, db, page):
    assert client.post(page).status_code == 405
