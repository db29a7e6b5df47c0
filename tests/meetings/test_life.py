"""Item 39 from the records: on the page of a branch, and in the list of checks."""

from datetime import date, time

import pytest

from campaign.meetings.life import life_of
from campaign.meetings.models import Meeting
from enterprises import clock
from enterprises.actions.checks import run_checks
from enterprises.models import CheckFinding, Post
from tests.progress.campaigns import LAUNCH, launch

TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def _day():
    with clock.fixed(TODAY):
        yield


def hold(branch, kind, day, state="CONFIRMED"):
    Meeting.objects.create(
        organization=branch,
        kind=kind,
        title=kind,
        held_on=day,
        starts_at=time(9),
        minutes=60,
        slot="WORKING",
        due="BRANCH",
        state=state,
        recorded_at=clock.now(),
    )


def codes(branch):
    return [remark.code for remark in life_of(TODAY, [branch.pk]).get(branch.pk, [])]


def test_a_branch_just_entered_is_late_with_nothing(cast):
    assert codes(cast.org["B3"]) == []


@pytest.mark.item(39)
def test_a_quarter_without_a_general_meeting(cast):
    hold(cast.org["B3"], "BRANCH_GENERAL", date(2026, 6, 20))
    assert codes(cast.org["B3"]) == []
    with clock.fixed(date(2026, 9, 21)):
        assert life_of(date(2026, 9, 21), [cast.org["B3"].pk])
    hold(cast.org["B3"], "BRANCH_GENERAL", TODAY, state="DRAFT")  # a draft was not held
    assert life_of(date(2026, 9, 21), [cast.org["B3"].pk])


def test_committees_and_groups_meet_monthly_where_there_are_any(cast):
    hold(cast.org["B2"], "BRANCH_GENERAL", date(2026, 8, 1))
    assert codes(cast.org["B2"]) == ["NO_GROUP_MEETING"]
    Post.objects.create(member=cast.member["M0201"], role="COMMITTEE_MEMBER", scope_id=cast.org["B2"].pk)
    hold(cast.org["B2"], "PARTY_GROUP", date(2026, 9, 1))
    assert codes(cast.org["B2"]) == ["NO_COMMITTEE_MEETING"]


@pytest.mark.item(39)
def test_a_phase_without_any_meeting(cast):
    launch(code="life")
    hold(cast.org["B3"], "BRANCH_GENERAL", date(2026, 7, 20))
    assert "NO_MEETING_IN_PHASE" in codes(cast.org["B3"])
    assert "NO_MEETING_IN_PHASE" in codes(cast.org["B5"])  # without any record at all
    hold(cast.org["B3"], "CONCENTRATED_STUDY", LAUNCH)
    assert codes(cast.org["B3"]) == []


def test_the_nightly_run_lists_them(cast):
    hold(cast.org["B3"], "BRANCH_GENERAL", date(2026, 6, 1))
    run_checks(by=None)
    finding = CheckFinding.objects.get(organization=cast.org["B3"], code="NO_GENERAL_MEETING")
    assert finding.values == {"last": "2026-06-01"}
