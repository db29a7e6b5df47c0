"""Analyses, appraisals and what members answer, in the demo's branch: made by actions, all invented."""

from datetime import date, time, timedelta
from uuid import UUID

from campaign.appraisal.actions import analyses, appraisals, corrections, notices
from campaign.appraisal.life import LIFE_MEETINGS
from campaign.demo.forest import Node
from campaign.meetings.actions import log
from campaign.meetings.models import Meeting
from campaign.meetings.record import Record
from campaign.plan.models import Campaign
from campaign.progress.models import StepStatus
from enterprises.models import Account, Member, Organization

ANALYSES = (
    {
        "problems": "平时忙于设备检修，学习时紧时松，学过的联系实际少；同班组年轻工人谈心不够，有怕得罪人的思想。",
        "constitution": "对照党章关于党员义务的规定，在联系群众、及时反映意见上还有差距。",
        "opinions": "有群众提出班务公开不够及时，这条意见提得对。",
        "roots": "放松了思想改造，把完成任务当成了全部。",
        "direction": "每周安排两个晚上学习；每月同班组每名工人谈一次；班务每月十日前公开。",
    },
    {
        "problems": "安全生产上要求别人多、检查自己少；对新技术学习不主动，有吃老本的想法。",
        "roots": "责任心不强，满足于过得去。",
        "direction": "报名参加技能培训，带好两名徒弟。",
    },
)
OPINIONS = (
    "工作踏实，任务面前不讲条件，班组安全记录良好。希望今后多同年轻职工谈心，带头学习新技术。",
    "技术过硬，乐于帮助别人。希望今后敢于开展批评，积极参加组织生活。",
)
REPLY = "感谢支部的意见，本人接受，今后从谈心做起。"
NOTICE = "本支部评议工作按计划完成，党员普遍受到教育。主要问题是学习不够深入、联系群众不够经常；下一步抓好整改。"


def happen(campaign: Campaign, branch: Node, today: date) -> None:
    """Texts of the first two plain members of the branch, an answer, two requests for correction, some notices."""
    organization = Organization.objects.get(code=branch.code)
    plain = Member.objects.filter(branch=organization, posts=None, kind=Member.Kind.FULL)
    members = list(plain.filter(contact=Member.Contact.NORMAL).order_by("code")[:2])
    for member, parts in zip(members, ANALYSES, strict=True):
        analyses.write_analysis(
            by=None, campaign=campaign, member=member, mode="WRITTEN", stage="BEFORE", parts=parts, hand_in=True
        )
    _appraise(campaign, organization, members, today)
    _ask(members)
    _notify(campaign, today)


def _appraise(campaign: Campaign, organization: Organization, members: list[Member], today: date) -> None:
    kind = appraisals.kinds_agreeing(organization)[0]
    record = Record(
        kind=kind,
        held_on=today - timedelta(days=3),
        starts_at=time(16, 30),
        title="研究党员评议意见",
        campaign=campaign,
    )
    meeting = log(by=None, organization=organization, record=record)
    first, second = (
        appraisals.write_appraisal(by=None, campaign=campaign, member=member, text=text, meeting=meeting)
        for member, text in zip(members, OPINIONS, strict=True)
    )
    appraisals.feed_back(by=None, appraisal=first, way="TALK", on=today - timedelta(days=2))
    appraisals.feed_back(by=None, appraisal=second, way="WRITTEN", on=today - timedelta(days=1))
    appraisals.reply(by=None, appraisal=second, text=REPLY, submission=UUID(int=0xA15))


def _ask(members: list[Member]) -> None:
    open_one, answered = (
        corrections.ask_correction(by=None, member=member, about=about, text=text, submission=UUID(int=0xC0 + n))
        for n, (member, about, text) in enumerate(
            (
                (members[0], "STUDY", "上月专题报告会我到了会，记录里是缺席，请核对。"),
                (members[1], "FACTS", "学历应为大专，请更正。"),
            )
        )
    )
    corrections.answer_correction(by=None, request=answered, state="CORRECTED", text="已核对毕业证书，学历改为大专。")


def _notify(campaign: Campaign, today: date) -> None:
    """The branches that have held their notice meeting first."""
    done = StepStatus.objects.filter(step__campaign=campaign, step__code="notice", done_on__lte=today)
    for n, status in enumerate(done.select_related("organization").order_by("done_on", "pk")[:5]):
        notices.give_notice(
            by=None, campaign=campaign, organization=status.organization, scope="MEMBERS", form="MEETING",
            given_on=status.done_on, contents=NOTICE, submission=UUID(int=0x0F00 + n),
        )  # fmt: skip


def remark(campaign: Campaign) -> None:
    """What the demo's group member remarks on two life meetings."""
    account = Account.objects.get(username="groupmember")
    account.act_as(account.posts_in_force[0])
    held = Meeting.objects.visible_to(account).filter(campaign=campaign, kind__in=LIFE_MEETINGS, state="CONFIRMED")
    said = (("GOOD", "发言联系思想实际，相互批评有具体事例。"), ("FAIR", "自我批评较好，相互批评偏少。"))
    for meeting, (quality, words) in zip(held.order_by("held_on", "pk")[:2], said, strict=False):
        notices.remark_on_quality(by=account, meeting=meeting, quality=quality, remark=words)
