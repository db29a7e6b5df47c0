"""A unit's own guidance: what it may ask otherwise, what that does, and that it counts (items 33-36)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from campaign.plan import actions, effects, own, rules
from campaign.plan.models import GuidanceChange, PhaseSchedule, UnitGuidance
from campaign.progress.models import StepStatus
from enterprises import clock
from enterprises.action import ActionError
from enterprises.models import Enterprise, Member
from tests.plan.launched import LAUNCH, part, second_batch
from tests.plan.pages import client

FEWER = [{"category": "FRONT_LINE", "class_hours": 12}]
POLICY = {
    "class_hours": 40, "writing": "WRITTEN", "shift_days": 0, "binding": True, "materials_cap": None,
    "rules": [
        {"category": "LEADER", "class_hours": 48},
        {"category": "FRONT_LINE", "writing": "SHORT", "materials_cap": 3},
        {"category": "RETIRED", "binding": False, "class_hours": 20},
    ],
}  # fmt: skip


@pytest.fixture
def unit(cast):
    with clock.fixed(LAUNCH):
        yield part(second_batch(), "E01-A")


def change(cast, unit, wanted, reason="停产检修（示例）", by="committee_secretary", **options):
    return actions.set_own_guidance(participation=unit, wanted=wanted, reason=reason, by=cast.fresh(by), **options)


@pytest.mark.item(33, 36)
def test_own_values_go_before_the_campaign():
    policy = own.with_own(POLICY, [{"category": None, "shift_days": 9}, {"category": "FRONT_LINE", "class_hours": 12}])
    found = rules.guidance(policy, "FRONT_LINE", "SOUND")
    assert (found.class_hours, found.writing, found.shift_days) == (12, "SHORT", 9)
    assert found.rules["class_hours"] == rules.OWN and found.rules["writing"] == 1
    assert rules.guidance(policy, "TECHNICAL", "SOUND").class_hours == 40
    assert rules.unit_shift(policy, "SOUND") == 9


@pytest.mark.item(33, 34, 35)
@pytest.mark.parametrize(
    ("wanted", "mistakes"),
    [
        ([{"category": "FRONT_LINE", "class_hours": 12}], []),
        ([{"category": "TECHNICAL", "class_hours": 60}], [("leaders", "TECHNICAL")]),
        ([{"category": "LEADER", "class_hours": 30}], "leaders"),
        ([{"category": "LEADER", "writing": "ORAL"}], "leaders"),
        ([{"category": "LEADER", "binding": False}], "leaders"),
        ([{"category": "LEADER", "class_hours": 60}, {"category": "TECHNICAL", "class_hours": 60}], []),
        # what is advisory asks nothing of anybody
        ([{"category": "RETIRED", "class_hours": 90}], []),
        ([{"category": "RETIRED", "binding": True}], [("binding", "RETIRED")]),
        ([{"category": "FRONT_LINE", "materials_cap": 5}], [("cap", "FRONT_LINE")]),
        ([{"category": "FRONT_LINE", "materials_cap": 2}], []),
    ],
)
def test_what_a_unit_may_ask(wanted, mistakes):
    found = own.mistakes(POLICY, own.with_own(POLICY, wanted), "SOUND")
    if isinstance(mistakes, str):
        assert found and {mistake.code for mistake in found} == {mistakes}
    else:
        assert [(mistake.code, mistake.category) for mistake in found] == mistakes


def test_a_change_keeps_its_reason_and_what_was_before(cast, unit):
    change(cast, unit, FEWER)
    change(cast, unit, [{"category": None, "shift_days": 5}], reason="恢复生产（示例）")
    last, first = GuidanceChange.objects.all()
    assert (first.old, first.new, last.old) == ([], FEWER, FEWER)
    assert last.reason == "恢复生产（示例）" and str(last.changed_by).startswith("committee_secretary")
    assert own.rules_of(unit.campaign) == {unit.unit_id: [{"category": None, "shift_days": 5}]}


def test_refused(cast, unit):
    with pytest.raises(ActionError) as refusal:
        change(cast, unit, FEWER, reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(ActionError):
        change(cast, unit, [{"category": "LEADER", "class_hours": 1}])
    with pytest.raises(ActionError):
        change(cast, unit, [])
    with pytest.raises(ActionError):
        change(cast, unit, FEWER, seen=[{"category": "LEADER", "class_hours": 50}])
    assert not UnitGuidance.objects.exists()


@pytest.mark.item(8)
@pytest.mark.parametrize(
    ("code", "name", "may"),
    [
        ("E01-A", "committee_secretary", True),
        ("E01-A", "enterprise_office", True),
        ("E01-A", "branch_secretary", False),
        ("E01-C", "enterprise_office", False),
        ("E01-C", "local_liaison", True),
    ],
)
def test_whoever_leads_the_unit_differentiates(cast, unit, code, name, may):
    there = part(unit.campaign, code)
    if may:
        assert change(cast, there, FEWER, by=name).new == FEWER
    else:
        with pytest.raises(PermissionDenied):
            change(cast, there, FEWER, by=name)


@pytest.mark.item(33)
def test_the_effect_says_whom_it_is_about(cast, unit):
    wanted = [{"category": None, "shift_days": 6}, {"category": "FRONT_LINE", "class_hours": 12}]
    found = effects.effect(unit, wanted, clock.today())
    asked = {row.category: row for row in found.asked}
    front = asked["FRONT_LINE"]
    assert (front.old.class_hours, front.new.class_hours) == (32, 12)
    assert (front.members, front.branches) == (12, 2)
    assert asked["RETIRED"].members == 1 and asked["LEADER"].changed  # its dates move too
    assert len(found.moves) == 13 and {(m.new - m.old).days for m in found.moves} == {6}
    assert not UnitGuidance.objects.exists()


@pytest.mark.item(33)
def test_due_dates_follow_a_unit_s_own_shift(cast, unit):
    mine = StepStatus.objects.filter(step__code="publish", organization=cast.org["A"])
    elsewhere = StepStatus.objects.filter(step__code="publish", organization=cast.org["E01-DZ"])
    before, there = mine.get().due_on, elsewhere.get().due_on
    change(cast, unit, [{"category": None, "shift_days": 6}])
    assert (mine.get().due_on - before).days == 6 and elsewhere.get().due_on == there


def entered(**values) -> dict[str, str]:
    return {"reason": "停产检修（示例）", "seen_rules": "[]"} | values


def test_the_effect_first_then_the_writing(cast, unit):
    browser, url = client(cast, "committee_secretary"), reverse("plan:change_guidance", args=[unit.pk])
    assert browser.get(url).status_code == 200
    data = entered(class_hours_FRONT_LINE="12", binding_MOBILE="no", shift_days="3")
    answer = browser.post(url, data | {"apply": "1"})
    assert answer.status_code == 200 and not UnitGuidance.objects.exists()
    page = answer.content.decode()
    assert 'id="effect"' in page and "12 学时" in page
    answer = browser.post(url, data | {"apply": "1", "shown": answer.context["shown"]})
    assert answer.status_code == 302
    kept = [{"category": None, "shift_days": 3}, {"category": "FRONT_LINE", "class_hours": 12}]
    assert own.rules_of(unit.campaign)[unit.unit_id] == [*kept, {"category": "MOBILE", "binding": False}]
    # the same page sent again: somebody (oneself) has changed it meanwhile
    shown = browser.post(url, data).context["shown"]
    again = browser.post(url, data | {"apply": "1", "shown": shown})
    assert again.status_code == 200 and GuidanceChange.objects.count() == 1


def test_what_is_not_possible_is_said_and_not_offered(cast, unit):
    browser, url = client(cast, "committee_secretary"), reverse("plan:change_guidance", args=[unit.pk])
    page = browser.post(url, entered(class_hours_LEADER="5")).content.decode()
    assert "xf-note-over" in page and 'name="apply"' not in page


def test_the_pages_show_whose_values_hold(cast, unit):
    change(cast, unit, FEWER)
    browser = client(cast, "committee_secretary")
    page = browser.get(reverse("plan:unit_guidance", args=[unit.pk])).content.decode()
    assert "停产检修（示例）" in page and "本单位自定" in page
    listed = browser.get(reverse("plan:own_guidance"), {"campaign": unit.campaign.code})
    assert listed.context["count"] == 1
    matrix = browser.get(reverse("plan:guidance", args=[unit.campaign.code]))
    assert matrix.context["differing"] == 1
    hours = {c.value: [line.hours for line in lines] for c, lines in matrix.context["categories"]}
    assert hours["FRONT_LINE"] == [32, 28, 28, 24]


@pytest.mark.item(33)
def test_enterprises_that_march_in_step_are_listed_for_the_office(cast, unit):
    url, campaign = reverse("plan:in_step"), {"campaign": unit.campaign.code}
    office = client(cast, "office")
    assert office.get(url, campaign).context["count"] == 0  # the headquarters starts before its subsidiaries
    Enterprise.objects.update(condition="SOUND")
    for phase, starts_on, ends_on in unit.schedules.values_list("phase", "starts_on", "ends_on"):
        rows = PhaseSchedule.objects.filter(participation__campaign=unit.campaign, phase=phase)
        rows.update(starts_on=starts_on, ends_on=ends_on)
    assert [row["object"].code for row in office.get(url, campaign).context["table"]] == ["E01"]
    assert effects.in_step(unit.campaign) == {cast.unit["E01"].path: 3}
    assert client(cast, "enterprise_office").get(url, campaign).status_code == 404
    change(cast, unit, FEWER)  # one that differs in what it asks is enough
    assert effects.in_step(unit.campaign) == {}


def test_policies_of_several_units_are_read_at_once(cast, unit, django_assert_num_queries):
    change(cast, unit, FEWER)
    units = [cast.unit["E01"].pk, unit.unit_id, None]
    with django_assert_num_queries(1):
        found = own.policies_of(unit.campaign, units)
    assert rules.guidance(found[unit.unit_id], Member.Category.FRONT_LINE, "SOUND").class_hours == 12
    assert "own" not in found[None] and "own" not in found[cast.unit["E01"].pk]
