"""Phase one of the demo: the reading list, theme activities, concrete requirements, models (dossier 4.5, 4.7)."""

from datetime import date, time, timedelta

from campaign.demo.forest import Node
from campaign.exemplars import actions as exemplars
from campaign.meetings.actions import log
from campaign.meetings.models import Meeting
from campaign.meetings.record import Record
from campaign.plan.models import Campaign
from campaign.requirements import actions as requirements
from campaign.study import activity_actions, material_actions
from campaign.study.models import StudiedMaterial, StudyMaterial
from enterprises.models import Member, Organization

P = StudyMaterial.Priority
# Title, author, priority, required, audiences: of the whole campaign, and of the 2024 one.
TITLES = (
    ("中国共产党章程", "", P.KEY, True, ()),
    ("保持共产党员先进性教育读本", "", P.MAIN, True, ()),
    ("领导同志重要讲话选编", "", P.MAIN, True, ("LEADER", "HQ_STAFF", "TECHNICAL")),
    ("企业历史和优良传统", "企业党委（示例）", P.FURTHER, False, ()),
)
TITLES_OF_2024 = (("中国共产党纪律处分条例", "", P.MAIN, True, ()),)
OWN_TITLE = ("班组安全操作要点", "安全部（示例）", P.FURTHER, False, ("FRONT_LINE",))
NOTES = (
    "交接班改为当面说清隐患，双方签字。",
    "把二十三张班组报表并为九张，每班少填半小时。",
    "设三个党员责任区，月内排查隐患十一处，全部整改。",
)
ACTIVITIES = (
    ("OATH", "重温入党誓词", 24, "新老党员同读誓词，两名老党员讲入党经过。"),
    ("RECOLLECTION", "“回顾成长经历”座谈会", 17, "六名党员讲从学徒到骨干的路。"),
    ("OTHER", "党员责任区安全隐患排查", 9, "查出隐患十一处，当天整改七处。"),
)
COMMENTS = (("写上交接班的要求", "TAKEN", ""), ("“带头攻关”对后勤岗位不合适", "PARTLY", "另写岗位版本"))
VARIANT = "遵章守纪、安全在前\n交接班当面说清隐患\n带头攻关、带好徒弟\n关心困难工友"
MODELS = (
    ("井下二十年，带出八名徒弟", "二十年在一线，带出八名技师，所在班组连续六年无事故。", "PUBLICISED"),
    ("夜班车多开一班", "收集工友意见三十条，推动夜班班车增开一班。", "VERIFIED"),
    ("一本操作法，全矿都在用", "把多年经验写成操作法，已在各队推广。", "NOMINATED"),
)


def happen(campaigns: list[Campaign], branch: Node, today: date) -> None:
    """Everything, around the branch of the demo's secretary and its committee."""
    here = Organization.objects.select_related("superior", "enterprise").get(code=branch.code)
    _materials(campaigns, here)
    _activities(here, today)
    _requirements(campaigns[0], here, today)
    _models(campaigns[0], here, today)


def _add(campaign: Campaign, organization: Organization | None, title: tuple) -> StudyMaterial:
    words, source, priority, required, audiences = title
    return material_actions.add_material(
        by=None, campaign=campaign, organization=organization, title=words, source=source, priority=priority,
        required=required, audiences=audiences,
    )  # fmt: skip


def _materials(campaigns: list[Campaign], here: Organization) -> None:
    """The lists; which sessions took up what follows from their titles; some notes, one a selected case."""
    listed = [_add(campaigns[0], None, title) for title in TITLES]
    for title in TITLES_OF_2024:
        _add(campaigns[1], None, title)
    _add(campaigns[0], here.superior, OWN_TITLE)
    sessions = Meeting.objects.filter(campaign=campaigns[0], kind="CONCENTRATED_STUDY", state="CONFIRMED")
    for material, words in ((listed[0], "党章"), (listed[1], "读本")):
        ids = sessions.filter(title__contains=words).order_by("pk").values_list("pk", flat=True)
        StudiedMaterial.objects.bulk_create(StudiedMaterial(meeting_id=pk, material=material) for pk in ids)
    held = sessions.filter(organization__superior=here.superior).exclude(organization=here).order_by("-held_on", "pk")
    for meeting, text in zip(held, NOTES, strict=False):
        note = material_actions.note_applied(by=None, meeting=meeting, text=text)
        if note and text == NOTES[0]:
            material_actions.select_case(by=None, note=note)


