"""The register of the rooms' models, for Django."""

from campaign.demo.models import DemoNotice
from campaign.exemplars.models import (
    ModelMember,
    ModelReport,
)
from campaign.filings.models import Filing
from campaign.gates.models import (
    LookBackCheck,
    LookBackLine,
    PhaseTransition,
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
    GuidanceChange,
    Participation,
    Phase,
    PhaseSchedule,
    ScheduleChange,
    Step,
    UnitGuidance,
)
from campaign.progress.models import (
    Dirty,
    FoldState,
    MemberTally,
    StepStatus,
    StepSummary,
)
from campaign.publicity.models import (
    Publication,
    PublicityItem,
)
from campaign.rectification.models import (
    RectificationItem,
    RectificationMeasure,
    RectificationPlan,
    RectificationProof,
)
from campaign.requirements.models import (
    ConcreteRequirements,
    RequirementsComment,
    RequirementsVariant,
    RequirementsVersion,
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
from campaign.study.models import (
    ActivityParticipant,
    ActivityPhoto,
    AppliedNote,
    MakeUpLesson,
    StudiedMaterial,
    StudyMaterial,
    ThemeActivity,
)
from campaign.summary.models import (
    SummaryReport,
    SummaryVersion,
)
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
    "ActivityParticipant",
    "ActivityPhoto",
    "Addendum",
    "AppliedNote",
    "Attachment",
    "Ballot",
    "BusinessPeak",
    "Campaign",
    "CodeIssue",
    "CommitmentItem",
    "ComplianceCheck",
    "ConcreteRequirements",
    "Definition",
    "DemoNotice",
    "Dirty",
    "ExclusionDecision",
    "Filing",
    "FoldState",
    "GroupResult",
    "GuidanceChange",
    "HotIssue",
    "HotIssueStep",
    "LookBackCheck",
    "LookBackLine",
    "MakeUpLesson",
    "Meeting",
    "MemberTally",
    "ModelMember",
    "ModelReport",
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
    "RequirementsComment",
    "RequirementsVariant",
    "RequirementsVersion",
    "Resolution",
    "SatisfactionSurvey",
    "ScheduleChange",
    "ServiceActivity",
    "ServiceCommitment",
    "Step",
    "StepStatus",
    "StepSummary",
    "StudiedMaterial",
    "StudyMaterial",
    "SummaryReport",
    "SummaryVersion",
    "SurveyCode",
    "ThemeActivity",
    "UnitGuidance",
    "UserLine",
]
