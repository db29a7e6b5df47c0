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

__all__ = [
    "Absence",
    "Addendum",
    "Attachment",
    "BusinessPeak",
    "Campaign",
    "CommitmentItem",
    "ComplianceCheck",
    "Definition",
    "DemoNotice",
    "Dirty",
    "ExclusionDecision",
    "Filing",
    "FoldState",
    "HotIssue",
    "HotIssueStep",
    "MakeUpLesson",
    "Meeting",
    "MemberTally",
    "Observer",
    "Participation",
    "Phase",
    "PhaseSchedule",
    "PostRule",
    "Publication",
    "PublicityItem",
    "RectificationItem",
    "RectificationMeasure",
    "RectificationPlan",
    "RectificationProof",
    "Resolution",
    "ScheduleChange",
    "ServiceActivity",
    "ServiceCommitment",
    "Step",
    "StepStatus",
    "StepSummary",
    "UserLine",
]
