"""The register of the rooms' models, for Django."""

from campaign.demo.models import DemoNotice
from campaign.filings.models import Filing
from campaign.meetings.models import (
    Absence,
    Addendum,
    Attachment,
    ExclusionDecision,
    Meeting,
    Observer,
    Resolution,
)
from campaign.opinions.models import Opinion, OpinionItem, OpinionPage
from campaign.plan.models import (
    BusinessPeak,
    Campaign,
    Definition,
    Participation,
    Phase,
    PhaseSchedule,
    ScheduleChange,
    Step,
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
    "MakeUpLesson",
    "Meeting",
    "MemberTally",
    "Observer",
    "Opinion",
    "OpinionItem",
    "OpinionPage",
    "Participation",
    "Phase",
    "PhaseSchedule",
    "Resolution",
    "ScheduleChange",
    "Step",
    "StepStatus",
    "StepSummary",
]
