"""The reading list, what sessions took up of it, the warnings on both, and what was applied in work."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.meetings import actions as meetings
from campaign.study import material_actions as actions
from campaign.study.models import AppliedNote, StudiedMaterial, StudyMaterial
from campaign.study.reading import excesses_of, reading_list
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.codes import EducationBand
from enterprises.models import Member
from enterprises.warnings import warnings_of
from tests.records import LAUNCH, launch, told

TODAY = date(2026, 9, 15)  # past the middle of the phase


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    found = launch()
    rules = [*found.data["guidance"]["rules"], {"category": "FRONT_LINE", "materials_cap": 3}]
    found.definition.data = found.data | {"guidance": found.data["guidance"] | {"rules": rules}}
    found.definition.save()
    return found


@pytest.fixture
def enter(cast, client):
    def as_role(name):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role


def add(cast, campaign, code="A", title="读本", priority="MAIN", **fields) -> StudyMaterial:
    place = cast.org[code] if code else None
    told = {"campaign": campaign, "organization": place, "title": title, "priority": priority}
    return actions.add_material(by=None, **told, **fields)


def session(cast, campaign, code="B2", kind="PARTY_LECTURE", **fields):
    record = told(kind, day=LAUNCH + timedelta(5), campaign=campaign, **fields)
    return meetings.log(by=None, organization=cast.org[code], record=record)


def codes(cast, name, today=TODAY):
    return {w.code for w in warnings_of([cast.org[name].pk], today)[cast.org[name].pk]}


@pytest.mark.item(49)
def test_a_branch_reads_what_is_asked_from_above_and_its_own(cast, campaign):
    add(cast, campaign, None, "全国必读")
    add(cast, campaign, "A", "党章", "KEY")
    add(cast, campaign, "B2", "安全规程", "FURTHER")
    add(cast, campaign, "B3", "别处的")
    titles = [m.title for m in reading_list(campaign, cast.org["B2"])]
    assert titles == ["党章", "全国必读", "安全规程"]
    assert [m.title for m in reading_list(campaign, cast.org["B5"])] == ["全国必读"]


@pytest.mark.item(34, 49)
def test_lists_differ_by_category(cast, campaign):
    add(cast, campaign, title="给领导干部", audiences=["LEADER"])
    add(cast, campaign, title="给一线", audiences=["FRONT_LINE", "MOBILE"])
    add(cast, campaign, title="给大家")
    assert {m.title for m in reading_list(campaign, cast.org["B2"], "LEADER")} == {"给领导干部", "给大家"}
    assert {m.title for m in reading_list(campaign, cast.org["B2"], "FRONT_LINE")} == {"给一线", "给大家"}


@pytest.mark.item(31, 34)
def test_lists_differ_by_education_and_say_it_of_no_person(cast, campaign, enter):
    add(cast, campaign, title="图文本", bands=["LOWER"], required=True)
    add(cast, campaign, title="原著", bands=["HIGH"], required=True)
    add(cast, campaign, title="读本")
    titles = lambda band: {m.title for m in reading_list(campaign, cast.org["B2"], "FRONT_LINE", band)}  # noqa: E731
    assert (titles("LOWER"), titles("HIGH"), titles("GENERAL")) == ({"图文本", "读本"}, {"原著", "读本"}, {"读本"})
    Member.objects.filter(code="M0204").update(education="80")
    page = enter("member").get(reverse("study:reading")).content.decode()
    assert "图文本" in page and "原著" not in page
    band = str(EducationBand.LOWER.label)
    assert band not in page
    assert band not in enter("branch_secretary").get(
        reverse("enterprises:member", args=[cast.member["M0204"].pk])
    ).content.decode()  # fmt: skip
    with pytest.raises(ActionError):
        add(cast, campaign, title="x", bands=["POOR"])


@pytest.mark.item(31, 34)
def test_one_title_for_each_education_is_asked_once_of_everybody(cast, campaign):
    for title in ("一", "二", "三"):
        add(cast, campaign, title=title, required=True)
    add(cast, campaign, title="图文本", bands=["LOWER"], required=True)
    assert [e.required for e in excesses_of(campaign, cast.org["B2"])] == [4]
    add(cast, campaign, title="原著", bands=["HIGH"], required=True)
    assert [e.required for e in excesses_of(campaign, cast.org["B2"])] == [4]


@pytest.mark.item(34)
def test_more_than_the_cap_is_said_where_it_was_asked(cast, campaign, enter):
    for title in ("一", "二", "三"):
        add(cast, campaign, title=title, required=True)
    assert excesses_of(campaign, cast.org["B2"]) == [] and "MATERIALS_CAP" not in codes(cast, "A")
    fourth = add(cast, campaign, title="四", required=True)
    [excess] = excesses_of(campaign, cast.org["B2"])
    assert (excess.category, excess.required, excess.cap) == ("FRONT_LINE", 4, 3)
    assert "MATERIALS_CAP" in codes(cast, "A")
    assert "MATERIALS_CAP" not in codes(cast, "B2")
    told = {"title": "四", "priority": "MAIN", "required": True}
    actions.change_material(by=None, material=fourth, audiences=["TECHNICAL"], **told)
    assert "MATERIALS_CAP" not in codes(cast, "A")
    url = reverse("study:material_new")
    form = {"title": "五", "priority": "MAIN", "required": "on", "submission": str(uuid4())}
    page = enter("committee_secretary").post(f"{url}?organization={cast.org['A'].pk}", form, follow=True)
    assert [m.level_tag for m in page.context["messages"]] == ["warning"]


@pytest.mark.item(49)
def test_no_session_on_the_key_title_by_mid_phase(cast, campaign):
    key = add(cast, campaign, title="中国共产党章程", priority="KEY")
    assert "KEY_TITLE_MISSING" in codes(cast, "B2") & codes(cast, "B3")
    assert "KEY_TITLE_MISSING" not in codes(cast, "B5") | codes(cast, "A")
    actions.name_studied(by=None, meeting=session(cast, campaign), materials=[key])
    assert "KEY_TITLE_MISSING" not in codes(cast, "B2")
    assert "KEY_TITLE_MISSING" not in codes(cast, "B3", LAUNCH + timedelta(30))


@pytest.mark.item(49)
def test_sessions_name_titles_and_say_so_anew(cast, campaign):
    one, other = add(cast, campaign, title="甲"), add(cast, campaign, title="乙")
    meeting = session(cast, campaign)
    actions.name_studied(by=None, meeting=meeting, materials=[one, other])
    actions.name_studied(by=None, meeting=meeting, materials=[one])
    actions.name_studied(by=None, meeting=meeting, materials=[one])
    assert list(StudiedMaterial.objects.values_list("material", flat=True)) == [one.pk]
    actions.withdraw_material(by=None, material=one, reason="换新版")
    actions.name_studied(by=None, meeting=meeting, materials=[other])
    assert StudiedMaterial.objects.count() == 2  # what was taken off the list stays with the session
    with pytest.raises(ActionError):
        actions.name_studied(by=None, meeting=session(cast, campaign, kind="BRANCH_GENERAL"), materials=[other])


def test_who_keeps_which_list(cast, campaign):
    told = {"campaign": campaign, "title": "某书", "priority": "MAIN"}
    with pytest.raises(NotPermitted):
        actions.add_material(by=cast.account["enterprise_office"], organization=None, **told)
    with pytest.raises(NotPermitted):
        actions.add_material(by=cast.account["branch_secretary"], organization=cast.org["A"], **told)
    submission = uuid4()
    office = {"by": cast.account["office"], "organization": None, "submission": submission}
    assert actions.add_material(**office, **told) == actions.add_material(**office, **told)
    assert StudyMaterial.objects.visible_to(cast.fresh("local_liaison")).count() == 1
    add(cast, campaign, "B3")
    assert StudyMaterial.objects.visible_to(cast.fresh("member")).count() == 1
    for wrong in ({"title": " "}, {"priority": "X"}, {"audiences": ["X"]}):
        with pytest.raises(ActionError):
            actions.add_material(by=None, organization=None, **(told | wrong))


@pytest.mark.item(49)
def test_the_log_form_offers_the_list_and_keeps_what_was_ticked(cast, campaign, enter):
    key = add(cast, campaign, title="中国共产党章程", priority="KEY")
    client = enter("branch_secretary")
    url = reverse("meetings:meeting_new")
    assert "materials" not in client.get(f"{url}?kind=BRANCH_GENERAL").context["form"].fields
    page = client.get(f"{url}?kind=PARTY_LECTURE")
    assert page.context["form"].fields["materials"].required is False
    form = {
        "organization": cast.org["B2"].pk, "kind": "PARTY_LECTURE", "held_on": "2026-08-06", "starts_at": "16:30",
        "campaign": "t", "submission": str(uuid4()), "votes-TOTAL_FORMS": "1", "votes-INITIAL_FORMS": "0",
        "votes-0-kind": "resolution", "do": "save", "materials": [key.pk],
    }  # fmt: skip
    answer = client.post(url, form)
    client.post(url, form)
    studied = StudiedMaterial.objects.get()
    assert studied.material == key and answer.url == reverse("meetings:detail", args=[studied.meeting_id])
    assert "中国共产党章程" in client.get(answer.url).content.decode()
    assert client.post(url, {**form, "submission": str(uuid4()), "materials": []}).status_code == 302
    assert StudiedMaterial.objects.count() == 1


@pytest.mark.item(56)
def test_a_session_says_what_it_led_to_and_cases_are_selected_above(cast, campaign, enter):
    meeting = session(cast, campaign)
    url = reverse("study:studied", args=[meeting.pk])
    client = enter("branch_secretary")
    assert client.post(url, {"text": "交接班改为当面说清隐患"}).status_code == 302
    note = AppliedNote.objects.get()
    with pytest.raises(NotPermitted):
        actions.select_case(by=cast.account["branch_secretary"], note=note)
    select = reverse("study:note_select", args=[note.pk])
    client = enter("committee_secretary")
    assert client.post(select).status_code == 302
    assert [r["object"] for r in client.get(reverse("study:note_list"), {"state": "selected"}).context["table"]] == [
        note
    ]
    actions.note_applied(by=None, meeting=meeting, text="交接班改为当面说清隐患，逐条签字")
    assert AppliedNote.objects.get().selected_on is None  # another wording: read it before it is a case
    assert client.get(reverse("study:note_list"), {"state": "selected"}).context["count"] == 0
    actions.note_applied(by=None, meeting=meeting, text="")
    assert not AppliedNote.objects.exists()


@pytest.mark.item(49)
def test_a_title_is_added_with_its_file_changed_and_taken_off(cast, campaign, enter):
    client = enter("committee_secretary")
    url = f"{reverse('study:material_new')}?organization={cast.org['A'].pk}"
    file = SimpleUploadedFile("读本.pdf", b"%PDF-1.4")
    form = {"title": "读本", "priority": "MAIN", "audiences": ["RETIRED"], "submission": str(uuid4())}
    assert client.post(url, {**form, "title": ""}).context["form"].errors.keys() == {"title"}
    assert client.post(url, {**form, "upload": file}).status_code == 302
    material = StudyMaterial.objects.get()
    page = client.get(reverse("study:material_file", args=[material.pk]))
    assert page.headers["Content-Disposition"].startswith("attachment")
    edit = reverse("study:material_edit", args=[material.pk])
    told = client.get(edit).context["form"].initial
    assert client.post(edit, {"title": "新读本", "priority": "KEY", "version": told["version"]}).status_code == 302
    material.refresh_from_db()
    assert (material.title, material.audiences) == ("新读本", [])
    off = reverse("study:material_withdraw", args=[material.pk])
    assert client.post(off, {"reason": ""}).context["form"].errors
    assert client.post(off, {"reason": "换新版"}).status_code == 302
    assert reading_list(campaign, cast.org["B2"]) == []
    history = client.get(reverse("study:material", args=[material.pk])).context["history"]
    assert [change.reason for change in history][0] == "换新版"


@pytest.mark.item(34, 49)
def test_a_member_reads_the_own_list(cast, campaign, enter):
    add(cast, campaign, title="给领导干部", audiences=["LEADER"])
    add(cast, campaign, title="给一线", audiences=["FRONT_LINE"])
    page = enter("member").get(reverse("study:reading")).content.decode()
    assert "给一线" in page and "给领导干部" not in page
    assert reverse("study:reading") in enter("member").get(reverse("overview:me")).content.decode()
    everything = enter("branch_secretary").get(reverse("study:reading")).content.decode()
    assert "给一线" in everything and "给领导干部" in everything


def test_the_list_is_filtered(cast, campaign, enter):
    add(cast, campaign, title="甲", priority="KEY", required=True)
    add(cast, campaign, title="乙", audiences=["LEADER"])
    client, url = enter("committee_secretary"), reverse("study:material_list")
    for query, titles in (
        ({"priority": "KEY"}, {"甲"}), ({"category": "LEADER"}, {"甲", "乙"}), ({"category": "RETIRED"}, {"甲"}),
        ({"required": "yes"}, {"甲"}), ({"state": "withdrawn"}, set()), ({"q": "乙"}, {"乙"}),
    ):  # fmt: skip
        assert {r["object"].title for r in client.get(url, query).context["table"]} == titles
    assert client.get(url, {"export": "xlsx"}).status_code == 200
