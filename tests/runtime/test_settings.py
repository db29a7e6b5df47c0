"""Settings fail closed, and read addresses as they are written."""

import subprocess
import sys

import pytest

from config.settings import _broker, _database
from runtime.home import CHECKOUT
from tests.runtime.installation import clean_environment

OUTSIDE = {"DATABASE_URL": "postgres://x@localhost/x", "REDIS_URL": "redis://localhost/0"}
KEY = {"XIANFENG_SECRET_KEY": "given"}
SHOW = "import config.settings as s; print(s.DEBUG, s.PRODUCTION, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)"


def load(tmp_path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=CHECKOUT,
        env=clean_environment(tmp_path) | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        (KEY, "False True True True"),
        (KEY | {"XIANFENG_PRODUCTION": "1", "XIANFENG_LOCAL": "1"}, "False True True True"),
        (KEY | {"XIANFENG_LOCAL": "1"}, "False False False False"),
        (KEY | {"XIANFENG_DEBUG": "1"}, "True False False False"),
        (KEY | {"XIANFENG_DEBUG": "true"}, "False True True True"),
    ],
)
def test_production_unless_asked_otherwise(tmp_path, environment, shown):
    assert load(tmp_path, **environment).stdout.strip() == shown


@pytest.mark.parametrize(
    "environment",
    [{}, {"XIANFENG_LOCAL": "1"}, {"XIANFENG_DEBUG": "1"}, KEY | {"XIANFENG_DEBUG": "1", "XIANFENG_PRODUCTION": "1"}],
)
def test_refuses(tmp_path, environment):
    result = load(tmp_path, **environment)
    assert result.returncode == 1
    assert "ImproperlyConfigured" in result.stderr


def manage(tmp_path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=CHECKOUT,
        env=clean_environment(tmp_path) | environment,
        capture_output=True,
        text=True,
    )


def test_no_key_is_made_up_for_production(tmp_path):
    for environment in (OUTSIDE, {"XIANFENG_PRODUCTION": "1"}):
        assert "XIANFENG_SECRET_KEY" in manage(tmp_path, **environment).stderr
    assert not (tmp_path / "secret-key").exists()


def test_a_local_key_is_made_once_and_kept_private(tmp_path):
    assert manage(tmp_path).returncode == 0
    file = tmp_path / "secret-key"
    first = file.read_text()
    assert len(first) >= 50 and file.stat().st_mode & 0o777 == 0o600
    assert manage(tmp_path).returncode == 0
    assert file.read_text() == first


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://u:p%40ss@db.example:5433/x", ("x", "u", "p@ss", "db.example", "5433", {})),
        ("postgres://u@/x?host=/tmp/Folder", ("x", "u", "", "/tmp/Folder", "", {})),
        ("postgres://u@db/x?sslmode=verify-full", ("x", "u", "", "db", "", {"sslmode": "verify-full"})),
    ],
)
def test_database_addresses(url, expected):
    found = _database(url)
    assert tuple(found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://cache.example:6379/2", "redis://cache.example:6379/2"),
        ("rediss://:word@cache.example/0", "rediss://:word@cache.example/0"),
        ("unix:///tmp/v.sock?db=3", "redis+socket:///tmp/v.sock?virtual_host=3"),
        ("unix:///tmp/v.sock", "redis+socket:///tmp/v.sock?virtual_host=0"),
    ],
)
def test_broker_addresses(url, expected):
    assert _broker(url) == expected