def _activities(here: Organization, today: date) -> None:
    """Three activities, and the political birthday of whoever had one lately."""
    people = list(Member.objects.on_roll().filter(branch=here, contact=Member.Contact.NORMAL).order_by("code"))
    for kind, title, ago, outcome in ACTIVITIES:
        activity_actions.record_activity(
            by=None, organization=here, kind=kind, title=title, held_on=today - timedelta(days=ago), outcome=outcome,
            participants=people[: 6 + ago % 5], others_present=ago % 7,
        )  # fmt: skip
    _birthday(here, people, today - timedelta(days=28))


def _birthday(here: Organization, people: list[Member], since: date) -> None:
    celebrated = [m for m in people if m.admitted_on][:2]
    if celebrated:
        activity_actions.record_activity(
            by=None, organization=here, kind="POLITICAL_BIRTHDAY", title="党员“政治生日”集体活动", held_on=since,
            outcome="重读入党志愿书，支部送上一封信。", participants=people[2:9], honored=celebrated,
        )  # fmt: skip


def _requirements(campaign: Campaign, here: Organization, today: date) -> None:
    """The committee's next version, commented on by the branch, adopted with a variant for the front line."""
    told = {"by": None, "campaign": campaign, "organization": here.superior}
    variant = requirements.Variant("一线岗位", VARIANT, ("FRONT_LINE",))
    draft = requirements.write_version(**told, text="爱岗敬业、技术过硬\n遵章守纪、安全在前\n服务用户、诚实守信")
    said_on = today - timedelta(days=33)
    for text, outcome, answer in COMMENTS:
        said = requirements.comment(by=None, version=draft, organization=here, text=text, said_on=said_on)
        requirements.answer(by=None, comment=said, outcome=outcome, answer=answer)
    text = "爱岗敬业、技术过硬\n遵章守纪、安全在前\n团结工友、带头攻关\n服务用户、诚实守信\n关心困难、乐于助人"
    final = requirements.write_version(**told, text=text, variants=[variant], change_note="按讨论意见增加岗位版本")
    adopted = requirements.adopt(by=None, version=final, adopted_on=today - timedelta(days=27), adopted_by="党委会")
    requirements.publish(
        by=None, document=adopted.document, published_on=today - timedelta(days=25), published_where="宣传栏"
    )


def _models(campaign: Campaign, here: Organization, today: date) -> None:
    """Three models in three states; the publicised one was presented at a report meeting."""
    people = Member.objects.on_roll().filter(branch=here, category=Member.Category.FRONT_LINE).order_by("-code")
    nominated, later = today - timedelta(days=35), today - timedelta(days=30)
    for member, (headline, deeds, state) in zip(people, MODELS, strict=False):
        told = {"headline": headline, "deeds": deeds, "nominated_on": nominated, "campaign": campaign}
        exemplar = exemplars.nominate(by=None, member=member, **told)
        if state == "NOMINATED":
            continue
        exemplars.verify(by=None, exemplar=exemplar, verified_on=later, verified_how="支委会逐项核实")
        if state == "PUBLICISED":
            exemplars.record_consent(by=None, exemplar=exemplar, consent_on=later, consent_kind="WRITTEN")
            exemplars.publicise(by=None, exemplar=exemplar, publicised_on=later, publicised_where="矿区广播、简报")
            exemplars.present(by=None, exemplar=exemplar, meeting=_report(campaign, here, today - timedelta(days=26)))


def _report(campaign: Campaign, here: Organization, on: date) -> Meeting:
    """A report meeting on models in the evening."""
    record = Record(
        kind="MODELS_REPORT", held_on=on, starts_at=time(18, 0),
        campaign=campaign, title="优秀共产党员先进事迹报告会", gist="三名党员讲岗位上的事。",
    )  # fmt: skip
    return log(by=None, organization=here, record=record)
