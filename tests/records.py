"""A campaign with steps that meetings, hours and filings prove, launched on the cast, for tests of records."""

from datetime import date, time, timedelta

from campaign.meetings.record import Record
from campaign.plan.models import Campaign, Definition, Participation, Phase, PhaseSchedule, Step
from campaign.progress import actions as progress
from campaign.progress.models import StepStatus
from enterprises.models import Enterprise, Organization

LAUNCH = date(2026, 8, 1)
BRANCHES = [kind.value for kind in Organization.BRANCH_KINDS]
COMMITTEES = ["COMMITTEE", "LEADING_GROUP_DZ"]
STUDY = ["CONCENTRATED_STUDY", "PARTY_LECTURE", "TRAINING_CLASS"]
DATA = {
    "class_hour_minutes": 45,
    "guidance": {
        "class_hours": 4,
        "writing": "WRITTEN",
        "shift_days": 0,
        "binding": True,
        "materials_cap": None,
        "rules": [{"category": "RETIRED", "binding": False}, {"category": "LEADER", "class_hours": 6}],
    },
    "makeup": {"meeting_kinds": ["MOBILISATION", *STUDY], "days": 7, "reminder_days": 14},
    "documents": [
        {"code": "plan", "name_zh": "方案", "name_en": "Plan", "figure": False},
        {"code": "rate", "name_zh": "满意率", "name_en": "Rate", "figure": True},
    ],
    "feedback": [{"code": "talk", "name_zh": "谈心", "name_en": "Talk"}],
    "opinion_categories": [
        {"code": "development", "name_zh": "企业长远发展", "name_en": "Development", "reference_percent": 60},
        {"code": "work_style", "name_zh": "领导机关工作作风", "name_en": "Work style", "reference_percent": 20},
        {"code": "welfare", "name_zh": "职工生活福利", "name_en": "Welfare", "reference_percent": 10},
        {"code": "other", "name_zh": "其他", "name_en": "Other", "reference_percent": None},
    ],
}
LECTURES = {"kind": "meeting", "meeting_kinds": ["PARTY_LECTURE"], "min_count": 2}
STEPS = [
    ("mobilise", "organizations", BRANCHES, {"kind": "meeting", "meeting_kinds": ["MOBILISATION"]}, 10),
    ("study", "members", BRANCHES, {"kind": "hours", "meeting_kinds": STUDY}, 40),
    ("lectures", "organizations", BRANCHES, LECTURES, 40),
    ("general", "organizations", BRANCHES, {"kind": "meeting", "meeting_kinds": ["BRANCH_GENERAL"]}, 40),
    ("life", "team", COMMITTEES, {"kind": "meeting", "meeting_kinds": ["DEMOCRATIC_LIFE"]}, 50),
    ("plan", "organizations", BRANCHES + COMMITTEES, {"kind": "filing", "code": "plan"}, 20),
    ("talk", "members", BRANCHES, {"kind": "feedback", "code": "talk"}, 40),
]  # fmt: skip


def launch() -> Campaign:
    """A running campaign in which every unit of the cast takes part."""
    definition = Definition.objects.create(
        code="t", version=1, name_zh="测试活动", name_en="Test", data=DATA, source="", loaded_at="2026-08-01T00:00Z"
    )
    campaign = Campaign.objects.create(
        code="t", name_zh="测试活动", name_en="Test", definition=definition, launched_on=LAUNCH, state="RUNNING",
        preset="2005",
    )  # fmt: skip
    phase = Phase.objects.create(
        campaign=campaign, code="LEARN", order=1, name_zh="学习动员", name_en="Learning", opens_day=0, closes_day=60
    )
    for order, (code, owed_by, kinds, evidence, due) in enumerate(STEPS):
        if evidence["kind"] == "meeting":
            evidence = {"min_count": 1, "min_class_hours": 0} | evidence
        Step.objects.create(
            campaign=campaign, phase=phase, code=code, order=order, name_zh=code, name_en=code, owed_by=owed_by,
            org_kinds=kinds, evidence=evidence, anchor="phase_start", due_days=due,
        )  # fmt: skip
    for unit in Enterprise.objects.all():
        part = Participation.objects.create(campaign=campaign, unit=unit)
        PhaseSchedule.objects.create(participation=part, phase=phase, starts_on=LAUNCH, ends_on=LAUNCH + timedelta(60))
    progress.build_campaign(campaign)
    progress.membership_changed(Organization.objects.branches().values_list("pk", flat=True))
    return campaign


def status(campaign: Campaign, code: str, organization: Organization) -> StepStatus:
    """Where an organisation stands with a step."""
    return StepStatus.objects.get(step__campaign=campaign, step__code=code, organization=organization)


def told(kind: str = "CONCENTRATED_STUDY", day: date = LAUNCH + timedelta(5), **fields) -> Record:
    """A meeting as a person tells it, at half past four in the afternoon."""
    return Record(kind=kind, held_on=day, starts_at=time(16, 30), **fields)
