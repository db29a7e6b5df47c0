"""Commands work while ``up`` is not running, several at a time, and with outside servers."""

import os
import uuid

import psycopg2
import pytest
from django.conf import settings

from tests.runtime.installation import Installation, new_home

pytestmark = pytest.mark.processes
COUNT = "from django.db import connection as c; k = c.cursor(); k.execute('CREATE TABLE IF NOT EXISTS trial (n int)'); "


@pytest.fixture(scope="module")
def installation():
    installation = Installation(new_home())
    yield installation
    installation.remove()


def test_a_command_brings_its_servers_and_takes_them_away(installation):
    code, said = installation.command("shell", "-c", COUNT + "print('there')")
    assert code == 0 and "there" in said
    assert not installation.processes()
    assert not (installation.home / "servers.json").exists()


def test_commands_at_the_same_time_share_the_servers(installation):
    insert = (
        COUNT.replace("; k.execute", "; import time; k.execute")
        + "time.sleep({}); k.execute('INSERT INTO trial VALUES (1)')"
    )
    installation.command("shell", "-c", COUNT)
    started = [installation.start("shell", "-c", insert.format(pause)) for pause in (0.1, 1.0, 2.0, 0.3)]
    said = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    code, count = installation.command(
        "shell", "-c", COUNT + "k.execute('SELECT count(*) FROM trial'); print(k.fetchone())"
    )
    assert "(4,)" in count
    assert not installation.processes()


def test_a_failing_command_fails_and_leaves_nothing(installation):
    code, said = installation.command("shell", "-c", "raise SystemExit(7)")
    assert code == 7, said
    assert not installation.processes()


@pytest.mark.parametrize("arguments", [["help"], ["up", "--help"], ["messages", "--help"], ["check"]])
def test_no_servers_where_none_are_needed(arguments):
    installation = Installation(new_home())
    try:
        code, said = installation.command(*arguments)
        assert code == 0, said
        assert not list(installation.home.glob("servers/postgres-*"))
    finally:
        installation.remove()


@pytest.fixture
def outside():
    """The address of a new, empty database on a server that is not ours to start."""
    name = f"outside_{uuid.uuid4().hex[:12]}"
    with_name = os.environ["DATABASE_URL"].partition("?")
    base = with_name[0].rpartition("/")[0]
    connection = psycopg2.connect(f"{base}/postgres{with_name[1]}{with_name[2]}")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield f"{base}/{name}{with_name[1]}{with_name[2]}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def test_outside_servers_are_used(outside):
    addresses = {"DATABASE_URL": outside, "REDIS_URL": settings.REDIS_URL, "XIANFENG_SECRET_KEY": "outside"}
    installation = Installation(new_home(), extra=addresses)
    try:
        code, said = installation.command("migrate", "--verbosity", "0")
        assert code == 0, said
        with psycopg2.connect(outside) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            assert cursor.fetchone()[0] > 0
        assert not list(installation.home.glob("servers/*")), "embedded servers were made all the same"
    finally:
        installation.remove()
