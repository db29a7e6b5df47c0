"""Opinions of the demo (dossier 4.4), and the two that every committee of generated data has dealt with."""

from datetime import date, timedelta
from uuid import UUID

from campaign.demo.forest import Node
from campaign.opinions import actions
from campaign.opinions.actions import Told
from campaign.opinions.models import Channel, Opinion, SourceGroup
from campaign.plan.models import Campaign, Participation
from enterprises.models import Organization

# Category and words: 12, 4, 2 and 2 of twenty.
SAYINGS = (
    ("development", "主业方向还不够清晰，建议进一步修订中长期发展战略，集中力量做强做精主业。"),
    ("development", "研发投入偏低，关键部件仍靠外购，建议设立自主创新专项，五年内掌握核心技术。"),
    ("development", "子公司之间同业竞争、重复投标，建议统一市场、统一品牌。"),
    ("work_style", "总部开会多、要报表多，同一数据几个部门重复要，建议合并报表、减少会议。"),
    ("development", "管理层级过多，建议把四级以下公司清理合并，缩短决策链条。"),
    ("development", "年轻技术骨干流失较多，建议拓宽专业技术人员的职业发展通道。"),
    ("welfare", "倒班职工夜间就餐和通勤班车不便，建议调整班次和供餐时间。"),
    ("development", "海外项目风险评估不充分，建议建立投资项目后评价制度。"),
    ("development", "设备老化影响产品质量，建议分批安排技术改造资金。"),
    ("work_style", "机关干部下基层“走马观花”，建议每年在班组蹲点不少于若干天，帮助解决具体问题。"),
    ("development", "信息系统各建各的，数据不通，建议统一规划信息化建设。"),
    ("other", "离退休党员居住分散，建议就近编组，送学上门。"),
    ("development", "安全生产基础还不牢，建议把隐患整改与考核挂钩。"),
    ("work_style", "基层请示事项批复周期长，建议实行首问负责制和限时办结制。"),
    ("development", "原材料采购价格波动大，建议建立集中采购和长期合同机制。"),
    ("development", "主辅分离推进慢，建议明确时间表并做好人员安置方案。"),
    ("welfare", "部分困难职工医疗负担重，建议完善互助帮困基金的申请和公示办法。"),
    ("work_style", "制定制度前征求一线意见不够，建议重大制度先试点再推开。"),
    ("development", "对用户需求反应慢，建议建立从市场到生产的快速响应机制。"),
    ("other", "党员活动室长期占作库房，建议恢复并添置报刊和电教设备。"),
)
CHANNELS = (Channel.SYMPOSIUM, Channel.BOX, Channel.QUESTIONNAIRE, Channel.VISIT, Channel.WEB, Channel.TALK)
SOURCES = (SourceGroup.EMPLOYEE, SourceGroup.MEMBER, SourceGroup.EMPLOYEE, SourceGroup.USER, SourceGroup.LOWER_UNIT)
# What several originals were merged into, and how it was answered; the words by which the originals are found.
ITEMS = (
    ("报表多、会议多，要求合并精简", "重复要", "九月起合并十一张报表，每周二不开会（示例）。"),
    ("夜班职工吃饭、乘车不便", "夜间就餐", "夜餐供应延长到凌晨一点，增开一班通勤车（示例）。"),
    ("关键技术依赖外购", "关键部件", ""),
)
ROUNDS = 3  # times the twenty opinions were voiced in the committee that the sign-ins are about
RAW = 9  # opinions that came in during the last days
PAGES = 6  # units with a public page


def collect(campaign: Campaign, branch: Node, today: date) -> None:
    """Public pages for some units; for the unit around the sign-ins a full box: sorted, merged, answered, raw."""
    committee = branch.unit.lead if branch.unit and branch.unit.lead else branch.superior
    assert committee is not None
    organization = Organization.objects.select_related("enterprise").get(code=committee.code)
    _open_pages(campaign, organization)
    first = today - timedelta(days=20)
    told = [
        _told(n, category, text, first + timedelta(days=n % 7)) for n, (category, text) in enumerate(SAYINGS * ROUNDS)
    ]
    told += [_told(n, "", SAYINGS[n * 2][1], today - timedelta(days=n % 3)) for n in range(RAW)]
    actions.enter(by=None, campaign=campaign, organization=organization, told=told, submission=UUID(int=0x0914109))
    _merge(campaign, organization)
    last = Opinion.objects.filter(campaign=campaign, organization=organization, state=Opinion.State.RAW).last()
    if last:
        actions.remove(by=None, opinion=last)


def _told(n: int, category: str, text: str, on: date) -> Told:
    return Told(text, CHANNELS[n % len(CHANNELS)], on, SOURCES[n % len(SOURCES)] if n % 7 else "", category)


def _open_pages(campaign: Campaign, organization: Organization) -> None:
    taking_part = Participation.objects.filter(campaign=campaign, unit__leading_organization__isnull=False)
    chosen = {p.pk: p for p in taking_part.filter(unit__parent=None).order_by("unit__path")[:PAGES]}
    own = taking_part.filter(unit=organization.enterprise_id).first()
    for participation in (*chosen.values(), *([own] if own and own.pk not in chosen else [])):
        actions.open_page(by=None, participation=participation)


def _merge(campaign: Campaign, organization: Organization) -> None:
    for title, words, answer in ITEMS:
        found = Opinion.objects.filter(
            campaign=campaign, organization=organization, state=Opinion.State.SORTED, text__contains=words
        )
        item = None
        for opinion in found.order_by("pk"):
            new = "" if item else title
            item = actions.sort(by=None, opinion=opinion, category=opinion.category, item=item, new_item=new).item
        if item and answer:
            actions.answer(by=None, item=item, answer=answer)
