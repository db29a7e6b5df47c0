"""The pages of the branch: talks, analyses, appraisals, life meetings, notices."""

from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.appraisal.models import AppraisalNotice, AppraisalOpinion, HeartToHeartTalk, PartySpiritAnalysis
from campaign.plan.actions import set_own_guidance
from campaign.plan.models import Participation
from enterprises import clock
from enterprises.models import Post, RestrictedRead
from tests.appraisal.stage import (
    OPINION,
    TEXT,
    TODAY,
    account_of,
    analysis,
    appraisal,
    launch,
    meeting,
    secretary,
    signed_in,
    submission,
)
from tests.cast import Cast, add_account
from tests.records import status


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


@pytest.fixture
def desk(cast, client):
    """The branch secretary at work."""
    return signed_in(client, cast.account["branch_secretary"])


def at(cast: Cast, name: str, organization: str = "B2") -> str:
    return f"{reverse(name)}?organization={cast.org[organization].pk}&campaign=t"


@pytest.mark.item(57)
def test_many_talks_are_recorded_at_once(cast, campaign, desk):
    secretary(cast)
    url = at(cast, "appraisal:talk_new")
    page = desk.get(url)
    assert page.context["form"].initial["from_member"] == cast.member["M0201"]
    assert [r["standing"].member.code for r in page.context["open"]] == [f"M020{i}" for i in range(2, 9)]
    form = {"from_member": cast.member["M0201"].pk, "held_on": "2026-08-20", "submission": submission()}
    assert desk.post(url, form).context["form"].non_field_errors()
    form["member"] = [cast.member[f"M020{i}"].pk for i in range(2, 8)]
    for _twice in range(2):
        assert desk.post(url, form).status_code == 302
    assert HeartToHeartTalk.objects.count() == 6
    page = desk.get(url)
    assert (page.context["by_secretary"], page.context["all"], page.context["expected_open"]) == (6, 7, 0)
    assert status(campaign, "talks", cast.org["B2"]).persons_done == 7


@pytest.mark.item(57)
def test_leaders_talk_with_their_team(cast, campaign, client):
    signed_in(client, cast.account["committee_secretary"])
    for code in ("M0201", "M0202", "M0203"):
        Post.objects.create(member=cast.member[code], role="TEAM_MEMBER", scope_id=cast.org["A"].pk)
    secretary(cast, organization="A", role="COMMITTEE_SECRETARY")
    url = at(cast, "appraisal:talk_new", "A")
    form = {"from_member": cast.member["M0201"].pk, "held_on": "2026-08-20", "submission": submission()}
    client.post(url, form | {"member": [cast.member["M0202"].pk]})
    page = client.get(url)
    assert (page.context["by_secretary"], page.context["all"]) == (1, 2)
    assert [r["standing"].member.code for r in page.context["open"]] == ["M0203"]


@pytest.mark.item(57)
def test_members_nobody_talked_with_are_listed(cast, campaign, desk):
    url = at(cast, "appraisal:untalked")
    assert desk.get(url).context["count"] == 7  # the retired one is left free
    form = {"from_member": cast.member["M0201"].pk, "held_on": "2026-08-20", "submission": submission()}
    desk.post(at(cast, "appraisal:talk_new"), form | {"member": [cast.member["M0202"].pk]})
    page = desk.get(url)
    assert [row["object"].code for row in page.context["table"]] == [f"M020{i}" for i in range(3, 8)]


@pytest.mark.item(33, 57)
def test_who_is_left_free_by_the_units_own_guidance_is_not_listed(cast, campaign, desk):
    part = Participation.objects.get(campaign=campaign, unit__code="E01-A")
    free = [{"category": "FRONT_LINE", "binding": False}]
    assert desk.get(at(cast, "appraisal:untalked")).context["count"] == 7
    set_own_guidance(participation=part, wanted=free, reason="停产检修（示例）", by=None)
    assert desk.get(at(cast, "appraisal:untalked")).context["count"] == 0


def test_a_talk_is_withdrawn_with_a_reason(cast, campaign, desk):
    form = {"from_member": cast.member["M0201"].pk, "held_on": "2026-08-20", "submission": submission()}
    desk.post(at(cast, "appraisal:talk_new"), form | {"member": [cast.member["M0202"].pk]})
    url = reverse("appraisal:talk_withdraw", args=[HeartToHeartTalk.objects.get().pk])
    assert desk.post(url, {"reason": ""}).context["form"].errors
    assert desk.post(url, {"reason": "日期记错"}).status_code == 302
    assert desk.get(reverse("appraisal:talks"), {"state": "withdrawn"}).context["count"] == 1


