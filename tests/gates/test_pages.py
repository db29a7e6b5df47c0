"""The pages: where a unit stands, asking, deciding, the lists, and the panels."""

from urllib.parse import parse_qs, urlparse
from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.gates import actions
from campaign.plan.models import Participation
from campaign.progress.models import StepStatus
from enterprises.panels import organization_panels
from tests.plan.launched import LAUNCH, part

pytestmark = pytest.mark.usefixtures("room_says")


def url(name: str, unit: Participation) -> str:
    return reverse(f"gates:{name}", args=[unit.pk])


def force(unit: Participation, gate: str = "prepare", reason: str = "已说明（示例）") -> None:
    actions.let_pass(participation=unit, gate=gate, reason=reason, by=None)
    unit.refresh_from_db()


def test_the_unit_s_page_says_what_is_met_and_who_lets_pass(cast, unit, sign_in, room_says):
    room_says("leading_group", True, "已发文（示例）")
    answer = sign_in("committee_secretary").get(url("unit", unit))
    page = answer.content.decode()
    assert (answer.context["met"], len(answer.context["judged"])) == (1, 6)
    assert "已发文（示例）" in page and "华岳能源集团公司党组（示例）" in page
    assert url("ask", unit) in page and url("pass", unit) not in page


def test_asked_by_the_unit_decided_from_above(cast, unit, sign_in):
    asked = sign_in("committee_secretary").post(url("ask", unit), {"summary": "已准备好", "submission": uuid4()})
    assert asked.status_code == 302
    office = sign_in("enterprise_office")
    assert "已准备好" in office.get(url("unit", unit)).content.decode()
    refused = office.post(url("refuse", unit), {"reason": "书记还没有培训（示例）"})
    assert refused.status_code == 302
    page = sign_in("committee_secretary").get(url("unit", unit)).content.decode()
    assert "书记还没有培训（示例）" in page and "暂不批准" in page
    # nothing is open any more: refusing again says so
    assert office.post(url("refuse", unit), {"reason": "x"}).status_code == 200


def test_a_passage_with_conditions_unmet_takes_a_reason_and_stays_to_be_seen(unit, sign_in):
    office = sign_in("enterprise_office")
    data = {"gate": "prepare", "submission": uuid4(), "reason": ""}
    assert "xf-note-late" in office.get(url("pass", unit)).content.decode()
    answer = office.post(url("pass", unit), data)
    assert answer.status_code == 200 and answer.context["form"].errors["reason"]
    answer = office.post(url("pass", unit), data | {"reason": "矿井停产检修（示例）"})
    assert answer.status_code == 302
    actions.undo(participation=unit, reason="点错了", by=None)
    page = office.get(url("unit", unit)).content.decode()
    assert page.count("矿井停产检修（示例）") >= 2 and "已撤销" in page  # on top and in the history, also when undone


@pytest.mark.item(8)
def test_the_enterprise_office_is_told_why_it_does_not_pass_a_local_unit(campaign, sign_in):
    answer = sign_in("enterprise_office").get(url("pass", part(campaign, "E01-C")))
    assert answer.status_code == 403
    assert "某省委（示例）" in answer.content.decode()


def test_the_look_back_by_page(unit, sign_in, stand_at):
    stand_at(unit, "LEARN")
    secretary = sign_in("committee_secretary")
    assert [line.step.code for line in secretary.get(url("look_back", unit)).context["form"].lines] == [
        "mobilise", "study", "requirements",
    ]  # fmt: skip
    before = secretary.post(url("ask", unit), {"summary": "小结", "submission": uuid4()})
    assert before.status_code == 200 and "回头看" in str(before.context["form"].non_field_errors())
    kept = secretary.post(url("look_back", unit), {"submission": uuid4(), "note_study": "两名党员住院（示例）"})
    assert kept.status_code == 302
    assert "两名党员住院（示例）" in secretary.get(url("unit", unit)).content.decode()
    assert secretary.post(url("ask", unit), {"summary": "小结", "submission": uuid4()}).status_code == 302


def test_planned_beside_actual(unit, sign_in):
    force(unit)
    force(unit, "open_learn")
    stages = sign_in("committee_secretary").get(url("unit", unit)).context["stages"]
    learn = next(stage for stage in stages if stage.place == "present")
    assert learn.entered_on == LAUNCH and learn.left_on is None
    assert learn.planned.starts_on > LAUNCH  # a subsidiary starts after its headquarters
    assert [stage.place for stage in stages[:4]] == ["past", "past", "present", "future"]
    assert stages[1].left_on == LAUNCH


