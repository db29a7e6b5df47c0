"""Writing generated records: meetings with absences and make-ups, resolutions, filings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from campaign.appraisal.models import AppraisalOpinion, HeartToHeartTalk, PartySpiritAnalysis
from campaign.demo.copying import NULL, Sheet, array
from campaign.demo.opinions import CHANNELS, SAYINGS, SOURCES
from campaign.demo.people import Roll
from campaign.demo.rectifying import Rectifying
from campaign.filings.models import Filing
from campaign.meetings.holidays import slot
from campaign.meetings.models import Absence, Meeting, Observer, Resolution
from campaign.opinions.models import Opinion
from campaign.plan.kinds import MEETING_KINDS
from campaign.requirements.models import ConcreteRequirements, RequirementsVersion
from campaign.study.models import MakeUpLesson
from campaign.survey.models import GroupResult, SatisfactionSurvey

REASONS = {
    "HQ": ("TRIP", "TRIP", "LEAVE", "OTHER"),
    "STAFF": ("TRIP", "TRIP", "LEAVE", "OTHER"),
    "TECH": ("TRIP", "SHIFT", "LEAVE"),
    "FRONT": ("SHIFT", "SHIFT", "SHIFT", "LEAVE", "FAMILY_VISIT", "NONE"),
    "PROJECT": ("SHIFT", "TRIP", "FAMILY_VISIT"),
    "RETIRED": ("FAMILY_VISIT", "OTHER", "OTHER"),
    "LAID_OFF": ("OTHER", "FAMILY_VISIT", "NONE"),
}
USUAL_REASONS = ("TRIP", "LEAVE", "OTHER")
MODES = {"RETIRED": ("HOME_DELIVERY", "PAIRED_HELP"), "PROJECT": ("REMOTE", "SELF_STUDY")}
USUAL_MODES = ("SELF_STUDY", "PAIRED_HELP", "REMOTE", "SELF_STUDY")
STARTS = {"FRONT": (time(18, 30), time(15, 0)), "PROJECT": (time(19, 0), time(18, 30))}
USUAL_STARTS = (time(14, 30), time(15, 0), time(9, 0))


@dataclass(frozen=True)
class Session:
    """A meeting to be written. ``hours`` are class hours, ``minutes`` its length; ``makeup_days`` by when
    an absence is to be made up (``None``: no make-up is asked)."""

    kind: str
    title: str
    on: date
    campaign: int | None = None
    minutes: int | None = None
    hours: int = 0
    makeup_days: int | None = None
    gist: str = ""
    named: bool = False  # those due are a named list, whatever is usual for the kind


class Ledger:
    """The sheets of the rooms' records, and how one record becomes rows."""

    def __init__(self, today: date, random: Random) -> None:
        self.today = today
        self.random = random
        self.meetings = Sheet(
            Meeting,
            "id organization party_group campaign kind title held_on starts_at minutes class_hours slot place chair"
            " recorder speaker due due_ids voter_ids due_count present_count gist state submission recorded_at"
            " confirmed_at",
        )
        self.absences = Sheet(Absence, "id meeting member reason makeup_due_on")
        self.makeups = Sheet(MakeUpLesson, "id absence mode held_on helper note recorded_at")
        self.resolutions = Sheet(
            Resolution,
            "id meeting kind text votes_for votes_against abstentions written_for due_voters present_voters passed",
        )
        self.observers = Sheet(Observer, "id meeting name capacity")
        self.filings = Sheet(
            Filing,
            "id campaign organization member kind filed_on number title figure note file submission recorded_at",
        )
        self.surveys = Sheet(
            SatisfactionSurvey,
            "id campaign organization organizer respondents starts_on ends_on reported_on report_gist state form"
            " opened_on closed_on result is_valid make_up_required submission created_at",
        )
        self.group_results = Sheet(
            GroupResult,
            "id survey respondents issued returned valid base satisfied satisfied_or_basically dissatisfied",
        )
        self.rectifying = Rectifying()
        self.requirements = Sheet(
            ConcreteRequirements, "id campaign organization published_on published_where recorded_at"
        )
        self.versions = Sheet(
            RequirementsVersion, "id document number text change_note adopted_on adopted_by submission recorded_at"
        )
        self.talks = Sheet(
            HeartToHeartTalk, "id campaign organization from_member to_member held_on submission recorded_at"
        )
        self.analyses = Sheet(
            PartySpiritAnalysis, "id campaign organization member mode handed_in_on submission recorded_at"
        )
        self.appraisals = Sheet(
            AppraisalOpinion, "id campaign organization member meeting fed_back_on way submission recorded_at"
        )
        self.opinion_sheet = Sheet(
            Opinion,
            "id campaign organization channel source_group text received_on guess category state sorted_on"
            " reference_digest",
        )
        self.slots: dict[tuple[date, time], str] = {}

    def sheets(self) -> list[Sheet]:
        return [
            self.meetings, self.absences, self.makeups, self.resolutions, self.observers, self.filings,
            self.surveys, self.group_results,
            *self.rectifying.sheets(),
            self.requirements, self.versions,
            self.talks, self.analyses, self.appraisals,
            self.opinion_sheet,
        ]  # fmt: skip

    def _slot(self, on: date, at: time) -> str:
        found = self.slots.get((on, at))
        if found is None:
            found = self.slots[on, at] = slot(on, at)
        return found

    def meeting(
        self, roll: Roll, session: Session, due: Sequence[int], voters: Sequence[int], absent: Iterable[int],
        group: int | None = None, draft: bool = False,
    ) -> int:  # fmt: skip
        """Write one meeting of the roll's organisation. Returns its id."""
        absent = list(absent)
        kind = MEETING_KINDS[session.kind]
        pk = self.meetings.take_id()
        starts = STARTS.get(roll.node.profile, USUAL_STARTS)
        at = starts[pk % len(starts)]
        filed = f"{min(session.on + timedelta(days=pk % 3), self.today)} 20:{pk % 60:02}:00+08"
        told = (array(due), array(voters), len(due), len(due) - len(absent))
        frozen = "\t".join(map(str, ("{}", "{}", 0, 0) if draft else told))
        whom = "NAMED" if session.named else kind.due.value
        self.meetings.add_line(
            f"{pk}\t{roll.node.id}\t{NULL if group is None else group}"
            f"\t{NULL if session.campaign is None else session.campaign}\t{session.kind}\t{session.title}"
            f"\t{session.on}\t{at}\t{session.minutes or kind.minutes}\t{session.hours}"
            f"\t{self._slot(session.on, at)}\t党员活动室\t{roll.secretary or roll.deputy}\t{roll.deputy}\t"
            f"\t{whom}\t{frozen}\t{session.gist}"
            f"\t{'DRAFT' if draft else 'CONFIRMED'}\t{UUID(int=(0x5EED << 64) + pk)}\t{filed}"
            f"\t{NULL if draft else filed}"
        )
        if absent:
            self._absences(roll, session, pk, absent)
        return pk

    def _absences(self, roll: Roll, session: Session, meeting: int, absent: list[int]) -> None:
        reasons = REASONS.get(roll.node.profile, USUAL_REASONS)
        modes = MODES.get(roll.node.profile, USUAL_MODES)
        for member in absent:
            pk = self.absences.take_id()
            asked = session.makeup_days is not None and member not in roll.free
            by = session.on + timedelta(days=session.makeup_days) if asked else None
            sought = member in roll.out_of_contact
            reason = "NONE" if sought else reasons[pk % len(reasons)]
            self.absences.add_line(f"{pk}\t{meeting}\t{member}\t{reason}\t{by or NULL}")
            if session.makeup_days is not None and not sought:
                self._makeup(roll, pk, session, modes[pk % len(modes)])

    def _makeup(self, roll: Roll, absence: int, session: Session, mode: str) -> None:
        """Three of four are made up in time, one of eight late, the rest stays open."""
        draw = self.random.random()
        if draw > roll.makes_up:
            return
        days = session.makeup_days or 7
        on = session.on + timedelta(days=1 + int(draw * days) if draw < roll.makes_up - 0.1 else days + 1 + absence % 9)
        if on > self.today:
            return
        self.makeups.add_line(
            f"{self.makeups.take_id()}\t{absence}\t{mode}\t{on}\t{roll.secretary or roll.deputy}\t\t{on} 20:30:00+08"
        )

    def resolution(self, meeting: int, text: str, voters: int, present: int, against: int) -> None:
        """An ordinary resolution, measured against the voters due (dossier 2.3)."""
        votes = max(0, present - against)
        self.resolutions.add(
            self.resolutions.take_id(), meeting, "resolution", text, votes, against, 0, 0, voters, present,
            present * 2 >= voters and votes * 2 > voters,
        )  # fmt: skip

    def observer(self, meeting: int, name: str, capacity: str) -> None:
        self.observers.add(self.observers.take_id(), meeting, name, capacity)

    def filing(self, campaign: int, organization: int, code: str, on: date, title: str, number: str = "") -> None:
        """A document of the organisation."""
        pk = self.filings.take_id()
        self.filings.add_line(
            f"{pk}\t{campaign}\t{organization}\t{NULL}\t{code}\t{on}\t{number}\t{title}\t{NULL}\t\t"
            f"\t{UUID(int=(0xF11E << 64) + pk)}\t{on} 17:00:00+08"
        )

    def adopted(self, campaign: int, organization: int, on: date, text: str) -> None:
        """Concrete requirements with one version, adopted on that day and published a few days later."""
        pk, version = self.requirements.take_id(), self.versions.take_id()
        published = on + timedelta(days=3)
        known = published <= self.today
        self.requirements.add(
            pk,
            campaign,
            organization,
            published if known else NULL,
            "宣传栏、局域网" if known else "",
            f"{on} 17:00+08",
        )
        self.versions.add(
            version,
            pk,
            1,
            text.replace("\n", "\\n"),
            "",
            on,
            "党委会",
            UUID(int=(0xC0DE << 64) + version),
            f"{on} 17:00+08",
        )

    def entries(self, campaign: int, organization: int, code: str, days: Mapping[int, date]) -> None:
        """A dated entry for each of these members, entered together."""
        first = self.filings.next_id
        together = UUID(int=(0xFEED << 64) + first)
        for member, on in days.items():
            self.filings.add_line(
                f"{self.filings.take_id()}\t{campaign}\t{organization}\t{member}\t{code}\t{on}\t\t\t{NULL}\t\t"
                f"\t{together}\t{on} 17:30:00+08"
            )

    def held_talks(self, campaign: int, organization: int, by: int, days: Mapping[int, date]) -> None:
        """A talk of ``by`` with each of these members, entered together."""
        together = UUID(int=(0x7A1C << 64) + self.talks.next_id)
        for member, on in days.items():
            if member != by:
                self.talks.add_line(
                    f"{self.talks.take_id()}\t{campaign}\t{organization}\t{by}\t{member}\t{on}"
                    f"\t{together}\t{on} 17:30:00+08"
                )

    def handed_in(self, campaign: int, organization: int, days: Mapping[int, date]) -> None:
        """An analysis of each of these members, on paper: no text is made up."""
        together = UUID(int=(0xA1A5 << 64) + self.analyses.next_id)
        for member, on in days.items():
            self.analyses.add_line(
                f"{self.analyses.take_id()}\t{campaign}\t{organization}\t{member}\tPAPER\t{on}"
                f"\t{together}\t{on} 17:30:00+08"
            )

    def fed_back(self, campaign: int, organization: int, meeting: int, days: Mapping[int, date]) -> None:
        """An appraisal kept on paper and given to each of these members."""
        together = UUID(int=(0xFEDB << 64) + self.appraisals.next_id)
        for member, on in days.items():
            way = "TALK" if member % 3 else "WRITTEN"
            self.appraisals.add_line(
                f"{self.appraisals.take_id()}\t{campaign}\t{organization}\t{member}\t{meeting}\t{on}\t{way}"
                f"\t{together}\t{on} 17:30:00+08"
            )

    def opinions(self, campaign: int, organization: int, received_on: date, sorted_on: date) -> None:
        """Two opinions received by the organisation, both sorted on the day on which it was through."""
        for _each in range(2):
            pk = self.opinion_sheet.take_id()
            category, words = SAYINGS[pk % len(SAYINGS)]
            self.opinion_sheet.add_line(
                f"{pk}\t{campaign}\t{organization}\t{CHANNELS[pk % len(CHANNELS)]}\t{SOURCES[pk % len(SOURCES)]}"
                f"\t{words}\t{received_on}\t\t{category}\tSORTED\t{sorted_on}"
                f"\t{sha256(b'generated %d' % pk).hexdigest()}"
            )
