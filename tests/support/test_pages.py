"""Pages of support: forms, lists, exports, and what stands where people land (items 41-44)."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from campaign.support.models import DifficultyRequest, ProposalDismissal, WeakOrganization
from enterprises import clock
from enterprises.actions.checks import run_checks
from tests.appraisal.stage import signed_in
from tests.records import launch
from tests.support.stage import (
    TODAY,
    answered,
    care,
    finding,
    general_branch_secretary,
    reported,
    request,
    weak,
)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def sign_in(cast, client):
    return lambda role: signed_in(client, cast.fresh(role))


def sheet(answer):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def post(client, name, *arguments, **told):
    return client.post(reverse(f"support:{name}", args=arguments), {"submission": str(uuid4())} | told)


@pytest.mark.item(41)
def test_a_proposal_is_taken_up_and_the_case_goes_the_whole_way(cast, sign_in):
    run_checks(by=None)
    client = sign_in("committee_secretary")
    proposed = client.get(reverse("support:proposal_list"))
    new = reverse("support:weak_new", args=[cast.org["B2"].pk]) + "?proposal=SECRETARY_MISSING"
    assert new in proposed.content.decode()
    assert client.get(new).context["form"]["reason"].value() == "NO_SECRETARY"
    wrong = client.post(new, {"submission": str(uuid4()), "reason": "OTHER", "note": "", "opened_on": "2026-09-19"})
    assert wrong.context["form"].errors["note"]
    told = {"reason": "NO_SECRETARY", "opened_on": "2026-09-19", "proposal": "SECRETARY_MISSING"}
    assert post(client, "weak_new", cast.org["B2"].pk, **told).status_code == 302
    case = WeakOrganization.objects.get()
    assert case.proposal == "SECRETARY_MISSING"
    left = client.get(reverse("support:proposal_list")).context["table"]
    assert "B2" not in {row["object"].organization.code for row in left}
    branch = sign_in("branch_secretary")
    post(branch, "measure_new", case.pk, kind="LEADERSHIP", done="选出新书记", done_on="2026-09-19")
    post(branch, "weak_report", case.pk, result="班子配齐", reported_on="2026-09-20")
    assert post(branch, "weak_accept", case.pk).status_code == 403
    page = reverse("support:weak", args=[case.pk])
    client = sign_in("committee_secretary")
    assert reverse("support:weak_accept", args=[case.pk]) in client.get(page).content.decode()
    post(client, "weak_return", case.pk, reason="活动室还没有")
    assert "活动室还没有" in client.get(page).content.decode()
    post(branch := sign_in("branch_secretary"), "weak_report", case.pk, result="都有了", reported_on="2026-09-20")
    post(client := sign_in("committee_secretary"), "weak_accept", case.pk)
    case.refresh_from_db()
    assert case.state == "ACCEPTED"
    post(client, "weak_reopen", case.pk, reason="书记又走了")
    assert "书记又走了" in client.get(page).content.decode()
    assert branch.get(reverse("support:weak_list"), {"state": "IN_HAND"}).context["count"] == 1


@pytest.mark.item(41)
def test_a_proposal_is_dismissed_and_proposed_again(cast, sign_in):
    found = finding(cast)
    client = sign_in("committee_secretary")
    assert post(client, "proposal_dismiss", found.pk, reason="").context["form"].errors["reason"]
    assert post(client, "proposal_dismiss", found.pk, reason="下周选举").status_code == 302
    assert client.get(reverse("support:proposal_list")).context["count"] == 0
    listed = client.get(reverse("support:dismissed_list"))
    assert "下周选举" in listed.content.decode()
    post(client, "dismissal_undo", ProposalDismissal.objects.get().pk, reason="没有选成")
    assert client.get(reverse("support:proposal_list"), {"code": found.code}).context["count"] == 1
    other = finding(cast, code="BRANCH_LARGE")
    assert client.get(reverse("support:proposal_dismiss", args=[other.pk])).status_code == 404


@pytest.mark.item(42)
def test_a_request_goes_up_and_comes_back(cast, sign_in):
    client = sign_in("branch_secretary")
    new = reverse("support:request_new", args=[cast.org["B2"].pk])
    assert cast.org["G"].name in client.get(new).content.decode()
    sent = {"submission": str(uuid4()), "kind": "VENUE", "title": "没有活动场所", "raised_on": "2026-09-20"}
    wrong = client.post(new, sent | {"title": ""})
    assert wrong.context["form"].errors["title"] and wrong.context["form"]["kind"].value() == "VENUE"
    assert client.post(new, sent).status_code == client.post(new, sent).status_code == 302
    thing = DifficultyRequest.objects.get()
    page = reverse("support:request", args=[thing.pk])
    edit = reverse("support:request_edit", args=[thing.pk])
    version = client.get(edit).context["form"]["version"].value()
    DifficultyRequest.objects.filter(pk=thing.pk).update(need="一间房")
    assert client.post(edit, {"version": version, "kind": "VENUE", "title": "缺活动室"}).context["form"].conflicts
    assert post(client, "request_answer", thing.pk).status_code == 403
    client = sign_in("committee_secretary")
    wrong = post(client, "request_answer", thing.pk, owner="工会", due_on="2026-10-10", answer="")
    assert wrong.context["form"].errors["answer"] and wrong.context["form"]["owner"].value() == "工会"
    version = client.get(reverse("support:request_answer", args=[thing.pk])).context["form"]["version"].value()
    told = {"owner": "工会", "due_on": "2026-10-10", "answer": "腾出库房", "version": version}
    assert post(client, "request_answer", thing.pk, **told).status_code == 302
    post(client, "request_solve", thing.pk, result="已腾出", closed_on="2026-09-20")
    client = sign_in("branch_secretary")
    assert "已腾出" in client.get(page).content.decode()
    post(client, "request_reopen", thing.pk, reason="漏雨")
    assert "漏雨" in client.get(page).content.decode()
    post(client, "request_withdraw", thing.pk, reason="自己修好了")
    thing.refresh_from_db()
    assert thing.state == "WITHDRAWN"


@pytest.mark.item(42)
def test_the_list_of_requests_filters_and_exports(cast, sign_in):
    request(cast, title="甲", raised_on=TODAY - timedelta(11))
    answered(request(cast, title="乙", organization="B3", raised_on=TODAY - timedelta(30)), due_on=TODAY - timedelta(1))
    request(cast, title="丙", organization="A", kind="FUNDS")
    client = sign_in("committee_secretary")
    url = reverse("support:request_list")

    def titles(**query):
        return [row["object"].title for row in client.get(url, query).context["table"]]

    assert titles() == ["乙", "甲", "丙"]
    assert titles(state="long") == ["甲"] and titles(state="overdue") == ["乙"]
    assert titles(kind="FUNDS") == ["丙"] and titles(turn="mine") == []
    assert titles(q="乙") == ["乙"] and titles(organization=cast.org["G"].pk) == ["乙", "甲"]
    rows = sheet(client.get(url, {"export": "xlsx", "state": "waiting"}))
    assert [row[0] for row in rows[1:]] == ["乙", "甲", "丙"]
    general_branch_secretary(cast)
    client = sign_in("general_branch")
    assert titles(turn="mine") == ["乙", "甲"]


@pytest.mark.item(41, 42)
def test_the_report_of_a_node_with_its_children(cast, sign_in):
    reported(weak(cast))
    weak(cast, "G")
    request(cast, "B3", raised_on=TODAY - timedelta(11))
    client = sign_in("committee_secretary")
    page = client.get(reverse("support:figures", args=[cast.org["G"].pk]))
    assert page.context["figures"].weak.total == 2 and page.context["itself"].weak.total == 1
    rows = sheet(client.get(reverse("support:figures", args=[cast.org["G"].pk]), {"export": "xlsx"}))
    by_name = {row[0]: row[1:] for row in rows[1:]}
    assert by_name[cast.org["B2"].name][:4] == [1, 0, 1, 0]
    assert by_name[cast.org["B3"].name][4] == 1 and by_name[cast.org["B3"].name][-1] == 1
    assert client.get(reverse("support:figures", args=[cast.org["ROOT"].pk])).status_code == 404


@pytest.mark.item(41, 42)
def test_what_waits_stands_where_people_land(cast, sign_in):
    launch()
    weak(cast)
    answered(request(cast, title="缺活动室"))
    shown = sign_in("branch_secretary").get(reverse("overview:week_more")).content.decode()
    assert "缺活动室" in shown and reverse("support:weak", args=[WeakOrganization.objects.get().pk]) in shown
    reported(WeakOrganization.objects.get())
    request(cast, title="缺经费", raised_on=TODAY - timedelta(11))
    general_branch_secretary(cast)
    client = sign_in("general_branch")
    part = client.get(reverse("support:owed", args=[cast.org["G"].pk]), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert len(part.context["lines"]) == 2
    assert [line.state for line in client.get(reverse("support:owed_own")).context["lines"]] == ["over", "soon"]
    assert "state=long" in client.get(reverse("enterprises:organization", args=[cast.org["G"].pk])).content.decode()
    for page in (reverse("overview:node", args=[cast.org["G"].pk]), reverse("support:home")):
        assert client.get(page).status_code == 200
    assert reverse("support:owed", args=[cast.org["G"].pk]) in client.get(
        reverse("overview:node", args=[cast.org["G"].pk])
    ).content.decode()  # fmt: skip


@pytest.mark.item(43)
def test_totals_are_shown_and_exported_with_the_same_gaps(cast, sign_in):
    for number in range(1, 9):
        care(cast, "B2", f"M020{number}")
    for number in range(1, 4):
        care(cast, "B3", f"M030{number}")
    client = sign_in("committee_secretary")
    url = reverse("support:care_totals", args=[cast.org["G"].pk])
    page = client.get(url)
    assert page.context["own"].total == 11
    assert {child.code: total for child, _cells, total in page.context["rows"]} == {"B2": None, "B3": None}
    rows = sheet(client.get(url, {"export": "xlsx"}))
    assert rows[1][-1] == 11 and rows[2][-1] == rows[3][-1] == "不显示"
    assert sign_in("branch_secretary").get(url).status_code == 404


@pytest.mark.item(44)
def test_the_burden_is_shown_and_exported(cast, sign_in):
    launch()
    request(cast)
    client = sign_in("committee_secretary")
    url = reverse("support:burden", args=[cast.org["G"].pk])
    page = client.get(url)
    assert page.context["load"].total == 1
    assert {child.code: load.total for child, load in page.context["rows"]} == {"B2": 1, "B3": 0}
    assert "只采集一次" in page.content.decode() and "估算" in page.content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(client.get(url, {"export": "xlsx"}).streaming_content)))
    rows, about = (book.get_sheet_by_index(number).to_python() for number in (0, 1))
    assert [row[0] for row in rows[1:]] == [cast.org[code].name for code in ("G", "B2", "B3")]
    assert "2026-09-14: " in dict(about)["列入整顿的薄弱党组织"]
    own = sign_in("branch_secretary").get(reverse("support:burden", args=[cast.org["B2"].pk]))
    assert own.context["rows"] == [] and own.context["load"].branches == 1
