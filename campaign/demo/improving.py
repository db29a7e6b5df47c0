"""Rectification, publications and services of a few units of the demo, made through the actions (dossier 4.7).

Everything is invented. Phase two is under way: items are raised and done while learning and appraising.
"""

from datetime import date, timedelta
from decimal import Decimal

from campaign.demo.forest import Node
from campaign.demo.masses import take_part
from campaign.plan.models import Campaign
from campaign.publicity import actions as publicity
from campaign.rectification import actions, measure_actions, plan_actions
from campaign.rectification.models import RectificationItem
from campaign.services import actions as services
from enterprises.models import Enterprise, Member, Organization

COMMITMENTS = (
    "故障报修，市区四十五分钟内到场（示例）\n停电检修提前七天公告（示例）\n电费差错核实后一个工作日内更正（示例）\n"
    "用户咨询当日答复（示例）\n困难用户上门服务（示例）"
)
PROHIBITIONS = "不准推诿用户（示例）\n不准指定购买设备（示例）\n不准无故停电（示例）"
PIECES = (
    ("BRIEFING", "送学到井口：倒班党员一个不落", "工作简报第6期（示例）", 41),
    ("PRESS", "压茬推进、分类指导", "企业报（示例）", 33),
    ("NETWORK", "开门纳谏，边议边改", "企业网站（示例）", 26),
    ("BOARD", "整改看得见：二十三张报表变九张", "办公楼宣传栏", 12),
    ("RADIO", "党员责任区里话安全", "矿区广播站（示例）", 9),
    ("TV", "优秀共产党员先进事迹", "企业电视台（示例）", 5),
)


class Unit:
    """One organization of the demo and the days of its records."""

    def __init__(self, campaign: Campaign, organization: Organization, today: date) -> None:
        self.campaign = campaign
        self.organization = organization
        self.today = today

    def ago(self, days: int) -> date:
        """So many days before today; after it where negative."""
        return self.today - timedelta(days=days)

    def item(self, title: str, measure: str, department: str, opinions: int, due: int, raised: int = 30, **told):
        """An item raised so many days ago and due in so many."""
        values = {"feasibility": "PERIOD", "due_on": self.ago(-due), "source": "OPINION"} | told
        return actions.raise_item(
            by=None, campaign=self.campaign, organization=self.organization, title=title, measure=measure,
            department=department, opinions=opinions, raised_on=self.ago(raised), **values,
        )  # fmt: skip

    def finish(self, item: RectificationItem, days: int, done: str, outcome: str = "PRACTICAL") -> RectificationItem:
        """The item was done so many days ago."""
        return actions.finish_item(by=None, item=item, done=done, done_on=self.ago(days), outcome=outcome)

    def publish(self, things: list, days: int, subject: str = "RECTIFICATION", place: str = "SITE", **told) -> None:
        """Told to the masses so many days ago."""
        publicity.publish(
            by=None, campaign=self.campaign, organization=self.organization, subject=subject, place=place,
            since=self.ago(days), things=[thing.pk for thing in things], **told,
        )  # fmt: skip


def improve(campaign: Campaign, branch: Node, today: date) -> None:
    """Items of a branch and of headquarters, their plans and publications; services of a window unit."""
    _branch(Unit(campaign, Organization.objects.get(code=branch.code), today))
    groups = {e.code: e for e in Enterprise.objects.filter(parent=None).select_related("leading_organization")}
    _headquarters(Unit(campaign, groups["E01"].leading_organization, today))
    take_part(campaign, groups["E01"].leading_organization)
    _window_unit(Unit(campaign, groups["E02"].leading_organization, today))
    unit = Unit(campaign, groups["E03"].leading_organization, today)
    services.open_line(
        by=None, organization=unit.organization, kind="PHONE", words="000-0000（示例）", opened_on=unit.ago(50)
    )


def _branch(unit: Unit) -> None:
    shift = unit.item("夜班班车增开一班", "夜班后增开一班", "后勤科", 7, -15, feasibility="AT_ONCE")
    shift = unit.finish(shift, 18, "夜班后已增开一班，职工反映良好")
    room = unit.item("党员活动室恢复使用", "腾出库房，添置报刊和电教设备，月底前恢复", "党支部", 4, 4)
    actions.start_item(by=None, item=room)
    late = unit.item("班组缺少更衣柜", "添置更衣柜二十个", "后勤科", 5, -3, source="ANALYSIS")
    unit.item("切实转变作风", "不断提高服务水平", "", 0, 0, due_on=None, source="OWN")
    pipes = unit.item(
        "家属区管网整体改造", "列入改造计划，争取资金", "后勤科", 11, 0, feasibility="LACKING", due_on=None,
        explanation="需地方统一规划，三年内分片改造；已在职工大会上说明原因和打算。", explained_on=unit.ago(20),
    )  # fmt: skip
    unit.publish([shift], 16, title="八月整改情况", place="BOARD", place_words="井口公示栏")
    unit.publish([shift, pipes], 15, title="边学边改：第一批整改情况")
    plan = plan_actions.draft_plan(
        by=None, campaign=unit.campaign, organization=unit.organization, title="党支部整改方案",
        aims="先改职工反映最强烈的，能办的马上办，不能办的说清楚。", items=[shift, room, late, pipes],
    )  # fmt: skip
    plan_actions.submit_plan(by=None, plan=plan)
    member = Member.objects.on_roll().filter(branch=unit.organization).order_by("code").first()
    if member is not None:
        measure_actions.set_measure(
            by=None, campaign=unit.campaign, member=member, measure="每周到班组一次，听一次意见", due_on=unit.ago(-20)
        )
    services.record_activity(
        by=None, organization=unit.organization, kind="RELIEF", title="与困难职工结对", held_on=unit.ago(20),
        participants=12, households=5, funds=Decimal(3000),
    )  # fmt: skip


