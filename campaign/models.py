"""The register of the rooms' models, for Django."""

from campaign.demo.models import DemoNotice
from campaign.filings.models import Filing
from campaign.leadership.models import (
    CampaignOffice,
    ContactPoint,
    ContactPointVisit,
    GroupSeat,
    ImplementationPlan,
    LeadFact,
    LeadingGroup,
    OfficeStaff,
    PlanEntry,
    PlanVersion,
    Responsibility,
    Trainee,
    TrainingEvent,
)
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
    "Attachment",
    "BusinessPeak",
    "Campaign",
    "CampaignOffice",
    "ContactPoint",
    "ContactPointVisit",
    "Definition",
    "DemoNotice",
    "Dirty",
    "ExclusionDecision",
    "Filing",
    "FoldState",
    "GroupSeat",
    "LeadFact",
    "LeadingGroup",
    "MakeUpLesson",
    "Meeting",
    "MemberTally",
    "Observer",
    "OfficeStaff",
    "Participation",
    "Phase",
    "PhaseSchedule",
    "ImplementationPlan",
    "PlanEntry",
    "PlanVersion",
    "Resolution",
    "Responsibility",
    "ScheduleChange",
    "Step",
    "StepStatus",
    "StepSummary",
    "Trainee",
    "TrainingEvent",
]
