"""The conditions of the gate into the campaign, judged over the organisations of a unit."""

from datetime import date

import pytest

from campaign.leadership import evidence
from campaign.leadership.actions import bodies, responsible
from campaign.leadership.actions.plans import move_plan, write_plan
from campaign.leadership.actions.training import record_training, sign_in
from campaign.plan.models import Participation
from campaign.progress import gates
from enterprises.actions.posts import set_secretary
from enterprises.models import Post

ON = date(2026, 8, 1)


@pytest.fixture
def part(led, campaign):
    return Participation.objects.get(campaign=campaign, unit=led.unit["E01-A"])


def check(code, part):
    condition = gates.condition(code)
    assert condition is not None
    return condition(part, "enrolled")


@pytest.mark.item(17)
def test_leading_group_and_office(led, campaign, part):
    told = {"by": None, "campaign": campaign, "organization": led.org["A"], "document_number": "〔2026〕1号"}
    first = check("leading_group", part)
    assert not first.met and "北山矿党委" in first.text and f"/leadership/{led.org['A'].pk}/" in first.url
    group = bodies.found_group(founded_on=ON, **told)
    assert not check("leading_group", part).met  # the office is missing
    bodies.set_office(founded_on=ON, **told)
    assert check("leading_group", part).met
    set_secretary(by=None, organization=led.org["A"], member=led.member["M0301"], since=date(2026, 8, 20))
    changed = check("leading_group", part)
    assert not changed.met and "北山矿党委" in changed.text
    bodies.seat_head(by=None, group=group)
    assert check("leading_group", part).met


@pytest.mark.item(18, 19)
def test_responsible_persons_in_every_organization_of_the_unit(led, campaign, part):
    assert check("responsible", part).met
    Post.objects.filter(scope_id=led.org["B2"].pk, role="BRANCH_SECRETARY", account=None).delete()
    lacking = check("responsible", part)
    assert not lacking.met and "采煤一队" in lacking.text and f"/leadership/{led.org['B2'].pk}/" in lacking.url
    assert "采煤二队" not in lacking.text
    told = {"by": None, "organization": led.org["B2"], "member": led.member["M0204"], "since": ON}
    responsible.name_stand_in(**told)
    assert check("responsible", part).met


@pytest.mark.item(25)
def test_the_plan_is_approved_and_filed(led, campaign, part):
    assert "北山矿党委" in check("plan_filed", part).text
    told = {"by": None, "campaign": campaign, "organization": led.org["A"]}
    plan = write_plan(text="一、学习", **told).plan
    for act in ("submit", "review", "approve"):
        move_plan(by=None, plan=plan, act=act)
    assert not check("plan_filed", part).met
    move_plan(by=None, plan=plan, act="file")
    assert check("plan_filed", part).met
    write_plan(text="一、学习，二、评议", **told)  # a new draft does not take the filed version out of force
    assert check("plan_filed", part).met
    other = Participation.objects.get(campaign=campaign, unit=led.unit["E02"])
    assert not check("plan_filed", other).met


@pytest.mark.item(24)
def test_every_secretary_of_a_branch_of_the_unit_is_trained(led, campaign, part):
    told = {"by": None, "campaign": campaign, "organization": led.org["A"], "title": "", "held_on": ON}
    meeting = record_training(kind="MOBILISATION", **told)
    sign_in(by=None, event=meeting, member_ids=[led.member["M0203"].pk, led.member["M0302"].pk])
    lacking = check("secretaries_trained", part)
    assert not lacking.met and "采煤一队" in lacking.text and "采煤二队" in lacking.text
    assert "untrained" in lacking.url
    event = record_training(kind="TRAINING", **told)
    sign_in(by=None, event=event, member_ids=[led.member["M0203"].pk])
    assert "采煤一队" not in check("secretaries_trained", part).text
    sign_in(by=None, event=event, member_ids=[led.member["M0302"].pk])
    assert check("secretaries_trained", part).met


def test_more_than_five_are_counted(led):
    names = evidence.naming(list(led.org.values())[:7])
    assert names.count("、") == 4 and "2" in names


def test_a_unit_without_organizations_is_told_so(led, campaign):
    from tests.cast import add_unit

    unit = add_unit(led, "E09", "空壳公司（示例）", "SUBSIDIARY", "E01")
    part = Participation.objects.create(campaign=campaign, unit=unit)
    for code in ("leading_group", "responsible", "plan_filed"):
        assert not check(code, part).met
