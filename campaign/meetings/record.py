"""What a person says about a meeting, before it is checked and stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from campaign.meetings.models import Meeting
from campaign.plan.kinds import MEETING_KINDS, MeetingKind
from campaign.plan.models import Campaign
from enterprises.models import PartyGroup


@dataclass(frozen=True)
class Proposal:
    """A resolution put to the vote (one candidate each in admissions and elections, dossier 2.3)."""

    text: str
    kind: str = "resolution"
    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    written_for: int = 0


@dataclass(frozen=True)
class Record:
    """A meeting as told. Empty fields take what is usual for the kind.

    `absent` maps member ids to reasons (`Absence.Reason`). `named` are the ids of a named list; with any
    other due list, exempt members who came. `observers` are (name, capacity).
    """

    kind: str
    held_on: date
    starts_at: time
    absent: Mapping[int, str] = field(default_factory=dict)
    campaign: Campaign | None = None
    due: str = ""
    party_group: PartyGroup | None = None
    named: tuple[int, ...] = ()
    title: str = ""
    minutes: int | None = None
    class_hours: Decimal | None = None
    place: str = ""
    chair: str = ""
    recorder: str = ""
    speaker: str = ""
    gist: str = ""
    observers: tuple[tuple[str, str], ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def meeting_kind(self) -> MeetingKind:
        """The kind. Raises `KeyError` when there is none of that code."""
        return MEETING_KINDS[self.kind]

    @property
    def due_list(self) -> str:
        return self.due or self.meeting_kind.due

    @classmethod
    def of(cls, meeting: Meeting) -> "Record":
        """What a stored draft says."""
        same = ("kind", "held_on", "starts_at", "campaign", "due", "party_group", "title", "minutes")
        told = ("class_hours", "place", "chair", "recorder", "speaker", "gist")
        fields = {name: getattr(meeting, name) for name in (*same, *told)}
        fields["absent"] = dict(meeting.absences.values_list("member_id", "reason"))
        fields["named"] = tuple(meeting.due_ids)
        fields["observers"] = tuple(meeting.observers.order_by("id").values_list("name", "capacity"))
        counts = ("votes_for", "votes_against", "abstentions", "written_for")
        fields["proposals"] = tuple(
            Proposal(r.text, r.kind, *(getattr(r, name) for name in counts)) for r in meeting.resolutions.all()
        )
        return cls(**fields)
