"""A whole installation in a folder of its own, started and stopped as a person would do it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from runtime.home import CHECKOUT, OUTSIDE, identity

READY_SECONDS = 240  # generous: the tests run in parallel on small machines
GONE_SECONDS = 10


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def clean_environment(home: Path) -> dict[str, str]:
    """What a person's shell would have: nothing of the test run's own servers and settings."""
    leave_out = ("XIANFENG_", "DATABASE_URL", "REDIS_URL", "DJANGO_", "PYTEST_", "CELERY_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(leave_out)}
    return kept | {"XIANFENG_HOME": str(home), "XIANFENG_WEB_WORKERS": "1"}


@dataclass
class Installation:
    """``prefix`` runs a command as somebody else; ``python`` is an interpreter that this somebody may use."""

    home: Path
    checkout: Path = CHECKOUT
    python: str = sys.executable
    prefix: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    running: subprocess.Popen | None = None

    @property
    def spoken(self) -> Path:
        """What the last ``up`` has said: in a file, so that it can be read while it runs."""
        return self.home.with_name(f"{self.home.name}.said")

    def start(self, command: str, *arguments: str, output: int | IO = subprocess.PIPE) -> subprocess.Popen:
        return subprocess.Popen(
            [*self.prefix, self.python, "manage.py", command, *arguments],
            cwd=self.checkout,
            env=clean_environment(self.home) | self.extra,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def command(self, *arguments: str, seconds: int = READY_SECONDS) -> tuple[int, str]:
        """Run a command to its end; its exit code and all it said."""
        process = self.start(*arguments)
        said = process.communicate(timeout=seconds)[0]
        return process.returncode, said

    def up(self) -> None:
        """Start, and wait until it says ready: a part that dies before that is no restart but a failed start."""
        with self.spoken.open("w") as output:
            self.running = self.start("up", "--port", str(self.port), output=output)
        deadline = time.monotonic() + READY_SECONDS
        while "Ready: " not in self.spoken.read_text():
            if self.running.poll() is not None:
                raise AssertionError(self.spoken.read_text())
            assert time.monotonic() < deadline, "not ready"
            time.sleep(0.1)

    def answers(self, page: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{page}", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def end(self, number: int) -> tuple[int, str]:
        """Send the supervisor a signal; its exit code and all it said."""
        assert self.running
        self.running.send_signal(number)
        return self.running.wait(timeout=60), self.spoken.read_text()

    def processes(self, *words: str) -> list[int]:
        """Processes of this installation whose command has all ``words``."""
        folders = [str(folder) for folder in (self.home, *self._elsewhere())]
        found = []
        for entry in Path("/proc").iterdir():
            try:
                ours = f"XIANFENG_HOME={self.home}".encode() in (entry / "environ").read_bytes().split(b"\0")
                # Valkey writes its title over its environment: it is known by where it works.
                ours = ours or os.readlink(entry / "cwd").startswith(tuple(folders))
                line = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if ours and all(word in line for word in words):
                found.append(int(entry.name))
        return found

    def _elsewhere(self) -> list[Path]:
        """Where the servers of root keep their files when others cannot enter the home."""
        notes = OUTSIDE.glob("*/belongs-to")
        return [note.parent for note in notes if note.read_text().strip() == str(self.home)]

    def wait_until_gone(self) -> None:
        """Raises ``AssertionError`` when something is still running after a few seconds."""
        deadline = time.monotonic() + GONE_SECONDS
        while left := self.processes():
            if time.monotonic() > deadline:
                raise AssertionError([(Path("/proc") / str(p) / "cmdline").read_bytes() for p in left])
            time.sleep(0.1)

    def remove(self) -> None:
        """End by force what a failed test has left, and delete the folders."""
        for process in self.processes():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.running:
            self.running.wait()
        sockets = Path("/tmp") / f"xianfeng-{identity(self.home)}"
        for folder in (self.home, sockets, *self._elsewhere()):
            shutil.rmtree(folder, ignore_errors=True)
        self.spoken.unlink(missing_ok=True)


def new_home(mode: int = 0o755) -> Path:
    """A folder that a server of another account can get through to, unless ``mode`` says otherwise."""
    folder = Path(tempfile.mkdtemp(prefix="xianfeng-home-"))
    folder.chmod(mode)
    return folder
