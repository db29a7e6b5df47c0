"""Statuses, summaries and figures of the cast: what is counted, once, and where."""

from datetime import date

import pytest
from django.db import connection

from campaign.filings.models import Filing
from campaign.progress import actions, country, queries
from campaign.progress.models import Dirty, MemberTally, StepStatus, StepSummary
from enterprises import clock, tree
from enterprises.actions import reshaping
from enterprises.models import Exemption, Member, Organization
from tests.progress.campaigns import launch

TODAY = date(2026, 8, 25)


@pytest.fixture
def campaign(cast):
    with clock.fixed(TODAY):
        campaign = launch()
        actions.fold()
        yield campaign


def file(campaign, organization, kind, day, member=None):
    Filing.objects.create(
        campaign=campaign, organization=organization, kind=kind, filed_on=day, member=member, recorded_at=clock.now()
    )
    actions.assess([organization.pk], campaign.pk)


def figures(campaign, organization):
    return queries.figures([organization], campaign, TODAY)[organization.pk]


def step(found, code):
    return next(f for f in found.steps if f.step.code == code)


def test_every_owing_organization_has_its_row_with_the_units_own_due_date(cast, campaign):
    due = dict(StepStatus.objects.filter(step__code="report").values_list("organization__code", "due_on"))
    assert due == {
        "B1": date(2026, 8, 21),
        "B2": date(2026, 8, 21),
        "B3": date(2026, 8, 21),
        "B5": date(2026, 8, 21),
        "B4": date(2026, 8, 31),  # in difficulty: ten days later
    }
    assert set(StepStatus.objects.filter(step__code="plan").values_list("organization__code", flat=True)) == {
        "E01-DZ",
        "A",
        "C",
        "E02-DW",
    }


def test_figures_of_every_level_close(cast, campaign):
    Member.objects.filter(code="M0201").update(contact=Member.Contact.LOST)
    Member.objects.filter(code="M0202").update(contact=Member.Contact.SEARCHING)
    for code in ("M0202", "M0203"):  # one of them is sought too, and counts there
        Exemption.objects.create(
            member=cast.member[code], approved_by=cast.org["A"], approved_on=TODAY, since=TODAY, until=None
        )
    actions.membership_changed([cast.org["B2"].pk])
    actions.fold()
    for code in ("B2", "G", "A", "E01-DZ", "ROOT"):
        members = figures(campaign, cast.org[code]).members
        assert (members.sought, members.excused) == (2, 1), code
        assert members.total == members.covered + members.sought + members.excused
    assert figures(campaign, cast.org["A"]).members.total == 13
    assert queries.national(campaign, TODAY).members.total == 25


def test_branches_of_units_that_take_no_part_count_no_members_as_the_nodes_above_them(cast):
    with clock.fixed(TODAY):
        apart = launch("apart", units=["E02"])
        actions.fold()
    above = [cast.org["G"], cast.org["B1"], cast.org["B2"]]
    found = queries.figures(above, apart, TODAY)
    assert [found[node.pk].members.total for node in above] == [0, 0, 0]
    inside = cast.org["E02-DW"]
    below = list(Organization.objects.filter(superior=inside))
    found = queries.figures([inside, *below], apart, TODAY)
    assert found[inside.pk].members.total == sum(found[node.pk].members.total for node in below) > 0
    assert queries.figures(above, None, TODAY)[cast.org["B1"].pk].members.total > 0


def test_a_branch_without_superior_counts_in_the_national_figures(cast, campaign):
    before = queries.national(campaign, TODAY)
    alone = cast.org["B5"]
    Organization.objects.filter(pk=alone.pk).update(enterprise_given=True)  # its own, not inherited
    reshaping.move_organization(by=None, organization=alone, superior=None, reason="直属单位")
    actions.fold()
    after = queries.national(campaign, TODAY)
    assert after.members == before.members
    assert [(f.step.pk, f.expected) for f in after.steps] == [(f.step.pk, f.expected) for f in before.steps]
    alone.refresh_from_db()
    led = country.country([alone], [], campaign, queries.steps_of(campaign), TODAY).led[alone.pk]
    assert led.members.total == 4 and step(led, "report").expected == 1  # such a branch may lead a small unit
    assert set(actions.recount_check().values()) == {0}


