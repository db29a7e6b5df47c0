"""The demo, loaded once for all the tests of this folder."""

import pytest
from django.db import connection

from campaign.demo import load
from tests.demo.conftest import undone


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    with undone(django_db_blocker):
        loaded = load.load()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield loaded
