"""Leadership in the demo (items 17-29): groups, offices, plans in every state, training, contact points."""

from datetime import date, timedelta
from decimal import Decimal

from campaign.demo.forest import Node
from campaign.leadership.actions import bodies, leaders, plans, training
from campaign.leadership.leaders import leader_posts
from campaign.leadership.models import ContactPoint, ImplementationPlan
from campaign.leadership.rules import BODY_KINDS
from campaign.leadership.training import branch_secretaries
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.models import Member, Organization, Post
from enterprises.tree import under

PREPARED = 9  # days before the launch on which things were founded
GROUPS, UNITS, VISITED = 12, 8, 10  # how many headquarters, subsidiaries, leaders with a contact point
PLAN = (
    "一、指导思想：学习实践“三个代表”重要思想，从{name}实际出发，务求实效。\n"
    "二、时间安排：集中学习教育三个月左右，分学习动员、分析评议、整改提高三个阶段，{way}。\n"
    "三、分类指导：一线党员少而精，离退休党员送学上门，撰写材料不强求一律。\n"
    "四、组织领导：党组织书记是第一责任人，班子成员确定联系点。"
)
WAYS = ("所属单位压茬进行", "避开三季度生产高峰", "倒班职工按班次送学", "项目部分批进行")
COPIED = (
    "一、提高认识。\n二、加强领导。\n三、精心组织。\n四、注重实效。"  # two subsidiaries of one group hand in the same
)
CHAIN = ("submit", "review", "approve", "file")
GISTS = ("到班组座谈，听取对整改的意见", "走访老党员和困难职工", "检查学习记录，旁听讨论", "总结“党员责任区”做法")


def lead(campaign: Campaign, branch: Node, today: date) -> None:
    """Write it for the headquarters and some subsidiaries; ``branch`` is the one the sign-ins are around."""
    begin = campaign.launched_on - timedelta(days=PREPARED)
    heads, units = _committees(campaign, branch)
    with clock.fixed(begin):
        for index, organization in enumerate([*heads, *units]):
            _found(campaign, organization, begin, index)
    with clock.fixed(campaign.launched_on - timedelta(days=2)):
        for organization in heads:
            _train(campaign, organization)
        _plans(campaign, heads, units)
    _points(campaign, heads, units, today)


def _committees(campaign: Campaign, branch: Node) -> tuple[list[Organization], list[Organization]]:
    """Headquarters and subsidiaries with a secretary on record; the chosen branch's committee stands first."""
    held = Post.objects.filter(role="COMMITTEE_SECRETARY", member__isnull=False).order_by().values("scope_id")
    led = Organization.objects.open().filter(kind__in=BODY_KINDS, pk__in=held).select_related("superior")
    ours = led.filter(enterprise__participations__campaign=campaign).order_by("path")
    top = list(ours.filter(enterprise__parent=None, is_headquarters=True)[:GROUPS])
    assert branch.superior is not None
    own = ours.filter(code=branch.superior.code)
    rest = ours.exclude(enterprise__parent=None).exclude(code=branch.superior.code)
    return top, [*own, *rest[: UNITS - 1]]


def _found(campaign: Campaign, organization: Organization, on: date, index: int) -> None:
    here = {"by": None, "campaign": campaign, "organization": organization}
    group = bodies.found_group(document_number=f"党发〔{on.year}〕{index + 11}号（示例）", founded_on=on, **here)
    others = leader_posts(on).filter(scope_id=organization.pk, role="TEAM_MEMBER").select_related("member")
    for post in others.exclude(member=group.seats.get().member_id).order_by("pk")[:1]:
        bodies.seat_member(by=None, group=group, member=post.member, role="DEPUTY", since=on)
    if index % 7 == 6:
        return  # the office is still to be founded
    bare = index % 5 == 4  # no budget, nobody in it
    office = bodies.set_office(
        document_number=f"党办〔{on.year}〕{index + 11}号（示例）",
        founded_on=on,
        budget_allocated=None if bare else Decimal(20000 + 5000 * index),
        budget_used=Decimal(0 if bare else 3200 + 410 * index),
        has_premises=True,
        premises=f"机关楼 {301 + index} 室",
        **here,
    )
    if not bare:
        bodies.add_staff(by=None, office=office, name=f"办公室工作人员{index + 1}（示例）", since=on, full_time=True)


