"""Filing a document, ticking members, withdrawing, the list and downloads."""

from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.filings import actions
from campaign.filings.models import Filing
from enterprises import clock
from tests.records import launch, status

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


@pytest.fixture
def secretary(cast, client):
    client.force_login(cast.account["branch_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(cast, code, organization="B2"):
    told = {"organization": cast.org[organization].pk, "campaign": "t", "code": code}
    return f"{reverse('filings:filing_new')}?{urlencode(told)}"


def test_a_document_is_filed_with_its_file_and_downloaded(cast, campaign, secretary):
    form = {
        "filed_on": "2026-08-15",
        "title": "整改方案",
        "number": "〔2026〕3号",
        "submission": str(uuid4()),
        "file": SimpleUploadedFile("方案.pdf", b"%PDF-1.7 ..."),
    }
    url = address(cast, "plan")
    assert secretary.post(url, form).status_code == 302
    form["file"] = SimpleUploadedFile("方案.pdf", b"%PDF-1.7 ...")
    secretary.post(url, form)
    filing = Filing.objects.get()
    assert status(campaign, "plan", cast.org["B2"]).done_on == filing.filed_on
    assert "整改方案" in secretary.get(url).content.decode()
    answer = secretary.get(reverse("filings:attachment", args=[filing.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_wrong_file_or_day_is_said_beside_the_field(cast, campaign, secretary):
    form = {"filed_on": "2026-09-02", "submission": str(uuid4())}
    assert secretary.post(address(cast, "plan"), form).context["form"].errors.keys() == {"filed_on"}
    form |= {"filed_on": "2026-08-15", "file": SimpleUploadedFile("a.pdf", b"MZ")}
    assert secretary.post(address(cast, "plan"), form).context["form"].errors.keys() == {"file"}
    assert not Filing.objects.exists()


def test_figures_have_a_field_of_their_own(cast, campaign, secretary):
    page = secretary.get(address(cast, "rate"))
    assert "figure" in page.context["form"].fields
    assert "figure" not in secretary.get(address(cast, "plan")).context["form"].fields


def test_members_are_ticked_with_one_day(cast, campaign, secretary):
    url = address(cast, "talk")
    page = secretary.get(url)
    assert [t.member.code for t in page.context["open"]] == [f"M020{i}" for i in range(1, 9)]
    form = {"filed_on": "2026-08-15", "submission": str(uuid4())}
    assert secretary.post(url, form).context["form"].non_field_errors()
    everyone = [t.member.pk for t in page.context["open"] if t.expected]
    assert secretary.post(url, {**form, "member": everyone}).status_code == 302
    assert status(campaign, "talk", cast.org["B2"]).done_on == date(2026, 8, 15)
    after = secretary.get(url)
    assert [t.member.code for t in after.context["open"]] == ["M0208"]  # retired: flexible
    assert len(after.context["entered"]) == 7


def test_withdrawing_takes_the_proof_away_and_keeps_the_filing(cast, campaign, secretary):
    url = address(cast, "talk")
    pk = cast.member["M0201"].pk
    secretary.post(url, {"filed_on": "2026-08-15", "submission": str(uuid4()), "member": [pk]})
    withdraw = reverse("filings:withdraw", args=[Filing.objects.get().pk])
    assert secretary.post(withdraw, {"reason": ""}).context["form"].errors
    assert secretary.post(withdraw, {"reason": "记错了人"}).status_code == 302
    assert Filing.objects.get().withdrawn_on == TODAY
    assert status(campaign, "talk", cast.org["B2"]).persons_done == 0


def test_the_list_shows_documents_and_no_entries_of_members(cast, campaign, secretary):
    pk = cast.member["M0201"].pk
    secretary.post(address(cast, "plan"), {"filed_on": "2026-08-15", "submission": str(uuid4())})
    secretary.post(address(cast, "talk"), {"filed_on": "2026-08-15", "submission": str(uuid4()), "member": [pk]})
    page = secretary.get(reverse("filings:filing_list"))
    assert page.context["count"] == 1
    assert secretary.get(reverse("filings:filing_list"), {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize("code", ["no-such-kind", ""])
def test_unknown_kinds_are_not_found(cast, campaign, secretary, code):
    assert secretary.get(address(cast, code)).status_code == 404


def test_tick_lists_are_for_branches(cast, campaign, client):
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address(cast, "talk", "A")).status_code == 404
    assert client.get(address(cast, "plan", "A")).status_code == 200


def test_the_list_is_filtered_by_what_stands(cast, campaign, secretary):
    url = reverse("filings:filing_list")
    for title in ("甲", "乙"):
        filed = actions.file_document(
            by=None, campaign=campaign, organization=cast.org["B2"], kind="plan", filed_on=TODAY, title=title
        )
    actions.withdraw(by=None, filing=filed, reason="重报")
    assert secretary.get(url).context["count"] == 2
    for state, title in (("standing", "甲"), ("withdrawn", "乙")):
        assert [row["object"].title for row in secretary.get(url, {"state": state}).context["table"]] == [title]
