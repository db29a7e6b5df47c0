"""The register of the rooms' models, for Django."""

from campaign.demo.models import DemoNotice
from campaign.exemplars.models import ModelMember, ModelReport
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
from campaign.requirements.models import (
    ConcreteRequirements,
    RequirementsComment,
    RequirementsVariant,
    RequirementsVersion,
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

__all__ = [
    "Absence",
    "ActivityParticipant",
    "ActivityPhoto",
    "Addendum",
    "AppliedNote",
    "Attachment",
    "BusinessPeak",
    "Campaign",
    "ConcreteRequirements",
    "Definition",
    "DemoNotice",
    "Dirty",
    "ExclusionDecision",
    "Filing",
    "FoldState",
    "MakeUpLesson",
    "Meeting",
    "MemberTally",
    "ModelMember",
    "ModelReport",
    "Observer",
    "Participation",
    "Phase",
    "PhaseSchedule",
    "RequirementsComment",
    "RequirementsVariant",
    "RequirementsVersion",
    "Resolution",
    "ScheduleChange",
    "Step",
    "StepStatus",
    "StepSummary",
    "StudiedMaterial",
    "StudyMaterial",
    "ThemeActivity",
]
