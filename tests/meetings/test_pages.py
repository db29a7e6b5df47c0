"""The list of meetings, the page of one, its record, addenda, files, exclusions, panel and warnings."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.meetings import actions
from campaign.meetings.models import Meeting
from campaign.meetings.record import Proposal
from enterprises import clock
from enterprises.models import Organization
from enterprises.warnings import warnings_of
from tests.records import launch, told

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def enter(cast, client):
    def as_role(name):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role


def log(cast, code="B2", kind="BRANCH_GENERAL", day=date(2026, 8, 10), confirm=True, **fields):
    record = told(kind, day=day, **fields)
    return actions.log(by=None, organization=cast.org[code], record=record, confirm=confirm)


def test_the_list_filters_by_subtree_kind_and_day(cast, enter):
    log(cast)
    log(cast, "B3", title="三队大会")
    log(cast, "B5")
    client = enter("office")
    url = reverse("meetings:meeting_list")
    assert client.get(url).context["count"] == 3
    assert client.get(url, {"organization": cast.org["A"].pk}).context["count"] == 2
    assert client.get(url, {"kind": "PARTY_LECTURE"}).context["count"] == 0
    assert client.get(url, {"since": "2026-08-11"}).context["count"] == 0
    assert client.get(url, {"q": "三队"}).context["count"] == 1
    assert enter("branch_secretary").get(url).context["count"] == 1
    assert client.get(url, {"export": "xlsx"}).headers["Content-Disposition"].startswith("attachment")


def test_the_page_explains_votes_and_absences(cast, enter):
    campaign = launch()
    absent = {cast.member["M0201"].pk: "TRIP"}
    votes = (Proposal("同意方案", votes_for=3, votes_against=2),)
    meeting = log(cast, absent=absent, proposals=votes, campaign=campaign, gist="<b>要点</b>")
    html = enter("branch_secretary").get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert cast.member["M0201"].name in html and "同意方案" in html
    assert "&lt;b&gt;要点" in html
    assert not meeting.resolutions.get().passed
    record = enter("branch_secretary").get(reverse("meetings:record", args=[meeting.pk])).content.decode()
    assert cast.member["M0201"].name in record


def test_names_of_absentees_stay_with_those_who_see_the_rows(cast, enter):
    """The enterprise's office sees the facts of an assisted unit, never its member rows."""
    meeting = log(cast, "B4", absent={cast.member["M0401"].pk: "TRIP"})
    page = enter("enterprise_office").get(reverse("meetings:detail", args=[meeting.pk]))
    assert page.context["unseen"] == 1
    assert cast.member["M0401"].name not in page.content.decode()
    seen = enter("local_liaison").get(reverse("meetings:detail", args=[meeting.pk]))
    assert cast.member["M0401"].name in seen.content.decode()


def test_addenda_are_added_from_the_page(cast, enter):
    meeting = log(cast)
    client = enter("branch_secretary")
    url = reverse("meetings:addendum", args=[meeting.pk])
    assert client.post(url, {"text": ""}).context["addendum_form"].errors
    assert client.post(url, {"text": "更正：地点在二楼"}).status_code == 302
    assert "二楼" in client.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()


def test_files_go_in_by_content_and_out_as_downloads(cast, enter):
    meeting = log(cast)
    client = enter("branch_secretary")
    url = reverse("meetings:attach", args=[meeting.pk])
    page = client.post(url, {"file": SimpleUploadedFile("a.png", b"<script>")})
    assert page.context["attachment_form"].errors
    client.post(url, {"file": SimpleUploadedFile("会场.jpg", b"\xff\xd8\xff\xe0 picture")})
    answer = client.get(reverse("meetings:attachment", args=[meeting.attachments.get().pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_drafts_are_confirmed_or_thrown_away_from_the_page(cast, enter):
    client = enter("branch_secretary")
    draft = log(cast, confirm=False, day=TODAY + timedelta(5))
    answer = client.post(reverse("meetings:confirm", args=[draft.pk]))
    assert answer.url == reverse("meetings:edit", args=[draft.pk])  # the day has not come
    client.post(reverse("meetings:discard", args=[draft.pk]))
    assert not Meeting.objects.exists()
    second = log(cast, confirm=False)
    assert client.get(reverse("meetings:detail", args=[second.pk])).status_code == 200
    client.post(reverse("meetings:confirm", args=[second.pk]))
    second.refresh_from_db()
    assert second.is_confirmed
    client.post(reverse("meetings:discard", args=[second.pk]))
    assert Meeting.objects.count() == 1


def test_exclusions_are_entered_with_both_approvals(cast, enter):
    meeting = log(cast)
    client = enter("branch_secretary")
    url = reverse("meetings:exclusions", args=[cast.org["B2"].pk])
    told_ = {
        "member": cast.member["M0203"].pk,
        "approved_by": cast.org["G"].pk,
        "approved_on": "2026-08-05",
        "adopted_at": meeting.pk,
    }
    assert client.post(url, {**told_, "approved_by": cast.org["B3"].pk}).context["form"].errors
    assert client.post(url, told_).status_code == 302
    assert cast.member["M0203"].name in client.get(url).content.decode()


def test_the_organization_page_shows_the_latest_meetings(cast, enter):
    meeting = log(cast, absent={cast.member["M0201"].pk: "TRIP"})
    page = enter("branch_secretary").get(reverse("enterprises:organization", args=[cast.org["B2"].pk]))
    html = page.content.decode()
    assert meeting.title in html and "87.5%" in html


def test_warnings_on_branch_life(cast):
    branch = cast.org["B2"]
    campaign = launch()
    log(cast, day=date(2026, 5, 20))
    for day in (date(2026, 8, 15), date(2026, 8, 23), date(2026, 8, 29)):
        log(cast, kind="PARTY_LECTURE", day=day, campaign=campaign)
    log(
        cast,
        kind="PARTY_LECTURE",
        day=date(2026, 8, 10),
        campaign=campaign,
        absent={cast.member["M0201"].pk: "TRIP"},
    )
    codes = [w.code for w in warnings_of([branch.pk, cast.org["B3"].pk], TODAY)[branch.pk]]
    assert {"NO_GENERAL_MEETING", "WEEKENDS", "MAKEUPS_OPEN"} <= set(codes)
    log(cast, day=TODAY)
    later = TODAY + timedelta(9)
    codes = [w.code for w in warnings_of([branch.pk], later)[branch.pk]]
    assert "NO_GENERAL_MEETING" not in codes and "WEEKENDS" not in codes


def test_a_closed_branch_offers_no_new_meeting(cast, enter):
    url = reverse("enterprises:organization", args=[cast.org["B2"].pk])
    form = f"{reverse('meetings:meeting_new')}?organization={cast.org['B2'].pk}"
    client = enter("office")
    assert form in client.get(url).content.decode()
    Organization.objects.filter(pk=cast.org["B2"].pk).update(closed_on=TODAY)
    assert form not in client.get(url).content.decode()
