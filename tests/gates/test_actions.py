"""Asking, letting pass, refusing, sending back, undoing: who may, and what stays."""

from uuid import uuid4

import pytest

from campaign.gates import actions, authority
from campaign.gates.models import LookBackCheck, PhaseTransition
from campaign.plan.models import Campaign, Participation
from campaign.progress.models import StepStatus
from enterprises import clock, tree
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.history import changes
from tests.cast import K, add_account, add_organization, add_unit
from tests.plan.launched import LAUNCH, part

pytestmark = pytest.mark.usefixtures("room_says")
State = PhaseTransition.State


def asked(cast, unit, **options) -> PhaseTransition:
    return actions.ask(participation=unit, summary="准备就绪（示例）", by=cast.fresh("committee_secretary"), **options)


def passed(cast, unit, gate: str, reason: str = "已向上级说明（示例）", by: str = "enterprise_office"):
    return actions.let_pass(participation=unit, gate=gate, reason=reason, by=cast.fresh(by))


def test_asked_refused_asked_again_and_passed(cast, unit):
    first = asked(cast, unit)
    assert (first.state, first.from_stage, first.to_stage) == ("ASKED", "enrolled", "prepared")
    with pytest.raises(ActionError, match="已经申请|asked for already"):
        asked(cast, unit)
    with pytest.raises(ActionError):
        actions.refuse(transition=first, reason=" ", by=cast.fresh("enterprise_office"))
    actions.refuse(transition=first, reason="书记还没有培训", by=cast.fresh("enterprise_office"))
    unit.refresh_from_db()
    assert unit.state == "enrolled"
    second = asked(cast, unit)
    done = passed(cast, unit, "prepare")
    unit.refresh_from_db()
    assert done.pk == second.pk and unit.state == "prepared"
    assert [t.state for t in unit.transitions.order_by("id")] == ["REFUSED", "PASSED"]


def test_unmet_conditions_take_a_reason_which_stays(cast, unit):
    asked(cast, unit)
    with pytest.raises(ActionError) as refusal:
        passed(cast, unit, "prepare", reason="")
    assert refusal.value.field == "reason"
    done = passed(cast, unit, "prepare")
    assert done.forced and "leading_group" in [row["code"] for row in done.unmet]
    assert done.unmet[0].keys() == {"code", "name_zh", "name_en"}
    unit.refresh_from_db()
    assert changes(unit)[0].reason == "已向上级说明（示例）"


def test_with_everything_met_no_reason_is_asked_for(cast, unit, room_says):
    for row in unit.campaign.data["gates"][0]["conditions"]:
        room_says(row["code"], True)
    asked(cast, unit)
    done = passed(cast, unit, "prepare", reason="")
    assert not done.forced and done.unmet == []


def test_without_a_request_the_passage_is_forced(cast, unit, room_says):
    for row in unit.campaign.data["gates"][0]["conditions"]:
        room_says(row["code"], True)
    with pytest.raises(ActionError):
        passed(cast, unit, "prepare", reason="")
    assert [row["code"] for row in passed(cast, unit, "prepare").unmet] == ["requested"]


@pytest.mark.item(6)
def test_no_gate_is_skipped(cast, unit):
    with pytest.raises(ActionError):
        passed(cast, unit, "open_analyse")
    passed(cast, unit, "prepare")
    with pytest.raises(ActionError):  # the same page sent twice
        passed(cast, unit, "prepare")
    unit.refresh_from_db()
    assert unit.state == "prepared"


def test_sent_twice_is_one(cast, unit):
    mark = uuid4()
    assert asked(cast, unit, submission=mark).pk == asked(cast, unit, submission=mark).pk
    mark = uuid4()
    by = cast.fresh("enterprise_office")
    actions.let_pass(participation=unit, gate="prepare", reason="x", by=by, submission=mark)
    actions.ask(participation=unit, summary="又一次", by=None)
    assert unit.transitions.filter(state=State.PASSED).count() == 1


