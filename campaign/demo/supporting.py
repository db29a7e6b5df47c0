"""Weak organizations, requests for help and care given in the demo, made through the actions (items 41-43).

Everything is invented. The demo's branch has asked for help, and of its neighbours one is being put in order.
"""

from datetime import date, timedelta
from random import Random

from campaign.demo.forest import Node
from campaign.support import care_actions, request_actions, weak_actions
from campaign.support.models import CareRecord
from campaign.support.rules import PROPOSED
from enterprises.models import CheckFinding, Member, Organization

# What is lacking, its kind, raised how many days ago.
DIFFICULTIES = (
    ("党员活动室漏雨，冬天不能用", "VENUE", 12),
    ("流动党员学习缺少经费", "FUNDS", 6),
    ("没有专职党务人员", "STAFF", 40),
    ("班组没有电教设备", "OTHER", 30),
)
CARED_BRANCHES = 12  # of the unit of the demo's branch, so that totals have something to show
MOST_RECORDS = 9


def happen(branch: Node, today: date) -> None:
    """What is told of the unit of the demo's branch."""
    own = Organization.objects.select_related("superior").get(code=branch.code)
    unit = Organization.objects.open().branches().filter(enterprise=own.enterprise_id)
    _difficulties(own, today)
    _weak(unit.exclude(pk=own.pk).exclude(superior=None).order_by("code"), today)
    _care([own, *unit.exclude(pk=own.pk).order_by("code")[: CARED_BRANCHES - 1]], today)


def dismiss(branch: Node) -> None:
    """One proposal of the checks that was looked at and not taken up. Asked after the checks have run."""
    own = Organization.objects.get(code=branch.code)
    found = CheckFinding.objects.filter(code__in=PROPOSED, organization__superior__isnull=False)
    of_unit = found.filter(organization__enterprise=own.enterprise_id)
    first = of_unit.order_by("pk").first() or found.order_by("pk").first()
    if first is not None:
        weak_actions.dismiss_proposal(by=None, finding=first, reason="换届选举已定在下月，材料已报（示例）")


def _difficulties(own: Organization, today: date) -> None:
    raised = []
    for title, kind, days in DIFFICULTIES:
        day = today - timedelta(days)
        raised.append(
            request_actions.raise_request(
                by=None, organization=own, kind=kind, title=title, need="请上级党委帮助解决（示例）", raised_on=day
            )
        )
    _leaking, funds, staff, devices = raised
    request_actions.answer_request(
        by=None, request=funds, owner="党委办公室", due_on=today + timedelta(9), answer="从党费中列支，本月拨付"
    )
    request_actions.refuse_request(by=None, request=staff, reason="编制已满，由工会干事兼任")
    request_actions.solve_request(
        by=None, request=devices, result="调剂电视机一台、影碟机一台", closed_on=today - timedelta(3)
    )


def _weak(branches, today: date) -> None:
    """Three neighbours: just taken in hand, reported as improved, accepted."""
    chosen = list(branches[:3])
    tellings = (
        ("NO_ACTIVITIES", "倒班后人员分散，三个月没有过组织生活", 10),
        ("NO_SECRETARY", "原书记调走，一直没有补选", 35),
        ("TERM_EXPIRED", "", 60),
    )
    for number, (branch, (reason, note, days)) in enumerate(zip(chosen, tellings, strict=False)):
        case = weak_actions.open_weak(
            by=None, organization=branch, reason=reason, note=note, opened_on=today - timedelta(days)
        )
        if not number:
            continue
        for kind, done, ago in (
            ("LEADERSHIP", "选派有经验的党员任书记，配齐支委", 20),
            ("CONDITIONS", "腾出一间库房作活动室", 12),
        ):
            weak_actions.add_measure(by=None, weak=case, kind=kind, done=done, done_on=today - timedelta(ago))
        weak_actions.report_improved(
            by=None, weak=case, result="班子配齐，“三会一课”恢复正常", reported_on=today - timedelta(4)
        )
        if number == 2:
            weak_actions.accept_improved(by=None, weak=case)


def _care(branches: list[Organization], today: date) -> None:
    random = Random(43)
    rolls = Member.objects.on_roll().filter(branch__in=branches).order_by("code")
    members: dict[int, list[Member]] = {}
    for member in rolls:
        members.setdefault(member.branch_id, []).append(member)
    for branch in branches:
        helped = members.get(branch.pk, [])[: random.randint(2, MOST_RECORDS)]
        for member in (*helped, None, None):
            care_actions.note_care(
                by=None,
                organization=branch,
                whom=CareRecord.Whom.MEMBER if member else CareRecord.Whom.MASSES,
                member=member,
                need=random.choice(CareRecord.Need.values),
                help=random.choice(CareRecord.Help.values),
                giver=random.choice(CareRecord.Giver.values),
                given_on=today - timedelta(random.randint(1, 60)),
            )
