"""Theme activities and political birthdays."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.meetings import actions as meetings
from campaign.study import activity_actions as actions
from campaign.study.birthdays import birthdays_of
from campaign.study.models import ActivityPhoto, ThemeActivity
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.models import Member
from tests.records import LAUNCH, launch, told

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def enter(cast, client):
    def as_role(name):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role


def admitted(cast, code, day):
    Member.objects.filter(pk=cast.member[code].pk).update(admitted_on=day)


@pytest.mark.item(51)
def test_birthdays_of_the_coming_weeks(cast, enter):
    admitted(cast, "M0201", date(1996, 9, 10))
    admitted(cast, "M0202", date(2006, 9, 3))
    admitted(cast, "M0203", date(2006, 10, 30))  # too far ahead
    admitted(cast, "M0301", date(2006, 9, 3))  # of another branch
    found = birthdays_of(cast.fresh("branch_secretary"), cast.org["B2"], TODAY)
    assert [(b.member.code, b.day, b.years) for b in found] == [
        ("M0202", date(2026, 9, 3), 20), ("M0201", date(2026, 9, 10), 30),
    ]  # fmt: skip
    client = enter("branch_secretary")
    form = f"{reverse('study:activity_new')}?organization={cast.org['B2'].pk}&amp;kind=POLITICAL_BIRTHDAY"
    here = f"{reverse('study:birthdays')}?organization={cast.org['B2'].pk}"
    assert here in client.get(reverse("overview:week")).content.decode()
    for url in (here, reverse("enterprises:organization", args=[cast.org["B2"].pk])):
        page = client.get(url).content.decode()
        assert form in page and cast.member["M0202"].name in page.split(form)[0]
    part = client.get(here, headers={"HX-Request": "true"}).content.decode()
    assert form in part and "<html" not in part
    assert birthdays_of(cast.fresh("auditor"), cast.org["B2"], TODAY) == []


@pytest.mark.item(51)
def test_a_birthday_is_recorded_with_its_people_outcome_and_photo(cast, enter):
    launch()
    admitted(cast, "M0201", date(1996, 8, 20))
    ids = {code: cast.member[code].pk for code in ("M0201", "M0202", "M0203")}
    client = enter("branch_secretary")
    url = f"{reverse('study:activity_new')}?kind=POLITICAL_BIRTHDAY"
    assert client.get(url).context["form"]["kind"].value() == "POLITICAL_BIRTHDAY"
    form = {
        "kind": "POLITICAL_BIRTHDAY", "held_on": "2026-08-20", "participants": [ids["M0202"], ids["M0203"]],
        "others_present": "4", "outcome": "老党员讲入党经过", "submission": str(uuid4()),
    }  # fmt: skip
    assert client.post(url, form).context["form"].errors.keys() == {"honored"}
    form |= {"honored": [ids["M0201"]]}
    png = b"\x89PNG\r\n\x1a\n...."
    assert client.post(url, {**form, "photo": SimpleUploadedFile("合影.png", png)}).status_code == 302
    client.post(url, {**form, "photo": SimpleUploadedFile("合影.png", png)})
    activity = ThemeActivity.objects.get()
    assert activity.campaign.code == "t"
    assert set(activity.participants.values_list("member__code", "honored")) == {
        ("M0201", True), ("M0202", False), ("M0203", False),
    }  # fmt: skip
    page = client.get(reverse("study:activity", args=[activity.pk])).content.decode()
    assert cast.member["M0203"].name in page and "老党员讲入党经过" in page
    photo = ActivityPhoto.objects.get()
    answer = client.get(reverse("study:photo", args=[photo.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.item(51)
def test_an_activity_of_a_meeting_shares_its_attendance(cast, enter):
    campaign = launch()
    record = told("THEME_ACTIVITY", campaign=campaign, absent={cast.member["M0204"].pk: "TRIP"})
    meeting = meetings.log(by=None, organization=cast.org["B2"], record=record)
    client = enter("branch_secretary")
    url = f"{reverse('study:activity_new')}?meeting={meeting.pk}"
    assert "participants" not in client.get(url).context["form"].fields
    assert client.post(url, {"kind": "OATH", "submission": str(uuid4())}).status_code == 302
    activity = ThemeActivity.objects.get()
    assert (activity.meeting, activity.held_on, activity.campaign) == (meeting, LAUNCH + timedelta(5), campaign)
    assert client.get(reverse("study:activity", args=[activity.pk])).context["count"] == 7
    assert (
        reverse("study:activity", args=[activity.pk])
        in client.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    )
    assert client.get(url).status_code == 404  # it has its activity
    with pytest.raises(ActionError):
        told_twice = {"organization": cast.org["B2"], "kind": "OTHER", "held_on": TODAY, "meeting": meeting}
        actions.record_activity(by=None, **told_twice)


@pytest.mark.item(51)
def test_outcome_photo_and_withdrawal(cast, enter):
    activity = actions.record_activity(by=None, organization=cast.org["B2"], kind="OATH", held_on=TODAY)
    client = enter("branch_secretary")
    url = reverse("study:activity_outcome", args=[activity.pk])
    version = client.get(url).context["form"].initial["version"]
    assert client.post(url, {"outcome": "认领十二个责任区", "version": version}).status_code == 302
    photo = reverse("study:activity_photo_new", args=[activity.pk])
    assert client.post(photo, {"upload": SimpleUploadedFile("a.exe", b"MZ")}).context["form"].errors
    assert client.post(photo, {"upload": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}).status_code == 302
    assert client.post(reverse("study:activity_withdraw", args=[activity.pk]), {"reason": "记重了"}).status_code == 302
    activity.refresh_from_db()
    assert (activity.outcome, activity.withdrawn_on, activity.photos.count()) == ("认领十二个责任区", TODAY, 1)
    page = client.get(reverse("study:activity_list"), {"state": "standing"})
    assert page.context["count"] == 0
    assert client.get(reverse("study:activity_list"), {"kind": "OATH"}).context["count"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "PARADE"},
        {"held_on": TODAY + timedelta(1)},
        {"kind": "OATH", "honored": ["M0201"]},
        {"participants": ["M0301"]},  # of another branch
    ],
)
def test_refusals(cast, wrong):
    fields = {"organization": cast.org["B2"], "kind": "OTHER", "held_on": TODAY} | wrong
    people = {k: [cast.member[c] for c in v] for k, v in fields.items() if k in ("honored", "participants")}
    with pytest.raises(ActionError):
        actions.record_activity(by=None, **(fields | people))
    assert not ThemeActivity.objects.exists()


def test_only_the_own_branch_is_recorded_for(cast):
    with pytest.raises(NotPermitted):
        actions.record_activity(
            by=cast.account["other_secretary"], organization=cast.org["B2"], kind="OATH", held_on=TODAY
        )
