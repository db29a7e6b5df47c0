"""What a member sees and does alone: the own analysis, the appraisal with its answer, corrections."""

import pytest
from django.urls import reverse

from campaign.appraisal.models import AppraisalOpinion, CorrectionRequest, PartySpiritAnalysis
from campaign.requirements import actions as requirements
from campaign.requirements.actions import Variant
from enterprises import clock
from enterprises.models import Member, RestrictedRead
from tests.appraisal.stage import (
    OPINION,
    TEXT,
    TODAY,
    account_of,
    analysis,
    appraisal,
    launch,
    meeting,
    signed_in,
    submission,
)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


@pytest.fixture
def phone(cast, client):
    """A member with nothing but the own page."""
    return signed_in(client, account_of(cast, "M0202"))


@pytest.mark.item(61, 67)
def test_a_member_writes_a_draft_and_hands_it_in(cast, campaign, phone):
    url = reverse("appraisal:analysis_write", args=[cast.member["M0202"].pk]) + "?campaign=t"
    assert url in phone.get(reverse("overview:me")).content.decode()
    parts = {"problems": TEXT, "constitution": "对照党章", "stage": "BEFORE"}
    phone.post(url, parts | {"draft": "1"})
    found = PartySpiritAnalysis.objects.get()
    assert found.handed_in_on is None
    assert phone.get(url).context["form"].initial["problems"] == TEXT
    phone.post(url, parts | {"hand_in": "1"})
    found.refresh_from_db()
    assert (found.handed_in_on, found.mode, found.versions.count()) == (TODAY, "WRITTEN", 1)
    phone.post(url, parts | {"stage": "AFTER", "problems": TEXT + "会后又想到一点。", "hand_in": "1"})
    page = phone.get(reverse("appraisal:analysis", args=[found.pk]))
    assert [v["version"].stage for v in page.context["versions"]] == ["AFTER", "BEFORE"]
    text = page.content.decode()
    assert text.index(TEXT) < text.index("对照党章")  # what one found oneself comes first


@pytest.mark.item(52, 61)
def test_the_adopted_requirements_are_the_checklist_in_the_words_for_the_post(cast, campaign, phone):
    url = reverse("appraisal:analysis_write", args=[cast.member["M0202"].pk]) + "?campaign=t"
    assert phone.get(url).context["points"] == []
    for_the_front = Variant("一线岗位", "班前讲安全；按章操作", ("FRONT_LINE",))
    drafted = requirements.write_version(
        by=None, campaign=campaign, organization=cast.org["A"], text="爱岗敬业\n技术过硬", variants=[for_the_front]
    )
    assert phone.get(url).context["points"] == []  # a draft measures nobody
    requirements.adopt(by=None, version=drafted, adopted_on=TODAY)
    page = phone.get(url)
    assert page.context["points"] == ["班前讲安全", "按章操作"]
    assert "班前讲安全</li>" in page.content.decode()
    retired = Member.objects.get(code="M0202")
    retired.category = "RETIRED"
    retired.save()
    assert phone.get(url).context["points"] == ["爱岗敬业", "技术过硬"]


def test_a_draft_is_its_writers_alone(cast, campaign, phone, client):
    url = reverse("appraisal:analysis_write", args=[cast.member["M0202"].pk]) + "?campaign=t"
    phone.post(url, {"problems": TEXT, "stage": "BEFORE", "draft": "1"})
    signed_in(client, cast.account["branch_secretary"])
    found = PartySpiritAnalysis.objects.get()
    assert TEXT not in client.get(reverse("appraisal:analysis", args=[found.pk])).content.decode()
    assert TEXT not in client.get(url).content.decode()
    assert not RestrictedRead.objects.exclude(account=cast.account["acc-M0202"]).exists()


@pytest.mark.item(64, 66)
def test_a_member_sees_the_appraisal_once_given_and_answers_it(cast, campaign, phone):
    found = appraisal(campaign, cast.member["M0202"], meeting(cast), fed_back=False)
    page = reverse("appraisal:appraisal", args=[found.pk])
    assert OPINION not in phone.get(page).content.decode()
    found = appraisal(campaign, cast.member["M0202"], found.meeting)
    assert OPINION in phone.get(page).content.decode()
    assert phone.post(reverse("appraisal:acknowledge", args=[found.pk])).status_code == 302
    answer = {"text": "基本同意，第二条请再核实。", "submission": submission()}
    for _twice in range(2):
        assert phone.post(reverse("appraisal:reply", args=[found.pk]), answer).status_code == 302
    assert found.replies.get().text == answer["text"]
    assert AppraisalOpinion.objects.get(pk=found.pk).acknowledged_at
    signed_in(phone, cast.account["branch_secretary"])
    assert answer["text"] in phone.get(page).content.decode()
    assert phone.get(reverse("appraisal:appraisal_list"), {"state": "replied"}).context["count"] == 1


@pytest.mark.item(66)
def test_a_correction_is_asked_for_and_its_handling_logged(cast, campaign, phone):
    asked = {"about": "STUDY", "text": "8月10日我参加了学习。", "submission": submission()}
    for _twice in range(2):
        phone.post(reverse("appraisal:correction_new"), asked)
    request = CorrectionRequest.objects.get()
    page = reverse("appraisal:correction", args=[request.pk])
    assert phone.post(page, {"state": "CORRECTED", "text": "x"}).status_code == 403
    signed_in(phone, cast.account["branch_secretary"])
    week = phone.get(reverse("overview:week_more")).content.decode()
    assert reverse("appraisal:corrections") in week
    phone.post(page, {"state": "OPEN", "text": "正在核对签到册。"})
    phone.post(page, {"state": "CORRECTED", "text": "已补记。"})
    assert [e.text for e in request.entries.all()] == ["正在核对签到册。", "已补记。"]
    assert reverse("appraisal:corrections") not in phone.get(reverse("overview:week_more")).content.decode()
    signed_in(phone, cast.account["acc-M0202"])
    assert "已补记。" in phone.get(page).content.decode()


@pytest.mark.item(66)
def test_the_own_page_shows_the_study_record_and_the_texts(cast, campaign, phone):
    analysis(campaign, cast.member["M0202"])
    appraisal(campaign, cast.member["M0202"], meeting(cast))
    page = phone.get(reverse("overview:me")).content.decode()
    assert "学时" in page
    assert reverse("appraisal:correction_new") in page
    assert TEXT not in page and OPINION not in page  # texts are on their own pages, where the reading is noted
    assert not RestrictedRead.objects.exists()


def test_nobody_writes_for_somebody_else(cast, campaign, phone):
    url = reverse("appraisal:analysis_write", args=[cast.member["M0203"].pk]) + "?campaign=t"
    assert phone.get(url).status_code == 404
    found = appraisal(campaign, cast.member["M0203"], meeting(cast))
    assert phone.post(reverse("appraisal:acknowledge", args=[found.pk])).status_code == 404
    assert phone.get(reverse("appraisal:appraisal_write", args=[cast.member["M0202"].pk])).status_code == 403