@pytest.mark.item(8)
def test_the_assisted_stand_beside_and_never_inside(cast, campaign):
    led = figures(campaign, cast.org["E01-DZ"])
    beside = queries.assisted(cast.org["E01-DZ"], campaign, TODAY)
    national = queries.national(campaign, TODAY)
    assert led.members.total == 17 and beside.members.total == 4
    assert step(led, "report").expected == 3 and step(beside, "report").expected == 1
    assert step(national, "report").expected == 5
    root = queries.assisted(cast.org["ROOT"], campaign, TODAY)
    assert root.members.total == 4 and step(root, "report").expected == 1
    assert figures(campaign, cast.org["ROOT"]).members.total == 21
    assert queries.assisted(cast.org["A"], campaign, TODAY).members.total == 0


def test_done_late_overdue_and_pending_make_up_the_expected(cast, campaign):
    file(campaign, cast.org["B1"], "report", date(2026, 8, 10))
    file(campaign, cast.org["B2"], "report", date(2026, 8, 24))
    actions.fold()
    found = step(queries.national(campaign, TODAY), "report")
    assert (found.done, found.late, found.overdue, found.pending) == (1, 1, 2, 1)
    assert found.expected == 5 and found.next_due_on == date(2026, 8, 31)


@pytest.mark.item(35)
def test_a_branch_is_done_when_every_member_is_who_is_neither_exempt_nor_advisory(cast, campaign):
    b2 = cast.org["B2"]
    Exemption.objects.create(member=cast.member["M0206"], approved_by=b2, approved_on=TODAY, since=TODAY)
    for i in (1, 2, 3, 4, 5):
        file(campaign, b2, "analysis", date(2026, 8, 20), cast.member[f"M020{i}"])
    status = StepStatus.objects.get(step__code="analysis", organization=b2)
    assert status.done_on is None
    file(campaign, b2, "analysis", date(2026, 8, 22), cast.member["M0207"])
    status.refresh_from_db()
    assert status.done_on == date(2026, 8, 22)  # M0208 is retired: advisory
    assert status.persons_due == status.persons_done == 6


def test_a_moved_branch_leaves_the_old_chain_and_joins_the_new(cast, campaign):
    b3, target = cast.org["B3"], cast.org["E01-J"]
    old = b3.path
    new = tree.allocate(Organization, target)[0]
    Organization.objects.filter(pk=b3.pk).update(superior=target)
    tree.move_paths(Organization, old, new)
    tree.refresh([new])
    actions.tree_changed([b3.pk], before=[old])
    actions.fold()
    assert figures(campaign, Organization.objects.get(code="G")).members.total == 8
    assert figures(campaign, Organization.objects.get(code="E01-J")).members.total == 9
    assert step(figures(campaign, Organization.objects.get(code="A")), "report").expected == 1
    assert actions.recount_check() == {"statuses": 0, "tallies": 0, "summaries": 0}


def test_a_closed_organization_keeps_what_was_done_and_owes_nothing_more(cast, campaign):
    b3 = cast.org["B3"]
    file(campaign, b3, "report", date(2026, 8, 10))
    Organization.objects.filter(pk=b3.pk).update(closed_on=TODAY)
    actions.tree_changed([b3.pk])
    actions.fold()
    assert StepStatus.objects.get(step__code="report", organization=b3).done_on == date(2026, 8, 10)
    assert not StepStatus.objects.get(step__code="analysis", organization=b3).applicable
    assert step(figures(campaign, cast.org["G"]), "analysis").not_applicable == 1
    assert actions.recount_check() == {"statuses": 0, "tallies": 0, "summaries": 0}


