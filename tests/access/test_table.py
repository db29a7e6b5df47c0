"""Walks the access table: every address × every role."""

from copy import deepcopy

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.table import ROLES, VISITOR, Row, rows
from tests.cast import Cast, add_account, build

TABLE = rows()


def url_names(resolver: URLResolver, namespace: str = "") -> set[str]:
    """Every url name of the project, with its namespace."""
    names: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            names |= url_names(entry, inner)
        elif isinstance(entry, URLPattern):
            names.add(f"{namespace}{entry.name or entry.pattern}")
    return names


def test_every_address_is_in_the_table():
    missing = url_names(get_resolver()) - {row.url_name for row in TABLE}
    assert not missing, f"no row in tests/access/rows for: {sorted(missing)}"


def test_the_table_lists_no_address_that_is_gone():
    assert not {row.url_name for row in TABLE} - url_names(get_resolver())


class _Undo(Exception):
    """Takes back what a request wrote, so that the next role meets the same state."""


def answer(client: Client, row: Row, session: str, url: str, data: dict) -> int:
    client.cookies.clear()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    found = 0
    try:
        with transaction.atomic():
            found = getattr(client, row.method)(url, data or row.query).status_code
            raise _Undo
    except _Undo:
        return found


def _signed_in(cast: Cast, role: str) -> str:
    """The session of somebody who has signed in, once for all rows."""
    if role == VISITOR:
        return ""
    client = Client()
    client.force_login(cast.fresh(role), backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def row_id(row: Row) -> str:
    return f"{row.method} {row.url_name}"


@pytest.fixture(scope="module")
def shared_cast(django_db_setup, django_db_blocker):
    """One cast for all rows: each row runs in a transaction inside this one, which is taken back in the end."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        cast = build()
        add_account(cast, "supervision_group", "GROUP_MEMBER", cast.org["A"])
        cast.sessions = {role: _signed_in(cast, role) for role in ROLES}
        yield cast
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def cast(shared_cast, db) -> Cast:
    """The shared cast as a row may change it: copies of its books, rows that go back to what they were."""
    return deepcopy(shared_cast)


@pytest.mark.parametrize("row", TABLE, ids=row_id)
def test_each_role_is_answered_as_the_table_says(row, cast):
    url = reverse(row.url_name, kwargs=row.kwargs(cast))
    data = row.data(cast)
    expected = {role: row.answer(role) for role in ROLES}
    client = Client()  # one for all roles: each new one would load the middleware anew
    found = {role: answer(client, row, cast.sessions[role], url, data) for role in ROLES}
    assert found == expected