@pytest.mark.item(36, 61)
def test_analyses_on_paper_are_ticked_and_an_entry_is_taken_back(cast, campaign, desk):
    url = at(cast, "appraisal:analyses")
    form = {"day": "2026-08-21", "submission": submission()}
    assert desk.post(url, form | {"member": [cast.member["M0301"].pk]}).context["form"].non_field_errors()
    assert desk.post(url, form | {"member": [cast.member["M0201"].pk]}).status_code == 302
    assert (desk.get(url).context["done"], desk.get(url).context["expected"]) == (1, 7)
    found = PartySpiritAnalysis.objects.get()
    assert "不在系统" in desk.get(reverse("appraisal:analysis", args=[found.pk])).content.decode()
    assert not RestrictedRead.objects.exists()  # there was no text to read
    desk.post(reverse("appraisal:analysis_withdraw", args=[found.pk]), {"reason": "点错了人"})
    assert desk.get(url).context["done"] == 0


@pytest.mark.item(36, 61)
def test_the_secretary_takes_down_what_is_told(cast, campaign, desk):
    url = reverse("appraisal:analysis_write", args=[cast.member["M0202"].pk]) + "?campaign=t"
    assert desk.post(url, {"problems": "", "stage": "BEFORE", "hand_in": "1"}).context["form"].errors
    answer = desk.post(url, {"problems": TEXT, "stage": "BEFORE", "hand_in": "1"})
    found = PartySpiritAnalysis.objects.get()
    assert answer.url == reverse("appraisal:analysis", args=[found.pk])
    assert found.mode == "ORAL"


@pytest.mark.item(61)
def test_the_secretary_reads_and_it_is_noted(cast, campaign, desk):
    found = analysis(campaign, cast.member["M0202"])
    page = desk.get(reverse("appraisal:analysis", args=[found.analysis_id]))
    assert TEXT in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    read = RestrictedRead.objects.get()
    assert (read.account, read.model, read.object_id, read.organization) == (
        cast.account["branch_secretary"], "partyspiritanalysis", found.analysis_id, cast.org["B2"],
    )  # fmt: skip


@pytest.mark.item(61)
def test_two_that_are_alike_are_told_and_no_more(cast, campaign, desk):
    analysis(campaign, cast.member["M0202"])
    analysis(campaign, cast.member["M0203"], text=TEXT + "我还要多下现场。")
    analysis(campaign, cast.member["M0204"], text="平时忙于检修，同班里同志交流不多，开会发言也少。" * 3)
    page = desk.get(at(cast, "appraisal:analyses"))
    assert [(p.first.member.code, p.second.member.code) for p in page.context["alike"]] == [("M0202", "M0203")]
    assert TEXT not in page.content.decode()
    analysis(campaign, cast.member["M0203"], text="我自己重新写了一份，说的是自己在安全生产上的责任心问题。" * 3)
    assert not desk.get(at(cast, "appraisal:analyses")).context["alike"]


@pytest.mark.item(64)
def test_an_appraisal_is_written_agreed_and_fed_back(cast, campaign, desk):
    url = reverse("appraisal:appraisal_write", args=[cast.member["M0202"].pk]) + "?campaign=t"
    lecture = meeting(cast, "PARTY_LECTURE")
    assert desk.post(url, {"text": OPINION, "meeting": lecture.pk}).context["form"].errors.keys() == {"meeting"}
    held = meeting(cast)  # B2 has no committee on record: the general meeting agrees
    found = desk.post(url, {"text": OPINION, "meeting": held.pk})
    appraised = AppraisalOpinion.objects.get()
    assert found.url == reverse("appraisal:appraisal", args=[appraised.pk])
    assert desk.get(reverse("appraisal:appraisal_list"), {"state": "unfed"}).context["count"] == 1
    early = {"way": "TALK", "on": str(held.held_on - timedelta(1))}
    feedback = reverse("appraisal:feedback", args=[appraised.pk])
    assert desk.post(feedback, early).context["feedback_form"].errors.keys() == {"on"}
    assert desk.post(feedback, early | {"on": str(held.held_on)}).status_code == 302
    assert desk.get(reverse("appraisal:appraisal_list"), {"state": "unfed"}).context["count"] == 0


@pytest.mark.item(64)
def test_where_there_is_a_committee_only_it_agrees(cast, campaign, desk):
    for code in ("M0201", "M0202", "M0203"):
        Post.objects.create(member=cast.member[code], role="COMMITTEE_MEMBER", scope_id=cast.org["B2"].pk)
    general, committee = meeting(cast), meeting(cast, "BRANCH_COMMITTEE")
    form = desk.get(at(cast, "appraisal:appraisals")).context["form"]
    assert list(form.fields["meeting"].queryset) == [committee]
    told = {"way": "WRITTEN", "day": "2026-08-25", "submission": submission(), "member": [cast.member["M0204"].pk]}
    assert (
        "meeting" in desk.post(at(cast, "appraisal:appraisals"), told | {"meeting": general.pk}).context["form"].errors
    )
    assert desk.post(at(cast, "appraisal:appraisals"), told | {"meeting": committee.pk}).status_code == 302


