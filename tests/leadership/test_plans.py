"""Plans: versions, the chain of decisions, who decides, what the lowest level sees (item 25)."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.leadership.actions.plans import move_plan, write_plan
from campaign.leadership.capacities import capacities
from campaign.leadership.models import ImplementationPlan, PlanEntry
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.cast import add_account
from tests.leadership.conftest import TODAY

TEXT = "一、指导思想\n二、分三个阶段进行\n三、组织领导"


def write(cast, campaign, code="A", text=TEXT, by=None, **fields):
    return write_plan(by=by, campaign=campaign, organization=cast.org[code], text=text, **fields)


def through(plan, *acts, by=None, **fields):
    for act in acts:
        plan = move_plan(by=by, plan=plan, act=act, **fields)
    return plan


@pytest.mark.item(25)
def test_a_plan_goes_through_the_chain_to_be_filed(led, campaign):
    version = write(led, campaign, by=led.fresh("committee_secretary"))
    plan = version.plan
    through(plan, "submit", by=led.fresh("committee_secretary"))
    through(plan, "review", "approve", by=led.fresh("enterprise_office"))
    plan = through(plan, "file", by=led.fresh("enterprise_office"), document_number="华能党备〔2026〕7号")
    assert plan.state == "FILED" and plan.approved == version
    entries = PlanEntry.objects.filter(version=version).order_by("pk")
    assert [entry.act for entry in entries] == ["DRAFTED", "SUBMITTED", "REVIEWED", "APPROVED", "FILED"]
    assert [entry.organization.code for entry in entries] == ["A", "A", "E01-DZ", "E01-DZ", "E01-DZ"]


@pytest.mark.item(25)
def test_nobody_approves_the_own_plan(led, campaign):
    plan = write(led, campaign).plan
    through(plan, "submit", "review")
    with pytest.raises(NotPermitted):
        through(plan, "approve", by=led.fresh("committee_secretary"))
    with pytest.raises(NotPermitted):
        through(plan, "approve", by=led.fresh("branch_secretary"))


@pytest.mark.item(8, 25)
def test_a_plan_of_a_local_unit_is_approved_by_its_local_committee_only(led, campaign):
    plan = write(led, campaign, "C").plan
    through(plan, "submit")
    assert capacities(led.fresh("enterprise_office"), led.org["C"]) == set()
    for role in ("enterprise_office", "office", "committee_secretary"):
        with pytest.raises(NotPermitted):
            through(plan, "review", by=led.fresh(role))
    plan = through(plan, "review", "approve", "file", by=led.fresh("local_liaison"))
    assert plan.state == "FILED"
    assert set(PlanEntry.objects.filter(act="APPROVED").values_list("organization__code", flat=True)) == {"LOC"}


@pytest.mark.item(25)
def test_a_supervision_group_reviews_but_does_not_approve(led, campaign):
    head = add_account(led, "group_head", "GROUP_HEAD", led.org["A"])
    plan = write(led, campaign).plan
    through(plan, "submit")
    through(plan, "review", by=head, remark="结合实际，可行")
    assert PlanEntry.objects.get(act="REVIEWED").organization is None
    with pytest.raises(NotPermitted):
        through(plan, "approve", by=head)


@pytest.mark.item(25)
def test_a_return_needs_a_reason_and_leads_to_a_new_version(led, campaign):
    first = write(led, campaign)
    through(first.plan, "submit")
    with pytest.raises(ActionError) as refused:
        through(first.plan, "return", by=led.fresh("enterprise_office"))
    assert refused.value.field == "remark"
    through(first.plan, "return", by=led.fresh("enterprise_office"), remark="与下属单位文字雷同")
    second = write(led, campaign, text=TEXT + "\n四、倒班职工送学上门")
    assert (second.number, second.plan.state) == (2, "DRAFT")
    first.refresh_from_db()
    assert first.text == TEXT


@pytest.mark.item(25)
def test_what_was_approved_stays_in_force_while_it_is_changed(led, campaign):
    first = write(led, campaign)
    through(first.plan, "submit", "review", "approve")
    second = write(led, campaign, text=TEXT + "\n四、保障")
    plan = ImplementationPlan.objects.get()
    assert (plan.state, plan.approved, second.number) == ("DRAFT", first, 2)
    through(plan, "submit", "review", "approve")
    plan.refresh_from_db()
    assert plan.approved == second


@pytest.mark.item(25)
def test_a_draft_is_said_anew_and_what_is_handed_in_is_not_changed(led, campaign):
    key = uuid4()
    first = write(led, campaign, submission=key)
    assert write(led, campaign, submission=key) == first
    again = write(led, campaign, text="一、改写")
    assert again.pk == first.pk and again.number == 1
    through(first.plan, "submit")
    with pytest.raises(ActionError):
        write(led, campaign, text="一、再改")


def test_the_same_act_twice_is_one_and_an_old_version_is_refused(led, campaign):
    plan = write(led, campaign).plan
    through(plan, "submit", "submit")
    assert PlanEntry.objects.filter(act="SUBMITTED").count() == 1
    through(plan, "return", remark="补充时间")
    write(led, campaign, text="二稿")
    with pytest.raises(ActionError):
        through(plan, "submit", version=1)
    with pytest.raises(ActionError):
        through(plan, "approve")


def test_neither_text_nor_file_is_refused_and_a_file_is_enough(led, campaign):
    with pytest.raises(ActionError):
        write(led, campaign, text=" ")
    upload = SimpleUploadedFile("方案.pdf", b"%PDF-1.7 ...")
    version = write(led, campaign, text="", upload=upload)
    assert version.file.name.endswith(".pdf")
    kept = write(led, campaign, text="补充说明")
    assert kept.file == version.file


@pytest.mark.item(25)
def test_the_lowest_level_sees_what_is_in_force_above_and_no_drafts(led, campaign):
    plan = write(led, campaign).plan
    seen = ImplementationPlan.objects.visible_to
    for role in ("member", "group_leader", "branch_secretary"):
        assert not seen(led.fresh(role)).exists()
    through(plan, "submit", "review", "approve")
    write(led, campaign, "E01-DZ")
    through(ImplementationPlan.objects.get(organization=led.org["E01-DZ"]), "submit", "review", "approve")
    for role in ("member", "group_leader", "branch_secretary"):
        assert [p.organization.code for p in seen(led.fresh(role))] == ["E01-DZ", "A"]
    assert not seen(led.fresh("other_enterprise_office")).exists()


def test_phase_plans_stand_beside_the_implementation_plan(led, campaign):
    phase = campaign.phases.get()
    whole, one = write(led, campaign), write(led, campaign, phase=phase)
    assert whole.plan != one.plan and one.plan.phase == phase
    assert ImplementationPlan.objects.count() == 2
    assert PlanEntry.objects.first().at.date() == TODAY == date(2026, 9, 1)
