"""``up``: one program that runs database, broker, web, worker and beat, and ends them with itself."""

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from runtime import process
from runtime.home import CHECKOUT, Home, open_home
from runtime.postgres import Postgres, last_lines
from runtime.servers import Servers, described, local_environment, own
from runtime.valkey import Valkey

HELP = "Run everything: database and broker (unless outside ones are configured), web, worker and beat."
HOST = "127.0.0.1"
READY_SECONDS = 90
LONGEST_PAUSE = 60.0  # seconds between two attempts to start a part again
SETTLED = 60.0  # seconds after which a part counts as running well


class Stop(Exception):
    """INT or TERM has come."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="load the demo if the database is empty")
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (default: 8000)")


def main(arguments: list[str]) -> int:
    """The command line of ``up``; returns the exit code."""
    parser = argparse.ArgumentParser(prog="manage.py up", description=HELP)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    return run(demo=options.demo, port=options.port)


def run(*, demo: bool, port: int) -> int:
    """Serve until INT or TERM. Returns 0 after a clean stop, 1 when it could not start."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    home = open_home()
    local_environment(home)
    try:
        _check_port(port)
        with _own_when_free(home) as servers:
            os.environ.update(servers.addresses())
            _prepare(demo)
            _serve(home, servers, port, demo)
    except Stop:
        say("Stopped.")
        return 0
    return 1


def say(text: str) -> None:
    print(text, flush=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # a second one must not interrupt the clean stop
        signal.signal(number, signal.SIG_IGN)
    raise Stop


def _check_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(
                    f"Port {port} is taken by another program. Stop that one, or choose another port:\n"
                    f"  make demo PORT={port + 1}      or      python manage.py up --demo --port {port + 1}"
                )
            sys.exit(f"Port {port} cannot be used: {error.strerror}.")


@contextmanager
def _own_when_free(home: Home) -> Iterator[Servers]:
    """The servers of this home. Another ``up`` is refused; a short command is waited for."""
    with ExitStack() as held:
        yield _wait_and_own(home, held)


def _wait_and_own(home: Home, held: ExitStack) -> Servers:
    told = False
    while True:
        try:
            return held.enter_context(own(home, "up"))
        except BlockingIOError:
            owner = described(home)
        if owner.get("command") == "up":
            sys.exit(f"Xianfeng is running already (process {owner['pid']}) with its data in {home.path}.")
        if owner and not told:
            say(f"Waiting for '{owner['command']}' (process {owner['pid']}), which uses the database, to end.")
            told = True
        time.sleep(0.2)


def _prepare(demo: bool) -> None:
    command = [sys.executable, CHECKOUT / "manage.py", "prepare", *(["--demo"] if demo else [])]
    running = process.spawn(command, folder=CHECKOUT)
    try:
        if running.wait():
            sys.exit("The database could not be prepared; the message above says why.")
    finally:
        process.stop(running, seconds=5)


@dataclass
class Part:
    """A program that is kept running: started again when it ends, each time after a longer pause."""

    name: str
    start: Callable[[], subprocess.Popen]
    running: subprocess.Popen | None = field(default=None, init=False)
    since: float = field(default=0.0, init=False)
    pause: float = field(default=0.5, init=False)
    again_at: float = field(default=0.0, init=False)

    def begin(self) -> None:
        self.running, self.since = self.start(), time.monotonic()

    def tend(self) -> None:
        """Notice an end, and start again when its pause is over."""
        now = time.monotonic()
        if self.running is None:
            if now >= self.again_at:
                self.begin()
        elif (code := self.running.poll()) is not None:
            process.end_session(self.running.pid)
            self.pause = 0.5 if now - self.since > SETTLED else min(self.pause * 2, LONGEST_PAUSE)
            self.running, self.again_at = None, now + self.pause
            say(f"{self.name} ended unexpectedly (code {code}); starting it again in {self.pause:.0f} s.")


def _serve(home: Home, servers: Servers, port: int, demo: bool) -> None:
    parts = [_server_part(server) for server in servers.each]
    programs = _programs(home, port)
    try:
        for part in programs:
            part.begin()
        _wait_until_ready(home, port, programs)
        _welcome(home, port, demo)
        while True:
            for part in parts + programs:
                part.tend()
            time.sleep(0.2)
    finally:
        _end(programs)


def _server_part(server: Postgres | Valkey) -> Part:
    def start() -> subprocess.Popen:
        server.start()
        assert server.running
        return server.running

    part = Part(type(server).__name__, start)
    part.running, part.since = server.running, time.monotonic()
    return part


def _programs(home: Home, port: int) -> list[Part]:
    celery = [sys.executable, "-m", "celery", "--app", "config", "--quiet"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", port,
           "--workers", _web_workers(), "--blocking-threads", 4, "--respawn-failed-workers",
           "--workers-kill-timeout", 10, "--no-ws", "--log-level", "warning", "config.wsgi:application"]  # fmt: skip
    worker = [*celery, "worker", "--concurrency", 2, "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    schedule = home.path / "beat-schedule"
    beat = [*celery, "beat", "--loglevel", "WARNING", "--schedule", schedule, "--pidfile", ""]
    return [
        Part("web", lambda: _start(home, "web", web)),
        Part("worker", lambda: _start(home, "worker", worker)),
        Part("beat", lambda: _start(home, "beat", beat)),
    ]


def _web_workers() -> str:
    """Processes that answer requests: one for each processor up to four, or as ``XIANFENG_WEB_WORKERS`` says."""
    return os.environ.get("XIANFENG_WEB_WORKERS") or str(min(os.cpu_count() or 1, 4))


def _start(home: Home, name: str, command: list) -> subprocess.Popen:
    with _log(home, name).open("ab") as log:
        return process.spawn(command, folder=CHECKOUT, output=log)


def _log(home: Home, name: str) -> Path:
    """The log of a part; one that has grown past 20 MB is put aside, in the place of the one before."""
    path = home.logs / f"{name}.log"
    if path.exists() and path.stat().st_size > 20 * 2**20:
        path.replace(path.with_suffix(".log.1"))
    return path


def _wait_until_ready(home: Home, port: int, programs: list[Part]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        for part in programs:
            if part.running and part.running.poll() is not None:
                sys.exit(f"{part.name} does not start:\n{last_lines(home.logs / f'{part.name}.log')}")
        if _answers(port):
            return
        time.sleep(0.1)
    sys.exit(f"The web server does not get ready:\n{last_lines(home.logs / 'web.log')}")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def _welcome(home: Home, port: int, demo: bool) -> None:
    say(f"Ready: http://{HOST}:{port}/    (Ctrl-C stops; logs in {home.logs})")
    sign_ins = home.path / "demo-sign-ins.txt"
    if demo and sign_ins.exists():
        say(f"\nSign in as (role, account, password):\n{sign_ins.read_text(encoding='utf-8')}")


def _end(programs: list[Part]) -> None:
    """All are asked at once, then waited for; the servers stop after them."""
    running = [part.running for part in programs if part.running]
    for one in running:
        if one.poll() is None:
            one.send_signal(signal.SIGTERM)
    for one in running:
        process.stop(one, seconds=12)
        process.end_session(one.pid)
