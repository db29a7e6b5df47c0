"""The register of the rooms' models, for Django."""

from campaign.demo.models import DemoNotice
from campaign.filings.models import Filing
from campaign.gates.models import LookBackCheck, LookBackLine, PhaseTransition
from campaign.meetings.models import (
    Absence,
    Addendum,
    Attachment,
    ExclusionDecision,
    Meeting,
    Observer,
    Resolution,
)
from campaign.plan.models import (
    BusinessPeak,
    Campaign,
    Definition,
    GuidanceChange,
    Participation,
    Phase,
    PhaseSchedule,
    ScheduleChange,
    Step,
    UnitGuidance,
)
from campaign.progress.models import Dirty, FoldState, MemberTally, StepStatus, StepSummary
from campaign.study.models import MakeUpLesson

__all__ = [
    "Absence",
    "Addendum",
    "Attachment",
    "BusinessPeak",
    "Campaign",
    "Definition",
    "DemoNotice",
    "Dirty",
    "ExclusionDecision",
    "Filing",
    "FoldState",
    "GuidanceChange",
    "LookBackCheck",
    "LookBackLine",
    "MakeUpLesson",
    "Meeting",
    "MemberTally",
    "Observer",
    "Participation",
    "Phase",
    "PhaseSchedule",
    "PhaseTransition",
    "Resolution",
    "ScheduleChange",
    "Step",
    "StepStatus",
    "StepSummary",
    "UnitGuidance",
]
