"""Long lists become workbooks in a job: ordered on the page, written as the person sees them, kept for a week."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from celery.exceptions import Retry
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from enterprises import clock, listing
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.exporting import actions, jobs
from enterprises.models import Account, ExportRun, Member, Post
from tests.enterprises.conftest import TODAY, text

pytestmark = pytest.mark.django_db
MEMBERS = "/members/"
State = ExportRun.State


@pytest.fixture(autouse=True)
def _surroundings(today, settings, tmp_path, monkeypatch):
    """Files of the test alone, and lists of more than three rows are long."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    monkeypatch.setattr(listing, "AT_ONCE", 3)
    cache.clear()


@pytest.fixture
def sent(monkeypatch):
    """Exports handed to the worker, not written."""
    from enterprises.exporting import tasks

    found: list[int] = []
    monkeypatch.setattr(tasks.write_export, "delay_on_commit", found.append)
    return found


def ordered(client, address: str = MEMBERS, token: uuid.UUID | None = None, title: str = "Members") -> ExportRun:
    answer = client.post(reverse("exports:order"), {"token": token or uuid.uuid4(), "address": address, "title": title})
    assert answer.status_code == 302, answer.content
    return ExportRun.objects.get(pk=int(answer["Location"].strip("/").rpartition("/")[2]))


def written(run: ExportRun) -> ExportRun:
    jobs.write(run.pk)
    run.refresh_from_db()
    return run


def rows(client, run: ExportRun) -> list[list]:
    answer = client.get(reverse("exports:file", args=[run.pk]))
    assert answer.status_code == 200
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return sheet.get_sheet_by_index(0).to_python()


def by_hand(client, address: str, monkeypatch) -> list[list]:
    """The same list as a short one comes, at once."""
    with monkeypatch.context() as patch:
        patch.setattr(listing, "AT_ONCE", 10**6)
        answer = client.get(f"{address}{'&' if '?' in address else '?'}export=xlsx")
    return CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()


def test_the_button_of_a_long_list_orders_and_of_a_short_one_downloads(browse, sent):
    client = browse("committee_secretary")
    page = text(client.get(MEMBERS))
    assert f'action="{reverse("exports:order")}"' in page
    assert "export=xlsx" not in page
    short = text(client.get(MEMBERS, {"q": "M0201"}))
    assert "export=xlsx" in short
    assert f'action="{reverse("exports:order")}"' not in short


