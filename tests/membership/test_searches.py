"""Searching for members: actions, pages, what follows, and who has been without contact (item 37)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.appraisal.models import HeartToHeartTalk
from campaign.meetings.models import Absence, Meeting
from campaign.membership import rules, search_actions
from campaign.membership.contact import silent_below, silent_members
from campaign.membership.models import MemberSearchCase, SearchStep
from campaign.study.models import MakeUpLesson
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions import members
from enterprises.actions.attendance import set_contact
from enterprises.actions.permit import NotPermitted
from enterprises.models import Account, Member, Membership
from enterprises.warnings import warnings_of
from tests import records
from tests.membership import stage

TODAY = date(2026, 12, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def secretary(cast, client):
    client.force_login(cast.account["branch_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def _contact(cast, code="M0206"):
    member = Member.objects.get(code=code)
    return member.contact, member.last_contact_on


@pytest.mark.item(37)
def test_opening_makes_the_member_sought(cast):
    case = stage.search(cast)
    assert case.is_open and _contact(cast)[0] == "SEARCHING"
    with pytest.raises(ActionError):
        stage.search(cast)


@pytest.mark.item(37)
@pytest.mark.parametrize(
    ("result", "contact", "last"),
    [
        ("FOUND", "NORMAL", TODAY),
        ("PARTLY", "SEARCHING", None),
        ("NOT_FOUND", "LOST", None),
        ("TRANSFERRED", "SEARCHING", None),
        ("DECEASED", "SEARCHING", None),
    ],
)
def test_closing_applies_what_follows_and_removes_nobody(cast, result, contact, last):
    case = stage.closed(cast, result)
    assert _contact(cast) == (contact, last)
    member = Member.objects.get(code="M0206")
    assert member.is_on_roll and case.end_to_record is (result in rules.ENDS_MEMBERSHIP)
    if case.end_to_record:
        members.end_membership(by=None, member=member, status=result, decided_on=TODAY)
        assert not MemberSearchCase.objects.get(pk=case.pk).end_to_record


@pytest.mark.item(37)
def test_refusals(cast):
    case = stage.search(cast)
    for told in ({"days_ago": 11}, {"days_ago": -1}, {"text": " "}):
        with pytest.raises(ActionError):
            stage.step(case, **told)
    with pytest.raises(ActionError):  # nobody was sought yet
        search_actions.close_search(by=None, case=case, result="NOT_FOUND", closed_on=TODAY)
    stage.step(case)
    with pytest.raises(ActionError):  # before the last step
        search_actions.close_search(by=None, case=case, result="PARTLY", closed_on=TODAY - timedelta(6))
    with pytest.raises(ActionError):
        search_actions.correct_search(by=None, case=case, opened_on=TODAY - timedelta(4))
    search_actions.correct_search(by=None, case=case, opened_on=TODAY - timedelta(12), known="原在二队")
    search_actions.close_search(by=None, case=case, result="PARTLY", closed_on=TODAY)
    for refused in (
        lambda: stage.step(case, 0),
        lambda: search_actions.close_search(by=None, case=case, result="FOUND", closed_on=TODAY),
        lambda: search_actions.correct_search(by=None, case=case, opened_on=TODAY),
    ):
        with pytest.raises(ActionError):
            refused()
    again = search_actions.reopen_search(by=None, case=case, reason="有新线索")
    assert again.is_open and again.result == ""
    with pytest.raises(ActionError):
        search_actions.reopen_search(by=None, case=case, reason="x")


@pytest.mark.item(37)
def test_only_who_keeps_the_roll_searches(cast):
    for name in ("group_leader", "other_secretary", "auditor"):
        with pytest.raises(NotPermitted):
            search_actions.open_search(by=cast.account[name], member=cast.member["M0201"], opened_on=TODAY)


@pytest.mark.item(37)
def test_a_search_from_page_to_page(cast, secretary):
    member = cast.member["M0206"]
    set_contact(by=None, member=member, contact="LOST")
    page = secretary.get(reverse("enterprises:member", args=[member.pk])).content.decode()
    new = reverse("membership:search_new", args=[member.pk])
    assert new in page
    sent = {"submission": str(uuid4()), "opened_on": "2026-12-01", "known": "原在采煤一队"}
    assert secretary.post(new, sent | {"opened_on": "2027-01-01"}).context["form"].errors["opened_on"]
    assert secretary.post(new, sent).status_code == secretary.post(new, sent).status_code == 302
    case = MemberSearchCase.objects.get()
    step = {"submission": str(uuid4()), "on": "2026-12-05", "kind": "POLICE", "text": "户籍已迁往外省"}
    url = reverse("membership:search_step", args=[case.pk])
    assert secretary.post(url, step | {"on": "2026-11-30"}).context["form"].errors["on"]
    assert secretary.post(url, step).status_code == secretary.post(url, step).status_code == 302
    assert SearchStep.objects.count() == 1
    edit = reverse("membership:step_edit", args=[SearchStep.objects.get().pk])
    version = secretary.get(edit).context["form"].initial["version"]
    told = step | {"text": "户籍已迁往外省", "on": "2026-12-06", "version": version, "reason": "日期有误"}
    assert secretary.post(edit, told | {"on": "2026-11-30"}).context["form"].errors["on"]
    assert secretary.post(edit, told).status_code == 302
    assert SearchStep.objects.get().on == date(2026, 12, 6)
    assert "日期有误" in secretary.get(reverse("membership:search", args=[case.pk])).content.decode()
    close = reverse("membership:search_close", args=[case.pk])
    assert secretary.post(close, {"result": "TRANSFERRED", "closed_on": "2026-12-10"}).status_code == 302
    shown = secretary.get(reverse("membership:search", args=[case.pk])).content.decode()
    assert reverse("enterprises:member_end", args=[member.pk]) in shown and "户籍已迁往外省" in shown
    week = secretary.get(reverse("overview:week_more")).content.decode()
    assert reverse("membership:search", args=[case.pk]) in week
    reopen = reverse("membership:search_reopen", args=[case.pk])
    assert secretary.post(reopen, {"reason": "有误"}).status_code == 302
    assert "有误" in secretary.get(reverse("membership:search", args=[case.pk])).content.decode()


@pytest.mark.item(37)
def test_the_list_by_state_and_its_export(cast, secretary):
    stage.closed(cast, "DECEASED", "M0205")
    stage.search(cast)
    url = reverse("membership:search_list")
    names = lambda q: [row["object"].member.code for row in secretary.get(url, q).context["table"]]  # noqa: E731
    assert names({}) == ["M0206", "M0205"]
    assert names({"state": "open"}) == ["M0206"] and names({"state": "end"}) == names({"state": "closed"}) == ["M0205"]
    assert secretary.get(url, {"export": "xlsx"}).status_code == 200


@pytest.mark.item(37)
def test_who_is_out_of_contact_and_not_sought_is_warned_of(cast):
    set_contact(by=None, member=cast.member["M0206"], contact="LOST")
    pk = cast.org["B2"].pk
    codes = lambda: [w.code for w in warnings_of([pk], TODAY)[pk]]  # noqa: E731
    assert "NOT_SOUGHT" in codes()
    stage.search(cast)
    assert "NOT_SOUGHT" not in codes()


# Without contact for 90 days. The campaign of these tests began on 1 August; the cut-off is 21 September.
SEPTEMBER_21, SEPTEMBER_22 = date(2026, 9, 21), date(2026, 9, 22)


@pytest.fixture
def campaign(cast):
    return records.launch()


def _silent(cast, code="B2") -> set[str]:
    found = silent_members(cast.org[code], TODAY)
    return set(Member.objects.filter(pk__in=found).values_list("code", flat=True))


def _meeting(cast, day, code="B2", absent=(), state="CONFIRMED", due=None):
    due_ids = due or list(Member.objects.filter(branch=cast.org["B2"]).values_list("pk", flat=True))
    meeting = Meeting.objects.create(
        organization=cast.org[code], kind="BRANCH_GENERAL", title="x", held_on=day, starts_at="16:00", minutes=60,
        slot="SPARE", due="BRANCH", due_ids=due_ids, state=state, recorded_at=clock.now(),
    )  # fmt: skip
    for member in absent:
        Absence.objects.create(meeting=meeting, member=cast.member[member])
    return meeting


ALL = {f"M02{i:02}" for i in range(1, 9)}


@pytest.mark.item(37)
def test_before_the_records_begin_nobody_is_silent(cast):
    assert _silent(cast) == set()


@pytest.mark.item(37)
@pytest.mark.parametrize(
    ("day", "state", "silent"),
    [
        (SEPTEMBER_21, "CONFIRMED", ALL),
        (SEPTEMBER_22, "CONFIRMED", {"M0203"}),
        (SEPTEMBER_22, "DRAFT", ALL),
        (TODAY + timedelta(1), "CONFIRMED", ALL),
    ],
)
def test_being_present_is_a_contact(cast, campaign, day, state, silent):
    _meeting(cast, day, absent=["M0203"], state=state)
    assert _silent(cast) == silent


@pytest.mark.item(37)
def test_every_kind_of_contact_counts(cast, campaign):
    meeting = _meeting(cast, SEPTEMBER_21, absent=["M0201"])
    lesson = MakeUpLesson.objects.create(
        absence=meeting.absences.get(), mode="REMOTE", held_on=SEPTEMBER_22, recorded_at=clock.now()
    )
    assert _silent(cast) == ALL - {"M0201"} and lesson.pk
    talk = HeartToHeartTalk.objects.create(
        campaign=campaign, organization=cast.org["B2"], from_member=cast.member["M0202"],
        to_member=cast.member["M0203"], held_on=SEPTEMBER_22, recorded_at=clock.now(),
    )  # fmt: skip
    assert _silent(cast) == ALL - {"M0201", "M0202", "M0203"}
    HeartToHeartTalk.objects.filter(pk=talk.pk).update(withdrawn_on=TODAY)
    assert _silent(cast) == ALL - {"M0201"}
    set_contact(by=None, member=cast.member["M0204"], contact="NORMAL", last_contact_on=SEPTEMBER_22)
    case = stage.search(cast, "M0205", 85)
    stage.step(case, 80)
    assert _silent(cast) == ALL - {"M0201", "M0204"}  # a visit that met nobody is no contact
    stage.step(case, 79, reached=True)
    assert _silent(cast) == ALL - {"M0201", "M0204", "M0205"}
    _meeting(cast, SEPTEMBER_22, "A", due=[cast.member["M0206"].pk])  # due above the branch
    Membership.objects.filter(member=cast.member["M0207"]).update(since=SEPTEMBER_22)
    assert _silent(cast) == {"M0202", "M0203", "M0208"}


@pytest.mark.item(37)
def test_figures_and_list_are_one_statement_and_one_rule(cast, campaign):
    _meeting(cast, SEPTEMBER_22, absent=["M0203", "M0204"])
    below = silent_below(cast.org["G"], TODAY)
    assert below[cast.org["B2"].path].members == 2 and below[cast.org["B3"].path].members == 5
    for member, last in silent_members(cast.org["G"], TODAY).items():
        assert rules.without_contact(last, campaign.launched_on, TODAY), member


@pytest.mark.item(37)
def test_the_list_of_those_without_contact(cast, campaign, secretary):
    _meeting(cast, SEPTEMBER_22, absent=["M0203", "M0206"])
    case = stage.search(cast)
    url = reverse("membership:contact_list")
    page = secretary.get(url)
    assert [row["object"].code for row in page.context["table"]] == ["M0203", "M0206"]
    words = page.content.decode()
    assert reverse("membership:search_new", args=[cast.member["M0203"].pk]) in words
    assert reverse("membership:search", args=[case.pk]) in words
    assert secretary.get(url, {"contact": "SEARCHING"}).context["count"] == 1
    assert secretary.get(url, {"export": "xlsx"}).status_code == 200
    assert url in secretary.get(reverse("overview:week_more")).content.decode()


@pytest.mark.item(37)
def test_a_group_leader_sees_the_own_group(cast, campaign, client):
    leader = Account.objects.get(pk=cast.account["group_leader"].pk)
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("membership:contact_list"))
    assert [row["object"].code for row in page.context["table"]] == ["M0201", "M0202", "M0203"]
