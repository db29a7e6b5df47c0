"""Study by category, retired members and home deliveries; and the gate condition on absences."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from campaign.meetings import actions
from campaign.plan.models import Participation
from campaign.progress.actions import fold
from campaign.progress.gates import condition
from campaign.study import categories
from campaign.study.actions import record_makeups
from campaign.study.categories import by_category
from campaign.study.hours import standing
from enterprises import clock
from enterprises.models import Exemption, Member
from tests.records import LAUNCH, STUDY, launch, told

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


def log(cast, campaign, code="B2", day=LAUNCH + timedelta(5), absent=(), hours=2, **fields):
    missing = {cast.member[c].pk: "TRIP" for c in absent}
    record = told("PARTY_LECTURE", day=day, campaign=campaign, absent=missing, class_hours=Decimal(hours), **fields)
    return actions.log(by=None, organization=cast.org[code], record=record)


def figures(cast, campaign, code="A"):
    rows = by_category(campaign, cast.org[code], LAUNCH, TODAY, STUDY)
    return {row.category: row for row in rows}


@pytest.mark.item(46, 48, 50)
def test_persons_person_times_and_home_deliveries(cast, campaign):
    log(cast, campaign, absent=["M0208"])
    second = log(cast, campaign, day=LAUNCH + timedelta(9), absent=["M0208", "M0201"], hours=10)
    log(cast, campaign, "B5")  # of another enterprise
    retired = figures(cast, campaign)["RETIRED"]
    assert (retired.members, retired.took_part, retired.person_times, retired.bands[0]) == (1, 0, 0, 1)
    record_makeups(by=None, absences=second.absences.filter(member__code="M0208"), mode="HOME_DELIVERY", held_on=TODAY)
    found = figures(cast, campaign)
    retired, front = found["RETIRED"], found["FRONT_LINE"]
    assert (retired.took_part, retired.person_times, retired.home, retired.home_persons) == (1, 1, 1, 1)
    assert retired.bands == [0, 0, 1, 0, 0, 0]
    # Seven of B2 (two sessions each, M0201 one) and five of B3, who had none.
    assert (front.members, front.took_part, front.person_times) == (12, 7, 13)
    assert front.bands == [5, 1, 6, 0, 0, 0]
    assert front.average == (Decimal(6 * 12 + 2) / 12).quantize(Decimal("0.1"))


@pytest.mark.item(48)
def test_the_table_agrees_with_the_hours_of_each_member(cast, campaign):
    log(cast, campaign, absent=["M0202", "M0203"])
    meeting = log(cast, campaign, day=LAUNCH + timedelta(12), absent=["M0203", "M0204"], hours=4)
    record_makeups(by=None, absences=meeting.absences.filter(member__code="M0204"), mode="REMOTE", held_on=TODAY)
    by_member = {}
    for row in standing(campaign, cast.org["B2"], STUDY):
        by_member[row.member.category] = by_member.get(row.member.category, 0) + row.hours
    assert {c: row.hours for c, row in figures(cast, campaign, "B2").items()} == by_member


@pytest.mark.item(46, 48, 50, 55)
def test_the_pages_show_and_export_it(cast, campaign, client, monkeypatch):
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    log(cast, campaign)
    url = reverse("study:categories")
    page = client.get(url)
    assert [row.category for row, _cells in page.context["table"]] == ["FRONT_LINE", "RETIRED"]
    assert page.context["retired"].took_part == 1
    assert client.get(url, {"export": "xlsx"}).status_code == 200
    fold()
    shown = client.get(reverse("study:figures")).content.decode()
    assert "61.5%" in shown  # 8 of the 13 members of committee A heard a lecture
    monkeypatch.setattr(categories, "MOST", 5)
    assert "table" not in client.get(url).context


@pytest.mark.item(54)
def test_the_gate_waits_for_absences_of_the_phase(cast, campaign):
    part = Participation.objects.get(campaign=campaign, unit=cast.unit["E01-A"])
    judge = condition("absences")
    assert judge(part, "LEARN").met
    meeting = log(cast, campaign, absent=["M0201", "M0202", "M0208"])  # M0208 is retired: left free
    log(cast, campaign, "B5", absent=["M0501"])
    waiting = judge(part, "LEARN")
    assert not waiting.met and "2" in waiting.text
    record_makeups(by=None, absences=meeting.absences.filter(member__code="M0201"), mode="REMOTE", held_on=TODAY)
    assert "1" in judge(part, "LEARN").text
    told_of = {"approved_by": cast.org["A"], "approved_on": TODAY, "since": TODAY}
    leave = Exemption.objects.create(member=cast.member["M0202"], **told_of)
    assert judge(part, "LEARN").met
    leave.delete()
    Member.objects.filter(code="M0202").update(status="TRANSFERRED")
    assert judge(part, "LEARN").met


@pytest.mark.item(54)
def test_the_condition_leads_to_the_list_of_the_unit(cast, campaign, client):
    log(cast, campaign, absent=["M0201"])
    log(cast, campaign, "B1", absent=["M0101"])
    part = Participation.objects.get(campaign=campaign, unit=cast.unit["E01-A"])
    client.force_login(cast.account["office"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(condition("absences")(part, "LEARN").url)
    assert [row["object"].member.code for row in page.context["table"]] == ["M0201"]


def test_other_phases_do_not_count(cast, campaign):
    part = Participation.objects.get(campaign=campaign, unit=cast.unit["E01-A"])
    part.schedules.update(starts_on=LAUNCH + timedelta(10))
    log(cast, campaign, absent=["M0201"])
    assert condition("absences")(part, "LEARN").met
    assert not condition("absences")(part, "enrolled").met
