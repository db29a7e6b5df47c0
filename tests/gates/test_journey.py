"""One unit through every gate of a campaign, each refused once and passed once; the same code for any campaign."""

from datetime import timedelta

import pytest

from campaign.filings.actions import file_document
from campaign.gates import actions, judging, rules
from campaign.gates.models import PhaseTransition
from campaign.plan.models import Campaign, Participation
from campaign.progress.models import StepStatus
from enterprises import clock
from enterprises.action import ActionError
from tests.plan.launched import LAUNCH, launch, part

UNIT, ASKS, PASSES = "E01-A", "committee_secretary", "enterprise_office"
CAMPAIGNS = ["2005-second-batch", "2024-discipline-study"]
State = PhaseTransition.State


@pytest.fixture
def unit(cast, request) -> Participation:
    return part(launch(request.param), UNIT)


def ask(cast, unit: Participation) -> PhaseTransition:
    """What the unit does: look back where it leaves a phase, then ask."""
    unit.refresh_from_db()
    by = cast.fresh(ASKS)
    phase = unit.campaign.phases.filter(code=unit.state).first()
    if phase is not None:
        notes = dict.fromkeys(phase.steps.values_list("code", flat=True), "九月补完（示例）")
        actions.look_back(participation=unit, notes=notes, by=by)
    return actions.ask(participation=unit, summary="阶段小结（示例）", by=by)


def fulfil(unit: Participation, gate: dict, room_says) -> None:
    """Bring about every condition of a gate: steps done, documents filed, the rest said by a room."""
    documents = {row["code"] for row in unit.campaign.data["documents"]}
    for row in gate["conditions"]:
        if row["step"]:
            mine = StepStatus.objects.filter(step__campaign=unit.campaign, organization__enterprise=unit.unit)
            mine.filter(step__code=row["step"]).update(done_on=clock.today())
        elif row["code"] in documents:
            file_document(
                by=None,
                campaign=unit.campaign,
                organization=unit.unit.leading_organization,
                kind=row["code"],
                filed_on=clock.today(),
            )
        else:
            room_says(row["code"], True)


def gates_of(campaign: Campaign) -> list[dict]:
    return campaign.data["gates"]


@pytest.mark.item(6, 33)
@pytest.mark.parametrize("unit", CAMPAIGNS, indirect=True)
def test_through_all_gates_with_every_condition_met(cast, unit, room_says):
    for number, gate in enumerate(gates_of(unit.campaign)):
        with clock.fixed(LAUNCH + timedelta(number * 10 + 1)):
            refused = ask(cast, unit)
            actions.refuse(transition=refused, reason="还有没做完的（示例）", by=cast.fresh(PASSES))
        with clock.fixed(LAUNCH + timedelta(number * 10 + 2)):
            fulfil(unit, gate, room_says)
            ask(cast, unit)
            unmet = [row.row["code"] for row in judging.judge(unit, gate) if not row.met]
            assert unmet == [], gate["code"]
            done = actions.let_pass(participation=unit, gate=gate["code"], by=cast.fresh(PASSES))
        unit.refresh_from_db()
        assert unit.state == gate["to"] and not done.forced
    told = [(t.state, t.gate) for t in unit.transitions.order_by("id")]
    assert told == [
        pair for g in gates_of(unit.campaign) for pair in ((State.REFUSED, g["code"]), (State.PASSED, g["code"]))
    ]
    with pytest.raises(ActionError):
        actions.ask(participation=unit, summary="x", by=cast.fresh(ASKS))


@pytest.mark.parametrize("unit", CAMPAIGNS, indirect=True)
def test_through_all_gates_by_force(cast, unit, room_says):
    """No room knows anything and nothing has been recorded: each passage takes its reason and stays marked."""
    with clock.fixed(LAUNCH):
        for gate in gates_of(unit.campaign):
            ask(cast, unit)
            with pytest.raises(ActionError):
                actions.let_pass(participation=unit, gate=gate["code"], by=cast.fresh(PASSES))
            by = cast.fresh(PASSES)
            actions.let_pass(participation=unit, gate=gate["code"], reason="已向上级说明（示例）", by=by)
    unit.refresh_from_db()
    assert rules.next_gate(gates_of(unit.campaign), unit.state) is None
    forced = unit.transitions.filter(state=State.PASSED)
    assert forced.count() == len(gates_of(unit.campaign)) and all(t.forced and t.unmet for t in forced)
