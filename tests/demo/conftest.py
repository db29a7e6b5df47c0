"""What the demo and the generator write, rolled back behind the tests that look at it.

They are one group for the workers of a run, so that one of them writes it and none of the others does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from campaign.demo import large
from enterprises import clock

HERE = Path(__file__).parent
DAY = clock.datetime(2026, 3, 18, 12, tzinfo=clock.ZONE)


@contextmanager
def undone(blocker) -> Iterator[None]:
    """A block whose rows are gone afterwards, whatever the scope of the fixture that opens it."""
    with blocker.unblock(), clock.fixed(DAY), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of this folder on one worker."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("demo"))


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
