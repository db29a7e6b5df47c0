"""The summary report: started from the figures, versions, no empty chapter when filed, the gate."""

from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.plan.models import Participation
from campaign.progress.actions import recount
from campaign.progress.gates import condition
from campaign.summary import actions
from campaign.summary.chapters import HEADINGS, chapters_of, with_figures
from campaign.summary.models import SummaryReport, SummaryVersion
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.survey.held import GOOD, TODAY, closed, the_campaign


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def full(campaign, text="写了。"):
    return {chapter.code: text for chapter in chapters_of(campaign)}


def save(cast, campaign, chapters, organization="A", **fields):
    told = {"by": None, "organization": cast.org[organization]} | fields
    return actions.save_report(campaign=campaign, chapters=chapters, **told)


@pytest.mark.item(112, 114)
def test_six_headings_and_four_sentences_none_of_them_empty_when_filed(cast):
    campaign = the_campaign()
    chapters = chapters_of(campaign)
    assert [c.code for c in chapters[:6]] == [code for code, _name in HEADINGS]
    assert [c.title for c in chapters[6:]] == ["提高党员素质", "加强基层组织", "服务人民群众", "促进各项工作"]
    for missing in chapters:
        report = SummaryReport.objects.filter(organization=cast.org["A"]).first()
        report = save(cast, campaign, full(campaign) | {missing.code: "  "}, after=report.version if report else 0)
        with pytest.raises(ActionError, match=missing.title[:4]) as refusal:
            actions.file_report(by=None, report=report)
        assert refusal.value.field == missing.code


@pytest.mark.item(76)
def test_a_filed_report_meets_the_condition_of_the_last_gate(cast):
    campaign = the_campaign()
    part = Participation.objects.get(campaign=campaign, unit=cast.unit["E01-A"])
    check = condition("summary_report")
    assert not check(part, "summed_up").met
    report = save(cast, campaign, full(campaign))
    assert not check(part, "summed_up").met
    report = actions.file_report(by=None, report=report)
    found = check(part, "summed_up")
    assert found.met and TODAY.isoformat() in found.text
    assert actions.file_report(by=None, report=report).filed_version == 1


def test_versions_follow_each_other_and_the_filed_one_stands(cast):
    campaign = the_campaign()
    report = actions.file_report(by=None, report=save(cast, campaign, full(campaign)))
    report = save(cast, campaign, full(campaign, "改了。"), after=1)
    assert (report.version, report.filed_version, report.changed_since_filing) == (2, 1, True)
    assert [v.chapters["study"] for v in report.versions.all()] == ["改了。", "写了。"]
    with pytest.raises(ActionError):  # somebody who still started from the first
        save(cast, campaign, full(campaign), after=1)


def test_a_double_submission_is_one_version(cast):
    campaign, submission = the_campaign(), uuid4()
    for _n in range(2):
        save(cast, campaign, full(campaign), submission=submission)
    assert SummaryVersion.objects.count() == 1


def test_who_may_not_write_it(cast):
    campaign = the_campaign()
    with pytest.raises(NotPermitted):
        save(cast, campaign, full(campaign), by=cast.account["branch_secretary"])
    with pytest.raises(ActionError):
        save(cast, campaign, full(campaign), organization="G")  # it leads no unit


@pytest.mark.item(76)
def test_it_starts_from_the_figures_that_exist(cast):
    campaign = the_campaign()
    closed(cast, GOOD)
    recount()
    known = {c.code: c.known for c in with_figures(campaign, cast.org["A"], TODAY)}
    assert "13" in known["leadership"] and "2" in known["organization"]  # members of B2 and B3
    assert "动员大会" in known["study"] and "整改方案" in known["rectification"]
    assert "90.0" in known["sentence_service"] and known["business"] == ""


def test_written_on_the_page_and_compared_when_somebody_was_faster(cast, client):
    campaign = the_campaign()
    client.force_login(cast.fresh("committee_secretary"), backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("summary:write", query={"organization": cast.org["A"].pk, "campaign": campaign.code})
    assert client.get(url).status_code == 200
    form = {"after": 0, "submission": str(uuid4()), "study": "学得扎实"}
    first = client.post(url, form)
    assert first.status_code == 302 and client.post(url, form).status_code == 302
    page = client.get(first.headers["Location"])
    assert "学得扎实" in page.content.decode() and len(page.context["empty"]) == 9
    late = client.post(url, form | {"submission": str(uuid4()), "study": "另一种写法"})
    assert late.context["form"].non_field_errors() and "另一种写法" in late.content.decode()
    assert late.context["form"].data["after"] == "1"
    report = SummaryReport.objects.get()
    client.post(reverse("summary:file", args=[report.pk]))
    report.refresh_from_db()
    assert report.filed_on is None  # nine chapters are empty
    client.post(url, full(campaign) | {"after": 1, "submission": str(uuid4())})
    client.post(reverse("summary:file", args=[report.pk]))
    report.refresh_from_db()
    assert (report.filed_on, report.filed_version) == (TODAY, 2)
    assert client.get(first.headers["Location"], {"version": 1}).context["shown"].number == 1
    assert client.get(first.headers["Location"], {"version": 9}).status_code == 404
    assert client.get(reverse("summary:report_list"), {"state": "filed"}).context["count"] == 1


def test_the_page_of_the_unit_leads_to_it_once_it_is_surveyed(cast, client):
    campaign = the_campaign()
    client.force_login(cast.fresh("committee_secretary"), backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("enterprises:organization", args=[cast.org["A"].pk])
    write = reverse("summary:write")
    assert write not in client.get(page).content.decode()
    Participation.objects.filter(campaign=campaign).update(state="surveyed")
    assert write in client.get(page).content.decode()
    save(cast, campaign, full(campaign))
    assert write not in client.get(page).content.decode()