def _train(campaign: Campaign, organization: Organization) -> None:
    """A class at each headquarters; three secretaries of four took part."""
    today = clock.today()
    here = {"by": None, "campaign": campaign, "organization": organization, "held_on": today}
    training.record_training(kind="MOBILISATION", title="第二批先进性教育活动动员培训会议", **here)
    event = training.record_training(
        kind="TRAINING",
        title="党支部书记和工作骨干培训班（第一期）",
        materials="《保持共产党员先进性教育读本》",
        **here,
    )
    below = Organization.objects.filter(under(organization.path))
    posts = branch_secretaries(today, below).order_by("scope_id").values_list("member", "member__branch__path")
    inside = [member for member, path in posts if path.startswith(organization.path)]
    if chosen := [member for index, member in enumerate(inside) if index % 4 != 3]:
        training.sign_in(by=None, event=event, member_ids=chosen)


def _plans(campaign: Campaign, heads: list[Organization], units: list[Organization]) -> None:
    for index, organization in enumerate(heads):
        way = WAYS[index % len(WAYS)]
        text = PLAN.format(name=organization.name.removesuffix("（示例）"), way=way)
        plan = _plan(campaign, organization, text)
        _move(plan, *CHAIN[: 4 if index % 6 != 5 else 2])
    if heads:  # changed since approval: the newer draft stands beside the version in force
        name = heads[0].name.removesuffix("（示例）")
        _plan(campaign, heads[0], PLAN.format(name=name, way="避开迎峰度夏") + "\n五、经费和办公场所由行政保障。")
    for index, organization in enumerate(units):
        plan = _plan(campaign, organization, COPIED if index in (2, 3) else PLAN.format(
            name=organization.name.removesuffix("（示例）"), way=WAYS[index % len(WAYS)]
        ))  # fmt: skip
        if index == 2:
            _move(plan, "submit")
            plans.move_plan(by=None, plan=plan, act="return", remark="与另一单位的方案文字相同，请结合实际重拟。")
        else:
            # The chosen committee's plan waits for its enterprise; the others are in force.
            _move(plan, *CHAIN[: 1 if index == 0 else 4 if index != 3 else 2])


def _plan(campaign: Campaign, organization: Organization, text: str) -> ImplementationPlan:
    title = f"{organization.name}先进性教育活动实施方案"
    version = plans.write_plan(by=None, campaign=campaign, organization=organization, title=title, text=text)
    return version.plan


def _move(plan: ImplementationPlan, *acts: str) -> None:
    for act in acts:
        plan = plans.move_plan(by=None, plan=plan, act=act)


def _points(campaign: Campaign, heads: list[Organization], units: list[Organization], today: date) -> None:
    """Contact points, one of them unvisited for a month (finding 7 of dossier 4.6), one put forward."""
    posts = leader_posts(today).filter(role="TEAM_MEMBER").select_related("member")
    teams = [units[0], *heads] if units else heads
    count = 0
    for team in teams:
        below = Organization.objects.open().branches().filter(under(team.path)).order_by("path")
        for post in posts.filter(scope_id=team.pk).order_by("pk")[: 3 if team is teams[0] else 1]:
            place = below.exclude(pk=post.member.branch_id).first()
            if place and count < VISITED:
                _point(campaign, team, post.member, place, today, count)
                count += 1


def _point(campaign: Campaign, team: Organization, member: Member, place: Organization, today: date, n: int) -> None:
    here = {"by": None, "campaign": campaign}
    since = campaign.launched_on
    with clock.fixed(since):
        point: ContactPoint = leaders.choose_point(team=team, member=member, organization=place, since=since, **here)
    kinds = ("RESEARCH", "MEMBERS", "INSPECTION", "SUMMING_UP")
    days = (5, 19) if n == 1 else (6, 24, 51)
    for index, later in enumerate(days):
        day = since + timedelta(days=later + n % 3)
        if day > today:
            continue
        with clock.fixed(day):
            leaders.record_visit(
                by=None, point=point, visited_on=day, kind=kinds[(n + index) % 4], gist=GISTS[(n + index) % 4],
                found=2, solved=1 + index % 2,
            )  # fmt: skip
    leaders.enter_fact(
        organization=team, member=member, kind="RECTIFY", on=today - timedelta(days=3 + n),
        text=("夜班班车增开一班", "合并重复报表，由二十三张减为九张", "首问负责制印发试行")[n % 3], **here,
    )  # fmt: skip
    if n in (0, 3):
        leaders.put_forward(by=None, point=point, reason="班组“党员责任区”做法实在，职工欢迎。")
    if n == 3:
        leaders.decide_demonstration(by=None, point=point, approve=True, reason="可供同类班组参考。")
