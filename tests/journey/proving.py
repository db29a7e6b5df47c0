"""What proves each kind of evidence and each condition of a gate, entered through the actions.

A table from kind to the way of entering it: a campaign asks only for what stands in it, so that the next one needs
no code here. What one person enters by hand in the browser is left out of it by being there already.
"""

from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal
from uuid import uuid4

from campaign.appraisal.actions import analyses, appraisals, talks
from campaign.filings.actions import file_document, tick_members
from campaign.leadership.actions import bodies, plans, training
from campaign.mechanisms import actions as mechanisms
from campaign.meetings import actions as meetings
from campaign.meetings.record import Record
from campaign.opinions import actions as opinions
from campaign.opinions.actions import Told
from campaign.plan.models import Campaign, Participation, Step
from campaign.progress.models import StepStatus
from campaign.publicity import actions as publicity
from campaign.rectification import actions as rectification
from campaign.rectification import plan_actions
from campaign.rectification.models import RectificationItem
from campaign.requirements import actions as requirements
from campaign.study.actions import record_makeups
from campaign.study.evidence import open_absences
from campaign.summary import actions as summary
from campaign.summary.chapters import chapters_of
from campaign.summary.models import SummaryReport
from campaign.survey import actions as survey
from campaign.survey import questionnaire
from campaign.survey.models import SatisfactionSurvey
from enterprises import clock
from enterprises.models import Member, Organization, Post

GOOD = {"satisfied": 12, "basically_satisfied": 6, "dissatisfied": 0, "unknown": 2}
BAD = {"satisfied": 2, "basically_satisfied": 3, "dissatisfied": 14, "unknown": 1}


def meet(campaign: Campaign, organization: Organization, kind: str, hours: int = 2, absent=(), back: int = 0) -> None:
    """A confirmed meeting of today, or so many days ago; of a committee, with some of the members below it."""
    due = {} if organization.is_branch or kind == "DEMOCRATIC_LIFE" else {"due": "NAMED", "named": _some(organization)}
    people = {"chair": "书记（示例）", "speaker": "书记（示例）", "absent": dict.fromkeys(absent, "SHIFT")}
    record = Record(
        kind=kind, held_on=clock.today() - timedelta(back), starts_at=time(8), campaign=campaign,
        class_hours=Decimal(hours), **people, **due,
    )  # fmt: skip
    meetings.log(by=None, organization=organization, record=record)


def _some(organization: Organization) -> tuple[int, ...]:
    found = Member.objects.filter(branch__path__startswith=organization.path).order_by("code")
    return tuple(found.values_list("pk", flat=True)[:4])


def _roll(branch: Organization) -> list[Member]:
    return list(Member.objects.on_roll().filter(branch=branch).order_by("code"))


def _meeting(step: Step, organization: Organization) -> None:
    evidence = step.obligation_for(organization.kind).evidence
    for _once in range(evidence.get("min_count", 1)):
        meet(step.campaign, organization, evidence["meeting_kinds"][0], max(evidence.get("min_class_hours", 0), 2))


def _hours(step: Step, organization: Organization) -> None:
    kind = step.obligation_for(organization.kind).evidence["meeting_kinds"][0]
    for back in range(3):
        meet(step.campaign, organization, kind, 20, absent=[_roll(organization)[-1].pk], back=back)
    made_up(step.campaign, organization)


def made_up(campaign: Campaign, branch: Organization) -> None:
    """Whatever was missed is made up."""
    part = campaign.participations.get(unit=branch.enterprise)
    owed = [a for a in open_absences(part, "") if a.meeting.organization_id == branch.pk]
    if owed:
        record_makeups(by=None, absences=owed, mode="HOME_DELIVERY", held_on=clock.today())


def _requirements(step: Step, organization: Organization) -> None:
    version = requirements.write_version(
        by=None, campaign=step.campaign, organization=organization, text="爱岗敬业、技术过硬（示例）"
    )
    requirements.adopt(by=None, version=version, adopted_on=clock.today())


def _talks(step: Step, branch: Organization) -> None:
    first, *others = _roll(branch)
    told = {"by": None, "campaign": step.campaign, "organization": branch, "held_on": clock.today()}
    talks.record_talks(from_member=first, with_members=others, **told)
    talks.record_talks(from_member=others[0], with_members=[first], **told)