@pytest.mark.parametrize("name", ["committee_secretary", "branch_secretary", "office", "local_liaison", "auditor"])
def test_only_the_organization_above_lets_pass(cast, unit, name):
    """Neither the unit itself nor one two levels up."""
    with pytest.raises(NotPermitted):
        passed(cast, unit, "prepare", by=name)


def test_the_top_office_passes_units_directly_below_it(cast, campaign):
    headquarters = part(campaign, "E01")
    with pytest.raises(NotPermitted):
        passed(cast, headquarters, "prepare", by="enterprise_office")
    assert passed(cast, headquarters, "prepare", by="office").state == State.PASSED


@pytest.mark.item(8)
def test_a_local_unit_is_passed_by_its_local_committee_only(cast, campaign):
    local = part(campaign, "E01-C")
    for name in ("enterprise_office", "office"):
        with pytest.raises(NotPermitted, match="某省委"):
            passed(cast, local, "prepare", by=name)
    assert passed(cast, local, "prepare", by="local_liaison").state == State.PASSED


def test_a_committee_passes_its_subordinate_units(cast, campaign):
    add_unit(cast, "E01-A1", "北山选煤厂（示例）", "SUBSIDIARY", "E01-A", declared_batch=2)
    add_organization(cast, "A1", "北山选煤厂党委（示例）", K.COMMITTEE, "A", unit="E01-A1")
    tree.refresh()
    cast.unit["E01-A1"].refresh_from_db()
    below = Participation.objects.create(campaign=campaign, unit=cast.unit["E01-A1"])
    with pytest.raises(NotPermitted):
        passed(cast, below, "prepare", by="enterprise_office")
    assert passed(cast, below, "prepare", by="committee_secretary").state == State.PASSED


def test_the_last_gate_is_not_for_every_post(cast, campaign, stand_at):
    """The definition names who may pass each gate: the last one no committee secretary."""
    add_account(cast, "party_group_secretary", "COMMITTEE_SECRETARY", cast.org["E01-DZ"])
    unit = stand_at(part(campaign, "E01-A"), "summed_up")
    with pytest.raises(NotPermitted):
        passed(cast, unit, "close", by="party_group_secretary")
    assert passed(cast, unit, "close").to_stage == "closed"


def test_only_the_unit_asks(cast, unit):
    for name in ("branch_secretary", "local_liaison", "auditor", "other_enterprise_office"):
        with pytest.raises(NotPermitted):
            actions.ask(participation=unit, summary="x", by=cast.fresh(name))


def test_out_of_a_phase_one_looks_back_first(cast, unit, stand_at):
    stand_at(unit, "LEARN")
    with pytest.raises(ActionError, match="回头看|Look back"):
        asked(cast, unit)
    by = cast.fresh("committee_secretary")
    check = actions.look_back(participation=unit, notes={}, by=by)
    assert {line.step.code: line.result for line in check.lines.all()} == {
        "mobilise": "NOT_DUE", "study": "NOT_DUE", "requirements": "NOT_DUE",
    }  # fmt: skip
    assert asked(cast, unit).look_back == check


def test_what_is_missing_needs_a_note(cast, unit, stand_at):
    stand_at(unit, "LEARN")
    by = cast.fresh("committee_secretary")
    made_up = StepStatus.objects.filter(step__code="study", organization__enterprise=unit.unit)
    made_up.update(done_on=LAUNCH, made_up=True)
    with clock.fixed(LAUNCH.replace(month=9)):
        with pytest.raises(ActionError) as refusal:
            actions.look_back(participation=unit, notes={"mobilise": "9 月 5 日补开"}, by=by)
        assert refusal.value.field == "note_requirements"
        notes = {"mobilise": "9 月 5 日补开", "requirements": "9 月 8 日前通过"}
        check = actions.look_back(participation=unit, notes=notes, by=by)
    found = {line.step.code: (line.result, line.note) for line in check.lines.all()}
    assert found["mobilise"] == ("MISSING", "9 月 5 日补开")
    assert found["study"] == ("MADE_UP", "")


