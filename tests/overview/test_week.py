"""The branch secretary's week: what is due, what was done, what is owed to whom, and the one large button."""

from datetime import date, time

from django.urls import reverse

from campaign.meetings.models import Absence, Meeting
from campaign.overview.week import attendance, week_of
from campaign.study.models import MakeUpLesson
from enterprises import clock
from enterprises.models import Organization
from tests.overview.conftest import TODAY
from tests.progress.campaigns import launch


def week(cast, code: str = "B2", today: date = TODAY):
    return week_of(cast.org[code], today)


def codes(items) -> list[str]:
    return [item.step.code for item in items]


def hold(campaign, organization: Organization, due: list, absent: list) -> list[Absence]:
    meeting = Meeting.objects.create(
        organization=organization, campaign=campaign, kind="CONCENTRATED_STUDY", title="学习", held_on=TODAY,
        starts_at=time(9), minutes=90, slot="WORKING", due="BRANCH", due_ids=[m.pk for m in due],
        due_count=len(due), present_count=len(due) - len(absent), state="CONFIRMED", recorded_at=clock.now(),
    )  # fmt: skip
    return [
        Absence.objects.create(meeting=meeting, member=member, reason="SHIFT", makeup_due_on=date(2026, 9, 1))
        for member in absent
    ]


def test_overdue_stands_in_the_list_and_what_is_far_does_not(cast, campaign):
    found = week(cast)
    assert codes(found.to_do) == ["report"]
    assert found.to_do[0].words
    assert found.next.step.code == "analysis"
    assert codes(week(cast, today=date(2026, 9, 5)).to_do) == ["report", "analysis"]


def test_done_this_week_is_shown_and_done_last_week_is_not(cast, campaign, file):
    file(cast.org["B2"], "report", TODAY)
    file(cast.org["B3"], "report", date(2026, 8, 20))
    assert codes(week(cast, "B2").done) == ["report"]
    assert codes(week(cast, "B3").done) == []
    assert week(cast, "B3").finished == 1


def test_every_running_campaign_is_in_the_list(cast, campaign):
    launch("second")
    found = week(cast)
    assert codes(found.to_do) == ["report", "report"]
    assert {item.step.campaign.code for item in found.to_do} == {"test", "second"}


def test_items_lead_to_the_form_that_records_them(cast, campaign):
    url = week(cast).to_do[0].url
    assert url.startswith(reverse("filings:filing_new"))
    assert f"organization={cast.org['B2'].pk}" in url and "code=report" in url


def test_make_ups_stand_beside_raw_attendance(cast, campaign):
    account = cast.fresh("branch_secretary")
    assert attendance(account, cast.org["B2"]) is None
    due = [cast.member[f"M020{i}"] for i in range(1, 9)]
    absences = hold(campaign, cast.org["B2"], due, due[:3])
    MakeUpLesson.objects.create(absence=absences[0], mode="REMOTE", held_on=TODAY, recorded_at=clock.now())
    assert attendance(account, cast.org["B2"]) == {"due": 8, "present": 5, "reached": 6}


def test_page_shows_the_button_the_list_and_the_open_make_ups(cast, campaign, sign_in):
    due = [cast.member[f"M020{i}"] for i in range(1, 9)]
    hold(campaign, cast.org["B2"], due, due[:2])
    page = sign_in("branch_secretary").get(reverse("overview:week")).content.decode()
    assert f"{reverse('meetings:meeting_new')}?organization={cast.org['B2'].pk}" in page
    assert page.count(reverse("study:makeup_new")) >= 2
    assert due[0].name in page and due[2].name not in page


def test_other_branches_make_ups_are_not_shown(cast, campaign, sign_in):
    due = [cast.member[f"M020{i}"] for i in range(1, 9)]
    hold(campaign, cast.org["B2"], due, due[:1])
    assert due[0].name not in sign_in("other_secretary").get(reverse("overview:week")).content.decode()


def test_a_landing_for_every_role(cast, campaign, sign_in):
    expected = {
        "office": reverse("overview:country"),
        "auditor": reverse("overview:country"),
        "administrator": reverse("overview:country"),
        "enterprise_office": reverse("overview:node", args=[cast.org["E01-DZ"].pk]),
        "committee_secretary": reverse("overview:node", args=[cast.org["A"].pk]),
        "branch_secretary": reverse("overview:week"),
        "group_leader": reverse("overview:week"),
        "local_liaison": reverse("overview:node", args=[cast.org["LOC"].pk]),
        "member": reverse("overview:me"),
    }
    for who, url in expected.items():
        response = sign_in(who).get("/")
        assert response.url == url, who
        assert sign_in(who).get(url).status_code == 200, who


def test_a_group_leader_sees_the_own_group_and_records_only_its_meetings(cast, campaign, sign_in):
    due = [cast.member[f"M020{i}"] for i in range(1, 9)]
    hold(campaign, cast.org["B2"], due, [due[0], due[4]])
    own = hold(campaign, cast.org["B2"], due, [due[1]])[0]
    Meeting.objects.filter(pk=own.meeting_id).update(party_group=cast.group["PG"])
    page = sign_in("group_leader").get(reverse("overview:week")).content.decode()
    assert due[0].name in page and due[4].name not in page  # the second is of another group
    assert page.count(reverse("study:makeup_new")) == 1
    assert own.makeup_url in page
