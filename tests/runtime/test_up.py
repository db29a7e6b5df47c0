"""``up`` starts everything, ends everything, and starts again after any kind of end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from runtime.home import CHECKOUT
from tests.runtime.installation import Installation, new_home

pytestmark = pytest.mark.processes
MARK = "from django.core.cache import cache; from django.contrib.contenttypes.models import ContentType as T; "


@pytest.fixture(scope="module")
def shared():
    """One installation for the module; each test starts and ends it, so that restarts are tested too."""
    installation = Installation(new_home())
    yield installation
    installation.remove()


@pytest.fixture
def installation(shared):
    shared.up()
    yield shared
    if shared.running.poll() is None:
        shared.end(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_cleanly(installation, number):
    assert installation.answers("healthz")
    for words in (["granian"], ["celery", "worker"], ["celery", "beat"], ["postgres"], ["valkey"]):
        assert installation.processes(*words), f"not running: {words}"
    code, said = installation.end(number)
    assert code == 0, said
    assert f"Ready: http://127.0.0.1:{installation.port}/" in said
    installation.wait_until_gone()


def test_nothing_outlives_a_killed_supervisor_and_data_stays(installation):
    code, said = installation.command("shell", "-c", MARK + "T.objects.create(app_label='kept', model='kept')")
    assert code == 0, said
    installation.end(signal.SIGKILL)
    installation.wait_until_gone()
    installation.up()
    code, said = installation.command("shell", "-c", MARK + "print(T.objects.filter(app_label='kept').count())")
    assert (code, said.strip().splitlines()[-1]) == (0, "1"), said


def test_starts_again_after_everything_was_killed(installation):
    for process in installation.processes():
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    installation.running.wait()
    installation.wait_until_gone()
    assert list(installation.home.glob("servers/postgres-*/postmaster.pid")), "the crash left no trace to overcome"
    installation.up()
    assert installation.end(signal.SIGTERM)[0] == 0


def test_killed_parts_come_back(installation):
    for words in (("granian",), ("celery", "worker"), ("bin/postgres",), ("valkey",)):
        before = set(installation.processes(*words))
        os.kill(min(before), signal.SIGKILL)  # the oldest is the parent of the others
        deadline = time.monotonic() + 60
        while True:
            now = set(installation.processes(*words))
            if now and not now & before and installation.answers("readyz"):
                break
            assert time.monotonic() < deadline, f"{words}: before {before}, now {now}"
            time.sleep(0.2)
    code, said = installation.end(signal.SIGTERM)
    assert code == 0
    assert said.count("ended unexpectedly") >= 4
    installation.wait_until_gone()


def test_a_second_one_is_refused(installation):
    code, said = installation.command("up", "--port", "0")
    assert code == 1
    assert f"running already (process {installation.running.pid})" in said


def test_a_taken_port_is_explained(shared):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = shared.command("up", "--port", str(port))
    assert code == 1
    assert f"Port {port} is taken" in said
    assert f"--port {port + 1}" in said
    shared.wait_until_gone()


def test_a_home_that_others_cannot_enter():
    installation = Installation(new_home(mode=0o700))
    try:
        code, said = installation.command("shell", "-c", MARK + "cache.set('reached', 1)")
        assert code == 0, said
        assert installation.home.stat().st_mode & 0o777 == 0o700, "the modes of people's folders are theirs"
        assert not installation.processes()
    finally:
        installation.remove()


@pytest.fixture
def somebody():
    """An installation of an ordinary user: ours, or when the tests run as root that of ``nobody``."""
    home = new_home()
    if os.geteuid() != 0:
        yield Installation(home)
        return
    interpreter = f"/usr/bin/python3.{sys.version_info.minor}"
    if not shutil.which("setpriv") or not Path(interpreter).exists():
        pytest.skip(f"ORDINARY USER NOT TESTED: needs setpriv and {interpreter}")
    copy = new_home()
    names = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=CHECKOUT, text=True)
    for name in filter(None, names.split("\0")):
        if (CHECKOUT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(CHECKOUT / name, copy / name)
    for folder in (home, copy):
        subprocess.check_call(["chown", "-R", "nobody", str(folder)])
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    installation = Installation(
        home,
        checkout=copy,
        python=interpreter,
        prefix=("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"),
        extra={"PYTHONPATH": packages, "HOME": "/nonexistent"},
    )
    yield installation
    installation.remove()
    shutil.rmtree(copy)


def test_an_ordinary_user(somebody):
    somebody.up()
    owners = {os.stat(f"/proc/{process}").st_uid for process in somebody.processes()}
    assert len(owners) == 1 and 0 not in owners
    somebody.end(signal.SIGKILL)
    somebody.wait_until_gone()
    somebody.up()
    assert somebody.end(signal.SIGINT)[0] == 0
    somebody.wait_until_gone()
