"""A unit's own guidance counts in what is owed, everywhere the same; what is advisory is never red (33, 35)."""

from datetime import date, timedelta

import pytest

from campaign.filings.actions import tick_members
from campaign.filings.ticks import ticks_of
from campaign.meetings.actions import log
from campaign.plan.actions import set_own_guidance
from campaign.plan.models import Campaign, Participation
from campaign.progress import actions
from campaign.progress.models import StepStatus
from campaign.progress.rules import State, state_of
from campaign.study.hours import standing
from enterprises import clock
from enterprises.models import Member, Organization
from tests.records import LAUNCH, STUDY, launch, status, told

CLEAN = {"statuses": 0, "tallies": 0, "summaries": 0}
LONG_AFTER = date(2027, 3, 1)


@pytest.fixture
def campaign(cast):
    with clock.fixed(LAUNCH + timedelta(20)):
        yield launch()


def ask(campaign, unit: str, *rules: dict) -> None:
    found = Participation.objects.get(campaign=campaign, unit__code=unit)
    set_own_guidance(participation=found, wanted=list(rules), reason="停产检修（示例）", by=None)


def study(cast, campaign, branch: str = "B2", day: int = 5, **fields):
    """One session of two class hours."""
    record = told(day=LAUNCH + timedelta(day), campaign=campaign, **fields)
    return log(by=None, organization=cast.org[branch], record=record)


@pytest.mark.item(33)
def test_fewer_hours_are_enough_once_the_unit_says_so(cast, campaign):
    study(cast, campaign)
    study(cast, campaign, "B5")
    assert status(campaign, "study", cast.org["B2"]).done_on is None
    ask(campaign, "E01-A", {"category": "FRONT_LINE", "class_hours": 2})
    row = status(campaign, "study", cast.org["B2"])
    assert (row.done_on, row.persons_due, row.persons_done) == (LAUNCH + timedelta(5), 7, 7)
    assert status(campaign, "study", cast.org["B5"]).done_on is None  # another enterprise: as the campaign asks
    assert {r.required for r in standing(campaign, cast.org["B2"], STUDY)} == {2, None}
    ask(campaign, "E01-A", {"category": "LEADER", "class_hours": 9}, {"category": "FRONT_LINE", "class_hours": 8})
    assert status(campaign, "study", cast.org["B2"]).done_on is None
    assert actions.recount_check() == CLEAN


@pytest.mark.item(35)
def test_what_the_unit_makes_advisory_is_never_red_and_never_expected(cast, campaign):
    ask(campaign, "E01-A", {"category": "FRONT_LINE", "binding": False})
    for code in ("study", "talk"):
        row = status(campaign, code, cast.org["B2"])
        assert not row.applicable and row.persons_due == 0
        assert state_of(row.step, row, LONG_AFTER) is State.NONE
        assert state_of(row.step, status(campaign, code, cast.org["B5"]), LONG_AFTER) is State.OVER
    assert not any(tick.expected for tick in ticks_of(campaign, cast.org["B2"], "talk"))
    meeting = study(cast, campaign, absent={cast.member["M0201"].pk: "TRIP"})
    assert meeting.absences.get().makeup_due_on is None  # no make-up is asked, so none is overdue
    assert actions.recount_check() == CLEAN


@pytest.mark.item(35)
def test_flexible_categories_are_never_red_by_the_campaign_either(cast, campaign):
    """Laid-off, retired and mobile members: no step of their branch, no make-up lesson of theirs falls due."""
    Member.objects.filter(branch=cast.org["B3"]).update(category=Member.Category.RETIRED)
    actions.membership_changed([cast.org["B3"].pk])
    owed = StepStatus.objects.filter(organization=cast.org["B3"], step__owed_by="members").select_related("step")
    assert {state_of(row.step, row, LONG_AFTER) for row in owed} == {State.NONE}
    meeting = study(cast, campaign, "B3", absent={cast.member["M0301"].pk: "LEAVE"})
    assert meeting.absences.get().makeup_due_on is None


@pytest.mark.item(33)
def test_a_talk_is_expected_again_when_the_unit_goes_back_to_the_campaign(cast, campaign):
    ask(campaign, "E01-A", {"category": "FRONT_LINE", "binding": False})
    ask(campaign, "E01-A")
    days = {m.pk: LAUNCH + timedelta(3) for m in Member.objects.filter(branch=cast.org["B2"]).exclude(code="M0208")}
    tick_members(by=None, campaign=campaign, organization=cast.org["B2"], kind="talk", days=days)
    row = status(campaign, "talk", cast.org["B2"])
    assert (row.persons_due, row.persons_done) == (7, 7) and row.done_on
    assert actions.recount_check() == CLEAN


@pytest.mark.item(33)
def test_later_dates_of_one_unit_are_its_own(cast, campaign):
    before = {o: status(campaign, "study", cast.org[o]).due_on for o in ("B2", "B5")}
    ask(campaign, "E01-A", {"category": None, "shift_days": 12})
    assert status(campaign, "study", cast.org["B2"]).due_on == before["B2"] + timedelta(12)
    assert status(campaign, "study", cast.org["B5"]).due_on == before["B5"]
    assert actions.recount_check() == CLEAN


def test_own_guidance_of_another_campaign_does_not_count(cast, campaign):
    other = launch_second(campaign)
    ask(other, "E01-A", {"category": "FRONT_LINE", "binding": False})
    assert status(campaign, "study", cast.org["B2"]).persons_due == 7


def launch_second(campaign):
    """The same campaign under another code, running beside it."""
    other = Campaign.objects.get(pk=campaign.pk)
    other.pk, other.code = None, "t2"
    other.save()
    for unit in Organization.objects.exclude(enterprise=None).values_list("enterprise", flat=True).distinct():
        Participation.objects.get_or_create(campaign=other, unit_id=unit)
    return other
