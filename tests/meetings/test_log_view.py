"""The log page: what is proposed, what is kept on an error, drafts, and the way without script."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.meetings.models import Meeting
from campaign.plan.models import BusinessPeak
from enterprises import clock
from enterprises.actions.attendance import grant_exemption
from enterprises.models import Organization
from tests.records import LAUNCH, launch, status

TODAY = date(2026, 8, 6)
URL = "/meetings/new/"


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def secretary(cast, client):
    launch()
    client.force_login(cast.account["branch_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(cast, **fields):
    told = {
        "organization": cast.org["B2"].pk,
        "kind": "MOBILISATION",
        "held_on": "2026-08-06",
        "starts_at": "16:30",
        "gist": "讲了三点",
        "chair": "王示一",
        "speaker": "王示一",
        "campaign": "t",
        "submission": str(uuid4()),
        "votes-TOTAL_FORMS": "1",
        "votes-INITIAL_FORMS": "0",
        "votes-0-kind": "resolution",
        "do": "save",
    }
    return {**told, **fields}


def missing(cast, *codes, reason="TRIP"):
    pks = [cast.member[code].pk for code in codes]
    return {"absent": pks, **{f"reason-{pk}": reason for pk in pks}}


def test_the_page_proposes_what_is_due(cast, secretary):
    sheet = secretary.get(URL).context["sheet"]
    assert sheet.kind.code == "MOBILISATION"  # due soonest
    assert len(sheet.likely) == 6
    assert [m.code for m in sheet.people.members] == [f"M020{i}" for i in range(1, 9)]
    assert sheet.form["held_on"].value() == TODAY
    assert sheet.campaign.code == "t"


def test_kind_and_organization_come_from_the_address(cast, secretary):
    page = secretary.get(URL, {"organization": cast.org["B2"].pk, "kind": "ORG_LIFE", "campaign": "t"})
    assert page.context["sheet"].kind.code == "ORG_LIFE"
    assert page.context["sheet"].quorum.css == "ok"


@pytest.mark.item(47)
def test_saving_records_and_moves_progress(cast, secretary):
    answer = secretary.post(URL, form(cast, **missing(cast, "M0201", "M0202")))
    meeting = Meeting.objects.get()
    assert answer.url == reverse("meetings:detail", args=[meeting.pk])
    assert (meeting.due_count, meeting.present_count, meeting.gist) == (8, 6, "讲了三点")
    assert meeting.title and meeting.chair is not None
    page = secretary.get(answer.url)
    assert cast.member["M0201"].name in page.content.decode()
    row = status(meeting.campaign, "mobilise", cast.org["B2"])
    assert row.done_on is None  # two make-ups are open


def test_sent_twice_is_one_record(cast, secretary, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    told = form(cast)
    for _time in range(2):
        picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n.")
        answer = secretary.post(URL, {**told, "files": [picture]})
        assert answer.status_code == 302
    assert Meeting.objects.count() == 1
    assert Meeting.objects.get().attachments.count() == 1


def test_errors_keep_what_was_typed(cast, secretary):
    told = form(cast, held_on="2026-08-09", title="自己的题目", **missing(cast, "M0203"))
    page = secretary.post(URL, told)
    sheet = page.context["sheet"]
    assert page.status_code == 200 and not Meeting.objects.exists()
    assert sheet.form.errors.keys() == {"held_on"}
    html = page.content.decode()
    assert "自己的题目" in html and "讲了三点" in html
    assert list(sheet.absent) == [cast.member["M0203"].pk]
    assert sheet.form["submission"].value() == told["submission"]


def test_a_wrong_file_is_refused_and_nothing_is_stored(cast, secretary):
    page = secretary.post(URL, form(cast, files=[SimpleUploadedFile("a.png", b"<html>")]))
    assert page.context["form"].errors.keys() == {"files"}
    assert not Meeting.objects.exists()


def test_an_untouched_title_follows_the_kind_and_a_typed_one_stays(cast, secretary):
    proposed = {"proposed-title": "动员大会", "proposed-minutes": "90", "minutes": "90"}
    secretary.post(URL, form(cast, title="动员大会", kind="BRANCH_GENERAL", **proposed))
    secretary.post(URL, form(cast, title="我的题目", kind="BRANCH_GENERAL", **proposed))
    first, second = Meeting.objects.order_by("pk")
    assert first.title != "动员大会" and second.title == "我的题目"


def test_other_kinds_are_chosen_in_the_select(cast, secretary):
    page = secretary.post(URL, form(cast, kind="OTHER"))
    assert "kind" in page.context["form"].errors
    secretary.post(URL, form(cast, kind="OTHER", other_kind="SUMMARY"))
    assert Meeting.objects.get().kind == "SUMMARY"


@pytest.mark.parametrize("kind", ["BRANCH_GENERAL", "APPRAISAL_NOTICE", "SUMMARY", "MODELS_REPORT"])
def test_the_kind_that_a_link_asks_for_is_offered_and_saved(cast, secretary, kind):
    """From “log the meeting” on another room's page: it need not be among the kinds that are due or usual."""
    page = secretary.get(f"{URL}?organization={cast.org['B2'].pk}&kind={kind}")
    assert f'value="{kind}" checked' in page.content.decode()
    answer = secretary.post(URL, form(cast, kind=kind, chair="王示一", speaker="王示一"))
    assert answer.status_code == 302, answer.context["form"].errors
    assert Meeting.objects.get().kind == kind


