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
from campaign.summary.models import SummaryReport, SummaryVersion
from campaign.survey.models import (
    Ballot,
    CodeIssue,
    GroupResult,
    PaperCount,
    SatisfactionSurvey,
    SurveyCode,
)

__all__ = [
    "Absence",
    "Addendum",
    "Attachment",
    "Ballot",
    "BusinessPeak",
    "Campaign",
    "CodeIssue",
    "Definition",
    "DemoNotice",
    "Dirty",
    "ExclusionDecision",
    "Filing",
    "FoldState",
    "GroupResult",
    "GuidanceChange",
    "LookBackCheck",
    "LookBackLine",
    "MakeUpLesson",
    "Meeting",
    "MemberTally",
    "Observer",
    "PaperCount",
    "Participation",
    "Phase",
    "PhaseSchedule",
    "PhaseTransition",
    "Resolution",
    "SatisfactionSurvey",
    "ScheduleChange",
    "Step",
    "StepStatus",
    "StepSummary",
    "SummaryReport",
    "SummaryVersion",
    "SurveyCode",
    "UnitGuidance",
]
