"""A thousand random actions of every kind leave nothing that a recount would mend (design section 2)."""

import random
from datetime import date, time, timedelta

import pytest

from campaign.filings.actions import file_document, tick_members
from campaign.meetings.actions import log
from campaign.meetings.models import Absence
from campaign.meetings.record import Record
from campaign.plan.actions import set_own_guidance
from campaign.progress import actions, queries
from campaign.study.actions import record_makeups
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions import attendance, members, organizations, reshaping, units
from enterprises.models import Enterprise, Member, Organization
from tests.progress.campaigns import LAUNCH, MEETING_STEPS, STEPS, launch

CLEAN = {"statuses": 0, "tallies": 0, "summaries": 0}
K = Organization.Kind


class Life:
    """Random people doing random things; a refused action is as good as one that is carried out."""

    def __init__(self, cast, campaign, seed: int) -> None:
        self.random = random.Random(seed)
        self.cast = cast
        self.campaign = campaign
        self.today = LAUNCH
        self.made = 0
        self.done: dict[str, int] = {}

    def pick(self, queryset):
        found = list(queryset.order_by("pk"))
        return self.random.choice(found) if found else None

    def branch(self):
        return self.pick(Organization.objects.branches().open())

    def member(self):
        return self.pick(Member.objects.on_roll())

    def unit(self):
        """Mostly one that takes part; E02 does not."""
        outside = self.random.random() < 0.1
        return self.pick(Enterprise.objects.filter(code="E02") if outside else Enterprise.objects.exclude(code="E02"))

    def code(self) -> str:
        self.made += 1
        return f"X{self.made:05}"

    def found(self):
        kind = self.random.choice([K.BRANCH, K.BRANCH, K.GENERAL_BRANCH, K.COMMITTEE])
        above = [*Organization.COMMITTEE_KINDS, K.GENERAL_BRANCH, K.LOCAL_COMMITTEE]
        superior = self.pick(Organization.objects.open().filter(kind__in=above))
        unit = self.unit() if self.random.random() < 0.3 else None
        code = self.code()
        organizations.found_organization(
            by=None, code=code, name=f"{code}（示例）", kind=kind, superior=superior, enterprise=unit
        )

    def move(self):
        superior = self.pick(Organization.objects.open().exclude(kind__in=Organization.BRANCH_KINDS))
        organization = self.pick(Organization.objects.open().exclude(superior=None))
        reshaping.move_organization(by=None, organization=organization, superior=superior, reason="试")

    def merge(self):
        reshaping.merge_organization(
            by=None, organization=self.branch(), successor=self.branch(), on=self.today, reason="试"
        )

    def close(self):
        empty = self.pick(Organization.objects.branches().open().filter(members=None))
        if empty is None:
            raise ActionError("nothing to close")
        reshaping.close_organization(by=None, organization=empty, on=self.today, reason="试")

    def give_to_another_unit(self):
        organization = self.pick(Organization.objects.open().exclude(superior=None))
        unit = self.unit()
        organizations.correct_organization(by=None, organization=organization, enterprise=unit, reason="试")

    def admit(self):
        code = self.code()
        members.admit_member(
            by=None, branch=self.branch(), code=code, name=f"王示{self.made}", kind=Member.Kind.FULL,
            category=self.random.choice(Member.Category.values), since=self.today,
        )  # fmt: skip

    def transfer(self):
        members.transfer_member(by=None, member=self.member(), to=self.branch(), effective=self.today)

    def correct(self):
        member = self.member()
        members.correct_member(by=None, member=member, category=self.random.choice(Member.Category.values))

    def leave(self):
        members.transfer_out(by=None, member=self.member(), on=self.today)

    def lose_contact(self):
        contact = self.random.choice(Member.Contact.values)
        attendance.set_contact(by=None, member=self.member(), contact=contact)

    def exempt(self):
        member = self.pick(Member.objects.on_roll().exclude(branch__superior=None))
        until = self.today + timedelta(self.random.randint(0, 9))
        attendance.grant_exemption(
            by=None, member=member, approved_by=member.branch.superior, approved_on=self.today, since=self.today,
            until=until,
        )  # fmt: skip

    def worsen(self):
        unit = self.pick(Enterprise.objects.all())
        condition = self.random.choice(["SOUND", "IN_DIFFICULTY", "NEAR_BANKRUPTCY"])
        units.set_condition(by=None, unit=unit, condition=condition, since=self.today, reason="试")

    def differentiate(self):
        """A unit asks less, asks nothing, or gives more time; now and then what may not be asked."""
        part = self.pick(self.campaign.participations.all())
        category = self.random.choice(Member.Category.values)
        rule = self.random.choice([{"class_hours": self.random.randint(1, 6)}, {"binding": False}])
        shift = [{"category": None, "shift_days": self.random.randint(0, 9)}] if self.random.random() < 0.4 else []
        set_own_guidance(participation=part, wanted=[*shift, {"category": category, **rule}], by=None, reason="试")

    def log_meeting(self):
        branch = self.branch()
        roll = list(branch.members.on_roll().order_by("pk"))
        absent = {m.pk: Absence.Reason.SHIFT for m in roll if self.random.random() < 0.2}
        kind = self.random.choice(["CONCENTRATED_STUDY", "CONCENTRATED_STUDY", "MOBILISATION"])
        day = self.today - timedelta(self.random.randint(0, 3))
        record = Record(kind=kind, held_on=day, starts_at=time(16), absent=absent, campaign=self.campaign)
        log(by=None, organization=branch, record=record)

    def make_up(self):
        absence = self.pick(Absence.objects.filter(makeup=None, makeup_due_on__isnull=False))
        if absence:
            record_makeups(by=None, absences=[absence], mode="REMOTE", held_on=self.today)

    def file(self):
        kind, organization = self.random.choice([("report", self.branch()), ("plan", self.cast.org["A"])])
        file_document(
            by=None, campaign=self.campaign, organization=organization, kind=kind, filed_on=self.today, title="报告"
        )

    def tick(self):
        branch = self.branch()
        days = {m.pk: self.today for m in branch.members.on_roll() if self.random.random() < 0.7}
        tick_members(by=None, campaign=self.campaign, organization=branch, kind="analysis", days=days)

    ACTIONS = [
        (found, 12), (move, 6), (merge, 2), (close, 4), (give_to_another_unit, 2), (admit, 14), (transfer, 14),
        (correct, 8), (leave, 3), (lose_contact, 6), (exempt, 4), (worsen, 2), (log_meeting, 20), (make_up, 14),
        (file, 6), (tick, 6), (differentiate, 4),
    ]  # fmt: skip

    def act(self) -> None:
        """One action; the day goes on now and then, and so does the fold."""
        choices, weights = zip(*self.ACTIONS, strict=True)
        chosen = self.random.choices(choices, weights)[0]
        if self.random.random() < 0.05:
            self.today += timedelta(1)
        with clock.fixed(self.today):
            try:
                chosen(self)
                self.done[chosen.__name__] = self.done.get(chosen.__name__, 0) + 1
            except ActionError:
                pass
            if self.random.random() < 0.1:
                actions.fold()


@pytest.mark.parametrize("seed", [2005, 2024])
def test_a_thousand_random_actions_leave_nothing_to_mend(cast, seed):
    with clock.fixed(LAUNCH):
        campaign = launch(units=["E01", "E01-A", "E01-C"], steps=STEPS + MEETING_STEPS)
    life = Life(cast, campaign, seed)
    for number in range(1, 501):
        life.act()
        if number % 125 == 0:
            with clock.fixed(life.today):
                assert actions.recount_check() == CLEAN, (number, life.done)
    assert set(life.done) == {action.__name__ for action, _weight in Life.ACTIONS}
    with clock.fixed(life.today):
        assert queries.national(None, life.today).members.total == Member.objects.on_roll().count()
        taking_part = Member.objects.on_roll().filter(branch__enterprise__participations__campaign=campaign)
        assert queries.national(campaign, life.today).members.total == taking_part.count() > 0
        for root in Organization.objects.roots():
            whole, _children = queries.live(root, campaign, life.today)
            folded = queries.figures([root], campaign, life.today)[root.pk]
            assert (whole.steps, whole.members) == (folded.steps, folded.members), root.code
        assert life.today > date(2026, 8, 10)