def test_without_script_reasons_are_asked_on_a_second_page(cast, secretary):
    pk = cast.member["M0201"].pk
    answer = secretary.post(URL, form(cast, absent=[pk]))
    meeting = Meeting.objects.get()
    assert answer.url == reverse("meetings:reasons", args=[meeting.pk]) and not meeting.is_confirmed
    assert secretary.get(answer.url).status_code == 200
    secretary.post(answer.url, {f"reason-{pk}": "SHIFT"})
    meeting.refresh_from_db()
    assert meeting.is_confirmed and meeting.absences.get().reason == "SHIFT"
    assert secretary.get(answer.url).status_code == 404


def test_drafts_are_kept_changed_and_confirmed(cast, secretary):
    told = form(cast, do="draft", held_on="2026-08-20", **missing(cast, "M0201", reason="NONE"))
    secretary.post(URL, {**told, "votes-0-text": "同意", "votes-0-votes_for": "5", "kind": "BRANCH_GENERAL"})
    draft = Meeting.objects.get()
    assert not draft.is_confirmed
    edit = reverse("meetings:edit", args=[draft.pk])
    sheet = secretary.get(edit).context["sheet"]
    assert sheet.absent == {cast.member["M0201"].pk: "NONE"}
    assert sheet.votes.initial[0]["text"] == "同意"
    answer = secretary.post(edit, form(cast, kind="BRANCH_GENERAL"))
    draft.refresh_from_db()
    assert draft.is_confirmed and draft.held_on == TODAY and not draft.absences.exists()
    assert answer.url == reverse("meetings:detail", args=[draft.pk])
    assert secretary.get(edit).status_code == 404


def test_votes_are_checked_by_the_rules(cast, secretary):
    votes = {"kind": "BRANCH_GENERAL", "votes-0-text": "同意", "votes-0-votes_for": "8"}
    page = secretary.post(URL, form(cast, **votes))
    assert page.context["form"].non_field_errors()
    page = secretary.post(URL, form(cast, **{**votes, "votes-0-text": ""}))
    assert page.context["sheet"].votes.total_error_count() == 1
    secretary.post(URL, form(cast, **{**votes, "votes-0-votes_for": "4", "observers": "李示一，车间主任\n赵示二"}))
    meeting = Meeting.objects.get()
    assert meeting.resolutions.get().passed
    assert list(meeting.observers.values_list("name", "capacity")) == [("李示一", "车间主任"), ("赵示二", "")]


def test_one_more_resolution_writes_nothing(cast, secretary):
    page = secretary.post(URL, form(cast, do="more", **{"votes-0-text": "第一项"}))
    assert len(page.context["sheet"].votes.forms) == 2
    assert "第一项" in page.content.decode() and not Meeting.objects.exists()


def test_named_lists_are_written_line_by_line(cast, secretary):
    told = form(cast, kind="OTHER", other_kind="TRAINING_CLASS", due="NAMED")
    page = secretary.post(URL, {**told, "named_text": "M0201\n王示九"})
    assert "王示九" in str(page.context["form"].errors["named_text"])
    secretary.post(URL, {**told, "named_text": f"M0201\n{cast.member['M0202'].name}"})
    assert set(Meeting.objects.get().due_ids) == {cast.member["M0201"].pk, cast.member["M0202"].pk}


