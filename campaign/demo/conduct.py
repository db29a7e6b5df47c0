"""What made-up branches and committees do in a campaign: in time, early, late, partly, or not at all.

Everything is derived from the definition: for each step that an organisation owes, records are made that
prove it, on a day that fits the organisation's pace. What those records amount to is for progress to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from campaign.demo.forest import Node
from campaign.demo.ledger import Ledger, Session
from campaign.demo.people import FREE, Roll
from campaign.demo.polls import Polls
from campaign.demo.rectifying import KINDS as RECTIFYING
from campaign.demo.rectifying import Course
from campaign.demo.sayings import GISTS, REQUIREMENTS, RESOLUTIONS, TITLES
from campaign.plan import rules as plan_rules
from campaign.plan.kinds import MEETING_KINDS, Due
from campaign.plan.models import Campaign, Obligation, PhaseSchedule, Step
from campaign.plan.rules import Span

# Pace: days from the due date on which a step is done (negative: before it), and how often it occurs.
PACES = {"early": (-12, -5), "steady": (-6, 0), "late": (1, 8), "slack": (14, 45)}
SHARES = (("early", 0.25), ("steady", 0.70), ("late", 0.035), ("slack", 0.015))
SHARES_OF_THE_WEAK = (("early", 0.1), ("steady", 0.5), ("late", 0.22), ("slack", 0.18))
MAKES_UP = {"early": 0.99, "steady": 0.985, "late": 0.93, "slack": 0.7}
ABSENT = {"PROJECT": 0.09, "FRONT": 0.065, "LAID_OFF": 0.08, "RETIRED": 0.06}
USUALLY_ABSENT = 0.045
SEEN_BY_ALL = 0.004  # absent from meetings to which everybody makes a point of coming
DAYS_OF_ENTRIES = 10  # a branch is through with its members in so many days
DAY_HOURS, SESSION_HOURS = 8, 4  # class hours of a whole day and of an afternoon
MEMBER_BY_MEMBER = ("talks", "analysis", "appraisal")  # kinds of evidence written as rows of their own
AGREES = {"BRANCH_COMMITTEE": "支部委员会：研究党员评议意见", "BRANCH_GENERAL": "支部党员大会：研究党员评议意见"}
ACTIVE = {"2005-second-batch": 1.0, "2024-discipline-study": 0.3}  # share of branches that are under way


@dataclass
class Script:
    """A campaign as far as its records are concerned: steps, and the dates of every unit."""

    campaign: Campaign
    steps: list[Step]
    spans: dict[tuple[int, int], Span]
    shifts: dict[str, int]
    minutes: int
    makeup_kinds: frozenset[str]
    makeup_days: int
    active: float

    @classmethod
    def of(cls, campaign: Campaign) -> "Script":
        """Read what was launched."""
        data = campaign.data
        rows = PhaseSchedule.objects.filter(participation__campaign=campaign).values_list(
            "participation__unit", "phase", "starts_on", "ends_on"
        )
        conditions = ("SOUND", "IN_DIFFICULTY", "RESTRUCTURING", "NEAR_BANKRUPTCY")
        return cls(
            campaign=campaign,
            steps=list(campaign.steps.select_related("phase").order_by("order")),
            spans={(unit, phase): Span(start, end) for unit, phase, start, end in rows},
            shifts={c: plan_rules.unit_shift(data["guidance"], c) for c in conditions},
            minutes=data["class_hour_minutes"],
            makeup_kinds=frozenset(data["makeup"]["meeting_kinds"]),
            makeup_days=data["makeup"]["days"],
            active=ACTIVE.get(campaign.definition.code, 1.0),
        )

    def session(self, kind: str, on: date, hours: int = 0, minutes: int | None = None) -> Session:
        """A meeting of this campaign."""
        titles = TITLES.get(kind, ("专题会议",))
        return Session(
            kind=kind,
            title=titles[on.toordinal() % len(titles)],
            on=on,
            campaign=self.campaign.pk,
            minutes=minutes or (hours * self.minutes if hours else None),
            hours=hours,
            makeup_days=self.makeup_days if kind in self.makeup_kinds else None,
            gist=GISTS.get(kind, ""),
        )


class Conduct:
    """Makes the records of one organisation after the other."""

    def __init__(self, ledger: Ledger, scripts: list[Script], today: date, random: Random) -> None:
        self.ledger = ledger
        self.surveys = Polls(ledger.surveys, ledger.group_results)
        self.scripts = scripts
        self.today = today
        self.random = random

    def branch(self, roll: Roll) -> None:
        """A year of a branch: its ordinary meetings, then what each campaign asks of it."""
        if not roll.ids and not roll.leaving:
            return
        pace = self._pace(roll.node)
        roll.makes_up = MAKES_UP[pace]
        self._ordinary_life(roll, slack=pace == "slack")
        self._steps(roll, pace, [])

    def committee(self, node: Node, team: list[int]) -> None:
        """What a committee or leading group owes itself."""
        roll = Roll(node, ids=sorted(team), secretary=node.secretary_name, makes_up=0.97)
        self._steps(roll, self._pace(node), sorted(team))

    def _pace(self, node: Node) -> str:
        """One unit in thirteen is weak: there every third organisation is behind."""
        draw = self.random.random()
        weak = node.unit is not None and node.unit.id * 7 % 13 == 5
        for pace, share in SHARES_OF_THE_WEAK if weak else SHARES:
            if draw < share:
                return pace
            draw -= share
        return "steady"

    def _steps(self, roll: Roll, pace: str, team: list[int]) -> None:
        unit = roll.node.unit
        for script in self.scripts:
            if unit is None or self.random.random() > script.active:
                continue
            course = Course()
            for step in script.steps:
                obligation = step.obligation_for(roll.node.kind)
                span = script.spans.get((unit.id, step.phase_id))
                if obligation and span and span.starts_on <= self.today:
                    self._step(script, step, obligation, span, roll, pace, team, course)
            superior = roll.node.superior.id if roll.node.superior else None
            self.ledger.rectifying.write(script.campaign.pk, roll.node.id, superior, course)

    def _step(self, script: Script, step: Step, obligation: Obligation, span: Span, roll: Roll, pace, team, course):
        low, high = PACES[pace if self.random.random() < 0.85 else self._pace(roll.node)]
        due = plan_rules.due_date(step, span, script.shifts[roll.node.unit.condition])
        done = due + timedelta(days=self.random.randint(low, high))
        done = max(done, span.starts_on + timedelta(days=1 + self.random.randrange(3)))
        kind = obligation.evidence["kind"]
        if kind == "rectified":
            course.due_on = due
        if kind == "hours":
            self._study(script, obligation.evidence, roll, Span(span.starts_on, done))
        elif kind == "feedback":
            days = self._days_of_members(roll, Span(span.starts_on, done))
            self.ledger.entries(script.campaign.pk, roll.node.id, obligation.evidence["code"], days)
        elif kind in MEMBER_BY_MEMBER:
            self._each_member(script, kind, roll, Span(span.starts_on, done))
        elif done > self.today or (roll.node.closed_on and done >= roll.node.closed_on):
            return
        elif kind == "survey":
            self.surveys.hold(script.campaign, roll.node, done)
        elif kind in RECTIFYING:
            course.note(kind, done)
        elif kind == "filing":
            self._file(script, obligation.evidence["code"], roll, done)
        elif kind == "requirements":
            self.ledger.adopted(script.campaign.pk, roll.node.id, _weekday(done), REQUIREMENTS[roll.node.id % 3])
        elif kind == "opinions":
            self.ledger.opinions(script.campaign.pk, roll.node.id, min(done, due), done)
        else:
            self._hold(script, obligation.evidence, roll, done, team)

    def _hold(self, script: Script, evidence: dict, roll: Roll, done: date, team: list[int]) -> None:
        for back in range(evidence["min_count"]):
            kind = evidence["meeting_kinds"][0]
            on = _weekday(done - timedelta(days=7 * back))
            session = script.session(kind, on, hours=evidence["min_class_hours"])
            if team:
                absent = self._absent(team, 0.03)
                if MEETING_KINDS[kind].due != Due.TEAM:
                    session = replace(session, named=True)
                meeting = self.ledger.meeting(roll, session, team, [], absent)
            else:
                meeting = self._gather(roll, session, SEEN_BY_ALL)
            if kind in ("ORG_LIFE", "DEMOCRATIC_LIFE") and meeting % 3 == 0:
                self.ledger.observer(meeting, "督导组联络员（示例）", "督导组")

    def _gather(self, roll: Roll, session: Session, rate: float) -> int:
        due = roll.due(session.on, session.hours > 0)
        return self.ledger.meeting(roll, session, due, roll.voters(session.on), self._absent(due, rate, roll))

    def _absent(self, due: list[int], rate: float, roll: Roll | None = None) -> list[int]:
        """Who is missing: those out of contact, and some at random; never so many that nobody is left."""
        count = int(len(due) * rate + self.random.random())
        missing = {due[int(self.random.random() * len(due))] for _ in range(min(count, len(due) // 3))}
        if roll and roll.out_of_contact:
            missing.update(m for m in roll.out_of_contact if m in due)
        return sorted(missing)

    def _study(self, script: Script, evidence: dict, roll: Roll, span: Span) -> None:
        """Sessions until the hours of the most demanding category are there, with two to spare."""
        policy, condition = script.campaign.data["guidance"], roll.node.unit.condition
        needs = roll.needs - set(FREE) or roll.needs
        hours = max((plan_rules.guidance(policy, c, condition).class_hours for c in needs), default=0)
        offers = [k for k in evidence["meeting_kinds"] if k not in ("REQUIREMENTS_DISCUSSION", "TRAINING_CLASS")]
        whole_days = 2 if hours > 30 else 0
        lengths = [DAY_HOURS] * whole_days
        lengths += [SESSION_HOURS] * (-(-(hours + 2 * SESSION_HOURS - DAY_HOURS * whole_days) // SESSION_HOURS))
        days = max(1, span.days - 3)
        rate = ABSENT.get(roll.node.profile, USUALLY_ABSENT)
        for index, length in enumerate(lengths):
            on = _weekday(span.starts_on + timedelta(days=2 + index * days // len(lengths)))
            if on > self.today or (roll.node.closed_on and on >= roll.node.closed_on):
                break
            kind = offers[0] if index % 2 == 0 else offers[index // 2 % len(offers)]
            self._gather(roll, script.session(kind, on, length), rate)

    def _each_member(self, script: Script, kind: str, roll: Roll, span: Span) -> None:
        """Talks, analyses on paper, or appraisals given: what the branch does member by member."""
        days = self._days_of_members(roll, span)
        campaign, branch = script.campaign.pk, roll.node.id
        if not days:
            return
        if kind == "talks":
            by = roll.committee[0] if roll.committee else min(days)
            # What the secretary's own day would be is the day of the first talk: it is held by two.
            self.ledger.held_talks(campaign, branch, by, days)
        elif kind == "analysis":
            self.ledger.handed_in(campaign, branch, days)
        else:
            self.ledger.fed_back(campaign, branch, self._agreed(script, roll, _weekday(min(days.values()))), days)

    def _agreed(self, script: Script, roll: Roll, on: date) -> int:
        """The meeting that agrees the appraisals: the committee's, or where there is none the general meeting."""
        with_committee = len(roll.committee) > 2
        kind = "BRANCH_COMMITTEE" if with_committee else "BRANCH_GENERAL"
        session = replace(script.session(kind, on), title=AGREES[kind])
        due = sorted(roll.committee) if with_committee else roll.on(on)
        voters = due if with_committee else roll.voters(on)
        return self.ledger.meeting(roll, session, due, voters, [])

    def _days_of_members(self, roll: Roll, span: Span) -> dict[int, date]:
        """Each member on a day between the opening and the day on which the branch is through."""
        days: dict[int, date] = {}
        if roll.node.closed_on:
            return days
        members = roll.on(self.today)
        span = Span(max(span.starts_on, span.ends_on - timedelta(days=DAYS_OF_ENTRIES)), span.ends_on)
        for index, member in enumerate(members):
            on = span.starts_on + timedelta(days=(index + 1) * (span.days - 1) // len(members))
            if on <= self.today and member not in roll.out_of_contact:
                days[member] = on
        return days

    def _file(self, script: Script, code: str, roll: Roll, on: date) -> None:
        titles = {d["code"]: d["name_zh"] for d in script.campaign.data["documents"]}
        number = f"示例党发〔{on.year}〕{on.toordinal() % 60 + 1}号"
        self.ledger.filing(script.campaign.pk, roll.node.id, code, _weekday(on), titles[code], number)

    def _ordinary_life(self, roll: Roll, slack: bool) -> None:
        """General meetings by the quarter, committee and group meetings, a lecture (dossier 2.2)."""
        last = roll.node.closed_on or self.today
        for index, on in enumerate(_every(91, 4, last, 12 + roll.node.id % 60 + 40 * slack)):
            session = Session("BRANCH_GENERAL", TITLES["BRANCH_GENERAL"][index % 4], on, gist=GISTS["BRANCH_GENERAL"])
            due, voters = roll.on(on), roll.voters(on)
            absent = self._absent(due, 0.08, roll)
            meeting = self.ledger.meeting(roll, session, due, voters, absent)
            if (roll.node.id + index) % 2 == 0:
                present = len(set(voters) - set(absent) - set(roll.excused))
                text = RESOLUTIONS[(roll.node.id + index) % len(RESOLUTIONS)]
                self.ledger.resolution(meeting, text, len(voters), present, (roll.node.id + index) % 5 // 3)
        for on in _every(91, 1, last, 140 + roll.node.id % 70):
            self._gather(roll, Session("PARTY_LECTURE", TITLES["PARTY_LECTURE"][0], on, hours=2), 0.08)
        if len(roll.committee) > 1:
            due = sorted(roll.committee)
            for index, on in enumerate(_every(29 if not slack else 55, 5, last, 3 + roll.node.id % 24)):
                title = TITLES["BRANCH_COMMITTEE"][index % 3]
                session = Session("BRANCH_COMMITTEE", title, on)
                self.ledger.meeting(roll, session, due, due, self._absent(due, 0.04))
        for group, ids in roll.groups:
            for on in _every(28, 1, last, 4 + group % 22):
                due = [m for m in ids if m in roll.ids]
                self.ledger.meeting(
                    roll, Session("PARTY_GROUP", "党小组会", on), due, [], self._absent(due, 0.05), group
                )


def _weekday(on: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return on - timedelta(days=max(0, on.weekday() - 4))


def _every(days: int, count: int, last: date, ago: int) -> Iterator[date]:
    """So many days, evenly spaced backwards from some days before ``last``."""
    return (_weekday(last - timedelta(days=ago + index * days)) for index in range(count))
