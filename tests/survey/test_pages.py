"""The organizer's way through a survey, the sheet of codes, paper counts, the list, and the result."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from campaign.survey import questionnaire
from campaign.survey.models import Ballot, SatisfactionSurvey
from enterprises import clock, warnings
from enterprises.models import Enterprise
from tests.survey.held import BAD, GOOD, TODAY, closed, count, opened, prepared, the_campaign, vote


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def sign_in(cast, client):
    def enter(name):
        client.force_login(cast.fresh(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def new_url(cast, organization="A"):
    return reverse(
        "survey:survey_new", query={"organization": cast.org[organization].pk, "campaign": the_campaign().code}
    )


@pytest.mark.item(74)
def test_from_preparing_to_the_result(cast, sign_in):
    office = sign_in("enterprise_office")
    form = {
        "respondents": ["employees"],
        "starts_on": TODAY.isoformat(),
        "ends_on": TODAY.isoformat(),
        "reported_on": TODAY.isoformat(),
        "report_gist": "报告了整改情况",
        "submission": str(uuid4()),
    }
    url = new_url(cast)
    assert office.get(url).status_code == 200
    assert office.post(url, form).status_code == office.post(url, form).status_code == 302
    survey = SatisfactionSurvey.objects.get()
    page = reverse("survey:survey", args=[survey.pk])
    assert office.get(page).status_code == 200
    office.post(reverse("survey:survey_open", args=[survey.pk]))
    sheet = office.post(
        reverse("survey:codes", args=[survey.pk]),
        {"respondents": "employees", "count": 12, "submission": str(uuid4())},
    )
    assert sheet.content.decode().count("<path d=") >= 12 and "no-store" in sheet.headers["Cache-Control"]
    assert office.get(reverse("survey:survey_close", args=[survey.pk])).status_code == 200
    count(survey, GOOD)
    done = office.post(reverse("survey:survey_close", args=[survey.pk]))
    assert done.headers["Location"] == reverse("survey:result", args=[survey.pk])
    text = office.get(done.headers["Location"]).content.decode()
    assert "90.0 %" in text and "20" in text
    assert office.get(page).status_code == 200


def test_reloading_the_sheet_shows_no_codes_again(cast, sign_in):
    survey = prepared(cast)
    office = sign_in("enterprise_office")
    url = reverse("survey:codes", args=[survey.pk])
    form = {"respondents": "employees", "count": 3, "submission": str(uuid4())}
    assert len(office.post(url, form).context["slips"]) == 3
    assert office.post(url, form).context["slips"] == []
    assert office.post(url, form | {"count": 501, "submission": str(uuid4())}).context["form"].errors


@pytest.mark.item(74)
def test_the_unit_reads_why_it_may_not_hold_its_own(cast, sign_in):
    secretary = sign_in("committee_secretary")
    text = secretary.get(new_url(cast)).content.decode()
    assert cast.org["E01-DZ"].name in text and '<form method="post">' not in text
    form = {"respondents": ["employees"], "starts_on": "2026-11-30", "ends_on": "2026-11-30", "submission": uuid4()}
    assert secretary.post(new_url(cast), form).context["form"].non_field_errors()
    assert not SatisfactionSurvey.objects.exists()


@pytest.mark.item(78)
def test_window_units_are_told_to_ask_their_users(cast, sign_in):
    Enterprise.objects.filter(code="E01-A").update(is_window_unit=True)
    office = sign_in("enterprise_office")
    assert "users" in office.get(new_url(cast)).context["form"].initial["respondents"]
    survey = prepared(cast)
    page = reverse("survey:survey", args=[survey.pk])
    assert len(office.get(page).context["warnings"]) == 1
    SatisfactionSurvey.objects.update(respondents=["employees", "users"])
    assert office.get(page).context["warnings"] == []


def test_paper_is_entered_and_refused_beside_the_item(cast, sign_in):
    survey = opened(cast)
    office = sign_in("enterprise_office")
    url = reverse("survey:paper", args=[survey.pk, "employees"])
    items = [item.code for item in questionnaire.of(survey).items]
    form = {"issued": 10, "returned": 9, "valid": 8} | {f"{item}.satisfied": 8 for item in items}
    refused = office.post(url, form | {"study.unknown": 1})
    assert "study.satisfied" in refused.context["form"].errors
    assert office.post(url, form | {"returned": 11}).context["form"].errors.keys() == {"returned"}
    assert office.post(url, form).status_code == 302
    paper = survey.papers.get()
    assert (paper.issued, paper.returned, paper.valid, paper.answers["study"]["satisfied"]) == (10, 9, 8, 8)
    assert office.get(url).context["form"]["valid"].value() == 8
    assert office.get(reverse("survey:paper", args=[survey.pk, "users"])).status_code == 404


def test_nobody_sees_answers_before_closing_and_only_the_organizer_remarks_after(cast, sign_in):
    survey = opened(cast)
    for number in range(6):
        vote(survey, "satisfied", remark=f"意见{number}")
    office = sign_in("enterprise_office")
    page = office.get(reverse("survey:survey", args=[survey.pk])).content.decode()
    assert "意见" not in page.split("<main")[1].split("</main")[0]
    assert office.get(reverse("survey:result", args=[survey.pk])).status_code == 404
    assert not Ballot.objects.visible_to(cast.fresh("enterprise_office")).exists()
    office.post(reverse("survey:survey_close", args=[survey.pk]))
    result = reverse("survey:result", args=[survey.pk])
    assert office.get(result).context["remarks"] == [f"意见{n}" for n in range(6)]
    assert sign_in("committee_secretary").get(result).context["remarks"] == []


@pytest.mark.item(74, 75)
def test_the_result_beside_the_earlier_one(cast, sign_in):
    closed(cast, BAD)
    again = closed(cast, GOOD)
    page = sign_in("committee_secretary").get(reverse("survey:result", args=[again.pk]))
    [group, members] = page.context["groups"]
    assert group.overall.before_rate == "30.0" and group.overall.rates[1] == "90.0"
    assert members.overall is None  # nobody of them voted
    assert page.content.decode().count("未测评") >= 1


def test_what_is_hidden_on_the_page_is_hidden_in_the_sheet(cast, sign_in):
    survey = closed(cast, {"satisfied": 121, "basically_satisfied": 52, "dissatisfied": 8, "unknown": 3})
    office = sign_in("enterprise_office")
    sent = office.get(reverse("survey:result_export", args=[survey.pk]))
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(sent.streaming_content))).get_sheet_by_index(0).to_python()
    overall = next(row for row in rows if row[4] == "对这次活动的总体看法")
    assert overall[5:13] == [184, 121, 52, "＊", "＊", 65.8, 94.0, "＊"]
    text = office.get(reverse("survey:result", args=[survey.pk])).content.decode()
    assert ">8<" not in text and ">3<" not in text and "4.3" not in text


@pytest.mark.item(74)
def test_the_list_and_above_it_what_is_to_be_opened(cast, sign_in):
    closed(cast, BAD)
    office = sign_in("enterprise_office")
    page = office.get(reverse("survey:survey_list"))
    assert page.context["count"] == 1 and page.context["waiting"][0][0].repeats
    for outcome, number in (("make_up", 1), ("satisfied", 0), ("no_result", 0)):
        assert office.get(reverse("survey:survey_list"), {"outcome": outcome}).context["count"] == number
    assert office.get(reverse("survey:survey_list"), {"export": "xlsx"}).status_code == 200
    assert sign_in("other_enterprise_office").get(reverse("survey:survey_list")).context["count"] == 0


@pytest.mark.item(74)
def test_pages_of_organization_and_unit_say_who_has_to_do_what(cast, sign_in):
    closed(cast, BAD)
    office = sign_in("enterprise_office")
    for url in (
        reverse("enterprises:organization", args=[cast.org["A"].pk]),
        reverse("enterprises:enterprise", args=[cast.unit["E01-A"].pk]),
    ):
        text = office.get(url).content.decode()
        assert "补课" in text and cast.org["E01-DZ"].name in text
    text = office.get(reverse("enterprises:organization", args=[cast.org["E01-DZ"].pk])).content.decode()
    assert new_url(cast).replace("&", "&amp;") in text


@pytest.mark.item(74)
def test_an_overdue_survey_is_a_warning_on_the_unit(cast):
    the_campaign()
    ids = [cast.org["A"].pk, cast.org["B2"].pk]
    found = warnings.warnings_of(ids, TODAY)
    assert [w.code for w in found[ids[0]] if w.code == "SURVEY_OVERDUE"] and cast.org["E01-DZ"].name in str(found)
    early = warnings.warnings_of(ids, TODAY - timedelta(days=100))
    assert not [w for w in early[ids[0]] if w.code == "SURVEY_OVERDUE"]
    opened(cast)
    assert not [w for w in warnings.warnings_of(ids, TODAY)[ids[0]] if w.code == "SURVEY_OVERDUE"]


def test_the_paper_ballot_and_changing_the_dates(cast, sign_in):
    survey = opened(cast)
    office = sign_in("enterprise_office")
    assert office.get(reverse("survey:paper_form", args=[survey.pk])).content.decode().count("<tr>") > 12
    url = reverse("survey:survey_edit", args=[survey.pk])
    later = TODAY + timedelta(9)
    form = {
        "respondents": ["employees", "members"], "starts_on": TODAY.isoformat(), "ends_on": later.isoformat(),
        "reported_on": TODAY.isoformat(), "submission": str(uuid4()),
    }  # fmt: skip
    assert office.get(url).status_code == 200
    assert office.post(url, form | {"respondents": ["users"]}).context["form"].errors.keys() == {"respondents"}
    assert office.post(url, form).status_code == 302
    survey.refresh_from_db()
    assert survey.ends_on == later
    page = office.get(reverse("survey:survey", args=[survey.pk]))
    assert page.context["history"]


def test_discarding_is_for_what_was_only_prepared(cast, sign_in):
    office = sign_in("enterprise_office")
    survey = opened(cast)
    office.post(reverse("survey:survey_discard", args=[survey.pk]))
    assert SatisfactionSurvey.objects.exists()
    other = prepared(cast, "E01-DZ")
    assert office.post(reverse("survey:survey_discard", args=[other.pk])).status_code == 403
    sign_in("office").post(reverse("survey:survey_discard", args=[other.pk]))
    assert SatisfactionSurvey.objects.get() == survey