@pytest.mark.item(7, 55)
def test_peaks_and_weekends_warn_and_never_block(cast, secretary):
    for day in ("2026-08-01", "2026-08-08", "2026-08-15"):
        with clock.fixed(date(2026, 8, 20)):
            BusinessPeak.objects.get_or_create(unit=cast.unit["E01-A"], starts_on=LAUNCH, ends_on=date(2026, 8, 15))
            part = secretary.post("/meetings/new/part/", form(cast, held_on=day), headers={"HX-Request": "true"})
            warnings = part.context["sheet"].warnings
            secretary.post(URL, form(cast, held_on=day))
    assert len(warnings) == 2
    assert Meeting.objects.count() == 3


def test_parts_follow_what_was_ticked(cast, secretary):
    told = form(cast, kind="BRANCH_GENERAL", **missing(cast, "M0201"))
    headers = {"HX-Request": "true", "HX-Target": "reasons"}
    part = secretary.post("/meetings/new/part/", told, headers=headers)
    html = part.content.decode()
    assert f'name="reason-{cast.member["M0201"].pk}"' in html and 'id="live"' in html
    people = secretary.post("/meetings/new/part/", told, headers={"HX-Request": "true", "HX-Target": "people"})
    assert 'id="extras"' in people.content.decode() and 'id="people"' in people.content.decode()
    same = {**told, "roll": people.context["sheet"].roll_mark}
    kept = secretary.post("/meetings/new/part/", same, headers={"HX-Request": "true", "HX-Target": "people"})
    assert kept.headers["HX-Retarget"] == "#reasons" and 'id="people"' not in kept.content.decode()


def test_exempt_members_stand_apart_and_may_come(cast, secretary):
    grant_exemption(by=None, member=cast.member["M0203"], approved_by=cast.org["G"], approved_on=TODAY, since=LAUNCH)
    page = secretary.get(URL)
    assert [m.code for m in page.context["sheet"].people.exempt] == ["M0203"]
    secretary.post(URL, form(cast, came=[cast.member["M0203"].pk]))
    assert Meeting.objects.get().due_count == 8


def test_group_leaders_log_their_group_only(cast, client):
    client.force_login(cast.account["group_leader"], backend="django.contrib.auth.backends.ModelBackend")
    sheet = client.get(URL).context["sheet"]
    assert sheet.group_only and [k.code for k in sheet.likely] == ["PARTY_GROUP"]
    client.post(URL, form(cast, kind="PARTY_GROUP", campaign="", due="BRANCH"))
    meeting = Meeting.objects.get()
    assert meeting.party_group == cast.group["PG"] and meeting.due_count == 3


@pytest.mark.parametrize(("name", "code"), [("other_secretary", 404), ("enterprise_office", 200), ("auditor", 403)])
def test_who_may_open_the_form(cast, client, name, code):
    client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(URL, {"organization": cast.org["B2"].pk}).status_code == code


def test_readers_without_a_place_of_their_own_get_404(cast, client):
    client.force_login(cast.account["auditor"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(URL).status_code == 404


@pytest.mark.item(47)
def test_the_mobilisation_meeting_names_its_chair_and_speaker(cast, secretary):
    answer = secretary.post(URL, form(cast, chair="", speaker=""))
    assert answer.context["form"].errors.keys() == {"chair", "speaker"}
    assert not Meeting.objects.exists()
    assert secretary.post(URL, form(cast, kind="BRANCH_GENERAL", chair="", speaker="")).status_code == 302


@pytest.mark.item(47)
def test_the_secretary_is_proposed_for_both(cast, secretary):
    Organization.objects.filter(pk=cast.org["B2"].pk).update(secretary_name="王示一")
    shown = secretary.get(URL, {"kind": "MOBILISATION"}).context["form"]
    assert (shown["chair"].value(), shown["speaker"].value()) == ("王示一", "王示一")
    assert not secretary.get(URL, {"kind": "PARTY_LECTURE"}).context["form"]["speaker"].value()
