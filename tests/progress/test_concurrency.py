"""Writers, and a fold at work at the same time: nothing is lost, nothing waits for long."""

import threading
import time
from datetime import date

import pytest
from django.db import connection, connections, transaction

from campaign.filings.models import Filing
from campaign.progress import actions, queries
from enterprises import clock
from enterprises.models import Member
from tests.cast import build
from tests.progress.campaigns import launch

TODAY = date(2026, 8, 25)
ROUNDS = 15


def _run(errors, function, *arguments):
    def guarded():
        try:
            with clock.fixed(TODAY):
                function(*arguments)
        except Exception as error:  # noqa: BLE001 - any failure in a thread must fail the test
            errors.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=guarded)
    thread.start()
    return thread


def _toggle(campaign, organization, member):
    """Alternate a filing and a member's contact, ending with both on."""
    for i in range(ROUNDS):
        with transaction.atomic():
            Filing.objects.filter(organization=organization, kind="report").delete()
            if i % 2 == 0:
                Filing.objects.create(
                    campaign=campaign, organization=organization, kind="report", filed_on=TODAY, recorded_at=clock.now()
                )
            actions.assess([organization.pk], campaign.pk)
        with transaction.atomic():
            contact = Member.Contact.LOST if i % 2 == 0 else Member.Contact.NORMAL
            Member.objects.filter(pk=member.pk).update(contact=contact)
            actions.membership_changed([organization.pk])


def _fold(stop):
    while not stop.is_set():
        actions.fold(wait=False)


@pytest.mark.django_db(transaction=True)
def test_two_writers_and_a_fold_lose_nothing():
    with transaction.atomic():
        cast = build()
    with clock.fixed(TODAY):
        campaign = launch()
    errors: list[Exception] = []
    stop = threading.Event()
    folder = _run(errors, _fold, stop)
    writers = [
        _run(errors, _toggle, campaign, cast.org["B2"], cast.member["M0201"]),
        _run(errors, _toggle, campaign, cast.org["B3"], cast.member["M0301"]),
    ]
    for writer in writers:
        writer.join(timeout=60)
    stop.set()
    folder.join(timeout=60)
    assert errors == []
    with clock.fixed(TODAY):
        actions.fold()
        found = queries.national(campaign, TODAY)
        assert found.members.sought == 2
        report = next(f for f in found.steps if f.step.code == "report")
        assert report.done + report.late == 2
        assert actions.recount_check() == {"statuses": 0, "tallies": 0, "summaries": 0}


def _wait_until_somebody_waits():
    """Until another connection stands in line for a lock."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("the second change never had to wait for the first")


@pytest.mark.django_db(transaction=True)
def test_two_changes_of_one_branch_at_the_same_time_are_both_counted():
    with transaction.atomic():
        cast = build()
    branch = cast.org["B2"]
    with clock.fixed(TODAY):
        launch()
    errors: list[Exception] = []

    def second():
        with transaction.atomic():
            Member.objects.filter(code="M0202").update(contact=Member.Contact.LOST)
            actions.membership_changed([branch.pk])

    with clock.fixed(TODAY), transaction.atomic():
        Member.objects.filter(code="M0201").update(contact=Member.Contact.LOST)
        actions.membership_changed([branch.pk])
        thread = _run(errors, second)
        _wait_until_somebody_waits()
    thread.join(timeout=60)
    assert errors == []
    with clock.fixed(TODAY):
        actions.fold()
        assert queries.national(None, TODAY).members.sought == 2
