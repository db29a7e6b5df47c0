"""Applicants from the application to admission, and the months of a node (item 45)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.membership import applicant_actions, figures
from campaign.membership.models import Applicant
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.models import Member, Organization
from tests import records
from tests.membership import stage

TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def secretary(cast, client):
    client.force_login(cast.account["branch_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.item(45)
def test_from_application_to_admission(cast, secretary):
    new = reverse("membership:applicant_new", args=[cast.org["B2"].pk])
    sent = {"submission": str(uuid4()), "name": "孙示范", "born_on": "1996-05-04", "applied_on": "2024-05-04"}
    assert secretary.post(new, sent | {"born_on": "2010-05-04"}).context["form"].errors["born_on"]
    assert secretary.post(new, sent).status_code == secretary.post(new, sent).status_code == 302
    applicant = Applicant.objects.get()
    page = reverse("membership:applicant", args=[applicant.pk])
    admit = reverse("membership:applicant_admit", args=[applicant.pk])
    admission = {"admitted_on": "2026-09-18", "code": "M0299", "category": "FRONT_LINE", "gender": "1"}
    assert secretary.post(admit, admission).context["form"].errors  # no candidate yet
    edit = reverse("membership:applicant_edit", args=[applicant.pk])
    facts = {k: sent[k] for k in ("name", "born_on", "applied_on")}
    version = secretary.get(edit).context["form"].initial["version"]
    stages = {"activist_on": "2025-06-01", "candidate_on": "2026-03-01"}
    assert secretary.post(edit, facts | stages | {"version": version}).status_code == 302
    assert secretary.get(page).context["short"] is True
    assert secretary.post(admit, admission | {"admitted_on": "2026-02-01"}).context["form"].errors["admitted_on"]
    assert secretary.post(admit, admission | {"code": "M0201"}).context["form"].errors["code"]
    assert secretary.post(admit, admission).status_code == 302
    member = Member.objects.get(code="M0299")
    assert (member.kind, member.admitted_on, member.born_on) == ("PROBATIONARY", date(2026, 9, 18), date(1996, 5, 4))
    assert member.memberships.get().since == date(2026, 9, 18)
    applicant.refresh_from_db()
    assert (applicant.ended, applicant.ended_on, applicant.member) == ("ADMITTED", date(2026, 9, 18), member)
    assert reverse("enterprises:member", args=[member.pk]) in secretary.get(page).content.decode()
    assert secretary.post(admit, admission).context["form"].errors


@pytest.mark.item(45)
def test_withdrawn_and_refused(cast):
    applicant = stage.applicant(cast)
    with pytest.raises(ActionError):
        applicant_actions.withdraw_applicant(by=None, applicant=applicant, ended_on=TODAY - timedelta(31))
    applicant_actions.withdraw_applicant(by=None, applicant=applicant, ended_on=TODAY)
    for refused in (
        lambda: applicant_actions.withdraw_applicant(by=None, applicant=applicant, ended_on=TODAY),
        lambda: applicant_actions.correct_applicant(by=None, applicant=applicant, name="x"),
        lambda: stage.applicant(cast, days_ago=-1),
        lambda: stage.applicant(cast, "A"),
    ):
        with pytest.raises(ActionError):
            refused()
    with pytest.raises(TypeError):
        applicant_actions.correct_applicant(by=None, applicant=applicant, ended="ADMITTED")
    with pytest.raises(NotPermitted):
        applicant_actions.enter_applicant(
            by=cast.account["other_secretary"], organization=cast.org["B2"], name="x", applied_on=TODAY
        )


@pytest.mark.item(45)
def test_the_list_by_stage(cast, secretary):
    stage.candidate(cast)
    stage.applicant(cast)
    stage.applicant(cast, "B3")
    url = reverse("membership:applicant_list")
    assert secretary.get(url).context["count"] == 2
    assert secretary.get(url, {"stage": "CANDIDATE"}).context["count"] == 1
    assert secretary.get(url, {"stage": "ACTIVIST"}).context["count"] == 0
    assert secretary.get(url, {"export": "xlsx"}).status_code == 200


@pytest.mark.item(45)
def test_the_months_of_a_node_with_the_age_band(cast):
    since = date(2026, 8, 1)
    for born in (date(1990, 9, 6), date(1990, 9, 5), None):  # 35, 36 and unknown on 5 September
        stage.applicant(cast, days_ago=15, born_on=born)
    stage.applicant(cast, "B3", days_ago=30, born_on=date(2000, 1, 1))
    stage.applicant(cast, "B5", days_ago=30)  # of another enterprise
    stage.applicant(cast, "B2", days_ago=51)  # before the period
    Member.objects.filter(code__in=["M0201", "M0301"]).update(admitted_on=since, born_on=date(1991, 1, 1))
    found = figures.joining(cast.org["A"], since, TODAY)
    assert found == {
        ("2026-09", "applied"): (3, 1, 1),
        ("2026-08", "applied"): (1, 1, 0),
        ("2026-08", "admitted"): (2, 2, 0),
    }
    assert figures.stages(cast.org["A"]) == {"APPLICANT": 5}


def _report(client, cast, code, name, **query):
    return client.get(reverse("membership:report", args=[cast.org[code].pk, name]), query)


@pytest.mark.item(45)
def test_the_table_by_month_adds_up(cast, client):
    records.launch()
    stage.applicant(cast, days_ago=15, born_on=date(2000, 1, 1))
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    sheet = _report(client, cast, "A", "joining").context["sheet"]
    assert [(line.name, line.cells) for line in sheet.lines] == [
        ("2026-08", [0, 0, 0, 0, 0, 0]),
        ("2026-09", [1, 1, 0, 0, 0, 0]),
    ]
    assert sheet.total.cells == [1, 1, 0, 0, 0, 0]
    assert _report(client, cast, "A", "joining", export="xlsx")["Content-Disposition"].startswith("attachment")


@pytest.mark.item(40)
def test_newly_founded_organizations_by_type_and_month(cast, client):
    records.launch()
    for code, kind, form, day in (
        ("N1", "TEMPORARY_BRANCH", "", date(2026, 9, 1)),
        ("N2", "JOINT_BRANCH", "", date(2026, 8, 31)),
        ("N3", "BRANCH", "MOBILE", date(2026, 9, 2)),
        ("N4", "BRANCH", "RETIRED", date(2026, 9, 3)),
        ("N5", "BRANCH", "", date(2026, 9, 4)),
        ("N6", "BRANCH", "", date(2026, 7, 31)),  # before the campaign
    ):
        Organization.objects.create(
            code=code, name=code, kind=kind, form=form, founded_on=day, superior=cast.org["G"],
            path=cast.org["G"].path + f"00{code}",
        )  # fmt: skip
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    sheet = _report(client, cast, "A", "founded").context["sheet"]
    by_month = {line.name: dict(zip(sheet.headings, line.cells, strict=True)) for line in sheet.lines}
    labels = dict(Organization.Kind.choices) | dict(Organization.Form.choices)
    told = {str(labels[code]): n for code, n in {
        "JOINT_BRANCH": 0, "TEMPORARY_BRANCH": 1, "MOBILE": 1, "RETIRED": 1, "BRANCH": 1,
    }.items()}  # fmt: skip
    assert told.items() <= by_month["2026-09"].items()
    assert by_month["2026-08"][str(labels["JOINT_BRANCH"])] == 1
    assert list(sheet.total.cells)[-1] == 5
    named = [organization.code for organization, _type in _report(client, cast, "A", "founded").context["founded"]]
    assert named == ["N5", "N4", "N3", "N1", "N2"]
    assert _report(client, cast, "A", "founded", export="xlsx").status_code == 200


@pytest.mark.item(30)
def test_members_of_a_node_by_main_category(cast, client):
    Member.objects.filter(code="M0301").update(category="LAID_OFF")
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    sheet = _report(client, cast, "G", "categories").context["sheet"]
    rows = {line.name: line.cells for line in [*sheet.lines, sheet.total]}
    # all, in service, leaders, headquarters, front line, technical, retired, laid off, mobile
    assert rows[cast.org["B2"].name] == [8, 7, 0, 0, 7, 0, 1, 0, 0]
    assert rows[cast.org["B3"].name] == [5, 4, 0, 0, 4, 0, 0, 1, 0]
    assert sheet.total.cells == [13, 11, 0, 0, 11, 0, 1, 1, 0]
    assert _report(client, cast, "G", "categories", export="xlsx").status_code == 200


@pytest.mark.item(37)
def test_coverage_with_found_sought_and_excused(cast, client):
    campaign = records.launch()
    stage.closed(cast, "FOUND", "M0205")
    stage.closed(cast, "PARTLY", "M0206")
    stage.search(cast, "M0301")
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    sheet = _report(client, cast, "G", "coverage").context["sheet"]
    rows = {line.name: line.cells for line in sheet.lines}
    # members, taking part, coverage, found, sought, excused; searches open, partly found, not found, gone
    assert rows[cast.org["B2"].name] == [8, 7, "87.5%", 1, 1, 0, 0, 1, 0, 0]
    assert rows[cast.org["B3"].name] == [5, 4, "80.0%", 0, 1, 0, 1, 0, 0, 0]
    assert campaign.name in _report(client, cast, "B2", "coverage").content.decode()
    assert _report(client, cast, "G", "coverage", export="xlsx").status_code == 200
    assert _report(client, cast, "G", "contact").context["sheet"].total.cells == [0, 0, 1]
    assert _report(client, cast, "G", "nothing").status_code == 404
