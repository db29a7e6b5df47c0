"""Processes that end with their parent (Linux)."""

import ctypes
import gc
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(sent: int = signal.SIGKILL, expected: int | None = None) -> None:
    """Let the kernel send this process the signal ``sent`` when its parent ends.

    The kernel means the parent's *thread*: a parent must start such children from its main thread.
    ``expected`` is the parent's process id, if it is known; when that one has already gone, this process ends.
    """
    parent = os.getppid() if expected is None else expected
    _libc.prctl(_PR_SET_PDEATHSIG, sent, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def leave_alone_what_is_loaded() -> None:
    """Keep the collector off what the start has made, and off pages underway.

    Going through it all again and again doubled the slowest answers of the country's dashboard, whose ten
    thousands of objects end with the page without the collector's help.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def _before_exec(sent: int, parent: int) -> Callable[[], None]:
    return lambda: die_with_parent(sent, expected=parent)


def spawn(
    command: Sequence[str | Path],
    *,
    on_parent_death: int = signal.SIGKILL,
    run_as: tuple[int, int] | None = None,
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
    output: IO[bytes] | int | None = None,
) -> subprocess.Popen:
    """Start ``command`` in a session of its own, so that a Ctrl-C reaches us alone, and bound to our life.

    ``run_as`` is (user id, group id), possible for root only. Call from the main thread.
    """
    rights = {"user": run_as[0], "group": run_as[1], "extra_groups": []} if run_as else {}
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        preexec_fn=_before_exec(on_parent_death, os.getpid()),
        **rights,
    )


def stop(process: subprocess.Popen, sent: int = signal.SIGTERM, seconds: float = 15) -> int:
    """Ask ``process`` to end and wait; after ``seconds`` end its whole session by force. Returns its code."""
    if process.poll() is None:
        process.send_signal(sent)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        end_session(process.pid)
    return process.wait()


def end_session(leader: int) -> None:
    """Kill what is left of the session that ``leader`` began."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def running_in(folder: Path, program: str) -> list[int]:
    """Ids of the processes of ``program`` that work in ``folder``: what an earlier, killed run has left."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "comm").read_text().strip() == program and os.readlink(entry / "cwd") == str(folder):
                    found.append(int(entry.name))
            except OSError:
                continue  # it has ended, or belongs to somebody else
    return found


def clear(folder: Path, program: str, patience: float = 5) -> None:
    """Wait until no ``program`` works in ``folder`` any more; after ``patience`` seconds end it by force."""
    deadline = time.monotonic() + patience
    while left := running_in(folder, program):
        if time.monotonic() > deadline:
            for process in left:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        time.sleep(0.05)
