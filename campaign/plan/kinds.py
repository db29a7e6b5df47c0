"""Kinds of meeting (dossier 2.2, items 47, 48, 53, 62), the words that definitions and meetings share."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Due(StrEnum):
    """Who is due at a meeting."""

    BRANCH = "BRANCH"
    GROUP = "GROUP"
    COMMITTEE = "COMMITTEE"
    TEAM = "TEAM"
    NAMED = "NAMED"


class Quorum(StrEnum):
    """How many must be present for the meeting to count as held (dossier 2.2, 2.3)."""

    NONE = "NONE"
    HALF = "HALF"
    TWO_THIRDS = "TWO_THIRDS"


class Guests(StrEnum):
    """Who may take part beside those due (item 103; dossier 2.2: invited to lectures and appraisals, sent to life
    meetings). Guests never vote and count for no quorum."""

    SENT = "SENT"  # only whom the organization above sends
    INVITED = "INVITED"  # representatives of the masses by invitation
    OPEN = "OPEN"  # everybody


@dataclass(frozen=True)
class MeetingKind:
    """One kind of meeting. `minutes` is the length proposed for it; `presets` are the rules it belongs to."""

    code: str
    label: str | Promise
    due: Due
    minutes: int
    is_study: bool = False
    quorum: Quorum = Quorum.NONE
    guests: Guests = Guests.SENT
    presets: tuple[str, ...] = ("2005", "current")

    def class_hours(self, minutes_per_class_hour: int) -> int:
        """Whole class hours proposed for a meeting of the usual length; 0 when the kind is not study."""
        return self.minutes // minutes_per_class_hour if self.is_study else 0


_KINDS = (
    MeetingKind(
        "BRANCH_GENERAL", _("Branch general meeting"), Due.BRANCH, 90, quorum=Quorum.HALF, guests=Guests.INVITED
    ),
    MeetingKind("BRANCH_COMMITTEE", _("Branch committee meeting"), Due.COMMITTEE, 60, quorum=Quorum.HALF),
    MeetingKind("PARTY_GROUP", _("Party group meeting"), Due.GROUP, 60),
    MeetingKind("PARTY_LECTURE", _("Party lecture"), Due.BRANCH, 90, is_study=True, guests=Guests.INVITED),
    MeetingKind(
        "THEME_PARTY_DAY",
        _("Theme Party day"),
        Due.BRANCH,
        90,
        is_study=True,
        presets=("current",),
        guests=Guests.INVITED,
    ),
    MeetingKind("ORG_LIFE", _("Organisational life meeting"), Due.BRANCH, 180, quorum=Quorum.HALF),
    MeetingKind("DEMOCRATIC_LIFE", _("Democratic life meeting"), Due.TEAM, 240, quorum=Quorum.TWO_THIRDS),
    MeetingKind(
        "APPRAISAL", _("Democratic appraisal of members"), Due.BRANCH, 120, quorum=Quorum.HALF, guests=Guests.INVITED
    ),
    MeetingKind("MOBILISATION", _("Mobilisation meeting"), Due.BRANCH, 90, guests=Guests.OPEN),
    MeetingKind("PHASE_TRANSITION", _("Phase-transition mobilisation meeting"), Due.BRANCH, 90, guests=Guests.OPEN),
    MeetingKind("CONCENTRATED_STUDY", _("Concentrated study"), Due.BRANCH, 90, is_study=True, guests=Guests.INVITED),
    MeetingKind("TRAINING_CLASS", _("Training class"), Due.NAMED, 270, is_study=True, guests=Guests.INVITED),
    MeetingKind("SPECIAL_REPORT", _("Special report"), Due.BRANCH, 135, is_study=True, guests=Guests.OPEN),
    MeetingKind(
        "TOPIC_DISCUSSION", _("Special-topic discussion"), Due.BRANCH, 90, is_study=True, guests=Guests.INVITED
    ),
    MeetingKind(
        "REQUIREMENTS_DISCUSSION",
        _("Discussion on concrete requirements"),
        Due.BRANCH,
        90,
        is_study=True,
        guests=Guests.INVITED,
    ),
    MeetingKind("THEME_ACTIVITY", _("Theme practice activity"), Due.BRANCH, 90, is_study=True, guests=Guests.OPEN),
    MeetingKind("MODELS_REPORT", _("Report meeting on models"), Due.BRANCH, 90, is_study=True, guests=Guests.OPEN),
    MeetingKind("SYMPOSIUM", _("Symposium"), Due.NAMED, 90, guests=Guests.OPEN),
    MeetingKind("RECTIFICATION_REVIEW", _("Meeting on rectification"), Due.BRANCH, 90, guests=Guests.OPEN),
    MeetingKind("APPRAISAL_NOTICE", _("Appraisal notice meeting"), Due.BRANCH, 60, guests=Guests.OPEN),
    MeetingKind("SURVEY_MEETING", _("Survey meeting"), Due.NAMED, 60, guests=Guests.OPEN),
    MeetingKind("SUMMARY", _("Summary meeting"), Due.BRANCH, 90, guests=Guests.OPEN),
)

MEETING_KINDS: dict[str, MeetingKind] = {kind.code: kind for kind in _KINDS}


def kinds_for(preset: str) -> tuple[MeetingKind, ...]:
    """The kinds of meeting of a rule preset ("2005" or "current"), in their fixed order."""
    return tuple(kind for kind in _KINDS if preset in kind.presets)


def choices() -> list[tuple[str, str | Promise]]:
    """Code and label of every kind, for model fields and forms."""
    return [(kind.code, kind.label) for kind in _KINDS]
