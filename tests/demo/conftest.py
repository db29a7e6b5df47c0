"""What the demo and the generator write, rolled back behind the tests that look at it: once for each worker."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from campaign.demo import large
from enterprises import clock

DAY = clock.datetime(2026, 3, 18, 12, tzinfo=clock.ZONE)


@contextmanager
def undone(blocker) -> Iterator[None]:
    """A block whose rows are gone afterwards, whatever the scope of the fixture that opens it."""
    with blocker.unblock(), clock.fixed(DAY), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A small campaign of make_campaign: the rows written, by table."""
    with undone(django_db_blocker):
        yield large.make(branches=200, members=3600, seed=4)


def checksum(*tables: str) -> str:
    """A checksum over the content of tables, ids included, whatever the order of the rows."""
    with connection.cursor() as cursor:
        sums = []
        for table in tables:
            cursor.execute(f"SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {table} t")
            sums.append(f"{table} {cursor.fetchone()}")
    return "\n".join(sums)
