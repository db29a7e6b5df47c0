"""The register of the rooms' models, for Django."""

from campaign.appraisal.models import (
    AnalysisLikeness,
    AnalysisVersion,
    AppraisalNotice,
    AppraisalOpinion,
    AppraisalReply,
    AppraisalVersion,
    CorrectionEntry,
    CorrectionRequest,
    HeartToHeartTalk,
    MeetingQuality,
    PartySpiritAnalysis,
)
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
    "AnalysisLikeness",
    "AnalysisVersion",
    "AppraisalNotice",
    "AppraisalOpinion",
    "AppraisalReply",
    "AppraisalVersion",
    "Attachment",
    "BusinessPeak",
    "Campaign",
    "CorrectionEntry",
    "CorrectionRequest",
    "Definition",
    "DemoNotice",
    "Dirty",
    "ExclusionDecision",
    "Filing",
    "FoldState",
    "HeartToHeartTalk",
    "MakeUpLesson",
    "Meeting",
    "MeetingQuality",
    "MemberTally",
    "Observer",
    "Participation",
    "PartySpiritAnalysis",
    "Phase",
    "PhaseSchedule",
    "Resolution",
    "ScheduleChange",
    "Step",
    "StepStatus",
    "StepSummary",
]
