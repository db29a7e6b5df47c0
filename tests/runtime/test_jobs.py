"""Jobs reach a real worker through a real broker, and survive its death."""

import os
import signal
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from python_calamine import load_workbook

from enterprises.exporting.actions import order
from enterprises.models import Account, CheckFinding, ExportRun, Member
from enterprises.tasks import nightly_checks
from runtime import process
from runtime.home import CHECKOUT
from tests.cast import build

SECONDS = 60


def start_worker():
    """A worker for the queue and the database of this test alone."""
    home = Path(settings.MEDIA_ROOT).parent  # so that both know the same files
    database = urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}"))
    return process.spawn(
        [sys.executable, "-m", "celery", "--app", "config", "worker", "--concurrency", "1", "--loglevel", "ERROR",
         "--without-gossip", "--without-mingle", "--queues", settings.CELERY_TASK_DEFAULT_QUEUE],
        folder=CHECKOUT,
        environment=os.environ
        | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings", "XIANFENG_HOME": str(home)},
    )  # fmt: skip


def wait_for(condition) -> bool:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def findings(transactional_db):
    """Counts what the nightly checks have found; nothing yet."""
    with transaction.atomic():
        build()
    assert not CheckFinding.objects.exists()
    return CheckFinding.objects.exists


def test_a_job_waits_for_a_worker_and_is_done(findings):
    nightly_checks.delay()
    assert not findings(), "done here instead of by the worker"
    worker = start_worker()
    try:
        assert wait_for(findings)
    finally:
        process.stop(worker)


def test_a_job_is_done_again_when_its_process_dies_midway(findings):
    worker = start_worker()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE enterprises_checkfinding IN ACCESS EXCLUSIVE MODE")
            nightly_checks.delay()
            assert wait_for(lambda: waiting(cursor)), "the job has not begun"
            first = children(worker.pid)
            assert first
            for child in first:
                os.kill(child, signal.SIGKILL)
            assert wait_for(lambda: children(worker.pid) and not set(children(worker.pid)) & set(first))
        assert wait_for(findings)
    finally:
        process.stop(worker)


def test_a_long_list_is_exported_by_a_worker(findings):
    account = Account.objects.get(username="committee_secretary")
    account.act_as(account.posts_in_force[0])
    run = order(by=account, token=uuid4(), address=reverse("enterprises:member_list"), title="党员", choices={})
    worker = start_worker()
    try:
        assert wait_for(lambda: not ExportRun.objects.get(pk=run.pk).is_underway)
    finally:
        process.stop(worker)
    run.refresh_from_db()
    assert run.state == ExportRun.State.DONE
    assert run.rows == Member.objects.visible_to(account).count() > 0
    with run.file.open() as file:
        assert len(load_workbook(file).sheet_names) == 2
    run.file.delete()


def waiting(cursor) -> bool:
    """Whether somebody waits for the lock that this transaction holds."""
    cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
    return cursor.fetchone()[0]


def children(parent: int) -> list[int]:
    with open(f"/proc/{parent}/task/{parent}/children") as file:
        return [int(number) for number in file.read().split()]


def test_every_scheduled_task_exists():
    current_app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    scheduled |= {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert scheduled
    assert scheduled <= set(current_app.tasks)
