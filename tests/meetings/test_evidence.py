"""What meetings prove (dossier 2.2, item 54), and what the explanation says."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from campaign.meetings import actions, evidence
from campaign.plan.models import Step
from campaign.progress.actions import recount_check
from campaign.study import actions as study
from enterprises import clock
from enterprises.actions.attendance import grant_exemption
from enterprises.actions.members import transfer_member
from enterprises.models import Post
from tests.records import LAUNCH, launch, status, told

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


def log(cast, campaign, organization="B2", day=LAUNCH + timedelta(5), **fields):
    record = told(day=day, campaign=campaign, **fields)
    return actions.log(by=None, organization=cast.org[organization], record=record)


def absent(cast, *codes):
    return {cast.member[code].pk: "TRIP" for code in codes}


def explained(campaign, code, organization):
    step = Step.objects.get(campaign=campaign, code=code)
    return [r.text for r in evidence.explain(step, step.obligation_for(organization.kind), organization)]


@pytest.mark.item(54)
def test_a_step_waits_for_the_last_make_up(cast, campaign):
    meeting = log(cast, campaign, kind="MOBILISATION", absent=absent(cast, "M0201", "M0202"))
    row = status(campaign, "mobilise", cast.org["B2"])
    assert row.done_on is None
    first, second = meeting.absences.all()
    study.record_makeups(by=None, absences=[first], mode="REMOTE", held_on=LAUNCH + timedelta(8))
    assert status(campaign, "mobilise", cast.org["B2"]).done_on is None
    assert len(explained(campaign, "mobilise", cast.org["B2"])) == 2
    study.record_makeups(by=None, absences=[second], mode="REMOTE", held_on=LAUNCH + timedelta(9))
    row = status(campaign, "mobilise", cast.org["B2"])
    assert (row.done_on, row.made_up) == (LAUNCH + timedelta(9), True)
    assert (LAUNCH + timedelta(9)).isoformat() in explained(campaign, "mobilise", cast.org["B2"])[1]


def test_advisory_exempt_and_departed_members_hold_nothing_up(cast, campaign):
    meeting = log(cast, campaign, kind="MOBILISATION", absent=absent(cast, "M0208", "M0201", "M0202"))
    grant_exemption(by=None, member=cast.member["M0201"], approved_by=cast.org["G"], approved_on=TODAY, since=TODAY)
    assert status(campaign, "mobilise", cast.org["B2"]).done_on is None
    transfer_member(by=None, member=cast.member["M0202"], to=cast.org["B3"], effective=TODAY)
    row = status(campaign, "mobilise", cast.org["B2"])
    assert (row.done_on, row.made_up) == (meeting.held_on, False)
    assert evidence.open_gaps(meeting) == 0
    with override("en"):
        assert explained(campaign, "mobilise", cast.org["B2"])[1].endswith(": counts.")


def test_kinds_without_make_up_count_at_once(cast, campaign):
    meeting = log(cast, campaign, kind="BRANCH_GENERAL", absent=absent(cast, "M0201"))
    assert status(campaign, "general", cast.org["B2"]).done_on == meeting.held_on


def test_the_nth_meeting_completes(cast, campaign):
    log(cast, campaign, kind="PARTY_LECTURE", day=LAUNCH + timedelta(9))
    assert status(campaign, "lectures", cast.org["B2"]).done_on is None
    log(cast, campaign, kind="PARTY_LECTURE", day=LAUNCH + timedelta(3))
    assert status(campaign, "lectures", cast.org["B2"]).done_on == LAUNCH + timedelta(9)
    log(cast, campaign, kind="PARTY_LECTURE", day=LAUNCH + timedelta(4))
    assert status(campaign, "lectures", cast.org["B2"]).done_on == LAUNCH + timedelta(4)


def test_too_few_present_counts_for_nothing(cast, campaign):
    codes = [f"M020{i}" for i in range(1, 6)]
    meeting = log(cast, campaign, kind="BRANCH_GENERAL", absent=absent(cast, *codes))
    assert not evidence.has_quorum(meeting)
    assert status(campaign, "general", cast.org["B2"]).done_on is None
    half = log(cast, campaign, kind="BRANCH_GENERAL", absent=absent(cast, *codes[:4]))
    assert evidence.has_quorum(half)
    assert status(campaign, "general", cast.org["B2"]).done_on == half.held_on


@pytest.mark.parametrize(("missing", "done"), [(2, True), (3, False)])
def test_democratic_life_needs_two_thirds_of_the_team(cast, campaign, missing, done):
    team = [f"M020{i}" for i in range(1, 8)]
    for code in team:
        Post.objects.create(member=cast.member[code], role="TEAM_MEMBER", scope_id=cast.org["A"].pk)
    meeting = log(cast, campaign, "A", kind="DEMOCRATIC_LIFE", absent=absent(cast, *team[:missing]))
    assert meeting.due_count == 7
    assert (status(campaign, "life", cast.org["A"]).done_on is not None) is done


def test_drafts_and_other_campaigns_prove_nothing(cast, campaign):
    log(cast, None, kind="BRANCH_GENERAL")
    draft = told("BRANCH_GENERAL", campaign=campaign)
    actions.log(by=None, organization=cast.org["B2"], record=draft, confirm=False)
    assert status(campaign, "general", cast.org["B2"]).done_on is None
    assert len(explained(campaign, "general", cast.org["B2"])) == 2


def test_recount_finds_nothing_to_mend(cast, campaign):
    meeting = log(cast, campaign, kind="MOBILISATION", absent=absent(cast, "M0201"))
    log(cast, campaign, "B3", kind="MOBILISATION")
    log(cast, campaign, "B1", kind="PARTY_LECTURE")
    study.record_makeups(by=None, absences=meeting.absences.all(), mode="REMOTE", held_on=TODAY)
    assert set(recount_check().values()) == {0}
