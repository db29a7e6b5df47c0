"""Pages of rectification, publicity and services, for ``pages.py``: name, address, who opens it."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from campaign.plan.models import Campaign
from campaign.publicity import actions as publicity
from campaign.rectification import actions, measure_actions, plan_actions
from campaign.rectification.models import RectificationItem, RectificationMeasure, RectificationPlan
from campaign.services import actions as services
from campaign.services.models import HotIssue, ServiceCommitment
from enterprises import clock
from tests.cast import Cast
from tests.services import stage


def _improved(cast: Cast) -> None:
    """Records of branch B2, made once: items in every state, a submitted plan, publications, services."""
    if RectificationItem.objects.exists():
        return
    today, campaign, branch = clock.today(), Campaign.objects.get(code="t"), cast.org["B2"]

    def item(title: str, opinions: int, due: int, **told) -> RectificationItem:
        values = {"measure": "列出清单，逐项办理", "department": "后勤科", "feasibility": "PERIOD"}
        return actions.raise_item(
            by=None, campaign=campaign, organization=branch, title=title, opinions=opinions,
            raised_on=today - timedelta(30), **values | {"due_on": today + timedelta(due)} | told,
        )  # fmt: skip

    told = {"done": "夜班后已增开一班", "done_on": today - timedelta(5), "outcome": "PRACTICAL"}
    shift = actions.finish_item(by=None, item=item("夜班班车增开一班", 12, -4), **told)
    finished = actions.finish_item(by=None, item=item("合并重复报表，由二十三张减为九张", 23, -9), **told)
    room = item("党员活动室恢复使用", 4, 5, owner=cast.member["M0202"])
    late = item("班组缺少更衣柜", 5, -3, priority="OPINIONS")
    pipes = item("家属区管网整体改造", 11, 0, feasibility="LACKING", explanation="需地方统一规划，已说明原因和打算。")
    item("切实转变作风", 0, 9, measure="不断提高服务水平", department="")
    plan = plan_actions.draft_plan(
        by=None, campaign=campaign, organization=branch, title="党支部整改方案", aims="先改反映最强烈的。",
        items=[shift, room, late, pipes],
    )  # fmt: skip
    plan_actions.submit_plan(by=None, plan=plan)
    publicity.publish(
        by=None, campaign=campaign, organization=branch, subject="RECTIFICATION", title="第一批整改情况", place="SITE",
        since=today, things=[shift.pk, pipes.pk], text="欢迎监督。",
    )  # fmt: skip
    publicity.record_publicity(
        by=None, campaign=campaign, organization=branch, channel="BRIEFING", title="送学到井口", appeared_on=today
    )
    measure_actions.set_measure(
        by=None, campaign=campaign, member=cast.member["M0204"], measure="每周到班组一次", due_on=today
    )
    promises = stage.commitment(cast, published_on=today, published_where="营业厅")
    services.check_commitment(by=None, commitment=promises, kind="CHECK", on=today, cases=40, broken=1)
    services.step_issue(by=None, issue=stage.issue(cast), on=today, text="增开两个窗口")
    for make in (stage.line, stage.activity, stage.rule):
        make(cast)
    assert finished.state == "DONE"


def _at(url_name: str, argument: Callable[[Cast], int] | None = None, query: str = "") -> Callable[[Cast], str]:
    def address(cast: Cast) -> str:
        _improved(cast)
        return reverse(url_name, args=[argument(cast)] if argument else []) + query

    return address


def _branch(cast: Cast) -> int:
    return cast.org["B2"].pk


def _item(title: str) -> Callable[[Cast], int]:
    return lambda cast: RectificationItem.objects.get(title=title).pk


def _plan(cast: Cast) -> int:
    return RectificationPlan.objects.get().pk


SECRETARY = "branch_secretary"
IMPROVING = [
    ("rectification", _at("rectification:item_list"), SECRETARY),
    ("rectification-top", _at("rectification:top"), "committee_secretary"),
    ("rectification-item", _at("rectification:item", _item("班组缺少更衣柜")), SECRETARY),
    ("rectification-item-done", _at("rectification:item", _item("夜班班车增开一班")), "committee_secretary"),
    ("rectification-slogan", _at("rectification:item", _item("切实转变作风")), SECRETARY),
    ("rectification-item-new", _at("rectification:item_new", _branch), SECRETARY),
    ("rectification-item-finish", _at("rectification:item_finish", _item("班组缺少更衣柜")), SECRETARY),
    ("rectification-plans", _at("rectification:plan_list"), "committee_secretary"),
    ("rectification-plan", _at("rectification:plan", _plan), "committee_secretary"),
    ("rectification-plan-new", _at("rectification:plan_new", _branch), SECRETARY),
    ("rectification-plan-approve", _at("rectification:plan_approve", _plan), "committee_secretary"),
    ("measures", _at("rectification:measures", lambda cast: cast.member["M0204"].pk), "member"),
    (
        "measure-done",
        _at("rectification:measure_done", lambda cast: RectificationMeasure.objects.get().pk),
        "member",
    ),
    ("week-rectification", _at("overview:week"), SECRETARY),
    ("organization-rectification", _at("enterprises:organization", _branch), SECRETARY),
    ("publications", _at("publicity:publication_list"), SECRETARY),
    ("publication-new", _at("publicity:publication_new", _branch, "?subject=RECTIFICATION"), SECRETARY),
    ("public-notice", _at("publicity:notice", _branch), None),
    ("publicity", _at("publicity:publicity_list"), SECRETARY),
    ("services", _at("services:home"), SECRETARY),
    ("commitments", _at("services:commitment_list"), SECRETARY),
    (
        "commitment",
        _at("services:commitment", lambda cast: ServiceCommitment.objects.first().pk),
        SECRETARY,
    ),
    ("commitment-new", _at("services:commitment_new", _branch), SECRETARY),
    ("hot-issue", _at("services:issue", lambda cast: HotIssue.objects.first().pk), SECRETARY),
    ("service-activities", _at("services:activity_list"), SECRETARY),
]