def test_a_look_back_sent_twice_is_one_and_needs_a_phase(cast, unit, stand_at):
    by, mark = cast.fresh("committee_secretary"), uuid4()
    with pytest.raises(ActionError):
        actions.look_back(participation=unit, notes={}, by=by)
    stand_at(unit, "LEARN")
    for _again in range(2):
        actions.look_back(participation=unit, notes={}, by=by, submission=mark)
    assert LookBackCheck.objects.count() == 1


@pytest.mark.item(74)
def test_a_surveyed_unit_is_sent_back_and_passes_the_gate_to_the_survey_anew(cast, unit, stand_at, room_says):
    office = cast.fresh("enterprise_office")
    stand_at(unit, "RECTIFY")
    with pytest.raises(ActionError):
        actions.send_to_make_up(participation=unit, reason="不满意过半", by=office)
    stand_at(unit, "surveyed")
    waiting = asked(cast, unit)
    with pytest.raises(NotPermitted):
        actions.send_to_make_up(participation=unit, reason="x", by=cast.fresh("committee_secretary"))
    with pytest.raises(ActionError):
        actions.send_to_make_up(participation=unit, reason="", by=office)
    actions.send_to_make_up(participation=unit, reason="多数群众不满意", by=office)
    unit.refresh_from_db()
    waiting.refresh_from_db()
    assert unit.state == "make_up" and waiting.state == State.REFUSED
    assert asked(cast, unit).gate == "survey"
    for step in ("plan", "carry_out", "publish"):
        StepStatus.objects.filter(step__code=step).update(done_on=LAUNCH)
    done = passed(cast, unit, "survey", reason="")
    unit.refresh_from_db()
    assert unit.state == "surveyed" and not done.forced and done.from_stage == "make_up"


def test_a_passage_made_by_mistake_is_undone_from_above(cast, unit):
    with pytest.raises(ActionError):
        actions.undo(participation=unit, reason="x", by=cast.fresh("enterprise_office"))
    passed(cast, unit, "prepare")
    passed(cast, unit, "open_learn")
    for name, reason in (("committee_secretary", "x"), ("enterprise_office", "")):
        with pytest.raises(ActionError):
            actions.undo(participation=unit, reason=reason, by=cast.fresh(name))
    last = actions.undo(participation=unit, reason="点错了单位", by=cast.fresh("enterprise_office"))
    unit.refresh_from_db()
    assert unit.state == "prepared" and last.gate == "open_learn" and last.forced
    assert (last.state, last.undo_reason) == (State.PASSED, "点错了单位")
    # only the latest: the one before is the latest now
    actions.undo(participation=unit, reason="同上", by=cast.fresh("enterprise_office"))
    unit.refresh_from_db()
    assert unit.state == "enrolled"


def test_a_campaign_that_does_not_run_stands_still(unit):
    Campaign.objects.filter(pk=unit.campaign_id).update(state=Campaign.State.CLOSED)
    with pytest.raises(ActionError):
        actions.ask(participation=unit, summary="x", by=None)


def test_calendars_stay_as_they_are(cast, unit):
    before = list(unit.schedules.values_list("phase", "starts_on", "ends_on"))
    passed(cast, unit, "prepare")
    passed(cast, unit, "open_learn")
    assert list(unit.schedules.values_list("phase", "starts_on", "ends_on")) == before


def test_who_leads_which_units(cast, campaign):
    """The condition on rows and the rule for one unit agree."""
    parts = {p.unit.code: p for p in Participation.objects.filter(campaign=campaign).select_related("unit")}
    for organization in cast.org.values():
        found = set(
            Participation.objects.filter(authority.led_by([organization], "unit__")).values_list(
                "unit__code", flat=True
            )
        )
        expected = {code for code, p in parts.items() if organization in authority.passing_organizations(p.unit)}
        assert found == expected, organization.code
