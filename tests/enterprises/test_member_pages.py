"""The list, the page and the forms of members."""

from datetime import date

import pytest
from django.urls import reverse

from enterprises import panels
from enterprises.actions.members import correct_member
from enterprises.models import Exemption, Member
from tests.enterprises.conftest import text


def url(name, row=None):
    return reverse(f"enterprises:{name}", args=[row.pk] if row else [])


def test_the_list_shows_one_s_own_members(cast, browse):
    page = text(browse("branch_secretary").get(url("member_list")))
    assert "黄示八" in page and "M0301" not in page
    assert "M0204" in text(browse("member").get(url("member_list")))
    assert "M0203" not in text(browse("member").get(url("member_list")))


def test_the_list_filters_by_place_and_exemption(cast, browse, today):
    Exemption.objects.create(member=cast.member["M0208"], approved_by=cast.org["A"], approved_on=today, since=today)
    office = browse("office")
    assert "M0501" not in text(office.get(url("member_list"), {"below": "G"}))
    excused = text(office.get(url("member_list"), {"excused": "1"}))
    assert "M0208" in excused and "M0201" not in excused
    assert "M0207" in text(office.get(url("member_list"), {"kind": "PROBATIONARY"}))
    two = text(office.get(url("member_list"), {"q": "示八"}))
    assert "M0208" in two and "M0201" not in two


@pytest.fixture
def large(monkeypatch):
    """As if these few were millions: the summaries say 900."""
    monkeypatch.setattr("enterprises.long_lists.LARGE", 10)
    monkeypatch.setattr("enterprises.long_lists.COUNTED", 5)
    monkeypatch.setattr(panels, "_COUNTS", [lambda ids: {pk: panels.Counts(900, 9) for pk in ids}])


def test_a_very_long_list_is_counted_from_the_summaries(cast, browse, large):
    office = browse("office")
    everybody = text(office.get(url("member_list")))
    assert "<strong>900</strong>" in everybody and "sort=name" not in everybody
    some = text(office.get(url("member_list"), {"category": "FRONT_LINE"}))
    assert "<strong>5</strong> or more" in some


def test_who_has_left_is_shown_on_request(cast, browse):
    Member.objects.filter(code="M0208").update(status="DECEASED")
    client = browse("branch_secretary")
    assert "M0208" not in text(client.get(url("member_list")))
    assert "M0208" in text(client.get(url("member_list"), {"status": "DECEASED"}))


def test_the_page_and_what_it_offers(cast, browse):
    page = text(browse("branch_secretary").get(url("member", cast.member["M0201"])))
    assert url("member_transfer", cast.member["M0201"]) in page and "第一党小组" in page
    own = text(browse("member").get(url("member", cast.member["M0204"])))
    assert url("member_transfer", cast.member["M0204"]) not in own


def test_what_was_corrected_is_for_secretary_and_member(cast, browse):
    for code in ("M0202", "M0204"):
        correct_member(by=None, member=cast.member[code], without_vote_until=date(2030, 1, 1))
    assert "2030-01-01" in text(browse("branch_secretary").get(url("member", cast.member["M0202"])))
    assert "2030-01-01" in text(browse("member").get(url("member", cast.member["M0204"])))
    assert "2030-01-01" not in text(browse("group_leader").get(url("member", cast.member["M0202"])))


def test_admitting(cast, browse, today):
    client = browse("branch_secretary")
    data = {
        "code": "N1", "name": "曾示九", "kind": "PROBATIONARY", "category": "FRONT_LINE",
        "since": "2025-09-01", "admitted_on": "2025-09-02", "gender": "2",
    }  # fmt: skip
    refused = client.post(url("member_admit", cast.org["B2"]), data)
    assert "has not come yet" in text(refused) and "曾示九" in text(refused)
    client.post(url("member_admit", cast.org["B2"]), data | {"admitted_on": "2025-09-01"})
    assert Member.objects.get(code="N1").name_key == "zeng shi jiu"


def test_correcting_tells_of_another_change(cast, browse):
    client, member = browse("branch_secretary"), cast.member["M0201"]
    form = client.get(url("member_correct", member)).context["form"]
    data = {k: v or "" for k, v in form.initial.items()} | {"phone": "13900000001"}
    Member.objects.filter(pk=member.pk).update(phone="13900000002")
    answer = client.post(url("member_correct", member), data)
    assert "13900000001" in text(answer) and "13900000002" in text(answer)
    data["version"] = answer.context["form"]["version"].value()
    assert client.post(url("member_correct", member), data).status_code == 302
    assert Member.objects.get(pk=member.pk).phone == "13900000001"


def test_transfers(cast, browse, today):
    client, member = browse("committee_secretary"), cast.member["M0201"]
    client.post(url("member_transfer", member), {"to": "B3", "effective": "2025-09-02"})
    assert "Transfers to 采煤二队党支部（示例） on 2025-09-02" in text(client.get(url("member", member)))
    client.post(url("member_transfer_cancel", member))
    assert "Transfers to" not in text(client.get(url("member", member)))
    alone = browse("branch_secretary")
    refused = alone.post(url("member_transfer", member), {"to": "B3", "effective": "2025-09-01"})
    assert "Nothing is found" in text(refused)


def test_the_end_of_membership_and_the_way_back(cast, browse, today):
    client, member = browse("branch_secretary"), cast.member["M0201"]
    data = {"status": "CANCELLED", "decided_on": "2025-08-31", "reason": "-"}
    assert "is-invalid" in text(client.post(url("member_end", member), data))
    client.post(url("member_end", member), data | {"status": "WITHDRAWN"})
    page = text(client.get(url("member", member)))
    assert "withdrew" in page and url("member_restore", member) in page
    client.post(url("member_restore", member), {"branch": "B2", "since": "2025-09-01", "reason": "误"})
    member.refresh_from_db()
    assert member.is_on_roll


def test_study_contact_and_exemption(cast, browse, today):
    client, member = browse("committee_secretary"), cast.member["M0208"]
    client.post(url("member_study", member), {"study_branch": "B3"})
    version = client.get(url("member_contact", member)).context["form"].initial["version"]
    client.post(
        url("member_contact", member),
        {"contact": "SEARCHING", "last_contact_on": "2025-06-01", "version": version},
    )
    client.post(
        url("exemption_new", member),
        {"approved_by": cast.org["A"].pk, "approved_on": "2025-08-30", "since": "2025-09-01"},
    )
    member.refresh_from_db()
    assert (member.study_branch, member.contact) == (cast.org["B3"], "SEARCHING")
    row = Exemption.objects.get()
    client.post(url("exemption_end", row), {"until": "2025-09-30"})
    row.refresh_from_db()
    assert row.until == date(2025, 9, 30)