def _opinions(step: Step, organization: Organization) -> None:
    code = step.campaign.data["opinion_categories"][0]["code"]
    told = [Told("食堂夜班供餐太早（示例）", "BOX", clock.today(), "EMPLOYEE", code)]
    opinions.enter(by=None, campaign=step.campaign, organization=organization, told=told, submission=uuid4())


def _analysis(step: Step, branch: Organization) -> None:
    days = {member.pk: clock.today() for member in _roll(branch)}
    analyses.hand_in_on_paper(by=None, campaign=step.campaign, organization=branch, days=days)


def _appraisal(step: Step, branch: Organization) -> None:
    record = Record(kind="BRANCH_GENERAL", held_on=clock.today(), starts_at=time(9), campaign=step.campaign)
    held = meetings.log(by=None, organization=branch, record=record)
    days = {member.pk: clock.today() for member in _roll(branch)}
    appraisals.feed_back_on_paper(
        by=None, campaign=step.campaign, organization=branch, meeting=held, way="TALK", days=days
    )


def _item(step: Step, organization: Organization) -> RectificationItem:
    found = RectificationItem.objects.filter(organization=organization, campaign=step.campaign).first()
    return found or rectification.raise_item(
        by=None, campaign=step.campaign, organization=organization, title="合并重复报表（示例）",
        measure="清理报表，由二十三张减为九张", department="办公厅", feasibility="AT_ONCE", due_on=clock.today(),
        raised_on=clock.today(),
    )  # fmt: skip


def _plan(step: Step, organization: Organization) -> None:
    plan = plan_actions.draft_plan(
        by=None, campaign=step.campaign, organization=organization, title="整改方案（示例）",
        items=[_item(step, organization)],
    )  # fmt: skip
    plan_actions.submit_plan(by=None, plan=plan)
    plan_actions.approve_plan(by=None, plan=plan)


def _rectified(step: Step, organization: Organization) -> None:
    item = _item(step, organization)
    if item.state in ("OPEN", "IN_PROGRESS"):
        rectification.finish_item(by=None, item=item, done="已减为九张", done_on=clock.today(), outcome="PRACTICAL")


def _publish(campaign: Campaign, organization: Organization, subject: str, things=()) -> None:
    publicity.publish(
        by=None, campaign=campaign, organization=organization, subject=subject, title="公布（示例）", place="BOARD",
        since=clock.today(), things=things,
    )  # fmt: skip


def _published(step: Step, organization: Organization) -> None:
    _rectified(step, organization)  # before its day nobody had to
    _publish(step.campaign, organization, "RECTIFICATION", [_item(step, organization).pk])


def opened(campaign: Campaign, organization: Organization) -> SatisfactionSurvey:
    """A survey that the organization above has opened."""
    today = clock.today()
    told = {"respondents": ["employees"], "starts_on": today, "ends_on": today, "reported_on": today}
    prepared = survey.prepare_survey(by=None, campaign=campaign, organization=organization, **told)
    return survey.open_survey(by=None, survey=prepared)


def counted(one: SatisfactionSurvey, row: dict[str, int] = GOOD) -> None:
    """Paper ballots on which every question was answered alike; then it is closed."""
    survey.enter_paper(
        by=None, survey=one, respondents="employees", issued=24, returned=21, valid=sum(row.values()),
        answers={item.code: row for item in questionnaire.of(one).items},
    )  # fmt: skip
    survey.close_survey(by=None, survey=one)


def _survey(step: Step, organization: Organization) -> None:
    counted(opened(step.campaign, organization))


def _filing(step: Step, organization: Organization) -> None:
    document(step.campaign, organization, step.obligation_for(organization.kind).evidence["code"])


def document(campaign: Campaign, organization: Organization, code: str) -> None:
    """A filed document."""
    file_document(by=None, campaign=campaign, organization=organization, kind=code, filed_on=clock.today())


def _feedback(step: Step, branch: Organization) -> None:
    code = step.obligation_for(branch.kind).evidence["code"]
    days = {member.pk: clock.today() for member in _roll(branch)}
    tick_members(by=None, campaign=step.campaign, organization=branch, kind=code, days=days)