@pytest.mark.item(62)
def test_a_life_meeting_before_its_time_is_warned_of_and_counts(cast, campaign, desk):
    held = meeting(cast, "ORG_LIFE", campaign=campaign)
    page = desk.get(reverse("meetings:detail", args=[held.pk])).content.decode()
    assert "“talks”" in page and "“analysis”" in page and "“appraisal”" not in page
    assert status(campaign, "life_meetings", cast.org["B2"]).done_on == held.held_on


@pytest.mark.item(62)
def test_a_leading_teams_meeting_asks_for_its_analyses(cast, campaign, client):
    signed_in(client, cast.account["committee_secretary"])
    for code in ("M0201", "M0202"):
        Post.objects.create(member=cast.member[code], role="TEAM_MEMBER", scope_id=cast.org["A"].pk)
    held = meeting(cast, "DEMOCRATIC_LIFE", day=TODAY, organization="A", campaign=campaign)
    url = reverse("meetings:detail", args=[held.pk])
    assert "领导班子成员党性分析" in client.get(url).content.decode()
    for code in ("M0201", "M0202"):
        analysis(campaign, cast.member[code], text=code * 30)
    assert "领导班子成员党性分析" not in client.get(url).content.decode()


@pytest.mark.item(62)
def test_life_meetings_held_and_not_held_are_listed(cast, campaign, client):
    signed_in(client, cast.account["office"])
    meeting(cast, "ORG_LIFE", campaign=campaign)
    url = reverse("appraisal:life_meetings") + "?campaign=t"
    everybody = client.get(url).context["count"]
    assert client.get(url + "&state=held").context["count"] == 1
    assert client.get(url + "&state=not_held").context["count"] == everybody - 1
    assert client.get(url + "&export=xlsx").status_code == 200


@pytest.mark.item(63)
def test_an_attending_group_member_remarks_on_the_meeting(cast, campaign, client):
    group = add_account(cast, "group", "GROUP_MEMBER", cast.org["A"])
    held = meeting(cast, "ORG_LIFE", campaign=campaign)
    signed_in(client, group)
    url = reverse("appraisal:quality", args=[held.pk])
    for quality, remark in (("GOOD", "发言坦诚"), ("PRO_FORMA", "念稿子多")):
        assert client.post(url, {"quality": quality, "remark": remark}).status_code == 302
    assert [(q.quality, q.remark) for q in held.qualities.all()] == [("PRO_FORMA", "念稿子多")]
    assert "念稿子多" in client.get(reverse("meetings:detail", args=[held.pk])).content.decode()
    signed_in(client, cast.account["committee_secretary"])
    assert client.post(url, {"quality": "GOOD", "remark": ""}).status_code == 403


@pytest.mark.item(65)
def test_a_notice_that_names_a_member_is_refused(cast, campaign, desk, client):
    url = at(cast, "appraisal:notice_new")
    form = {"scope": "MEMBERS", "form": "MEETING", "given_on": "2026-08-30", "submission": submission()}
    refused = desk.post(url, form | {"contents": f"{cast.member['M0205'].name}同志被点名。"})
    assert refused.context["form"].errors.keys() == {"contents"}
    for _twice in range(2):
        assert desk.post(url, form | {"contents": "总体较好；学习还不够深入；今后抓好整改。"}).status_code == 302
    notice = AppraisalNotice.objects.get()
    signed_in(client, account_of(cast, "M0203"))
    assert client.get(reverse("appraisal:notice", args=[notice.pk])).status_code == 200
    signed_in(client, account_of(cast, "M0301"))
    assert client.get(reverse("appraisal:notice", args=[notice.pk])).status_code == 404


def test_the_branch_page_says_what_is_to_be_done(cast, campaign, desk):
    appraisal(campaign, cast.member["M0202"], meeting(cast), fed_back=False)
    page = desk.get(reverse("enterprises:organization", args=[cast.org["B2"].pk])).content.decode()
    for name in ("appraisal:talk_new", "appraisal:analyses", "appraisal:appraisals"):
        assert reverse(name) in page
    assert "state=unfed" in page


def test_the_weeks_list_leads_to_the_forms(cast, campaign, desk):
    from campaign.overview.week import form_url

    for code, name in (("talks", "talk_new"), ("analysis", "analyses"), ("appraisal", "appraisals")):
        url = form_url(campaign.steps.get(code=code), cast.org["B2"])
        assert url.startswith(reverse(f"appraisal:{name}"))
        assert desk.get(url).status_code == 200
