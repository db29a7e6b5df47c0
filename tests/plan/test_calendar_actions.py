"""Changing a unit's dates: reasons, warnings, effect, history and undoing (items 5-8)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from campaign.plan import actions, schedules
from campaign.plan.models import BusinessPeak, ScheduleChange
from campaign.plan.rules import Span
from campaign.plan.schedules import spans
from campaign.progress.models import StepStatus
from enterprises import clock
from enterprises.action import ActionError
from tests.plan.launched import LAUNCH, part, second_batch

LOCAL, CENTRAL = ScheduleChange.Kind.LOCAL, ScheduleChange.Kind.CENTRAL


@pytest.fixture
def campaign(cast):
    return second_batch()


def later(participation, code: str, days: int, end_only: bool = False) -> dict[str, Span]:
    span = spans(participation)[code]
    moved = Span(span.starts_on, span.ends_on + timedelta(days)) if end_only else span.moved(days)
    return {code: moved}


def change(participation, wanted, by=None, reason="抢修（示例）", kind=LOCAL, on=LAUNCH, **options):
    with clock.fixed(on):
        return actions.reschedule(
            participation=participation, wanted=wanted, kind=kind, reason=reason, by=by, **options
        )


def due(organization, code: str) -> date:
    return StepStatus.objects.get(step__code=code, organization=organization).due_on


def test_new_dates_move_the_due_dates_and_are_kept_with_reason(cast, campaign):
    unit = part(campaign, "E01-A")
    before = due(cast.org["B2"], "summary")
    wanted = later(unit, "RECTIFY", 1)
    change(unit, wanted, by=cast.fresh("committee_secretary"))
    assert spans(unit)["RECTIFY"] == wanted["RECTIFY"]
    assert due(cast.org["B2"], "summary") == before + timedelta(1)
    kept = ScheduleChange.objects.get()
    assert (kept.reason, kept.kind, kept.changed_by.username) == ("抢修（示例）", LOCAL, "committee_secretary")
    assert kept.new_starts_on - kept.old_starts_on == timedelta(1)


def test_passed_due_dates_stay(cast, campaign):
    unit = part(campaign, "E01-A")
    mobilise, study = due(cast.org["B2"], "mobilise"), due(cast.org["B2"], "study")
    on = mobilise + timedelta(1)
    wanted = {"LEARN": Span(spans(unit)["LEARN"].starts_on + timedelta(1), spans(unit)["LEARN"].ends_on)}
    with clock.fixed(on):
        moves = {move.step: move for move in schedules.preview(unit, wanted, on).moves}
    assert moves["mobilise"].passed and set(moves) == {"mobilise"}
    change(unit, wanted, on=on)
    assert (due(cast.org["B2"], "mobilise"), due(cast.org["B2"], "study")) == (mobilise, study)


def test_the_effect_is_told_before(cast, campaign):
    unit = part(campaign, "E01-A")
    found = schedules.preview(unit, later(unit, "RECTIFY", 1), LAUNCH)
    moves = {move.step: (move.organizations, (move.new - move.old).days) for move in found.moves}
    # branches B2 and B3 and the committee; the survey is the committee's alone
    assert moves == {
        "plan": (3, 1), "carry_out": (3, 1), "publish": (3, 1), "survey": (1, 1), "summary": (3, 1),
    }  # fmt: skip
    assert found.changed == ["RECTIFY"] and not ScheduleChange.objects.exists()


def test_before_the_headquarters_only_when_confirmed(cast, campaign):
    unit = part(campaign, "E01-A")
    own, above = spans(unit), spans(part(campaign, "E01"))
    wanted = {code: span.moved(-15) for code, span in own.items()}
    assert wanted["LEARN"].starts_on < above["LEARN"].starts_on
    with pytest.raises(ActionError, match="2026"):
        change(unit, wanted)
    change(unit, wanted, accept=True)
    assert len(ScheduleChange.objects.first().warnings) == 3


@pytest.mark.item(6)
def test_too_long_only_when_confirmed(cast, campaign):
    unit = part(campaign, "E01")
    with pytest.raises(ActionError):
        change(unit, later(unit, "RECTIFY", 2, end_only=True))
    change(unit, later(unit, "RECTIFY", 1, end_only=True))
    assert (spans(unit)["RECTIFY"].ends_on - LAUNCH).days + 1 == 110


@pytest.mark.item(6)
def test_a_phase_never_starts_before_the_one_before_it_has_ended(cast, campaign):
    unit = part(campaign, "E01")
    with pytest.raises(ActionError):
        change(unit, later(unit, "ANALYSE", -1), accept=True)
    assert not ScheduleChange.objects.exists()


@pytest.mark.item(7)
def test_peaks_speak_against_dates(cast, campaign):
    unit = part(campaign, "E01")
    peak = actions.add_peak(
        unit=unit.unit, starts_on=LAUNCH, ends_on=LAUNCH + timedelta(5), by=cast.fresh("enterprise_office")
    )
    wanted = later(unit, "RECTIFY", 1)
    with pytest.raises(ActionError):
        change(unit, wanted)
    actions.remove_peak(peak=peak, by=None)
    change(unit, wanted)


def test_a_peak_ends_after_it_starts(cast, campaign):
    with pytest.raises(ActionError):
        actions.add_peak(unit=cast.unit["E01"], starts_on=LAUNCH, ends_on=LAUNCH - timedelta(1), by=None)
    assert not BusinessPeak.objects.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_asked(cast, campaign, reason):
    unit = part(campaign, "E01")
    with pytest.raises(ActionError) as refused:
        change(unit, later(unit, "RECTIFY", 1), reason=reason)
    assert refused.value.field == "reason"


def test_nothing_different(cast, campaign):
    unit = part(campaign, "E01")
    with pytest.raises(ActionError):
        change(unit, spans(unit))


def test_dates_changed_meanwhile_are_not_overwritten(cast, campaign):
    unit = part(campaign, "E01")
    seen = spans(unit)
    change(unit, later(unit, "RECTIFY", 1))
    with pytest.raises(ActionError):
        change(unit, later(unit, "RECTIFY", -1), seen=seen)


def test_undo_is_a_further_change_and_goes_back_step_by_step(cast, campaign):
    unit = part(campaign, "E01")
    first = spans(unit)
    for days in (1, 1):
        change(unit, later(unit, "RECTIFY", days), accept=True)
    for _again in range(2):
        with clock.fixed(LAUNCH):
            actions.undo(participation=unit, reason="误改（示例）", by=cast.fresh("enterprise_office"))
    assert spans(unit) == first
    assert ScheduleChange.objects.count() == 4
    with pytest.raises(ActionError):
        actions.undo(participation=unit, reason="误改（示例）", by=None)


WHO = [
    ("E01-A", "committee_secretary", LOCAL, True),
    ("E01-A", "enterprise_office", LOCAL, True),
    ("E01-A", "office", CENTRAL, True),
    ("E01-A", "enterprise_office", CENTRAL, False),
    ("E01-A", "branch_secretary", LOCAL, False),
    ("E01-A", "other_enterprise_office", LOCAL, False),
    ("E01-C", "local_liaison", LOCAL, True),
    ("E01-C", "enterprise_office", LOCAL, False),
    ("E01-C", "office", LOCAL, False),
    ("E01-C", "office", CENTRAL, True),
    ("E01", "auditor", LOCAL, False),
]


@pytest.mark.parametrize(("unit", "name", "kind", "allowed"), WHO)
@pytest.mark.item(8)
def test_who_may_change_what(cast, campaign, unit, name, kind, allowed):
    """The calendar is kept by whoever leads the unit; who only assists reads (item 8)."""
    found = part(campaign, unit)
    if allowed:
        change(found, later(found, "RECTIFY", 1), by=cast.fresh(name), kind=kind)
    else:
        with pytest.raises(PermissionDenied):
            change(found, later(found, "RECTIFY", 1), by=cast.fresh(name), kind=kind)


def test_what_is_changed_or_removed_stays_in_the_audit(cast, campaign):
    unit = part(campaign, "E01-A")
    by = cast.fresh("committee_secretary")
    peak = actions.add_peak(unit=unit.unit, starts_on=LAUNCH, ends_on=LAUNCH, by=by)
    actions.remove_peak(peak=peak, by=by)
    removed = BusinessPeak.history.rel.related_model.objects.get()
    assert removed.pgh_context.metadata["account"] == by.pk
    change(unit, later(unit, "RECTIFY", 1), by=by)
    kept = unit.schedules.get(phase__code="RECTIFY").history.get()
    assert kept.pgh_context.metadata["reason"] == "抢修（示例）"
