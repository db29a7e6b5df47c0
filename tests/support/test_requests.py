"""Requests for help: raised below, answered above, warned of where the answer is owed (item 42)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaign.support import figures, owed, request_actions
from campaign.support.models import DifficultyRequest
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.warnings import warnings_of
from tests.support.stage import TODAY, answered, request


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def refused(field, call, **told):
    with pytest.raises(ActionError) as refusal:
        call(**told)
    assert refusal.value.field == field


@pytest.mark.item(42)
def test_raised_once_by_whoever_records_for_the_organization(cast):
    submission = uuid4()
    first = request(cast, by=cast.fresh("branch_secretary"), submission=submission)
    assert request(cast, by=cast.fresh("branch_secretary"), submission=submission) == first
    for role in ("group_leader", "other_secretary", "member", "auditor", "local_liaison"):
        with pytest.raises(NotPermitted):
            request(cast, by=cast.fresh(role))
    refused("title", request, cast=cast, title=" ")
    refused("raised_on", request, cast=cast, raised_on=TODAY + timedelta(1))
    refused(None, request, cast=cast, organization="ROOT")


@pytest.mark.item(42)
def test_answered_solved_refused_and_opened_again(cast):
    thing, above, branch = request(cast), cast.fresh("committee_secretary"), cast.fresh("branch_secretary")
    with pytest.raises(NotPermitted):
        answered(thing, by=branch)
    refused("owner", answered, thing=thing, owner=" ")
    refused("due_on", answered, thing=thing, due_on=TODAY - timedelta(1))
    refused("answer", answered, thing=thing, answer="")
    found = answered(thing, by=above)
    assert (found.state, found.answered_on, found.answerer) == ("ANSWERED", TODAY, cast.org["G"])
    refused(None, request_actions.correct_request, by=branch, request=thing, kind="FUNDS", title="别的")
    told = {"by": above, "request": thing}
    refused("result", request_actions.solve_request, result=" ", closed_on=TODAY, **told)
    refused("closed_on", request_actions.solve_request, result="x", closed_on=TODAY + timedelta(1), **told)
    solved = request_actions.solve_request(result="库房已腾出", closed_on=TODAY, **told)
    assert (solved.state, solved.closed_on) == ("SOLVED", TODAY)
    refused("reason", request_actions.reopen_request, by=branch, request=thing, reason=" ")
    with clock.fixed(TODAY + timedelta(3)):
        again = request_actions.reopen_request(by=branch, request=thing, reason="漏雨，用不了")
        assert (again.state, again.asked_on, again.answered_on, again.owner) == (
            "RAISED", TODAY + timedelta(3), None, "",
        )  # fmt: skip
        refused("reason", request_actions.refuse_request, by=above, request=thing, reason="")
        said_no = request_actions.refuse_request(by=above, request=thing, reason="今年没有经费")
    assert (said_no.state, said_no.result) == ("REFUSED", "今年没有经费")
    refused(None, request_actions.withdraw_request, by=branch, request=thing, reason="不要了")
    assert thing.history.count() >= 4


@pytest.mark.item(42)
def test_a_request_is_changed_until_it_is_answered_and_withdrawn_with_a_reason(cast):
    thing = request(cast)
    request_actions.correct_request(by=cast.fresh("branch_secretary"), request=thing, kind="FUNDS", title="缺经费")
    refused("reason", request_actions.withdraw_request, by=None, request=thing, reason="")
    request_actions.withdraw_request(by=None, request=thing, reason="已自行解决")
    assert figures.of_node(cast.org["ROOT"], TODAY).requests.raised == 0


@pytest.mark.item(42)
@pytest.mark.parametrize(("days", "warned"), [(10, False), (11, True)])
def test_over_ten_days_is_warned_where_the_answer_is_owed(cast, days, warned):
    thing = request(cast, raised_on=TODAY - timedelta(days))
    ids = {code: cast.org[code].pk for code in ("B2", "G", "A")}
    found = warnings_of(ids.values(), TODAY)
    assert any(w.code == "DIFFICULTY_UNANSWERED" for w in found[ids["G"]]) is warned
    for code in ("B2", "A"):  # neither the branch that asks, nor the committee further up
        assert not any(w.code == "DIFFICULTY_UNANSWERED" for w in found[ids[code]])
    assert DifficultyRequest.objects.unanswered_long(TODAY).exists() is warned
    [line] = owed.of_office(cast.fresh("committee_secretary"), cast.org["G"], TODAY)
    assert line.state == ("over" if warned else "")
    answered(thing)
    assert not any(w.code == "DIFFICULTY_UNANSWERED" for w in warnings_of([ids["G"]], TODAY)[ids["G"]])


@pytest.mark.item(42)
def test_figures_add_up_at_every_level(cast):
    request(cast, raised_on=TODAY - timedelta(11))
    request(cast, "B3")
    answered(request(cast, "G"))
    request_actions.solve_request(by=None, request=request(cast, "B5"), result="好了", closed_on=TODAY)
    request_actions.refuse_request(by=None, request=request(cast, "B1"), reason="没有经费")
    root = figures.of_node(cast.org["ROOT"], TODAY).requests
    assert root.raised == root.solved + root.refused + root.answered + root.unanswered == 5
    assert (root.solved, root.refused, root.answered, root.unanswered, root.long) == (1, 1, 1, 2, 1)
    below = figures.of_children(cast.org["A"], TODAY)
    assert below[cast.org["G"].path].requests.raised == 3
    assert figures.of_children(cast.org["G"], TODAY)[cast.org["B2"].path].requests.long == 1


@pytest.mark.item(42)
def test_what_came_back_is_told_to_the_branch(cast):
    secretary = cast.fresh("branch_secretary")
    request(cast, title="没人回")
    kept = answered(request(cast, title="有人管"), due_on=TODAY)
    old = request_actions.refuse_request(by=None, request=request(cast, title="早回了"), reason="没有经费")
    DifficultyRequest.objects.filter(pk=old.pk).update(closed_on=TODAY - timedelta(15))
    told = {line.what: line for line in owed.of_branch(secretary, cast.org["B2"], TODAY)}
    assert set(told) == {"有人管"} and "腾出一间库房" in told["有人管"].why
    [late] = owed.of_branch(secretary, cast.org["B2"], kept.due_on + timedelta(1))
    assert late.state == "over"
    DifficultyRequest.objects.filter(pk=old.pk).update(closed_on=TODAY - timedelta(14))
    assert {line.what for line in owed.of_branch(secretary, cast.org["B2"], TODAY)} == {"有人管", "早回了"}
