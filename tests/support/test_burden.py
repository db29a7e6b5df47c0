"""The burden meter: what branches entered, what was sent down, hours as an estimate (item 44)."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps

from campaign.filings.actions import file_document
from campaign.meetings import actions as meetings
from campaign.plan.models import ScheduleChange
from campaign.progress.models import StepStatus
from campaign.support import burden
from enterprises import clock
from tests.records import launch, told
from tests.support.stage import request, weak

TODAY = date(2026, 8, 19)  # a Wednesday


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def logged(cast, organization="B2", day=TODAY):
    return meetings.log(by=None, organization=cast.org[organization], record=told("BRANCH_GENERAL", day))


@pytest.mark.item(44)
def test_records_of_branches_are_counted_by_kind(cast):
    campaign = launch()
    logged(cast), logged(cast, "B3"), logged(cast, "B3", TODAY - timedelta(1))
    for organization in ("B2", "A"):  # the committee's own document burdens no branch
        file_document(by=None, campaign=campaign, organization=cast.org[organization], kind="plan", filed_on=TODAY)
    request(cast, raised_on=TODAY)
    own = burden.load_of(cast.org["G"], TODAY)
    assert (own.branches, own.records["MEETING"], own.records["FILING"], own.records["REQUEST"]) == (2, 3, 1, 1)
    assert own.total == 5
    below = burden.loads_below(cast.org["G"], TODAY)
    assert below[cast.org["B3"].path].total == 2 and below[cast.org["B2"].path].total == 3
    assert burden.load_of(cast.org["B5"], TODAY).total == 0


@pytest.mark.item(44)
def test_four_weeks_are_counted_to_the_day(cast):
    launch()
    meeting = logged(cast)
    noon = clock.now()
    for days, counted in ((27, 1), (28, 0)):
        type(meeting).objects.filter(pk=meeting.pk).update(recorded_at=noon - timedelta(days))
        assert burden.load_of(cast.org["B2"], TODAY).total == counted
    early = datetime(2026, 7, 23, 0, 30, tzinfo=clock.ZONE)  # still the day before in UTC
    type(meeting).objects.filter(pk=meeting.pk).update(recorded_at=early)
    assert burden.load_of(cast.org["B2"], TODAY).total == 1


@pytest.mark.item(44)
def test_hours_are_records_times_the_stated_minutes():
    load = burden.Load(branches=2, records={"MEETING": 8, "TALK": 30})
    assert load.per_branch == Decimal("4.8")  # 38 records in 8 branch weeks, halves up
    assert load.hours == Decimal("0.4")  # 8 × 15 + 30 × 2 minutes
    assert burden.Load().hours is None and burden.Load().per_branch is None
    assert all(form.minutes > 0 and str(form.reused) for form in burden.FORMS)


@pytest.mark.item(44)
def test_every_table_named_exists():
    known = {model._meta.db_table for model in apps.get_models()}
    for form in burden.FORMS:
        assert {word for word in form.table.split() if word.startswith("campaign_")} <= known


@pytest.mark.item(44)
def test_requests_sent_down_are_counted_once_in_their_week(cast):
    campaign = launch()
    weak(cast, opened_on=TODAY)
    due = StepStatus.objects.filter(step__code="plan").values_list("due_on", flat=True).first()
    sent = burden.sent_down(cast.org["ROOT"], TODAY)
    monday = date(2026, 8, 17)
    assert list(sent["FILINGS"])[-1] == monday == burden.mondays(TODAY)[-1]
    assert due - timedelta(due.weekday()) == monday
    assert sent["FILINGS"][monday] == 1  # asked of many, sent once
    assert sent["WEAK"][monday] == 1 and sum(sent["CALENDAR"].values()) == 0
    part = campaign.participations.get(unit=cast.unit["E01-A"])
    change = ScheduleChange(
        participation=part, phase=campaign.phases.get(), kind="LOCAL", old_starts_on=TODAY, old_ends_on=TODAY,
        new_starts_on=TODAY, new_ends_on=TODAY, reason="检修", changed_at=clock.now(),
    )  # fmt: skip
    change.save()
    for code, count in (("A", 1), ("B2", 1), ("E02-DW", 0), ("ROOT", 1)):
        assert sum(burden.sent_down(cast.org[code], TODAY)["CALENDAR"].values()) == count, code


@pytest.mark.item(44)
def test_a_small_subtree_is_counted_while_one_waits(cast):
    assert burden.within_reach(cast.org["ROOT"])
