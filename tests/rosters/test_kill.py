"""A worker killed in the middle of writing leaves the old state, and the file can be imported again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from enterprises.models import Enterprise, Member, Membership, Organization
from enterprises.rosters.actions import import_roster
from enterprises.rosters.running import Order
from tests.rosters import samples

ROOT = Path(__file__).resolve().parents[2]
# The import stops for good at the last moment before the commit, all rows written, and says so.
SCRIPT = """
import os, sys, time
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from pathlib import Path
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from enterprises.rosters.actions import import_roster
from enterprises.rosters.running import Order

def seal(result):
    print("written", flush=True)
    time.sleep(600)

import_roster(by=None, order=Order(Path(sys.argv[1]), seal=seal))
"""


@pytest.mark.django_db(transaction=True)
def test_kill_midway_leaves_the_old_state(tmp_path):
    rows, codes = samples.organizations(3)
    for name, content in (("e", samples.ENTERPRISES), ("o", rows)):
        import_roster(by=None, order=Order(samples.save_csv(tmp_path / f"{name}.csv", content)))
    path = samples.Messy(codes, 300).make().save(tmp_path / "m.xlsx")
    worker = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path), connection.settings_dict["NAME"]],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ,
    )  # fmt: skip
    try:
        assert worker.stdout.readline() == "written\n"
        worker.send_signal(signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait()
    assert (Member.objects.count(), Membership.objects.count()) == (0, 0)
    _wait_for_the_lock()
    result = import_roster(by=None, order=Order(path))
    assert (result.created, result.applied) == (300, True)
    assert (Organization.objects.count(), Enterprise.objects.count()) == (13, 3)


def _wait_for_the_lock() -> None:
    """Until the server has noticed that the killed client is gone."""
    for _attempt in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.1)