def test_a_long_list_is_not_written_in_the_request(browse, sent):
    answer = browse("committee_secretary").get(MEMBERS, {"export": "xlsx", "sort": "-code"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{MEMBERS}?sort=-code"


@pytest.mark.parametrize("address", [MEMBERS, "/members/?category=FRONT_LINE&sort=-code", "/organizations/"])
def test_the_file_holds_what_the_list_shows(browse, sent, monkeypatch, address):
    client = browse("committee_secretary")
    run = ordered(client, address)
    assert sent == [run.pk]
    assert run.state == State.WAITING
    run = written(run)
    assert run.state == State.DONE
    found = rows(client, run)
    assert found == by_hand(client, address, monkeypatch)
    assert run.rows == len(found) - 1 > 3


def test_a_list_stays_as_long_as_its_person_sees_it(browse, sent, monkeypatch):
    """The secretary of a branch has the members of the branch, the office all: from the same address."""
    office, secretary = browse("office"), browse("branch_secretary")
    whole, part = written(ordered(office)), written(ordered(secretary))
    assert whole.rows == Member.objects.visible_to(Account.objects.get(pk=whole.account_id)).count()
    codes = {row[1] for row in rows(secretary, part)[1:]}
    assert 0 < part.rows < whole.rows
    assert len(codes) == part.rows


def test_the_session_goes_along(browse, sent):
    client = browse("committee_secretary")
    session = client.session
    session["campaign"] = "2024"
    session.save()
    run = ordered(client)
    assert run.choices == {"campaign": "2024"}, "nothing of the sign-in itself"


def test_the_same_order_twice_is_one(browse, sent):
    client, token = browse("committee_secretary"), uuid.uuid4()
    assert ordered(client, token=token) == ordered(client, token=token)
    assert len(sent) == 1
    run = written(ExportRun.objects.get(token=token))
    kept = run.file.name
    assert written(run).file.name == kept, "what is written is not written again"


@pytest.mark.parametrize(
    "address", ["/week/", "/rosters/", "/no-such-page/", "https://elsewhere.example/members/", "//x/members/"]
)
def test_only_lists_of_this_site(browse, sent, address):
    client = browse("committee_secretary")
    answer = client.post(reverse("exports:order"), {"token": uuid.uuid4(), "address": address, "title": "x"})
    assert answer.status_code == 404
    assert not ExportRun.objects.exists()
    with pytest.raises(ActionError):
        actions.order(
            by=Account.objects.get(username="committee_secretary"),
            token=uuid.uuid4(),
            address=address,
            title="x",
            choices={},
        )


def test_a_list_that_is_not_open_to_the_post_is_refused_by_the_list(browse, sent):
    client = browse("branch_secretary")
    run = written(ordered(client, reverse("enterprises:account_list")))
    assert run.state == State.FAILED
    assert not run.file
    page = text(client.get(reverse("exports:run", args=[run.pk])))
    assert "may not be open to your post" in page
    assert client.get(reverse("exports:file", args=[run.pk])).status_code == 404


def test_a_post_that_has_ended_gets_nothing(browse, sent, cast):
    client = browse("committee_secretary")
    early, late = written(ordered(client)), ordered(client)
    Post.objects.filter(account=cast.account["committee_secretary"]).update(until=TODAY - timedelta(days=1))
    assert written(late).state == State.FAILED
    assert client.get(reverse("exports:file", args=[early.pk])).status_code == 404, "nor what was written before"


def test_others_do_not_find_it(browse, sent, cast):
    run = written(ordered(browse("committee_secretary")))
    for name in ("office", "branch_secretary", "administrator"):
        other = browse(name)
        for page in ("run", "job", "file"):
            assert other.get(reverse(f"exports:{page}", args=[run.pk])).status_code == 404
        for page in ("cancel", "again"):
            assert other.post(reverse(f"exports:{page}", args=[run.pk])).status_code == 404
        with pytest.raises(NotPermitted):
            actions.cancel(by=cast.account[name], export_run=run)
        assert reverse("exports:run", args=[run.pk]) not in text(other.get(reverse("exports:list")))


def test_progress_is_shown_and_the_last_answer_reloads(browse, sent, monkeypatch):
    client = browse("committee_secretary")
    run = ordered(client)
    job = reverse("exports:job", args=[run.pk])
    assert "waiting for a free worker" in text(client.get(job))
    jobs.WORK.say(run.pk, "writing", 2000, 33316)
    page = client.get(job)
    assert "row 2,000 of 33,316" in text(page)
    assert 'value="2000" max="33316"' in text(page)
    assert "HX-Refresh" not in page
    written(run)
    assert client.get(job)["HX-Refresh"] == "true"
    done = text(client.get(reverse("exports:run", args=[run.pk])))
    assert reverse("exports:file", args=[run.pk]) in done
    assert f"{run.rows} rows" in done


def test_called_off_before_and_while_it_is_written(browse, sent, monkeypatch):
    client = browse("committee_secretary")
    before, during = ordered(client), ordered(client)
    client.post(reverse("exports:cancel", args=[before.pk]))
    assert written(before).state == State.CANCELLED

    monkeypatch.setattr(jobs, "STEP", 1)
    say = jobs.Work.say

    def stopped_after_two(work, run_id, stage, done, total):
        if done == 2:
            client.post(reverse("exports:cancel", args=[run_id]))
        say(work, run_id, stage, done, total)

    monkeypatch.setattr(jobs.Work, "say", stopped_after_two)
    run = written(during)
    assert run.state == State.CANCELLED
    assert not run.file


def test_begun_anew_after_a_worker_has_died(browse, sent):
    client = browse("committee_secretary")
    run = ordered(client)
    address = reverse("exports:run", args=[run.pk])
    assert "Begin anew" not in text(client.get(address)), "it has only just been ordered"
    an_hour_ago = clock.now() - timedelta(hours=1)
    ExportRun.objects.filter(pk=run.pk).update(
        state=State.WRITING, created_at=an_hour_ago
    )  # as a killed worker leaves it
    half = default_storage.save(f"exports/{run.token}.xlsx", ContentFile(b"PK"))
    page = text(client.get(reverse("exports:run", args=[run.pk])))
    assert "Begin anew" in page
    client.post(reverse("exports:again", args=[run.pk]))
    assert sent == [run.pk, run.pk]
    assert written(run).state == State.DONE
    assert run.file.name == half
    assert len(default_storage.listdir("exports")[1]) == 1
    assert rows(client, run)


def test_one_is_written_at_a_time(browse, sent, monkeypatch):
    """The second tries again later, so that no worker stands idle with it."""
    from enterprises.exporting.tasks import write_export

    @contextmanager
    def taken(work, run_id):
        yield False

    run = ordered(browse("committee_secretary"))
    with monkeypatch.context() as patch:
        patch.setattr(jobs.Work, "alone", taken)
        assert not jobs.write(run.pk)
        with pytest.raises(Retry):
            write_export(run.pk)
    run.refresh_from_db()
    assert run.state == State.WAITING
    assert jobs.write(run.pk)


def test_the_lock_holds_between_connections(django_db_setup, django_db_blocker):
    """As two workers have them."""
    with django_db_blocker.unblock(), jobs.WORK.alone(jobs.EVERY_RUN) as first:
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(_tries_the_lock).result()
        assert (first, second) == (True, False)


def _tries_the_lock() -> bool:
    try:
        with jobs.WORK.alone(jobs.EVERY_RUN) as free:
            return free
    finally:
        connection.close()


def test_a_lost_file_is_no_error(browse, sent):
    client = browse("committee_secretary")
    run = written(ordered(client))
    run.file.storage.delete(run.file.name)
    assert client.get(reverse("exports:file", args=[run.pk])).status_code == 404
    page = client.get(reverse("exports:run", args=[run.pk]))
    assert page.status_code == 200
    assert "Back to the list" in text(page)


def test_forgotten_after_a_week(browse, sent):
    client = browse("committee_secretary")
    old, new = written(ordered(client)), written(ordered(client))
    path = old.file.path
    ExportRun.objects.filter(pk=old.pk).update(created_at=clock.now() - actions.KEEP - timedelta(hours=1))
    assert actions.forget_exports(by=None) == 1
    assert actions.forget_exports(by=None) == 0
    old.refresh_from_db()
    assert (old.state, bool(old.file)) == (State.FORGOTTEN, False)
    with pytest.raises(FileNotFoundError):
        open(path).close()
    assert client.get(reverse("exports:file", args=[old.pk])).status_code == 404
    assert client.get(reverse("exports:file", args=[new.pk])).status_code == 200
    assert "removed after seven days" in text(client.get(reverse("exports:list")))