def test_passed_due_dates_stay_and_future_ones_resolve_anew(cast, campaign):
    schedule = campaign.participations.get(unit__code="E01-A").schedules.get()
    schedule.starts_on = date(2026, 8, 8)
    schedule.save()
    actions.schedule_changed(campaign.pk, [cast.unit["E01-A"].pk])
    due = dict(StepStatus.objects.filter(organization=cast.org["B2"]).values_list("step__code", "due_on"))
    assert due == {"report": date(2026, 8, 21), "analysis": date(2026, 9, 17)}


def test_an_exemption_that_ends_counts_again_the_next_day(cast, campaign):
    b1 = cast.org["B1"]
    Exemption.objects.create(member=cast.member["M0101"], approved_by=b1, approved_on=TODAY, since=TODAY, until=TODAY)
    actions.membership_changed([b1.pk])
    assert MemberTally.objects.get(organization=b1, campaign=None).excused == 1
    with clock.fixed(date(2026, 8, 26)):
        actions.fold()
        assert MemberTally.objects.get(organization=b1, campaign=None).excused == 0


def test_the_live_count_agrees_with_the_summaries_and_knows_the_past(cast, campaign):
    file(campaign, cast.org["B1"], "report", date(2026, 8, 10))
    file(campaign, cast.org["B2"], "report", date(2026, 8, 24))
    actions.fold()
    whole, children = queries.live(cast.org["E01-DZ"], campaign, TODAY)
    assert whole.steps == figures(campaign, cast.org["E01-DZ"]).steps
    assert whole.members == figures(campaign, cast.org["E01-DZ"]).members
    assert children[cast.org["A"].pk].steps == figures(campaign, cast.org["A"]).steps
    past, _ = queries.live(cast.org["E01-DZ"], campaign, date(2026, 8, 22))
    found = step(past, "report")
    assert (found.done, found.late, found.overdue) == (1, 0, 2)
    beside = queries.live_assisted(cast.org["E01-DZ"], campaign, TODAY)
    assert beside.steps == queries.assisted(cast.org["E01-DZ"], campaign, TODAY).steps
    assert beside.members == queries.assisted(cast.org["E01-DZ"], campaign, TODAY).members


def test_a_unit_outside_the_campaign_counts_members_only_without_it(cast):
    with clock.fixed(TODAY):
        campaign = launch("part", ["E01", "E01-A"])
        actions.fold()
        assert figures(campaign, cast.org["ROOT"]).members.total == 17
        assert queries.figures([cast.org["ROOT"]], None, TODAY)[cast.org["ROOT"].pk].members.total == 21
        assert not StepStatus.objects.filter(organization=cast.org["B5"]).exists()


def test_the_check_notices_what_was_tampered_with(cast, campaign):
    assert actions.recount_check() == {"statuses": 0, "tallies": 0, "summaries": 0}
    StepStatus.objects.filter(step__code="report", organization=cast.org["B1"]).update(done_on=TODAY)
    MemberTally.objects.filter(organization=cast.org["B1"]).update(total=99)
    StepSummary.objects.filter(organization=cast.org["A"], step__code="plan").update(open=7)
    found = actions.recount_check()
    assert found["statuses"] == 1 and found["tallies"] == 1 and found["summaries"] >= 1
    actions.recount()
    assert actions.recount_check() == {"statuses": 0, "tallies": 0, "summaries": 0}


def test_nothing_is_dirty_after_a_fold_and_a_second_one_does_nothing(cast, campaign):
    assert not Dirty.objects.exists()
    assert actions.fold() == 0


def test_figures_take_three_queries_however_many_nodes(cast, campaign, django_assert_num_queries):
    steps = queries.steps_of(campaign)
    with django_assert_num_queries(3):
        queries.figures(list(cast.org.values()), campaign, TODAY, steps)
    assert connection.vendor == "postgresql"