EVIDENCE: dict[str, Callable[[Step, Organization], None]] = {
    "meeting": _meeting,
    "hours": _hours,
    "requirements": _requirements,
    "talks": _talks,
    "opinions": _opinions,
    "analysis": _analysis,
    "appraisal": _appraisal,
    "rectification_plan": _plan,
    "rectified": _rectified,
    "published": _published,
    "survey": _survey,
    "filing": _filing,
    "feedback": _feedback,
}


def _bodies(part: Participation) -> list[Organization]:
    kinds = (Organization.Kind.COMMITTEE, Organization.Kind.LEADING_GROUP_DZ)
    return list(Organization.objects.filter(enterprise=part.unit, kind__in=kinds))


def _leading_group(part: Participation) -> None:
    for organization in _bodies(part):
        told = {"by": None, "campaign": part.campaign, "organization": organization, "founded_on": clock.today()}
        bodies.found_group(document_number="党发〔2026〕1号（示例）", **told)
        bodies.set_office(document_number="党发〔2026〕1号（示例）", **told)


def _plan_filed(part: Participation) -> None:
    for organization in _bodies(part):
        version = plans.write_plan(
            by=None, campaign=part.campaign, organization=organization, text="一、学习。二、分析。"
        )
        for act in ("submit", "review", "approve", "file"):
            plans.move_plan(by=None, plan=version.plan, act=act)


def _trained(part: Participation) -> None:
    event = training.record_training(
        by=None, campaign=part.campaign, organization=part.unit.leading_organization, kind="TRAINING",
        title="党支部书记培训班（示例）", held_on=clock.today(),
    )  # fmt: skip
    branches = Organization.objects.branches().filter(enterprise=part.unit)
    posts = Post.objects.filter(role="BRANCH_SECRETARY", scope_id__in=branches.values("pk")).exclude(member=None)
    training.sign_in(by=None, event=event, member_ids=list(posts.values_list("member", flat=True)))


def _absences(part: Participation) -> None:
    for branch in Organization.objects.branches().filter(enterprise=part.unit):
        made_up(part.campaign, branch)


def _result_published(part: Participation) -> None:
    _publish(part.campaign, part.unit.leading_organization, "SURVEY")


def _summary_report(part: Participation) -> None:
    """Written and filed, unless somebody did it by hand."""
    if SummaryReport.objects.filter(campaign=part.campaign, organization=part.unit.leading_organization).exists():
        return
    chapters = {chapter.code: "做法和成效（示例）" for chapter in chapters_of(part.campaign)}
    report = summary.save_report(
        by=None, campaign=part.campaign, organization=part.unit.leading_organization, chapters=chapters
    )
    summary.file_report(by=None, report=report)


def _mechanism(part: Participation) -> None:
    made = mechanisms.start_mechanism(
        by=None,
        campaign=part.campaign,
        organization=part.unit.leading_organization,
        kind="STUDY",
        title="学习日（示例）",
    )
    today = clock.today()
    mechanisms.move_mechanism(by=None, mechanism=made, status="ISSUED", since=today, number="8号", review_on=today)


ROOMS: dict[str, Callable[[Participation], None]] = {
    "leading_group": _leading_group,
    "plan_filed": _plan_filed,
    "secretaries_trained": _trained,
    "absences": _absences,
    "result_published": _result_published,
    "summary_report": _summary_report,
    "mechanisms": _mechanism,
}


def fulfil(part: Participation, gate: dict) -> None:
    """Bring about every condition of a gate that is not met yet: steps by their evidence, the rest by its room."""
    documents = {row["code"] for row in part.campaign.data["documents"]}
    for row in gate["conditions"]:
        if row["step"]:
            _prove(part, row["step"])
        if row["code"] in ROOMS:
            ROOMS[row["code"]](part)
        elif row["code"] in documents and not row["step"]:
            document(part.campaign, part.unit.leading_organization, row["code"])


def _prove(part: Participation, code: str) -> None:
    owed = StepStatus.objects.filter(
        step__campaign=part.campaign, step__code=code, organization__enterprise=part.unit, applicable=True, done_on=None
    )
    for status in owed.select_related("step__campaign__definition", "organization__enterprise"):
        kind = status.step.obligation_for(status.organization.kind).evidence["kind"]
        EVIDENCE[kind](status.step, status.organization)
