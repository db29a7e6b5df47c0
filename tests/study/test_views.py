"""Open make-ups, recording and taking back lessons, class hours of a branch, study in figures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from campaign.meetings import actions
from campaign.plan.models import Campaign
from campaign.study.actions import record_makeups
from campaign.study.figures import slot_shares, study_figures
from campaign.study.models import MakeUpLesson
from enterprises import clock, panels
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.records import LAUNCH, STUDY, launch, told

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


@pytest.fixture
def enter(cast, client):
    def as_role(name):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role


def log(cast, campaign, code="B2", kind="PARTY_LECTURE", day=LAUNCH + timedelta(5), absent=(), **fields):
    missing = {cast.member[c].pk: "TRIP" for c in absent}
    record = told(kind, day=day, campaign=campaign, absent=missing, **fields)
    return actions.log(by=None, organization=cast.org[code], record=record)


@pytest.mark.item(54)
def test_the_list_shows_who_is_due_and_what_is_done(cast, campaign, enter):
    meeting = log(cast, campaign, absent=["M0201", "M0202", "M0208"])
    log(cast, campaign, "B3", absent=["M0301"], day=TODAY)
    url = reverse("study:makeup_list")
    client = enter("committee_secretary")
    assert client.get(url).context["count"] == 3  # M0208 is left free
    assert client.get(url, {"state": "overdue"}).context["count"] == 2
    record_makeups(by=None, absences=[meeting.absences.first()], mode="REMOTE", held_on=TODAY)
    assert client.get(url, {"state": "done"}).context["count"] == 1
    assert client.get(url, {"organization": cast.org["B3"].pk}).context["count"] == 1
    assert enter("branch_secretary").get(url, {"state": "open"}).context["count"] == 1
    assert client.get(url, {"export": "xlsx"}).status_code == 200


@pytest.mark.item(54)
def test_several_are_recorded_at_once_and_twice_is_once(cast, campaign, enter):
    meeting = log(cast, campaign, absent=["M0201", "M0202"])
    ids = list(meeting.absences.values_list("pk", flat=True))
    client = enter("branch_secretary")
    form = {"absences": ids, "mode": "HOME_DELIVERY", "held_on": "2026-08-20", "helper": "组织委员"}
    url = f"{reverse('study:makeup_new')}?absence={ids[0]}"
    assert client.get(url).status_code == 200
    assert client.post(url, {**form, "held_on": "2026-08-01"}).context["form"].errors.keys() == {"held_on"}
    assert client.post(url, {**form, "mode": ""}).context["form"].errors.keys() == {"mode"}
    assert client.post(reverse("study:makeup_new"), form).status_code == 302
    assert MakeUpLesson.objects.count() == 2
    assert record_makeups(by=None, absences=meeting.absences.all(), mode="REMOTE", held_on=TODAY) == []
    assert set(MakeUpLesson.objects.values_list("mode", flat=True)) == {"HOME_DELIVERY"}


@pytest.mark.item(54)
def test_who_looks_over_several_branches_is_told_which(cast, campaign, enter):
    log(cast, campaign, absent=["M0201"])
    url, name = reverse("study:makeup_new"), cast.org["B2"].name
    words = {
        who: str(enter(who).get(url).context["form"]["absences"]) for who in ("branch_secretary", "enterprise_office")
    }
    assert name not in words["branch_secretary"] and name in words["enterprise_office"]


@pytest.fixture
def far(monkeypatch):
    """As if eight members were millions."""
    monkeypatch.setattr("enterprises.long_lists.LARGE", 1)
    monkeypatch.setattr("enterprises.long_lists.COUNTED", 2)
    monkeypatch.setattr(panels, "_COUNTS", [lambda ids: {pk: panels.Counts(900, 9) for pk in ids}])


def test_among_millions_one_is_chosen_from_the_list(cast, campaign, enter, far):
    absence = log(cast, campaign, absent=["M0201", "M0202", "M0203"]).absences.earliest("pk")
    office, url = enter("enterprise_office"), reverse("study:makeup_new")
    assert "补课名单" in office.get(url).content.decode() and office.get(url).context["far"]
    assert list(office.get(url, {"absence": absence.pk}).context["form"].fields["absences"].queryset)
    listed = office.get(reverse("study:makeup_list"))
    assert listed.context["count"] == 2 and "名以上" in listed.content.decode()
    assert [heading.column.name for heading in listed.context["headings"] if heading.url] == ["due_on"]


@pytest.mark.item(50)
def test_among_millions_persons_are_not_told_apart(cast, campaign, enter, monkeypatch):
    log(cast, campaign, absent=["M0201"])
    monkeypatch.setattr("campaign.study.views.within_reach", lambda organization: False)
    page = enter("committee_secretary").get(reverse("study:figures"))
    assert [(row.meetings, row.persons) for row in page.context["kinds"]] == [(1, None)]
    assert "当场统计" in page.content.decode()


def test_those_left_free_may_make_up_too(cast, campaign, enter):
    absence = log(cast, campaign, absent=["M0208"]).absences.get()
    url = f"{reverse('study:makeup_new')}?absence={absence.pk}"
    form = {"absences": [absence.pk], "mode": "HOME_DELIVERY", "held_on": "2026-08-20"}
    assert enter("branch_secretary").post(url, form).status_code == 302


def test_a_lesson_is_taken_back_with_a_reason(cast, campaign, enter):
    meeting = log(cast, campaign, absent=["M0201"])
    (lesson,) = record_makeups(by=None, absences=meeting.absences.all(), mode="REMOTE", held_on=TODAY)
    client = enter("branch_secretary")
    url = reverse("study:makeup_undo", args=[lesson.pk])
    assert client.post(url, {"reason": ""}).context["form"].errors
    assert client.post(url, {"reason": "误记"}).status_code == 302
    assert not MakeUpLesson.objects.exists()


def test_refusals(cast, campaign):
    absences = log(cast, campaign, absent=["M0201"]).absences.all()
    with pytest.raises(ActionError):
        record_makeups(by=None, absences=absences, mode="REMOTE", held_on=TODAY + timedelta(1))
    with pytest.raises(ActionError):
        record_makeups(by=None, absences=absences, mode="BY_POST", held_on=TODAY)
    with pytest.raises(ActionError):
        record_makeups(by=None, absences=[], mode="REMOTE", held_on=TODAY)
    with pytest.raises(NotPermitted):
        record_makeups(by=cast.account["other_secretary"], absences=absences, mode="REMOTE", held_on=TODAY)


@pytest.mark.item(48)
def test_class_hours_stand_beside_what_is_asked(cast, campaign, enter):
    log(cast, campaign, absent=["M0201"])
    client = enter("branch_secretary")
    rows = client.get(reverse("study:hours")).context["rows"]
    found = {row.member.code: (row.hours, row.required) for row in rows}
    assert found["M0201"] == (0, 4) and found["M0202"] == (2, 4) and found["M0208"] == (2, None)
    assert [row.member.code for row in rows] == sorted(found)  # the order of the roll, no ranking
    assert enter("committee_secretary").get(reverse("study:hours")).context["branches"]


@pytest.mark.item(50)
def test_persons_are_not_person_times(cast, campaign):
    """Item 50, trap 6: the same eight at two lectures are eight persons and sixteen person-times."""
    log(cast, campaign)
    second = log(cast, campaign, absent=["M0201", "M0202"], day=LAUNCH + timedelta(6))
    log(cast, campaign, kind="CONCENTRATED_STUDY")
    lectures, study = study_figures(campaign, cast.org["A"], LAUNCH, TODAY, STUDY)
    assert (lectures.kind, lectures.meetings, lectures.persons, lectures.person_times) == ("PARTY_LECTURE", 2, 8, 14)
    assert study.persons == 8
    assert lectures.attendance.raw == Decimal("87.5")
    record_makeups(by=None, absences=second.absences.all(), mode="REMOTE", held_on=TODAY)
    (lectures, _rest) = study_figures(campaign, cast.org["A"], LAUNCH, TODAY, STUDY)
    assert (lectures.person_times, lectures.attendance.after_makeup) == (16, Decimal("100.0"))


def test_who_was_never_there_is_no_person(cast, campaign):
    log(cast, campaign, absent=["M0201"])
    (lectures,) = study_figures(campaign, cast.org["B2"], LAUNCH, TODAY, STUDY)
    assert lectures.persons == 7
    assert study_figures(campaign, cast.org["B3"], LAUNCH, TODAY, STUDY) == []


@pytest.mark.item(55)
def test_shares_of_the_times_of_the_week(cast, campaign, enter):
    log(cast, campaign, day=date(2026, 8, 8))  # a Saturday
    log(cast, campaign, day=date(2026, 8, 10))
    shares = {str(s.label): s.number for s in slot_shares(campaign, cast.org["B2"], LAUNCH, TODAY, STUDY)}
    assert sorted(shares.values()) == [0, 0, 1, 1]
    assert enter("branch_secretary").get(reverse("study:figures")).status_code == 200


def test_the_member_page_shows_hours_and_what_was_missed(cast, campaign, enter):
    meeting = log(cast, campaign, absent=["M0201"])
    page = enter("branch_secretary").get(reverse("enterprises:member", args=[cast.member["M0201"].pk]))
    assert meeting.title in page.content.decode()


def test_an_overdue_make_up_looks_overdue(cast, campaign, enter):
    log(cast, campaign, absent=["M0201"])
    log(cast, campaign, "B3", absent=["M0301"], day=TODAY)
    page = enter("committee_secretary").get(reverse("study:makeup_list")).content.decode()
    assert page.count("xf-st-over") == 1
    assert page.count("xf-st-soon") == 1


def test_hours_are_those_of_the_campaign_in_hand(cast, campaign, enter):
    Campaign.objects.create(
        code="later", name_zh="后来的活动", name_en="Later", definition=campaign.definition,
        launched_on=LAUNCH + timedelta(1), state="RUNNING", preset="current",
    )  # fmt: skip
    client = enter("branch_secretary")
    assert client.get(reverse("study:hours")).context["campaign"] == campaign
    assert client.get(reverse("study:hours"), {"campaign": "later"}).context["campaign"].code == "later"


def test_branches_to_choose_from_stand_with_their_superior(cast, campaign, enter):
    page = enter("office").get(reverse("study:hours")).content.decode()
    assert f'{cast.org["B2"].name}</a> <span class="xf-quiet">{cast.org["B2"].superior.name}</span>' in page
