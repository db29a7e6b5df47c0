"""A small campaign of the cast, for tests of progress: three steps, launched directly on the tables."""

from datetime import date, timedelta

from campaign.plan.models import Campaign, Definition, Participation, Phase, PhaseSchedule, Step
from campaign.progress import actions
from enterprises.models import Enterprise, Organization

LAUNCH = date(2026, 8, 1)
BRANCHES = [kind.value for kind in Organization.BRANCH_KINDS]
GUIDANCE = {
    "class_hours": 4,
    "writing": "WRITTEN",
    "shift_days": 0,
    "binding": True,
    "materials_cap": None,
    "rules": [
        {"condition": "IN_DIFFICULTY", "shift_days": 10},
        {"category": "RETIRED", "binding": False},
    ],
}
DATA = {
    "guidance": GUIDANCE,
    "class_hour_minutes": 45,
    "makeup": {"meeting_kinds": ["CONCENTRATED_STUDY"], "days": 7, "reminder_days": 14},
    "documents": [
        {"code": "plan", "name_zh": "方案", "name_en": "plan", "figure": False},
        {"code": "report", "name_zh": "报告", "name_en": "report", "figure": False},
    ],
    "feedback": [{"code": "analysis", "name_zh": "党性分析", "name_en": "analysis"}],
}
STUDY = ["CONCENTRATED_STUDY"]
STEPS = [
    ("plan", "organizations", ["COMMITTEE", "LEADING_GROUP_DZ"], {"kind": "filing", "code": "plan"}, 5),
    ("report", "organizations", BRANCHES, {"kind": "filing", "code": "report"}, 20),
    ("analysis", "members", BRANCHES, {"kind": "feedback", "code": "analysis"}, 40),
]


def held(*kinds: str, times: int = 1) -> dict:
    return {"kind": "meeting", "meeting_kinds": list(kinds), "min_count": times, "min_class_hours": 0}


MEETING_STEPS = [
    ("mobilisation", "organizations", BRANCHES, held("MOBILISATION"), 10),
    ("study", "members", BRANCHES, {"kind": "hours", "meeting_kinds": STUDY}, 30),
    ("session", "organizations", BRANCHES, held(*STUDY, times=2), 25),
]


def launch(code: str = "test", units: list[str] | None = None, steps=STEPS) -> Campaign:
    """A running campaign in which these units of the cast take part (all by default)."""
    definition = Definition.objects.create(
        code=code, version=1, name_zh=code, name_en=code, data=DATA, source="", loaded_at="2026-08-01T00:00Z"
    )
    campaign = Campaign.objects.create(
        code=code, name_zh=code, name_en=code, definition=definition, launched_on=LAUNCH, state="RUNNING", preset="2005"
    )
    phase = Phase.objects.create(
        campaign=campaign, code="LEARN", order=1, name_zh="一", name_en="one", opens_day=0, closes_day=60
    )
    for order, (name, owed_by, kinds, evidence, due) in enumerate(steps):
        Step.objects.create(
            campaign=campaign, phase=phase, code=name, order=order, name_zh=name, name_en=name, owed_by=owed_by,
            org_kinds=kinds, evidence=evidence, anchor="phase_start", due_days=due,
        )  # fmt: skip
    found = Enterprise.objects.filter(code__in=units) if units else Enterprise.objects.all()
    for unit in found:
        part = Participation.objects.create(campaign=campaign, unit=unit)
        PhaseSchedule.objects.create(participation=part, phase=phase, starts_on=LAUNCH, ends_on=LAUNCH + timedelta(60))
    actions.build_campaign(campaign)
    actions.membership_changed(Organization.objects.branches().values_list("pk", flat=True))
    return campaign
