"""Commitments kept and broken (77), hot issues and user lines (78), rules (79), activities (80)."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.services import actions, rules
from campaign.services.models import (
    ComplianceCheck,
    HotIssue,
    PostRule,
    ServiceActivity,
    ServiceCommitment,
    UserLine,
)
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.models import Enterprise
from enterprises.warnings import warnings_of
from tests.services import stage

TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def secretary(cast, client):
    client.force_login(cast.account["branch_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.item(77)
@pytest.mark.parametrize(
    ("looks", "kept", "rate"),
    [
        ([], 0, None),
        ([(10, 0)], 10, Decimal("100.0")),
        ([(10, 10)], 0, Decimal("0.0")),
        ([(2, 1), (1, 0)], 2, Decimal("66.7")),
    ],
)
def test_kept_and_broken(looks, kept, rate):
    found = rules.kept_of(looks)
    assert (found.kept, found.rate) == (kept, rate)


@pytest.mark.item(77)
@pytest.mark.parametrize("looks", [[(1, 2)], [(3, -1)]])
def test_impossible_figures(looks):
    with pytest.raises(ValueError):
        rules.kept_of(looks)


@pytest.mark.item(77)
def test_lines_become_numbered_sentences():
    assert rules.sentences("1. 到场\n\n 二、公告\n24小时受理\n（示例）") == ["到场", "公告", "24小时受理", "（示例）"]


@pytest.mark.item(78)
@pytest.mark.parametrize(("window", "lines", "needs"), [(True, 0, True), (True, 1, False), (False, 0, False)])
def test_who_needs_a_line(window, lines, needs):
    assert rules.needs_line(window, lines) is needs


@pytest.mark.item(77)
def test_a_set_is_entered_checked_and_counted(cast, secretary):
    new = reverse("services:commitment_new", args=[cast.org["B2"].pk])
    sent = {
        "submission": str(uuid4()), "kind": "PROMISE", "title": "供电服务三项承诺（示例）", "lines": stage.LINES,
        "valid_from": "2026-09-01", "valid_until": "2026-12-31",
    }  # fmt: skip
    assert secretary.post(new, sent | {"lines": " \n"}).context["form"].errors["lines"]
    assert secretary.post(new, sent | {"valid_until": "2026-08-01"}).context["form"].errors["valid_until"]
    assert secretary.post(new, sent).status_code == secretary.post(new, sent).status_code == 302
    made = ServiceCommitment.objects.get()
    assert [i.text for i in made.items.all()] == [
        "故障报修，市区四十五分钟内到场",
        "停电提前七天公告",
        "24小时受理咨询",
    ]
    check = reverse("services:commitment_check", args=[made.pk])
    told = {"submission": str(uuid4()), "kind": "CHECK", "on": "2026-09-10", "cases": "40", "broken": "2"}
    assert secretary.post(check, told | {"broken": "41"}).context["form"].errors["broken"]
    assert secretary.post(check, told | {"on": "2026-08-31"}).context["form"].errors["on"]
    told |= {"item": made.items.first().pk}
    assert secretary.post(check, told).status_code == secretary.post(check, told).status_code == 302
    complaint = told | {"submission": str(uuid4()), "kind": "COMPLAINT", "cases": "1", "broken": "1"}
    secretary.post(check, complaint)
    assert ComplianceCheck.objects.count() == 2
    page = secretary.get(reverse("services:commitment", args=[made.pk]))
    assert (page.context["kept"].cases, page.context["kept"].broken) == (41, 3)
    assert "还没有公布" in page.content.decode()
    [row] = secretary.get(reverse("services:commitment_list")).context["table"]
    assert "92.7" in [cell.text for cell in row["cells"]]


@pytest.mark.item(77)
def test_sentences_of_another_set_are_refused(cast):
    one, other = stage.commitment(cast), stage.commitment(cast)
    with pytest.raises(ActionError) as refusal:
        actions.check_commitment(
            by=None, commitment=one, kind="CHECK", on=TODAY, cases=1, broken=0, item=other.items.first()
        )
    assert refusal.value.field == "item"


@pytest.mark.item(78)
def test_a_hot_issue_goes_forward_until_it_is_solved(cast, secretary):
    issue = stage.issue(cast)
    step = reverse("services:issue_step", args=[issue.pk])
    told = {"submission": str(uuid4()), "on": "2026-09-20", "text": "增开两个窗口"}
    assert secretary.post(step, told | {"on": "2026-09-19"}).context["form"].errors["on"]
    secretary.post(step, told)
    issue.refresh_from_db()
    assert (issue.state, issue.solved_on) == ("WORKING", None)
    secretary.post(step, told | {"submission": str(uuid4()), "text": "排队降到十分钟", "solved": "on"})
    issue.refresh_from_db()
    assert (issue.state, issue.solved_on) == ("SOLVED", TODAY)
    assert "排队降到十分钟" in secretary.get(reverse("services:issue", args=[issue.pk])).content.decode()
    late = stage.issue(cast, title="停电不通知", raised_on=TODAY - timedelta(9), due_on=TODAY - timedelta(1))
    url = reverse("services:issue_list")
    for state, found in (("open", [late]), ("overdue", [late]), ("solved", [issue])):
        assert [row["object"] for row in secretary.get(url, {"state": state}).context["table"]] == found
    with pytest.raises(ActionError):
        stage.issue(cast, due_on=TODAY - timedelta(1))


@pytest.mark.item(78)
def test_a_window_unit_without_a_line_is_warned(cast):
    leading = cast.org["A"].pk

    def codes():
        return [w.code for w in warnings_of([leading], TODAY)[leading]]

    assert "NO_USER_LINE" not in codes()
    Enterprise.objects.filter(code="E01-A").update(is_window_unit=True)
    assert "NO_USER_LINE" in codes()
    line = stage.line(cast)
    assert "NO_USER_LINE" not in codes()
    actions.correct(by=None, record=line, closed_on=TODAY)
    assert "NO_USER_LINE" in codes()


@pytest.mark.item(79, 80)
def test_activities_and_rules_are_entered_corrected_and_added_up(cast, secretary):
    new = reverse("services:activity_new", args=[cast.org["B2"].pk])
    sent = {
        "submission": str(uuid4()), "kind": "RELIEF", "title": "与困难职工结对", "held_on": "2026-09-10",
        "participants": "12", "households": "5", "funds": "3000.50",
    }  # fmt: skip
    assert secretary.post(new, sent | {"held_on": "2026-09-21"}).context["form"].errors["held_on"]
    assert secretary.post(new, sent).status_code == 302
    stage.activity(cast, households=2, funds=Decimal(1000))
    found = secretary.get(reverse("services:activity_list")).context["help"]
    assert (found.activities, found.households, found.funds) == (2, 7, Decimal("4000.50"))
    edit = reverse("services:activity_edit", args=[ServiceActivity.objects.order_by("pk").first().pk])
    form = secretary.get(edit).context["form"]
    told = {name: form[name].value() for name in form.fields} | {"households": "6"}
    assert secretary.post(edit, told).status_code == 302
    assert secretary.get(reverse("services:activity_list")).context["help"].households == 8
    rule = stage.rule(cast, effect="审批由十天减为三天")
    with pytest.raises(ActionError) as refusal:
        actions.correct(by=None, record=rule, adopted_on=TODAY, repealed_on=TODAY - timedelta(1))
    assert refusal.value.field == "repealed_on"
    url = reverse("services:rule_list")
    assert secretary.get(url).context["count"] == 1
    assert secretary.get(url, {"at": "hq"}).context["count"] == 0
    page = secretary.get(reverse("services:home"))
    assert (page.context["rules"], page.context["help"].households) == (1, 8)


def test_others_may_not_write(cast):
    by = cast.account["other_secretary"]
    told = {"by": by, "organization": cast.org["B2"]}
    with pytest.raises(NotPermitted):
        actions.record_activity(**told, kind="RELIEF", title="x", held_on=TODAY)
    with pytest.raises(NotPermitted):
        actions.correct(by=by, record=stage.line(cast), words="x")
    with pytest.raises(NotPermitted):
        actions.step_issue(by=by, issue=stage.issue(cast), on=TODAY, text="x")
    with pytest.raises(NotPermitted):
        actions.check_commitment(by=by, commitment=stage.commitment(cast), kind="CHECK", on=TODAY, cases=1, broken=0)
    for model in (HotIssue, PostRule, UserLine, ServiceCommitment):
        assert not model.objects.visible_to(by).exists()
