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
from campaign.publicity.models import Publication, PublicityItem
from campaign.rectification.models import (
    RectificationItem,
    RectificationMeasure,
    RectificationPlan,
    RectificationProof,
)
from campaign.services.models import (
    CommitmentItem,
    ComplianceCheck,
    HotIssue,
    HotIssueStep,
    PostRule,
    ServiceActivity,
    ServiceCommitment,
    UserLine,
)
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
    "CommitmentItem",
    "ComplianceCheck",
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
    "HotIssue",
    "HotIssueStep",
    "MakeUpLesson",
    "Meeting",
    "MemberTally",
    "Observer",
    "PaperCount",
    "Participation",
    "Phase",
    "PhaseSchedule",
    "PhaseTransition",
    "PostRule",
    "Publication",
    "PublicityItem",
    "RectificationItem",
    "RectificationMeasure",
    "RectificationPlan",
    "RectificationProof",
    "Resolution",
    "SatisfactionSurvey",
    "ScheduleChange",
    "ServiceActivity",
    "ServiceCommitment",
    "Step",
    "StepStatus",
    "StepSummary",
    "SummaryReport",
    "SummaryVersion",
    "SurveyCode",
    "UnitGuidance",
    "UserLine",
]
