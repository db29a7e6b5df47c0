"""Raising, closing, reopening, withdrawing; plans and measures; who may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.rectification import actions, figures, measure_actions, plan_actions
from campaign.rectification.models import RectificationItem, RectificationMeasure, RectificationPlan
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.records import LAUNCH
from tests.rectification.stage import DUE, TODAY, approved, finish, item, publish, rectifying


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return rectifying()


def pdf(name="照片.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7 ...")


def refused(field, call, *args, **kwargs):
    with pytest.raises(ActionError) as refusal:
        call(*args, **kwargs)
    assert refusal.value.field == field
    return refusal.value


@pytest.mark.item(68)
def test_an_item_is_raised_once_and_knows_its_phase(cast, campaign):
    submission = uuid4()
    first = item(cast, campaign, submission=submission)
    assert item(cast, campaign, submission=submission) == first
    assert RectificationItem.objects.count() == 1
    assert first.raised_in_phase().code == "LEARN"
    [row] = RectificationItem.objects.with_phase()
    assert row.raised_phase == first.raised_in_phase().name
    early = item(cast, campaign, raised_on=LAUNCH - timedelta(1))
    assert early.raised_in_phase() is None
    assert RectificationItem.objects.with_phase().get(pk=early.pk).raised_phase is None


@pytest.mark.item(72)
def test_lacking_conditions_are_explained_and_never_overdue(cast, campaign):
    refused("explanation", item, cast, campaign, feasibility="LACKING", due_on=None)
    lacking = item(cast, campaign, feasibility="LACKING", due_on=LAUNCH, explanation="需市里统筹，已说明")
    assert lacking.explained_on == TODAY
    refused(
        "explained_on", item, cast, campaign, feasibility="LACKING", explanation="x", explained_on=TODAY + timedelta(1)
    )
    late = item(cast, campaign, due_on=TODAY - timedelta(1))
    assert list(RectificationItem.objects.overdue(TODAY)) == [late]
    changed = actions.correct_item(by=None, item=lacking, feasibility="PERIOD", reason="资金已落实")
    assert changed.explained_on is None
    assert lacking in RectificationItem.objects.overdue(TODAY)


@pytest.mark.item(73)
def test_an_item_closes_with_what_was_done(cast, campaign):
    thing = item(cast, campaign)
    refused("done", finish, thing, done=" ")
    refused("outcome", finish, thing, outcome="")
    refused("done_on", finish, thing, day=TODAY + timedelta(1))
    refused("done_on", finish, thing, day=LAUNCH - timedelta(1))
    assert finish(thing).state == "DONE"
    refused(None, finish, thing)


@pytest.mark.item(70)
def test_priority_needs_a_proof_and_somebody_else_who_verified_it(cast, campaign):
    thing = item(cast, campaign, priority="SERVICES", owner=cast.member["M0202"], department="")
    refused("file", finish, thing, verifier=cast.member["M0203"])
    refused("verifier_post", finish, thing, upload=pdf())
    refused("verifier_post", finish, thing, upload=pdf(), verifier=cast.member["M0202"])
    done = finish(thing, upload=pdf(), verifier=cast.member["M0203"])
    assert (done.state, done.proofs.count(), done.proofs.get().name) == ("DONE", 1, "照片.pdf")
    other = item(cast, campaign, priority="OPINIONS", department="后勤部")
    actions.add_proof(by=None, item=other, upload=pdf())
    refused("verifier_post", finish, other, verifier_post="后勤 部")
    assert finish(other, verifier_post="工会").state == "DONE"


@pytest.mark.item(68)
def test_reopened_with_a_reason_it_has_to_be_done_and_published_anew(cast, campaign):
    thing = finish(item(cast, campaign))
    publish(cast, campaign, things=[thing])
    refused(None, actions.correct_item, by=None, item=thing, title="别的")
    refused("reason", actions.reopen_item, by=None, item=thing, reason=" ")
    again = actions.reopen_item(by=None, item=thing, reason="群众反映没有落实")
    assert (again.state, again.done_on, again.published_on) == ("IN_PROGRESS", None, None)
    assert actions.start_item(by=None, item=again).state == "IN_PROGRESS"


def test_withdrawn_items_ask_nothing(cast, campaign):
    thing = item(cast, campaign, due_on=LAUNCH)
    refused("reason", actions.withdraw_item, by=None, item=thing, reason="")
    actions.withdraw_item(by=None, item=thing, reason="重复登记")
    assert not RectificationItem.objects.overdue(TODAY).exists()
    refused(None, finish, thing)
    told = finish(item(cast, campaign))
    publish(cast, campaign, things=[told])
    refused("reason", actions.withdraw_item, by=None, item=told, reason="重复登记")


@pytest.mark.item(69)
def test_plans_go_to_the_leading_organization_and_back(cast, campaign):
    loose = item(cast, campaign, department="", due_on=None)
    told = {"by": None, "campaign": campaign, "organization": cast.org["B2"], "title": "整改方案"}
    plan = plan_actions.draft_plan(**told, items=[loose])
    refused(None, plan_actions.draft_plan, **told)
    refused(None, plan_actions.submit_plan, by=None, plan=plan)
    actions.correct_item(by=None, item=loose, department="办公厅", due_on=DUE)
    plan = plan_actions.submit_plan(by=None, plan=plan)
    refused(None, plan_actions.change_plan, by=None, plan=plan, title="改")
    refused("reason", plan_actions.return_plan, by=None, plan=plan, reason="")
    plan = plan_actions.return_plan(by=None, plan=plan, reason="时限太长")
    assert plan.may_be_changed
    plan_actions.submit_plan(by=None, plan=plan)
    plan = plan_actions.approve_plan(by=None, plan=plan)
    assert (plan.state, plan.approver, plan.approved_on) == ("APPROVED", cast.org["G"], TODAY)
    second = approved(cast, campaign, items=[loose, item(cast, campaign, title="班车")])
    plan.refresh_from_db()
    assert (second.version, plan.state) == (2, "REPLACED")


@pytest.mark.item(69)
def test_a_plan_without_items_says_why(cast, campaign):
    empty = plan_actions.draft_plan(by=None, campaign=campaign, organization=cast.org["B2"], title="方案")
    refused(None, plan_actions.submit_plan, by=None, plan=empty)
    plan_actions.change_plan(by=None, plan=empty, title="方案", nothing="没有收到意见，自查没有发现问题")
    assert plan_actions.submit_plan(by=None, plan=empty).state == "SUBMITTED"
    with pytest.raises(ActionError):
        plan_actions.draft_plan(
            by=None, campaign=campaign, organization=cast.org["B3"], title="方案", items=[item(cast, campaign)]
        )


@pytest.mark.item(8, 69)
@pytest.mark.parametrize(
    ("organization", "who", "allowed"),
    [
        ("B2", "committee_secretary", True),
        ("A", "committee_secretary", False),
        ("A", "enterprise_office", True),
        ("C", "local_liaison", True),
        ("C", "enterprise_office", False),
        ("C", "office", False),
        ("E01-DZ", "office", True),
        ("E01-DZ", "enterprise_office", False),
        ("B2", "branch_secretary", False),
    ],
)
def test_who_approves_a_plan(cast, campaign, organization, who, allowed):
    plan = RectificationPlan(campaign=campaign, organization=cast.org[organization])
    assert plan_actions.may_approve(cast.account[who], plan) is allowed


@pytest.mark.item(69)
def test_measures_are_for_the_member_and_the_own_secretary(cast, campaign):
    member = cast.member["M0204"]
    told = {"campaign": campaign, "member": member, "measure": "每周学习两次", "due_on": DUE}
    measure = measure_actions.set_measure(by=cast.account["member"], **told)
    readers = [name for name in cast.account if RectificationMeasure.objects.visible_to(cast.fresh(name)).exists()]
    assert sorted(readers) == ["branch_secretary", "member"]
    for name in ("committee_secretary", "office", "other_secretary", "group_leader"):
        with pytest.raises(NotPermitted):
            measure_actions.set_measure(by=cast.account[name], **told)
    refused("done", measure_actions.finish_measure, by=None, measure=measure, done="", done_on=TODAY)
    done = measure_actions.finish_measure(
        by=cast.account["branch_secretary"], measure=measure, done="已坚持", done_on=TODAY
    )
    assert done.done_on == TODAY


@pytest.mark.parametrize("who", ["other_secretary", "other_enterprise_office", "group_leader", "member", "auditor"])
def test_who_may_not_write(cast, campaign, who):
    by = cast.account[who]
    thing = item(cast, campaign)
    for call, told in (
        (actions.correct_item, {"title": "改"}),
        (actions.start_item, {}),
        (actions.finish_item, {"done": "做了", "done_on": TODAY, "outcome": "INNER"}),
        (actions.add_proof, {"upload": pdf()}),
        (actions.reopen_item, {"reason": "x"}),
        (actions.withdraw_item, {"reason": "x"}),
    ):
        with pytest.raises(NotPermitted):
            call(by=by, item=thing, **told)
    with pytest.raises(NotPermitted):
        item(cast, campaign, by=by)


@pytest.mark.item(68, 70, 73)
def test_figures_add_up(cast, campaign):
    finish(item(cast, campaign, opinions=9), day=LAUNCH, outcome="STRATEGY")
    told = finish(item(cast, campaign, opinions=12))
    publish(cast, campaign, things=[told])
    item(cast, campaign, due_on=LAUNCH)
    item(cast, campaign, feasibility="LACKING", due_on=None, explanation="已说明")
    actions.withdraw_item(by=None, item=item(cast, campaign, opinions=99), reason="重复")
    found = figures.totals(RectificationItem.objects.all(), TODAY)
    assert (found.total, found.done, found.explained, found.open, found.overdue) == (4, 2, 1, 1, 1)
    assert (found.published, found.unpublished, found.practical, found.strategy) == (1, 1, 1, 1)
    assert found.early == 0  # the one phase is also the last
    assert [i.opinions for i in figures.top(RectificationItem.objects.all())] == [12, 9]


@pytest.mark.item(68)
def test_done_before_the_last_phase_began(cast, campaign):
    from campaign.plan.models import Phase, PhaseSchedule

    last = Phase.objects.create(
        campaign=campaign, code="RECTIFY", order=2, name_zh="整改", name_en="R", opens_day=61, closes_day=90
    )
    for part in campaign.participations.all():
        PhaseSchedule.objects.create(
            participation=part, phase=last, starts_on=LAUNCH + timedelta(20), ends_on=LAUNCH + timedelta(60)
        )
    finish(item(cast, campaign), day=LAUNCH + timedelta(19))
    finish(item(cast, campaign), day=LAUNCH + timedelta(20))
    assert figures.totals(RectificationItem.objects.all(), TODAY).early == 1
