"""Weak organizations: opened and accepted from above, worked on below, proposed but never labelled (item 41)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaign.support import figures, weak_actions
from campaign.support.models import ProposalDismissal, WeakMeasure, WeakOrganization
from campaign.support.proposals import proposals
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.checks import run_checks
from enterprises.actions.permit import NotPermitted
from tests.support.stage import TODAY, finding, measure, reported, weak


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def refused(field, call, **told):
    with pytest.raises(ActionError) as refusal:
        call(**told)
    assert refusal.value.field == field


@pytest.mark.item(41)
def test_only_the_leading_organization_opens_a_case(cast):
    for role in ("branch_secretary", "group_leader", "other_enterprise_office", "member", "auditor"):
        with pytest.raises(NotPermitted):
            weak(cast, by=cast.fresh(role))
    with pytest.raises(NotPermitted):  # a committee does not label itself
        weak(cast, "A", by=cast.fresh("committee_secretary"))
    assert weak(cast, by=cast.fresh("committee_secretary")).state == "IN_HAND"
    assert weak(cast, "C", by=cast.fresh("local_liaison")).organization == cast.org["C"]
    with pytest.raises(ActionError):
        weak(cast, "ROOT")  # nobody stands above it


@pytest.mark.item(41)
def test_one_open_case_for_an_organization_and_the_other_reason_is_named(cast):
    submission = uuid4()
    first = weak(cast, submission=submission)
    assert weak(cast, submission=submission) == first
    refused(None, weak, cast=cast)
    refused("note", weak, cast=cast, organization="B3", reason="OTHER")
    refused("opened_on", weak, cast=cast, organization="B3", opened_on=TODAY + timedelta(1))


@pytest.mark.item(41)
def test_the_way_from_weak_to_improved(cast):
    case = weak(cast)
    secretary, above = cast.fresh("branch_secretary"), cast.fresh("committee_secretary")
    told = {"result": "活动正常", "reported_on": TODAY}
    refused(None, weak_actions.report_improved, by=secretary, weak=case, **told)
    submission = uuid4()
    done = measure(case, by=secretary, submission=submission)
    assert measure(case, by=secretary, submission=submission) == done
    refused("done", measure, case=case, done=" ")
    refused("reported_on", weak_actions.report_improved, by=None, weak=case, result="x",
            reported_on=case.opened_on - timedelta(1))  # fmt: skip
    assert weak_actions.report_improved(by=secretary, weak=case, **told).state == "REPORTED"
    with pytest.raises(NotPermitted):
        weak_actions.accept_improved(by=secretary, weak=case)
    refused("reason", weak_actions.send_back, by=above, weak=case, reason=" ")
    back = weak_actions.send_back(by=above, weak=case, reason="还没有场所")
    assert (back.state, back.returned_why) == ("IN_HAND", "还没有场所")
    measure(case, kind="CONDITIONS", done="腾出活动室")
    weak_actions.report_improved(by=secretary, weak=case, **told)
    accepted = weak_actions.accept_improved(by=above, weak=case)
    assert weak_actions.accept_improved(by=above, weak=case) == accepted
    assert (accepted.state, accepted.accepted_on) == ("ACCEPTED", TODAY)
    refused(None, measure, case=case)
    again = weak_actions.reopen_weak(by=above, weak=case, reason="又没有书记了")
    assert (again.state, again.accepted_on) == ("IN_HAND", None)
    assert case.history.count() >= 5


@pytest.mark.item(41)
def test_measures_and_cases_are_withdrawn_with_a_reason(cast):
    case = weak(cast)
    done = measure(case)
    refused("reason", weak_actions.withdraw_measure, by=None, measure=done, reason="")
    weak_actions.withdraw_measure(by=cast.fresh("branch_secretary"), measure=done, reason="重复")
    assert not WeakMeasure.objects.filter(withdrawn_on=None).exists()
    with pytest.raises(NotPermitted):
        weak_actions.withdraw_weak(by=cast.fresh("branch_secretary"), weak=case, reason="不是")
    weak_actions.withdraw_weak(by=cast.fresh("committee_secretary"), weak=case, reason="登记错了")
    assert figures.of_node(cast.org["ROOT"], TODAY).weak.total == 0
    second = reported(weak(cast))
    refused(None, weak_actions.withdraw_weak, by=None, weak=second, reason="晚了")


@pytest.mark.item(41)
def test_the_checks_propose_and_label_nothing(cast):
    run_checks(by=None)
    assert not WeakOrganization.objects.exists()
    above = cast.fresh("committee_secretary")
    proposed = {(f.organization.code, f.code) for f in proposals(above)}
    assert ("B2", "SECRETARY_MISSING") in proposed and ("G", "SECRETARY_MISSING") in proposed
    assert not {code for code, _ in proposed} & {"A", "E01-DZ", "B1", "B5"}  # itself, above, beside
    assert {code for _, code in proposed} == {"SECRETARY_MISSING"}
    assert not proposals(cast.fresh("branch_secretary")).exists()


@pytest.mark.item(41)
def test_expired_terms_and_missing_meetings_are_proposed_too(cast):
    for code in ("TERM_OVERDUE", "NO_GENERAL_MEETING", "NO_MEETING_IN_PHASE"):
        finding(cast, code=code)
    finding(cast, code="BRANCH_LARGE")
    found = {f.code for f in proposals(cast.fresh("committee_secretary"))}
    assert found == {"TERM_OVERDUE", "NO_GENERAL_MEETING", "NO_MEETING_IN_PHASE"}


@pytest.mark.item(41)
def test_a_proposal_goes_when_taken_up_or_dismissed(cast):
    above = cast.fresh("committee_secretary")
    found = finding(cast)
    refused("reason", weak_actions.dismiss_proposal, by=above, finding=found, reason=" ")
    with pytest.raises(NotPermitted):
        weak_actions.dismiss_proposal(by=cast.fresh("branch_secretary"), finding=found, reason="自己不同意")
    submission = uuid4()
    told = {"by": above, "finding": found, "reason": "新书记下周到任", "submission": submission}
    dismissal = weak_actions.dismiss_proposal(**told)
    assert weak_actions.dismiss_proposal(**told) == dismissal
    assert not proposals(above).exists()
    weak_actions.undo_dismissal(by=above, dismissal=dismissal, reason="没有到任")
    assert list(proposals(above)) == [found]
    weak_actions.dismiss_proposal(by=above, finding=found, reason="已经到任")
    found.since = TODAY + timedelta(1)  # mended, and found anew
    found.save()
    assert list(proposals(above)) == [found]
    weak(cast, by=above, proposal=found.code)
    assert not proposals(above).exists()
    assert ProposalDismissal.objects.count() == 2


@pytest.mark.item(41)
def test_each_weak_organization_counts_once_at_every_level(cast):
    reported(weak(cast))
    weak_actions.accept_improved(by=None, weak=WeakOrganization.objects.get())
    weak(cast)  # weak again
    weak(cast, "B3")
    weak(cast, "G")
    done = reported(weak(cast, "B5"))
    weak_actions.accept_improved(by=None, weak=done)
    root = figures.of_node(cast.org["ROOT"], TODAY).weak
    assert (root.total, root.in_hand, root.reported, root.improved) == (4, 3, 0, 1)
    below = figures.of_children(cast.org["G"], TODAY)
    assert {below[cast.org[code].path].weak.total for code in ("B2", "B3")} == {1}
    assert below[cast.org["G"].path].weak.total == 1  # the general branch itself
    assert figures.of_children(cast.org["ROOT"], TODAY)[cast.org["E02-DW"].path].weak.improved == 1
