"""Conditions of gates: from the statuses of steps, from the rooms, from documents."""

from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.filings.actions import file_document, withdraw
from campaign.gates import actions, judging
from campaign.progress.models import StepStatus
from enterprises import clock
from tests.plan.launched import LAUNCH, part


@pytest.fixture(autouse=True)
def _alone(room_says):
    """No room answers but those a test says."""


def judged(unit, code: str, account=None) -> dict[str, judging.Judged]:
    gate = next(gate for gate in unit.campaign.data["gates"] if gate["code"] == code)
    return {row.row["code"]: row for row in judging.judge(unit, gate, account)}


def test_a_step_is_met_when_all_organizations_that_owe_it_have_done_it(cast, unit):
    row = judged(unit, "open_learn", cast.fresh("enterprise_office"))["mobilised"]
    assert not row.met and row.check.text == "3 个组织中有 3 个还没有完成。"
    url = reverse("overview:step", args=[cast.org["B2"].pk, unit.campaign.code, "mobilise"])
    assert (cast.org["B2"].name, url) in row.links
    mine = StepStatus.objects.filter(step__code="mobilise", organization__enterprise=unit.unit)
    mine.filter(organization=cast.org["B2"]).update(done_on=LAUNCH)
    mine.filter(organization=cast.org["B3"]).update(applicable=False)
    row = judged(unit, "open_learn")["mobilised"]
    assert row.check.text == "2 个组织中有 1 个还没有完成。"
    mine.update(done_on=LAUNCH)
    assert judged(unit, "open_learn")["mobilised"].met


def test_other_units_do_not_count(cast, campaign, unit):
    StepStatus.objects.filter(step__code="mobilise", organization__enterprise=unit.unit).update(done_on=LAUNCH)
    assert judged(unit, "open_learn")["mobilised"].met
    assert not judged(part(campaign, "E01"), "open_learn")["mobilised"].met


def test_links_lead_only_where_the_reader_may_go(cast, unit):
    row = judged(unit, "open_learn", cast.fresh("branch_secretary"))["mobilised"]
    assert [words for words, _url in row.links] == [cast.org["B2"].name]


def test_a_room_is_asked_under_the_code_of_the_condition(unit, room_says):
    assert not judged(unit, "prepare")["leading_group"].met
    room_says("leading_group", True, "已发文（示例）")
    row = judged(unit, "prepare")["leading_group"]
    assert row.met and row.check.text == "已发文（示例）"


def test_a_condition_with_a_step_and_a_room_needs_both(unit, room_says):
    room_says("plan", False, "方案没有批准（示例）")
    StepStatus.objects.filter(step__code="plan").update(done_on=LAUNCH)
    row = judged(unit, "survey")["plan"]
    assert not row.met and row.check.text == "方案没有批准（示例）"
    room_says("plan", True)
    assert judged(unit, "survey")["plan"].met
    StepStatus.objects.filter(step__code="plan").update(done_on=None)
    assert not judged(unit, "survey")["plan"].met


def test_what_no_room_keeps_is_met_by_a_document_of_the_leading_organization(cast, unit):
    def file(code: str, organization: str):
        return file_document(
            by=None, campaign=unit.campaign, organization=cast.org[code], kind=organization, filed_on=clock.today()
        )

    row = judged(unit, "prepare")["group_assigned"]
    assert not row.met and "filings/new/" in row.check.url
    file("B2", "group_assigned")
    assert not judged(unit, "prepare")["group_assigned"].met
    filed = file("A", "group_assigned")
    assert judged(unit, "prepare")["group_assigned"].met
    withdraw(by=None, filing=filed, reason="发错")
    assert not judged(unit, "prepare")["group_assigned"].met


def test_a_document_counts_for_the_stage_in_which_it_was_filed(cast, unit, stand_at):
    stand_at(unit, "LEARN")
    file_document(
        by=None, campaign=unit.campaign, organization=cast.org["A"], kind="phase_report", filed_on=clock.today()
    )
    assert judged(unit, "open_analyse")["phase_report"].met
    actions.let_pass(participation=unit, gate="open_analyse", reason="x", by=None)
    unit.refresh_from_db()
    assert not judged(unit, "open_rectify")["phase_report"].met
    with clock.fixed(LAUNCH + timedelta(1)):
        file_document(
            by=None, campaign=unit.campaign, organization=cast.org["A"], kind="phase_report", filed_on=clock.today()
        )
        assert judged(unit, "open_rectify")["phase_report"].met


def test_what_nobody_keeps_is_unmet(unit):
    assert not judged(unit, "open_analyse")["absences"].met


def test_request_and_look_back_are_conditions_of_their_own(cast, unit, stand_at):
    assert "look_back" not in judged(unit, "prepare")
    stand_at(unit, "LEARN")
    assert not judged(unit, "open_analyse")["look_back"].met
    actions.look_back(participation=unit, notes={}, by=None)
    actions.ask(participation=unit, summary="小结", by=None)
    rows = judged(unit, "open_analyse")
    assert rows["look_back"].met and rows["requested"].met
    # a look back on another stay in the phase does not count
    actions.let_pass(participation=unit, gate="open_analyse", reason="x", by=None)
    actions.undo(participation=unit, reason="x", by=None)


def test_a_page_of_units_asks_once_for_its_steps(campaign, django_assert_num_queries):
    units = list(campaign.participations.values_list("unit", flat=True))
    with django_assert_num_queries(1):
        counts = judging.counts_of(campaign, units)
    assert {unit for unit, _step in counts} == set(units)