def _headquarters(unit: Unit) -> None:
    reports = unit.item("合并重复报表", "清理报表，由二十三张减为九张", "办公厅", 23, -8, raised=40)
    reports = unit.finish(reports, 10, "二十三张减为九张，同一数据只报一次", "INNER")
    strategy = unit.item("主业方向还不够清晰", "修订中长期发展战略，年底前印发", "规划部", 31, -6, raised=45)
    strategy = unit.finish(strategy, 7, "新的中长期发展战略已通过并印发", "STRATEGY")
    first_asked = unit.item(
        "基层请示批复周期长", "首问负责制和限时办结制印发试行", "办公厅", 19, 6, priority="SERVICES",
        owner_post="办公厅主任", expected="批复不超过五个工作日",
    )  # fmt: skip
    fund = unit.item("困难职工医疗负担重", "修订帮困基金办法并公示七天", "工会", 14, 24, priority="OPINIONS")
    funds = unit.item(
        "设备老化影响产品质量", "技改资金分两年安排", "财务部", 12, 420, priority="STABILITY", expected="两年安排完毕"
    )
    for item in (first_asked, fund):
        actions.start_item(by=None, item=item)
    plan = plan_actions.draft_plan(
        by=None, campaign=unit.campaign, organization=unit.organization, title="集团公司整改方案（示例）",
        aims="从影响改革发展稳定的突出问题抓起，从群众意见最大的问题改起，从群众最急需的服务做起。",
        items=[reports, strategy, first_asked, fund, funds],
    )  # fmt: skip
    plan_actions.submit_plan(by=None, plan=plan)
    plan_actions.review_plan(by=None, plan=plan, note="措施具体，责任到部门。建议技改资金分年列出数额。")
    plan = plan_actions.approve_plan(by=None, plan=plan)
    unit.publish([plan], 0, subject="PLAN", title="整改方案公布", text="方案共五项，能改的已经动手。")
    unit.publish([reports], 8, title="边议边改：总部机关整改情况", text="欢迎职工监督。")
    for channel, title, outlet, days in PIECES:
        publicity.record_publicity(
            by=None, campaign=unit.campaign, organization=unit.organization, channel=channel, title=title,
            outlet=outlet, appeared_on=unit.ago(days),
        )  # fmt: skip
    for kind, title, effect in (
        ("POST", "总部部门岗位责任制（示例）", "每个岗位列明职责和时限"),
        ("TIME_LIMIT", "限时办结制（示例）", "一般请示五个工作日内批复"),
    ):
        services.enter_rule(
            by=None, organization=unit.organization, kind=kind, title=title, effect=effect, adopted_on=unit.ago(21)
        )


def _window_unit(unit: Unit) -> None:
    own = {"by": None, "organization": unit.organization}
    promises = services.make_commitment(
        **own, kind="PROMISE", title="供电服务“五项承诺”（示例）", lines=COMMITMENTS, valid_from=unit.ago(40),
        published_on=unit.ago(38), published_where="各营业厅",
    )  # fmt: skip
    services.make_commitment(
        **own, kind="PROHIBITION", title="营业窗口“三个不准”（示例）", lines=PROHIBITIONS, valid_from=unit.ago(10)
    )
    first = promises.items.order_by("number").first()
    for kind, days, cases, broken, finding, remedy in (
        ("CHECK", 20, 60, 1, "一次到场用了六十三分钟", "调整抢修驻点"),
        ("CHECK", 6, 60, 0, "", ""),
        ("COMPLAINT", 12, 1, 1, "夜间报修无人应答", "增加夜间值班一人"),
    ):
        services.check_commitment(
            by=None, commitment=promises, item=first, kind=kind, on=unit.ago(days), cases=cases, broken=broken,
            finding=finding, remedy=remedy,
        )  # fmt: skip
    queue = services.raise_issue(
        **own, title="缴费排队时间长", department="营销部", heard_from="用户座谈会", raised_on=unit.ago(35),
        due_on=unit.ago(5),
    )  # fmt: skip
    services.step_issue(by=None, issue=queue, on=unit.ago(25), text="增开两个缴费窗口")
    services.step_issue(by=None, issue=queue, on=unit.ago(9), text="平均等候降到八分钟", solved=True)
    meter = services.raise_issue(
        **own, title="电表换装未提前告知", department="营销部", heard_from="服务电话", raised_on=unit.ago(16),
        due_on=unit.ago(-14),
    )  # fmt: skip
    services.step_issue(by=None, issue=meter, on=unit.ago(4), text="换装前三天上门张贴通知，已试行")
    services.open_line(**own, kind="PHONE", words="000-0000（示例）", opened_on=unit.ago(60))
    for kind, title, people, households, funds in (
        ("VISIT", "走访困难用户", 30, 46, 0),
        ("VOLUNTEER", "为用户办一件实事：义务检修线路", 85, 210, 0),
        ("RELIEF", "山区村小学通电帮扶（示例）", 14, 120, 60000),
    ):
        services.record_activity(
            **own, kind=kind, title=title, held_on=unit.ago(22), participants=people, households=households,
            funds=Decimal(funds),
        )  # fmt: skip
