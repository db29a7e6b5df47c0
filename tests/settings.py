"""Settings of the tests: servers first, then the product's own settings with every worker kept apart."""

import os

from tests import servers

os.environ.setdefault("XIANFENG_DEBUG", "1")  # static files straight from their folders
os.environ.setdefault("XIANFENG_SECRET_KEY", "for-tests-only")
servers.start()

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES  # noqa: E402

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
CACHES["default"]["KEY_PREFIX"] = f"test-{WORKER}"
CELERY_TASK_DEFAULT_QUEUE = f"test-{WORKER}"
