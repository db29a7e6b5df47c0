"""Pages of support, for ``pages.py``: name, address, who opens it."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from campaign.support import care_actions, request_actions, weak_actions
from campaign.support.models import CareRecord, DifficultyRequest, ProposalDismissal, WeakMeasure, WeakOrganization
from enterprises import clock
from enterprises.models import CheckFinding
from tests.cast import Cast


def _supported(cast: Cast) -> None:
    """Records of branches B2 and B3, made once: cases, requests in every state, care, a dismissed proposal."""
    if WeakOrganization.objects.exists():
        return
    today, branch = clock.today(), cast.org["B2"]
    case = weak_actions.open_weak(
        by=None, organization=branch, reason="NO_ACTIVITIES", opened_on=today - timedelta(30), note="倒班后人员分散"
    )
    for kind, done in (("LEADERSHIP", "选派了新书记"), ("CONDITIONS", "腾出一间活动室")):
        weak_actions.add_measure(by=None, weak=case, kind=kind, done=done, done_on=today - timedelta(9))
    weak_actions.report_improved(by=None, weak=case, result="班子配齐，活动正常", reported_on=today)
    weak_actions.open_weak(by=None, organization=cast.org["G"], reason="TERM_EXPIRED", opened_on=today)
    told = {"by": None, "organization": branch, "kind": "VENUE"}
    request_actions.raise_request(**told, title="没有活动场所", raised_on=today - timedelta(12))
    taken_on = request_actions.raise_request(**told, title="缺少电教设备", raised_on=today - timedelta(8))
    request_actions.answer_request(
        by=None, request=taken_on, owner="工会", due_on=today + timedelta(9), answer="调剂电视机一台"
    )
    solved = request_actions.raise_request(**told, title="缺少报刊", raised_on=today - timedelta(20))
    request_actions.solve_request(by=None, request=solved, result="已订三种报刊", closed_on=today)
    for code, given in (("M0204", "VISIT"), ("M0205", "MONEY"), (None, "GOODS")):
        care_actions.note_care(
            by=None, organization=branch, whom="MEMBER" if code else "MASSES",
            member=cast.member[code] if code else None, need="PRACTICAL", help=given, giver="SECRETARY",
            given_on=today,
        )  # fmt: skip
    findings = [
        CheckFinding.objects.create(organization=cast.org["B3"], code=code, since=today)
        for code in ("SECRETARY_MISSING", "NO_GENERAL_MEETING")
        if not CheckFinding.objects.filter(organization=cast.org["B3"], code=code).exists()
    ]
    weak_actions.dismiss_proposal(by=None, finding=findings[0], reason="下周选举")


def _at(url_name: str, argument: Callable[[Cast], int] | None = None, query: str = "") -> Callable[[Cast], str]:
    def address(cast: Cast) -> str:
        _supported(cast)
        return (
            reverse(url_name if ":" in url_name else f"support:{url_name}", args=[argument(cast)] if argument else [])
            + query
        )

    return address


def _org(code: str) -> Callable[[Cast], int]:
    return lambda cast: cast.org[code].pk


def _first(model, **which) -> Callable[[Cast], int]:
    return lambda cast: model.objects.filter(**which).order_by("pk").first().pk


SECRETARY, ABOVE = "branch_secretary", "committee_secretary"
REQUEST = _first(DifficultyRequest, title="没有活动场所")
CASE = _first(WeakOrganization, state="REPORTED")
SUPPORTING = [
    ("support", _at("home"), ABOVE),
    ("support-branch", _at("home"), SECRETARY),
    ("week-support", _at("overview:week"), SECRETARY),
    ("organization-support", _at("enterprises:organization", _org("B2")), ABOVE),
    ("support-owed", _at("owed", _org("G")), ABOVE),
    ("support-figures", _at("figures", _org("G")), ABOVE),
    ("weak-list", _at("weak_list"), ABOVE),
    ("weak", _at("weak", CASE), ABOVE),
    ("weak-in-hand", _at("weak", _first(WeakOrganization, state="IN_HAND")), "enterprise_office"),
    ("weak-new", _at("weak_new", _org("B3"), "?proposal=NO_GENERAL_MEETING"), ABOVE),
    ("weak-measure", _at("measure_new", CASE), SECRETARY),
    ("weak-return", _at("weak_return", CASE), ABOVE),
    ("measure-withdraw", _at("measure_withdraw", _first(WeakMeasure)), ABOVE),
    ("proposals", _at("proposal_list"), ABOVE),
    ("proposal-dismiss", _at("proposal_dismiss", _first(CheckFinding, code="NO_GENERAL_MEETING")), ABOVE),
    ("dismissed", _at("dismissed_list"), ABOVE),
    ("dismissal-undo", _at("dismissal_undo", _first(ProposalDismissal)), ABOVE),
    ("difficulties", _at("request_list"), SECRETARY),
    ("difficulty", _at("request", REQUEST), ABOVE),
    ("difficulty-new", _at("request_new", _org("B2")), SECRETARY),
    ("difficulty-answer", _at("request_answer", REQUEST), ABOVE),
    ("difficulty-solved", _at("request", _first(DifficultyRequest, state="SOLVED")), SECRETARY),
    ("care", _at("care_list", _org("B2")), SECRETARY),
    ("care-new", _at("care_new", _org("B2")), SECRETARY),
    ("care-record", _at("care", _first(CareRecord)), SECRETARY),
    ("care-withdraw", _at("care_withdraw", _first(CareRecord)), SECRETARY),
    ("care-totals", _at("care_totals", _org("G")), ABOVE),
    ("burden", _at("burden", _org("G")), ABOVE),
    ("burden-branch", _at("burden", _org("B2")), SECRETARY),
]