def test_make_up_is_shown_and_left_through_the_gate_to_the_survey(unit, sign_in, stand_at):
    stand_at(unit, "surveyed")
    office = sign_in("enterprise_office")
    assert url("make_up", unit) in office.get(url("unit", unit)).content.decode()
    assert office.post(url("make_up", unit), {"reason": "多数群众不满意（示例）"}).status_code == 302
    answer = office.get(url("unit", unit))
    assert answer.context["gate"]["code"] == "survey" and answer.context["making_up"]
    assert "已退回补课" in answer.content.decode()
    assert office.post(url("undo", unit), {"reason": "统计有误（示例）"}).status_code == 302
    unit.refresh_from_db()
    assert unit.state == "surveyed"


def test_the_list_judges_the_units_of_one_page(campaign, unit, sign_in, django_assert_max_num_queries):
    office = sign_in("office")
    query = {"campaign": campaign.code}
    answer = office.get(reverse("gates:unit_list"), query)
    rows = {row["object"].unit.code: [cell.text for cell in row["cells"]] for row in answer.context["table"]}
    assert rows["E01-A"][-1] == "6 项中 0 项"
    StepStatus.objects.all().update(done_on=LAUNCH)
    Participation.objects.filter(campaign=campaign).update(state="prepared")
    with django_assert_max_num_queries(40):
        answer = office.get(reverse("gates:unit_list"), query)
    rows = {row["object"].unit.code: [cell.text for cell in row["cells"]] for row in answer.context["table"]}
    assert rows["E01-A"][-1] == "2 项中 1 项"


def test_the_list_is_narrowed_to_what_waits_for_me(campaign, unit, sign_in):
    def found(name: str, **query: str) -> list[str]:
        answer = sign_in(name).get(reverse("gates:unit_list"), query | {"campaign": campaign.code})
        return sorted(row["object"].unit.code for row in answer.context["table"])

    assert found("enterprise_office") == ["E01", "E01-A", "E01-C"]
    assert found("enterprise_office", whose="mine") == ["E01-A"]
    assert found("local_liaison", whose="mine") == ["E01-C"]
    assert found("office", whose="mine") == ["E01", "E02"]
    assert found("office", asked="yes") == []
    actions.ask(participation=unit, summary="小结", by=None)
    assert found("enterprise_office", asked="yes", whose="mine") == ["E01-A"]
    force(unit)
    assert found("office", stage="prepared") == ["E01-A"] and found("office", stage="nowhere") == []


def test_the_list_is_exported_without_judging_every_unit(campaign, sign_in, django_assert_max_num_queries):
    office = sign_in("office")
    with django_assert_max_num_queries(8):
        answer = office.get(reverse("gates:unit_list"), {"campaign": campaign.code, "export": "xlsx"})
        assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_forced_passages_are_listed_for_good(campaign, unit, sign_in):
    force(unit)
    force(part(campaign, "E01-C"))
    actions.undo(participation=unit, reason="点错了", by=None)
    listed = reverse("gates:forced")
    office = sign_in("office").get(listed, {"campaign": campaign.code})
    assert office.context["count"] == 2
    assert "已说明（示例）" in office.content.decode()
    undone = sign_in("office").get(listed, {"campaign": campaign.code, "state": "undone"})
    assert [row["object"].participation.unit.code for row in undone.context["table"]] == ["E01-A"]
    assert sign_in("other_enterprise_office").get(listed, {"campaign": campaign.code}).context["count"] == 0


def panels_of(cast, rf, name: str, code: str) -> str:
    request = rf.get("/")
    request.user, request.session = cast.fresh(name), {}
    return "".join(organization_panels(request, cast.org[code]))


def test_the_organization_above_is_told_who_asks(cast, unit, rf, sign_in):
    assert "申请转段" not in panels_of(cast, rf, "enterprise_office", "E01-DZ")
    actions.ask(participation=unit, summary="小结", by=None)
    page = panels_of(cast, rf, "enterprise_office", "E01-DZ")
    assert "1 个单位申请转段" in page
    start = page.index(reverse("gates:unit_list"))
    link = page[start : page.index('"', start)].replace("&amp;", "&")
    assert parse_qs(urlparse(link).query) == {"asked": ["yes"], "whose": ["mine"]}
    assert "个单位申请转段" not in panels_of(cast, rf, "office", "ROOT")  # two levels up: not asked


def test_the_unit_s_organization_and_enterprise_show_stage_and_what_is_lacking(cast, unit, rf, sign_in):
    page = panels_of(cast, rf, "committee_secretary", "A")
    assert url("unit", unit) in page and "还缺：" in page and "已成立领导小组和办公室" in page
    assert url("unit", unit) not in panels_of(cast, rf, "branch_secretary", "B2")
    enterprise = sign_in("enterprise_office").get(reverse("enterprises:enterprise", args=[unit.unit_id]))
    assert url("unit", unit) in enterprise.content.decode()
