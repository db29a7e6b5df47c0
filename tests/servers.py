"""The servers of a test run: started once, by the process that leads the run, in a home of its own.

With ``DATABASE_URL`` and ``REDIS_URL`` set, those are used. ``XIANFENG_POSTGRES_BIN`` picks another PostgreSQL.
"""

import atexit
import os
import tempfile
from pathlib import Path

from runtime.home import open_home
from runtime.servers import Servers


def start() -> None:
    """Start what is missing and say where it is; workers inherit the addresses. Without fsync."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    folder = Path(tempfile.mkdtemp(prefix="xianfeng-test-"))
    folder.chmod(0o755)  # as root the servers run as another account, which has to get through
    (folder / "static").mkdir()
    home = open_home(folder)
    atexit.register(home.remove)
    servers = Servers.wanted(home, durable=False)
    servers.start()
    atexit.register(servers.stop)
    os.environ.setdefault("XIANFENG_HOME", str(folder))
    os.environ.update(servers.addresses())
