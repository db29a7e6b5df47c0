"""One pair of servers for one home, however many programs want it.

The program that holds the lock ``owner`` runs the servers and writes their addresses into ``servers.json``.
The others join: as long as they hold ``guests`` (shared), a short-lived owner does not stop the servers.
Locks end with their process, so nothing has to be repaired after a crash.
"""

import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from runtime.home import Home, open_home, secret_key
from runtime.postgres import Postgres, ServerError
from runtime.valkey import Valkey

WAIT_SECONDS = 120


@dataclass
class Servers:
    """The servers that this process runs itself: those that no address of an outside one is given for."""

    home: Home
    postgres: Postgres | None
    valkey: Valkey | None

    @classmethod
    def wanted(cls, home: Home, durable: bool = True) -> "Servers":
        return cls(
            home,
            None if os.environ.get("DATABASE_URL") else Postgres(home, durable),
            None if os.environ.get("REDIS_URL") else Valkey(home),
        )

    @property
    def each(self) -> list[Postgres | Valkey]:
        return [server for server in (self.postgres, self.valkey) if server]

    def addresses(self) -> dict[str, str]:
        """The environment variables that lead to them."""
        found = {"DATABASE_URL": self.postgres, "REDIS_URL": self.valkey}
        return {name: server.url for name, server in found.items() if server}

    def start(self) -> None:
        """Start all, or none. Raises ``ServerError`` or ``HomeError``."""
        self.home.make_room()
        try:
            for server in self.each:
                server.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop all that run."""
        for server in reversed(self.each):
            server.stop()
        shutil.rmtree(self.home.sockets, ignore_errors=True)


@contextmanager
def _locked(path: Path, how: int) -> Iterator[IO[str]]:
    """Hold a lock on ``path``; with ``LOCK_NB`` raises ``BlockingIOError`` if another process holds it."""
    with path.open("a") as file:
        fcntl.flock(file, how)
        yield file


def _note(home: Home) -> Path:
    return home.path / "servers.json"


def described(home: Home) -> dict[str, str]:
    """What the owner has written: its addresses, process id and command; empty while there is none."""
    try:
        return json.loads(_note(home).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


@contextmanager
def own(home: Home, command: str) -> Iterator[Servers]:
    """Run the servers inside the block. Raises ``BlockingIOError`` while another program owns them."""
    with _locked(home.path / "owner.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
        _note(home).unlink(missing_ok=True)
        servers = Servers.wanted(home)
        servers.start()
        try:
            written = servers.addresses() | {"pid": str(os.getpid()), "command": command}
            aside = _note(home).with_suffix(f".{os.getpid()}")
            aside.touch(mode=0o600)
            aside.write_text(json.dumps(written))
            aside.replace(_note(home))
            yield servers
        finally:
            with ExitStack() as guests:
                if command != "up":  # a person who stops ``up`` means it
                    guests.enter_context(_locked(home.path / "guests.lock", fcntl.LOCK_EX))
                _note(home).unlink(missing_ok=True)
                servers.stop()


@contextmanager
def available(command: str) -> Iterator[None]:
    """Have a database and a broker inside the block, and their addresses in the environment."""
    home = open_home()
    local_environment(home)
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield
        return
    with ExitStack() as held:
        os.environ.update(_own_or_join(home, command, held))
        yield


def _own_or_join(home: Home, command: str, held: ExitStack) -> dict[str, str]:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            return held.enter_context(own(home, command)).addresses()
        except BlockingIOError:
            if found := _join(home, held):
                return found
        time.sleep(0.1)
    raise ServerError(
        f"Another program (process {described(home).get('pid', '?')}) starts the servers, but they do not answer."
    )


def _join(home: Home, held: ExitStack) -> dict[str, str]:
    """The addresses of a running pair, which stays for as long as ``held`` is open; empty when there is none."""
    with ExitStack() as trial:
        trial.enter_context(_locked(home.path / "guests.lock", fcntl.LOCK_SH))
        found = described(home)
        if not found or not _alive(int(found["pid"])):
            return {}
        held.push(trial.pop_all())
        return {name: found[name] for name in ("DATABASE_URL", "REDIS_URL") if name in found}


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def local_environment(home: Home) -> None:
    """Say that this is a local installation with a key of its own, unless production is asked for."""
    os.environ["XIANFENG_HOME"] = str(home.path)
    outside = os.environ.get("DATABASE_URL") and os.environ.get("XIANFENG_DEBUG") != "1"
    if os.environ.get("XIANFENG_PRODUCTION") == "1" or (outside and "up" not in sys.argv[1:2]):
        return
    os.environ.setdefault("XIANFENG_LOCAL", "1")
    os.environ.setdefault("XIANFENG_SECRET_KEY", secret_key(home))
