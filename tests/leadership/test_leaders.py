"""Leaders: the five facts, dual organisational life, contact points, the fact sheet, training figures."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from campaign.appraisal.models import PartySpiritAnalysis
from campaign.leadership.actions import leaders as actions
from campaign.leadership.actions.training import record_training, sign_in, sign_out
from campaign.leadership.leaders import (
    contact_points,
    leader_posts,
    records,
    team_of,
    unvisited,
    with_dual_life,
    without_point,
)
from campaign.leadership.models import ContactPoint, LeadFact, Trainee
from campaign.leadership.sheets import may_read_sheet, team_for_sheet
from campaign.leadership.training import coverage_below
from campaign.meetings.actions import log
from campaign.study.actions import record_makeups
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.cast import add_account
from tests.leadership.conftest import TODAY
from tests.records import told

CHOSEN = date(2026, 8, 1)


def meet(cast, campaign, code, kind, absent=(), day=date(2026, 8, 10), **fields):
    missing = {cast.member[m].pk: "TRIP" for m in absent}
    record = told(kind, day=day, campaign=campaign, absent=missing, **fields)
    return log(by=None, organization=cast.org[code], record=record)


def record_of(cast, campaign, code):
    found = {r.member.code: r for r in records(campaign, team_of(cast.org["A"], TODAY), cast.org["A"])}
    return found[code]


@pytest.mark.item(26)
def test_facts_are_read_from_the_records_that_prove_them(led, campaign):
    name = led.member["M0301"].name
    meet(led, campaign, "B3", "CONCENTRATED_STUDY")
    meet(led, campaign, "B3", "PARTY_LECTURE", speaker=name, day=date(2026, 8, 12))
    meet(led, campaign, "B3", "ORG_LIFE", day=date(2026, 8, 20))
    member = led.member["M0301"]
    PartySpiritAnalysis.objects.create(
        campaign=campaign, member=member, organization=led.org["B3"], mode="PAPER", handed_in_on=date(2026, 8, 18),
        recorded_at=clock.now(),
    )  # fmt: skip
    found = record_of(led, campaign, "M0301")
    days = {kind: fact.on.day if (fact := found.latest(kind)) else None for kind in found.facts}
    assert days == {"STUDY": 10, "LECTURE": 12, "PROBLEMS": 18, "CRITICISM": 20, "RECTIFY": None}
    assert found.latest("LECTURE").url.startswith("/meetings/")
    # M0201 has the same name, but is at home elsewhere.
    assert led.member["M0201"].name == name and record_of(led, campaign, "M0201").latest("LECTURE") is None


@pytest.mark.item(26)
def test_who_was_absent_took_no_part_until_it_is_made_up(led, campaign):
    meeting = meet(led, campaign, "B3", "CONCENTRATED_STUDY", absent=["M0301"])
    assert record_of(led, campaign, "M0301").latest("STUDY") is None
    record_makeups(by=None, absences=meeting.absences.all(), mode="REMOTE", held_on=date(2026, 8, 15))
    assert record_of(led, campaign, "M0301").latest("STUDY").on == date(2026, 8, 15)


@pytest.mark.item(26)
def test_what_no_record_holds_is_entered_as_a_dated_fact(led, campaign):
    fact = {
        "by": None,
        "campaign": campaign,
        "organization": led.org["A"],
        "kind": "RECTIFY",
        "text": "夜班班车增开一班",
    }
    with pytest.raises(ActionError) as refused:
        actions.enter_fact(member=led.member["M0305"], on=TODAY, **fact)
    assert refused.value.field == "member"
    with pytest.raises(ActionError):
        actions.enter_fact(member=led.member["M0301"], on=TODAY + timedelta(1), **fact)
    key = uuid4()
    first = actions.enter_fact(member=led.member["M0301"], on=TODAY, submission=key, **fact)
    assert actions.enter_fact(member=led.member["M0301"], on=TODAY, submission=key, **fact) == first
    assert record_of(led, campaign, "M0301").latest("RECTIFY").entry == first
    actions.withdraw_fact(by=None, fact=first, reason="记错了人")
    assert record_of(led, campaign, "M0301").latest("RECTIFY") is None
    assert LeadFact.objects.get().withdrawn_on == TODAY


@pytest.mark.item(27)
def test_dual_life_needs_both_meetings_of_the_same_person(led, campaign):
    meet(led, campaign, "A", "DEMOCRATIC_LIFE", day=date(2026, 8, 22))
    meet(led, campaign, "B3", "ORG_LIFE", absent=["M0302"], day=date(2026, 8, 20))
    meet(led, campaign, "B2", "ORG_LIFE", absent=["M0201"], day=date(2026, 8, 21))
    assert record_of(led, campaign, "M0301").dual.complete
    half = record_of(led, campaign, "M0201").dual
    assert (half.team, half.branch) == (date(2026, 8, 22), None)
    posts = with_dual_life(leader_posts(TODAY).filter(role="TEAM_MEMBER"), campaign)
    both = {post.member.code: (post.at_team, post.at_branch) for post in posts}
    assert both == {"M0201": (True, False), "M0301": (True, True)}


def choose(cast, campaign, member="M0301", place="B2", **fields):
    return actions.choose_point(
        by=None, campaign=campaign, team=cast.org["A"], member=cast.member[member], organization=cast.org[place],
        **({"since": CHOSEN} | fields),
    )  # fmt: skip


@pytest.mark.item(28)
def test_the_own_branch_is_refused_and_a_leader_without_a_point_is_found(led, campaign):
    with pytest.raises(ActionError) as refused:
        choose(led, campaign, place="B3")
    assert refused.value.field == "organization"
    posts = leader_posts(TODAY).filter(role="TEAM_MEMBER")
    assert {p.member.code for p in without_point(posts, campaign, TODAY)} == {"M0201", "M0301"}
    point = choose(led, campaign)
    with pytest.raises(ActionError):
        choose(led, campaign)
    assert {p.member.code for p in without_point(posts, campaign, TODAY)} == {"M0201"}
    actions.end_point(by=None, point=point, until=TODAY - timedelta(1))
    assert {p.member.code for p in without_point(posts, campaign, TODAY)} == {"M0201", "M0301"}


@pytest.mark.item(28)
def test_a_point_unvisited_for_over_thirty_days_is_found(led, campaign):
    point = choose(led, campaign)
    assert list(unvisited(contact_points(campaign, TODAY), campaign, TODAY)) == [point]  # 31 days
    campaign.definition.data["leadership"] = {"unvisited_days": 31}  # the definition may set another limit
    assert not unvisited(contact_points(campaign, TODAY), campaign, TODAY).exists()
    del campaign.definition.data["leadership"]
    actions.record_visit(by=None, point=point, visited_on=date(2026, 8, 2), kind="RESEARCH")
    assert not unvisited(contact_points(campaign, TODAY), campaign, TODAY).exists()
    tomorrow = TODAY + timedelta(1)
    assert unvisited(contact_points(campaign, tomorrow), campaign, tomorrow).exists()


@pytest.mark.item(29)
def test_visits_say_what_for_and_what_was_solved(led, campaign):
    point = choose(led, campaign)
    visit = {"by": None, "point": point, "kind": "SYMPOSIUM"}
    for day in (CHOSEN - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(ActionError):
            actions.record_visit(visited_on=day, **visit)
    with pytest.raises(ActionError) as refused:
        actions.record_visit(visited_on=TODAY, found=1, solved=2, **visit)
    assert refused.value.field == "solved"
    actions.record_visit(visited_on=TODAY, found=3, solved=1, **visit)
    actions.record_visit(visited_on=TODAY, found=0, solved=2, **visit)
    assert point.visits.count() == 2


@pytest.mark.item(29)
def test_a_candidate_becomes_a_demonstration_point_by_approval_above(led, campaign):
    point = choose(led, campaign)
    with pytest.raises(ActionError):
        actions.put_forward(by=None, point=point, reason="班组党员责任区")  # nobody has been there
    actions.record_visit(by=None, point=point, visited_on=TODAY, kind="SUMMING_UP")
    point = actions.put_forward(by=led.fresh("committee_secretary"), point=point, reason="班组党员责任区")
    assert point.status == "CANDIDATE"
    with pytest.raises(NotPermitted):
        actions.decide_demonstration(by=led.fresh("committee_secretary"), point=point, approve=True)
    with pytest.raises(ActionError):
        actions.decide_demonstration(by=led.fresh("enterprise_office"), point=point, approve=False)
    point = actions.decide_demonstration(by=led.fresh("enterprise_office"), point=point, approve=True)
    assert ContactPoint.objects.get().status == "DEMONSTRATION"


@pytest.mark.item(21)
def test_a_sheet_is_for_the_level_above_and_the_person(led, campaign):
    leader = led.member["M0301"]
    team = team_for_sheet(leader, TODAY)
    assert team == led.org["A"]
    own = add_account(led, "leader", "MEMBER", led.org["B3"])
    own.member = leader
    own.save()
    readers = {name for name in led.account if may_read_sheet(led.fresh(name), leader, team)}
    assert readers == {"office", "enterprise_office", "leader"}
    assert team_for_sheet(led.member["M0305"], TODAY) is None
    assert not may_read_sheet(led.fresh("office"), led.member["M0305"], None)


@pytest.mark.item(21)
def test_a_sheet_of_a_local_unit_is_for_its_local_committee(led, campaign):
    from tests.leadership.conftest import post

    post(led, "M0403", "TEAM_MEMBER", "C")
    leader = led.member["M0403"]
    readers = {n for n in led.account if may_read_sheet(led.fresh(n), leader, team_for_sheet(leader, TODAY))}
    assert readers == {"local_liaison"}


@pytest.mark.item(23, 24)
def test_training_is_counted_by_persons_and_only_classes_count(led, campaign):
    told = {"by": None, "campaign": campaign, "organization": led.org["A"], "title": "", "held_on": CHOSEN}
    event = record_training(kind="TRAINING", **told)
    ids = [led.member["M0203"].pk]
    assert sign_in(by=None, event=event, member_ids=ids) == 1
    assert sign_in(by=None, event=event, member_ids=ids) == 0
    assert sign_in(by=None, event=record_training(kind="TRAINING", **told), member_ids=ids) == 1
    found = coverage_below(campaign, led.org["A"], TODAY)
    assert (found.trained, found.total, str(found.percent)) == (1, 2, "50.0")
    assert coverage_below(campaign, led.org["E01-DZ"], TODAY).total == 3
    with pytest.raises(ActionError):
        sign_in(by=None, event=event, member_ids=[led.member["M0101"].pk])  # not below A
    for trainee in Trainee.objects.all():
        sign_out(by=None, trainee=trainee, reason="重复")
    assert coverage_below(campaign, led.org["A"], TODAY).trained == 0
