"""Leadership on the stage: a committee that has founded, planned, trained and chosen contact points."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from campaign.leadership.actions import bodies, leaders, plans, training
from campaign.leadership.models import ContactPoint, ImplementationPlan, LeadingGroup, TrainingEvent
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.models import Post
from tests.cast import Cast

FIRST = "一、指导思想：学习实践重要思想，结合生产实际。\n二、分三个阶段进行，每阶段约一个月。\n三、倒班职工送学到井口。"
SECOND = FIRST.replace("每阶段约一个月", "压茬进行，避开生产高峰") + "\n四、经费和办公场所由行政保障。"


def prepare(cast: Cast) -> LeadingGroup:
    """Everything a leadership page can show, at committee A; done once for the stage."""
    found = LeadingGroup.objects.filter(organization=cast.org["A"]).first()
    if found:
        return found
    today = clock.today()
    for member, role in (("M0201", "COMMITTEE_SECRETARY"), ("M0201", "TEAM_MEMBER"), ("M0301", "TEAM_MEMBER")):
        Post.objects.create(member=cast.member[member], role=role, scope_id=cast.org["A"].pk)
    Post.objects.create(member=cast.member["M0203"], role="BRANCH_SECRETARY", scope_id=cast.org["B2"].pk)
    here = {"by": None, "campaign": Campaign.objects.get(code="t"), "organization": cast.org["A"]}
    group = bodies.found_group(document_number="北矿党〔2026〕18号", founded_on=today, **here)
    bodies.seat_member(by=None, group=group, member=cast.member["M0301"], role="DEPUTY", since=today)
    office = bodies.set_office(
        document_number="北矿党〔2026〕19号", founded_on=today, budget_allocated=30000, has_premises=True, **here
    )
    bodies.add_staff(by=None, office=office, name="赵示八", duty="材料、统计", since=today, full_time=True)
    _plan(here)
    event = training.record_training(
        kind="TRAINING", title="党支部书记和工作骨干培训班（第一期）", held_on=today, place="矿培训中心", **here
    )
    training.sign_in(by=None, event=event, member_ids=[cast.member["M0203"].pk])
    told = {**here, "team": cast.org["A"], "organization": cast.org["B2"], "since": today - timedelta(40)}
    point = leaders.choose_point(member=cast.member["M0301"], **told)
    leaders.record_visit(
        by=None, point=point, visited_on=today - timedelta(35), kind="RESEARCH", gist="到班组座谈", found=2, solved=1
    )
    leaders.put_forward(by=None, point=point, reason="班组“党员责任区”做法实在")
    leaders.enter_fact(member=cast.member["M0301"], kind="RECTIFY", on=today, text="夜班班车增开一班", **here)
    return group


def _plan(here: dict) -> None:
    plan = plans.write_plan(title="北山矿实施方案", text=FIRST, **here).plan
    for act in ("submit", "review", "approve", "file"):
        plan = plans.move_plan(by=None, plan=plan, act=act, document_number="〔2026〕9号" if act == "approve" else "")
    plans.write_plan(title="北山矿实施方案", text=SECOND, **here)


def leading(url_name: str, model: type | None = None) -> Callable[[Cast], str]:
    """A page of this room at committee A, about the first row of ``model`` where one is given."""

    def address(cast: Cast) -> str:
        prepare(cast)
        pk = model.objects.first().pk if model else cast.org["A"].pk
        return reverse(url_name, args=[pk])

    return address


def listed(url_name: str) -> Callable[[Cast], str]:
    """A list of this room."""

    def address(cast: Cast) -> str:
        prepare(cast)
        return reverse(url_name)

    return address


def sheet(cast: Cast) -> str:
    """A leader's fact sheet."""
    prepare(cast)
    return reverse("leadership:sheet", args=[cast.member["M0301"].pk])


PAGES = [
    ("leadership-list", listed("leadership:organization_list"), "enterprise_office"),
    ("leadership", leading("leadership:organization"), "committee_secretary"),
    ("leadership-owed", leading("leadership:owed"), "committee_secretary"),
    ("leadership-branch", lambda cast: reverse("leadership:organization", args=[cast.org["B2"].pk]), "member"),
    ("leading-group", leading("leadership:group"), "committee_secretary"),
    ("campaign-office", leading("leadership:office"), "committee_secretary"),
    ("plans", listed("leadership:plan_list"), "enterprise_office"),
    ("plan-page", leading("leadership:plan", ImplementationPlan), "committee_secretary"),
    ("plan-write", leading("leadership:plan_new"), "committee_secretary"),
    ("training", leading("leadership:training", TrainingEvent), "committee_secretary"),
    ("trainings", listed("leadership:training_list"), "committee_secretary"),
    ("untrained", listed("leadership:untrained_list"), "committee_secretary"),
    ("leaders", listed("leadership:leader_list"), "committee_secretary"),
    ("leader-fact", leading("leadership:fact_new"), "committee_secretary"),
    ("leader-sheet", sheet, "enterprise_office"),
    ("contact-points", listed("leadership:point_list"), "committee_secretary"),
    ("contact-point", leading("leadership:point", ContactPoint), "enterprise_office"),
    ("contact-visit", leading("leadership:visit_new", ContactPoint), "committee_secretary"),
    ("working-conditions", listed("leadership:support_list"), "enterprise_office"),
]
