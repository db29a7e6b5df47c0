"""The pages: upload, preview, writing, cancelling, error sheet, export and re-import."""

import io
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from enterprises import clock
from enterprises.exporting import jobs as exporting
from enterprises.models import Enterprise, ExportRun, ImportRun, Member, Membership, Organization
from enterprises.rosters import export, jobs
from enterprises.rosters.actions import import_roster
from enterprises.rosters.running import Order
from tests.rosters import samples

HEADER = ["人员编码", "姓名", "党员类型", "人员类别", "所在支部代码", "身份证号"]
STATE = ImportRun.State


def content(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode("utf-8-sig")


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.CELERY_TASK_ALWAYS_EAGER = False


@pytest.fixture
def sent(monkeypatch):
    """Jobs handed to the worker, not run."""
    from enterprises.rosters import tasks

    found: list[tuple[str, int]] = []
    monkeypatch.setattr(tasks.read_run, "delay_on_commit", lambda pk: found.append(("read", pk)))
    monkeypatch.setattr(tasks.write_run, "delay_on_commit", lambda pk: found.append(("write", pk)))
    return found


def client_of(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.fresh(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, rows: list[list[str]], token: uuid.UUID | None = None, name: str = "名册.csv"):
    return client.post(
        reverse("rosters:start"),
        {
            "token": str(token or uuid.uuid4()),
            "file": SimpleUploadedFile(name, content(rows)),
            "kind": "",
            "effective": clock.today().isoformat(),
        },
    )


RIGHT = [HEADER, ["N001", "王示一", "正式", "生产一线", "B2", "99000019650301001X"]]
WRONG = [*RIGHT, ["N002", "", "正式", "生产一线", "B999", ""]]


def test_from_upload_to_written(cast, sent):
    client = client_of(cast, "committee_secretary")
    answer = upload(client, RIGHT)
    run = ImportRun.objects.get()
    assert answer.url == reverse("rosters:run", args=[run.pk])
    assert sent == [("read", run.pk)]
    assert "hx-get" in client.get(answer.url).content.decode()
    jobs.read(run.pk)
    page = client.get(answer.url).content.decode()
    assert "身份证号" in page and "990000" not in page
    run.refresh_from_db()
    assert "990000" not in Path(run.file.path).read_text("utf-8-sig")
    assert not Member.objects.filter(code="N001").exists()
    client.post(reverse("rosters:write", args=[run.pk]))
    client.post(reverse("rosters:write", args=[run.pk]))
    assert sent[1:] == [("write", run.pk)]
    jobs.write(run.pk)
    jobs.write(run.pk)
    run.refresh_from_db()
    assert (run.state, run.report["created"]) == (STATE.DONE, 1)
    assert Member.objects.get(code="N001").branch.code == "B2"
    assert client.get(answer.url).status_code == 200


def test_errors_block_writing_until_the_second_button(cast, sent):
    client = client_of(cast, "committee_secretary")
    page = upload(client, WRONG).url
    run = ImportRun.objects.get()
    jobs.read(run.pk)
    shown = client.get(page).content.decode()
    assert "disabled" in shown and "B999" in shown
    refused = client.post(reverse("rosters:write", args=[run.pk]))
    assert refused.status_code == 409
    client.post(reverse("rosters:write", args=[run.pk]), {"skip_errors": "1"})
    jobs.write(run.pk)
    run.refresh_from_db()
    assert run.state == STATE.DONE
    assert Member.objects.filter(code__startswith="N00").count() == 1
    assert client.get(reverse("rosters:error_sheet", args=[run.pk])).status_code == 200


def test_the_error_sheet_keeps_the_layout_and_says_what_to_do(cast, sent):
    client = client_of(cast, "committee_secretary")
    upload(client, [["标题"], *WRONG])
    run = ImportRun.objects.get()
    jobs.read(run.pk)
    answer = client.get(reverse("rosters:error_sheet", args=[run.pk]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[1].startswith(",".join(HEADER))
    assert "姓名" in lines[3] and "所在支部代码" in lines[3]
    assert "990000" not in "".join(lines)


def test_the_same_submission_twice_is_one_run(cast, sent):
    client, token = client_of(cast, "committee_secretary"), uuid.uuid4()
    assert upload(client, RIGHT, token).url == upload(client, RIGHT, token).url
    assert ImportRun.objects.count() == 1 and len(sent) == 1


def test_cancelling_writes_nothing(cast, sent):
    client = client_of(cast, "committee_secretary")
    page = upload(client, RIGHT).url
    run = ImportRun.objects.get()
    jobs.read(run.pk)
    client.post(reverse("rosters:write", args=[run.pk]))
    client.post(reverse("rosters:cancel", args=[run.pk]))
    jobs.write(run.pk)
    run.refresh_from_db()
    assert run.state == STATE.CANCELLED and not run.file
    assert not Member.objects.filter(code="N001").exists()
    assert client.get(page).status_code == 200


def test_rows_outside_the_own_organisation_are_errors(cast, sent):
    client = client_of(cast, "committee_secretary")
    upload(
        client,
        [HEADER, ["N001", "王示一", "正式", "生产一线", "B5", ""], ["M0501", "李示二", "正式", "生产一线", "B2", ""]],
    )
    run = ImportRun.objects.get()
    jobs.read(run.pk)
    run.refresh_from_db()
    found = [(row, column, code) for row, column, code, *_rest in run.report["errors"]]
    assert found == [(2, "所在支部代码", "outside"), (3, "人员编码", "outside")]


def test_what_is_no_roster_says_so(cast, sent):
    client = client_of(cast, "office")
    page = upload(client, [["甲", "乙"], ["1", "2"]]).url
    run = ImportRun.objects.get()
    jobs.read(run.pk)
    run.refresh_from_db()
    assert run.state == STATE.FAILED and "人员编码" in run.message
    assert client.get(page).status_code == 200
    refused = client.post(
        reverse("rosters:start"),
        {
            "token": str(uuid.uuid4()),
            "file": SimpleUploadedFile("a.xlsx", b"\x00\x01binary"),
            "effective": "2005-07-01",
        },
    )
    assert refused.status_code == 200 and ImportRun.objects.count() == 1


def test_the_progress_part_reloads_the_page_at_the_end(cast, sent):
    client = client_of(cast, "committee_secretary")
    upload(client, RIGHT)
    run = ImportRun.objects.get()
    part = reverse("rosters:job", args=[run.pk])
    assert "HX-Refresh" not in client.get(part).headers
    jobs.read(run.pk)
    assert client.get(part).headers["HX-Refresh"] == "true"


def test_a_run_left_by_a_dead_worker_begins_anew(cast, sent):
    client = client_of(cast, "committee_secretary")
    upload(client, RIGHT)
    run = ImportRun.objects.get()
    ImportRun.objects.update(state=STATE.READING)
    client.post(reverse("rosters:again", args=[run.pk]))
    assert sent[1:] == [("read", run.pk)]
    jobs.read(run.pk)
    run.refresh_from_db()
    assert run.state == STATE.READY


def test_absent_members_are_listed_and_stay(cast, sent):
    client = client_of(cast, "committee_secretary")
    page = upload(client, [HEADER, ["M0201", "王示一", "正式", "生产一线", "B2", ""]]).url
    run = ImportRun.objects.get()
    jobs.read(run.pk)
    run.refresh_from_db()
    assert run.report["absent_count"] == 7
    assert "M0202" in client.get(page).content.decode()


@pytest.mark.parametrize("kind", ["members", "organizations", "enterprises"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_imported_again_changes_nothing(cast, tmp_path, kind, ending):
    Member.objects.filter(code="M0201").update(
        phone="000-0000", education="41", gender="2", party_group=cast.group["PG"]
    )
    Organization.objects.filter(code="B2").update(
        founded_on="2003-05-01", secretary_name="王示一", division_code="110000"
    )
    account = cast.fresh("office")
    path = tmp_path / f"out.{ending}"
    if ending == "xlsx":
        with open(path, "wb") as target:
            export.write_workbook(kind, account, target)
    else:
        path.write_text("".join(export.csv_lines(kind, account)), encoding="utf-8", newline="")
    result = import_roster(by=account, order=Order(path, kind=kind))
    model = {"members": Member, "organizations": Organization, "enterprises": Enterprise}[kind]
    assert (result.errors, result.created, result.updated) == ([], 0, 0)
    assert 0 < result.unchanged <= model.objects.count() + 1


def test_exports_are_files(cast):
    client = client_of(cast, "committee_secretary")
    answer = client.get(reverse("rosters:export", args=["members", "xlsx"]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == export.headings("members")
    assert {row[9] for row in rows[1:]} <= {"B2", "B3", "PG"}
    assert client.get(reverse("rosters:export", args=["members", "pdf"])).status_code == 404
    line = client.get(reverse("rosters:export", args=["members", "csv"]))
    assert "attachment" in line["Content-Disposition"]


@pytest.mark.parametrize("kind", ["members", "organizations", "enterprises"])
def test_a_long_roster_is_written_by_a_job(cast, tmp_path, monkeypatch, kind):
    client = client_of(cast, "office")
    address = reverse("rosters:export", args=[kind, "xlsx"])
    short = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(client.get(address).streaming_content)))
    monkeypatch.setattr(export, "AT_ONCE", 1)
    assert client.get(address).url == reverse("rosters:start")
    page = client.get(reverse("rosters:start")).content.decode()
    assert f'name="address" value="{address}"' in page
    assert address not in page.replace(f'value="{address}"', ""), "still a link"
    answer = client.post(reverse("exports:order"), {"token": uuid.uuid4(), "address": address, "title": "名册"})
    run = ExportRun.objects.get()
    assert answer.url == reverse("exports:run", args=[run.pk])
    assert exporting.write(run.pk)
    run.refresh_from_db()
    with run.file.open() as file:
        long = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert long == short.get_sheet_by_index(0).to_python()
    assert run.rows == len(long) - 1 > 1
    assert run.file_name.startswith(export.TITLES[kind])


def test_a_change_of_branch_keeps_the_past(cast, tmp_path):
    rows = [HEADER, ["M0201", "王示一", "正式", "生产一线", "B3", ""]]
    path = samples.save_csv(tmp_path / "m.csv", rows)
    day = clock.today().replace(day=1)
    result = import_roster(by=None, order=Order(path, effective=day))
    assert result.updated == 1 and result.applied
    member = Member.objects.get(code="M0201")
    assert member.branch.code == "B3"
    old, new = Membership.objects.filter(member=member).order_by("pk")
    assert (old.organization.code, old.since) == ("B2", None)
    assert (new.organization.code, new.since, new.until) == ("B3", day, None)
    assert (new.since - old.until).days == 1


def test_sizes_are_only_warned_of(cast, tmp_path):
    cast.org["B5"].members.all().update(kind="PROBATIONARY")
    rows = [[f"N{i:03d}", samples.person(i), "正式", "生产一线", "B2", ""] for i in range(60)]
    rows.append(["M0501", "王示一", "预备", "生产一线", "B5", ""])
    result = import_roster(by=None, order=Order(samples.save_csv(tmp_path / "m.csv", [HEADER, *rows])))
    assert result.applied
    assert [(p.row, p.code, p.values) for p in result.problems.warnings] == [
        (2, "branch_large", {"name": cast.org["B2"].name, "members": 68}),
        (62, "branch_small", {"name": cast.org["B5"].name, "full": 0}),
    ]


def test_the_parts_add_up(cast, sent):
    client = client_of(cast, "committee_secretary")
    page = upload(client, WRONG).url
    jobs.read(ImportRun.objects.get().pk)
    assert "1 ＋ 0 ＋ 0 ＋ 1 ＝ 2" in client.get(page).content.decode()
