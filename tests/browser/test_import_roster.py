"""An office worker imports a roster with errors, sees what to do, corrects it, and applies it."""

import pytest
from playwright.sync_api import expect

from enterprises.models import ImportRun, Member
from enterprises.rosters import jobs, tasks
from tests.browser.conftest import findings, overflow
from tests.rosters.samples import save_csv

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = ["人员编码", "姓名", "党员类型", "人员类别", "所在支部代码", "身份证号"]
RIGHT = ["N001", "王示一", "正式", "生产一线", "B2", "99000019650301001X"]
WRONG = ["N002", "李示二", "入党积极分子", "生产一线", "B999", ""]


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    for task in (tasks.read_run, tasks.write_run):
        monkeypatch.setattr(task, "delay_on_commit", lambda pk: None)


def upload(page, path) -> None:
    page.goto("/rosters/")
    page.set_input_files("[name=file]", path)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/rosters/*/")


def test_from_errors_to_written(visit, stage, tmp_path):
    page = visit("enterprise_office")
    upload(page, save_csv(tmp_path / "错.csv", [HEADER, RIGHT, WRONG]))
    expect(page.locator("#job")).to_be_visible()
    visit.run(jobs.read, ImportRun.objects.latest("pk").pk)
    page.wait_for_selector(".xf-tally")  # the progress part reloads the page by itself
    expect(page.locator(".xf-sticky .btn-primary")).to_be_disabled()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("身份证号")
    assert overflow(page) == [] and findings(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="下载错误表").click()
    assert "B999" in download.value.path().read_text("utf-8-sig")

    upload(page, save_csv(tmp_path / "对.csv", [HEADER, RIGHT]))
    run = ImportRun.objects.latest("pk").pk
    visit.run(jobs.read, run)
    page.wait_for_selector(".xf-tally")
    page.locator(".xf-sticky .btn-primary").click()
    page.wait_for_selector("#job")
    visit.run(jobs.write, run)
    page.wait_for_selector(".xf-note-ok")
    assert Member.objects.get(code="N001").branch.code == "B2"
    assert not Member.objects.filter(code="N002").exists()
