"""What study proves (items 33, 35, 48, 54), on real PostgreSQL, for one branch and for all."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection

from campaign.meetings import actions
from campaign.meetings.due import roll_at
from campaign.progress.actions import recount_check
from campaign.progress.explain import explain_member
from campaign.study import actions as study
from campaign.study.hours import standing
from enterprises import clock
from enterprises.actions.attendance import grant_exemption, set_study_affiliation
from enterprises.actions.members import transfer_member
from enterprises.models import Member
from tests.records import LAUNCH, STUDY, launch, status, told

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


def test_done_on_the_day_the_last_member_got_there(cast, campaign):
    days = [LAUNCH + timedelta(n) for n in (5, 10, 15)]
    log(cast, campaign, day=days[0])
    assert status(campaign, "study", cast.org["B2"]).persons_done == 0
    log(cast, campaign, day=days[1], absent=absent(cast, "M0201"))
    row = status(campaign, "study", cast.org["B2"])
    assert (row.persons_due, row.persons_done, row.done_on) == (7, 6, None)  # M0208 is retired
    log(cast, campaign, day=days[2])
    row = status(campaign, "study", cast.org["B2"])
    assert (row.persons_done, row.done_on, row.made_up) == (7, days[2], False)


@pytest.mark.item(48, 54)
def test_make_up_lessons_count_from_their_day(cast, campaign):
    log(cast, campaign)
    second = log(cast, campaign, absent=absent(cast, "M0201"))
    absence = second.absences.get()
    day = second.held_on + timedelta(4)
    lessons = study.record_makeups(by=None, absences=[absence], mode="HOME_DELIVERY", held_on=day)
    row = status(campaign, "study", cast.org["B2"])
    assert (row.done_on, row.made_up) == (day, True)
    study.undo_makeup(by=None, lesson=lessons[0], reason="误记")
    assert status(campaign, "study", cast.org["B2"]).done_on is None


def test_a_make_up_that_was_not_needed_leaves_no_mark(cast, campaign):
    days = [LAUNCH + timedelta(n) for n in (5, 10, 15)]
    log(cast, campaign, day=days[0])
    log(cast, campaign, day=days[1])
    third = log(cast, campaign, day=days[2], absent=absent(cast, "M0201"))
    study.record_makeups(by=None, absences=third.absences.all(), mode="REMOTE", held_on=days[2])
    row = status(campaign, "study", cast.org["B2"])
    assert (row.done_on, row.made_up) == (days[1], False)


@pytest.mark.item(33)
def test_leading_cadres_need_what_their_guidance_asks(cast, campaign):
    Member.objects.filter(code="M0201").update(category="LEADER")  # 6 class hours instead of 4
    log(cast, campaign, day=LAUNCH)
    log(cast, campaign, day=LAUNCH + timedelta(1))
    assert status(campaign, "study", cast.org["B2"]).done_on is None
    log(cast, campaign, day=LAUNCH + timedelta(2))
    assert status(campaign, "study", cast.org["B2"]).done_on == LAUNCH + timedelta(2)


def test_exempt_members_hold_nothing_up(cast, campaign):
    log(cast, campaign, absent=absent(cast, "M0201"))
    log(cast, campaign, absent=absent(cast, "M0201"))
    assert status(campaign, "study", cast.org["B2"]).done_on is None
    grant_exemption(by=None, member=cast.member["M0201"], approved_by=cast.org["G"], approved_on=TODAY, since=LAUNCH)
    row = status(campaign, "study", cast.org["B2"])
    assert (row.persons_due, row.persons_done, row.done_on) == (6, 6, LAUNCH + timedelta(5))


@pytest.mark.item(48)
def test_hours_follow_the_member_into_another_branch(cast, campaign):
    log(cast, campaign, day=LAUNCH)
    transfer_member(by=None, member=cast.member["M0201"], to=cast.org["B3"], effective=LAUNCH + timedelta(2))
    log(cast, campaign, "B3", day=LAUNCH + timedelta(3))
    log(cast, campaign, "B3", day=LAUNCH + timedelta(4))
    row = status(campaign, "study", cast.org["B3"])
    assert (row.persons_due, row.persons_done) == (6, 6)
    hours = {s.member.code: s.hours for s in standing(campaign, cast.org["B3"], STUDY)}
    assert hours["M0201"] == 6


def test_study_elsewhere_and_named_lists_count_once_for_the_own_branch(cast, campaign):
    """Trap 7: studying at B2, counted at B3; a class by name counts too."""
    set_study_affiliation(by=None, member=cast.member["M0301"], study_branch=cast.org["B2"])
    log(cast, campaign, day=LAUNCH)
    rest = tuple(cast.member[f"M030{i}"].pk for i in range(2, 6))
    everyone = (*rest, cast.member["M0301"].pk)
    log(cast, campaign, "G", kind="TRAINING_CLASS", named=everyone, class_hours=2, day=LAUNCH + timedelta(1))
    row = status(campaign, "study", cast.org["B3"])
    assert (row.persons_due, row.persons_done) == (5, 1)
    assert status(campaign, "study", cast.org["B2"]).persons_due == 7


def test_hours_earned_where_the_member_once_took_part_stay(cast, campaign):
    set_study_affiliation(by=None, member=cast.member["M0301"], study_branch=cast.org["B2"])
    log(cast, campaign, day=LAUNCH)
    log(cast, campaign, day=LAUNCH + timedelta(1))
    assert status(campaign, "study", cast.org["B3"]).persons_done == 1
    set_study_affiliation(by=None, member=cast.member["M0301"], study_branch=None)
    assert status(campaign, "study", cast.org["B3"]).persons_done == 1
    assert recount_check() == {"statuses": 0, "tallies": 0, "summaries": 0}


def test_drafts_and_other_kinds_prove_nothing(cast, campaign):
    actions.log(by=None, organization=cast.org["B2"], record=told(campaign=campaign, class_hours=9), confirm=False)
    log(cast, campaign, kind="SPECIAL_REPORT", class_hours=9)
    log(cast, None, class_hours=9)
    assert status(campaign, "study", cast.org["B2"]).persons_done == 0


@pytest.mark.parametrize("seed", [7, 20, 33])
def test_random_records_stand_the_recount(cast, campaign, seed):
    """Saved branch by branch with one statement, recounted all at once with another: the same figures."""
    chance = random.Random(seed)
    Member.objects.filter(code__in=["M0102", "M0302"]).update(category="LEADER")
    for _i in range(30):
        code = chance.choice(["B1", "B2", "B3", "B3"])
        day = LAUNCH + timedelta(chance.randint(0, 25))
        roll = sorted(roll_at(cast.org[code], day).values_list("pk", flat=True))
        missing = dict.fromkeys(chance.sample(roll, min(len(roll), chance.randint(0, 3))), "TRIP")
        if chance.random() < 0.15:
            named = tuple(chance.sample(sorted(m.pk for m in cast.member.values()), 4))
            log(cast, campaign, "G", kind="TRAINING_CLASS", named=named, day=day, class_hours=2)
            continue
        meeting = log(cast, campaign, code, day=day, absent=missing, kind=chance.choice(STUDY[:2]))
        for absence in meeting.absences.all():
            made_up_on = min(TODAY, day + timedelta(chance.randint(0, 20)))
            if chance.random() < 0.8:
                study.record_makeups(by=None, absences=[absence], mode="SELF_STUDY", held_on=made_up_on)
        if chance.random() < 0.1:
            member = Member.objects.get(pk=chance.choice(roll))
            target = cast.org[chance.choice(["B1", "B2", "B3", "B5"])]
            if member.branch_id != target.pk:
                transfer_member(by=None, member=member, to=target, effective=TODAY)
    assert set(recount_check().values()) == {0}
    assert status(campaign, "study", cast.org["B2"]).persons_done > 0
    assert_explained(campaign, cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM campaign_makeuplesson")
        assert cursor.fetchone()[0] > 0


def assert_explained(campaign, cast):
    """The page of a branch counts with another statement and comes to the same figures."""
    for code in ("B1", "B2", "B3", "B5"):
        rows = [s for s in standing(campaign, cast.org[code], STUDY) if s.reached is not None]
        row = status(campaign, "study", cast.org[code])
        assert (row.persons_due, row.persons_done) == (len(rows), sum(s.reached for s in rows)), code


def test_members_read_their_own_hours(cast, campaign):
    log(cast, campaign, absent=absent(cast, "M0201"))
    grant_exemption(
        by=None, member=cast.member["M0203"], approved_by=cast.org["B2"].superior, approved_on=LAUNCH, since=LAUNCH
    )

    def told_to(code):
        [reasons] = [r for step, r in explain_member(cast.member[code], campaign) if step.code == "study"]
        return [reason.text for reason in reasons]

    assert "0" in told_to("M0201")[0]
    assert len({*told_to("M0201"), *told_to("M0202"), *told_to("M0203"), *told_to("M0208")}) == 4
