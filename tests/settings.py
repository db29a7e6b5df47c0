"""Settings of the tests: servers first, then the product's own settings with every worker kept apart."""

import os
from urllib.parse import urlsplit

from tests import servers

os.environ.setdefault("XIANFENG_DEBUG", "1")  # static files straight from their folders
os.environ.setdefault("XIANFENG_SECRET_KEY", "for-tests-only")
servers.start()

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES  # noqa: E402

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


def _own_database(url: str) -> str:
    """A database of its own for each worker: emptying a cache empties the whole of it, whatever the prefix."""
    number = 0 if WORKER == "alone" else int(WORKER.removeprefix("gw")) % 15 + 1
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return parts._replace(path=f"/{number}").geturl()


if WORKER != "alone":
    CACHES["default"]["LOCATION"] = _own_database(CACHES["default"]["LOCATION"])
CACHES["default"]["KEY_PREFIX"] = f"test-{WORKER}"
CELERY_TASK_DEFAULT_QUEUE = f"test-{WORKER}"
