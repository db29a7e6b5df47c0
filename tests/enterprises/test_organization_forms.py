"""Forms about organisations: confirmation, refusals beside the field, stale values."""

from datetime import date

import pytest
from django.urls import reverse

from enterprises.actions.organizations import rename_organization
from enterprises.models import Member, Organization, PartyGroup, Post
from tests.enterprises.conftest import text


@pytest.fixture
def secretary(browse, today):
    return browse("committee_secretary")


def url(name, row):
    return reverse(f"enterprises:{name}", args=[row.pk])


def test_founding_below(cast, secretary):
    data = {"code": "B9", "name": "新党支部（示例）", "kind": "BRANCH", "reason": ""}
    answer = secretary.post(url("organization_found", cast.org["G"]), data)
    new = Organization.objects.get(code="B9")
    assert answer.url == reverse("enterprises:organization", args=[new.pk])
    again = secretary.post(url("organization_found", cast.org["G"]), data)
    assert "The code B9 is taken." in text(again) and "新党支部（示例）" in text(again)


def test_a_move_shows_its_effect_first(cast, secretary):
    address = url("organization_move", cast.org["B3"])
    data = {"superior": "A 北山矿党委（示例）", "reason": "调整"}
    shown = secretary.post(address, data)
    assert "Nothing has been changed yet" in text(shown) and "北山矿党委" in text(shown)
    assert Organization.objects.get(code="B3").superior.code == "G"
    done = secretary.post(address, data | {"confirmed": "1"})
    assert done.status_code == 302
    assert Organization.objects.get(code="B3").superior.code == "A"


@pytest.mark.parametrize(
    ("superior", "words"),
    [
        ("B2", "is a branch"),
        ("E02-DW", "Nothing is found"),  # out of sight
        ("采煤", "Several match"),
        ("采煤一队党支部（示例）", "is a branch"),
    ],
)
def test_a_move_that_cannot_be_says_why(cast, secretary, superior, words):
    answer = secretary.post(url("organization_move", cast.org["B3"]), {"superior": superior, "reason": "-"})
    assert answer.status_code == 200 and words in text(answer)


def test_merging_and_closing_show_their_effect(cast, secretary):
    merge = url("organization_merge", cast.org["B3"])
    data = {"successor": "B2", "on": "2025-09-01", "reason": "合并"}
    assert "the successor is not credited" in text(secretary.post(merge, data))
    assert secretary.post(merge, data | {"confirmed": "1"}).status_code == 302
    assert Member.objects.get(code="M0301").branch.code == "B2"
    close = secretary.post(url("organization_close", cast.org["B2"]), {"on": "2025-09-01", "reason": "-"})
    assert "members belong here" in text(close)
    reopen = secretary.post(url("organization_reopen", cast.org["B3"]), {"reason": "误"})
    assert reopen.status_code == 302 and Organization.objects.get(code="B3").closed_on is None


def test_a_stale_form_shows_both_values(cast, secretary):
    address = url("organization_rename", cast.org["B2"])
    version = secretary.get(address).context["form"].initial["version"]
    rename_organization(by=None, organization=cast.org["B2"], name="别人改的名（示例）")
    data = {"name": "我改的名（示例）", "version": version, "reason": ""}
    answer = secretary.post(address, data)
    assert "Somebody changed this" in text(answer)
    assert "别人改的名（示例）" in text(answer) and "我改的名（示例）" in text(answer)
    assert Organization.objects.get(code="B2").name == "别人改的名（示例）"
    shown = answer.context["form"]["version"].value()
    assert secretary.post(address, data | {"version": shown}).status_code == 302
    assert Organization.objects.get(code="B2").name == "我改的名（示例）"


def test_facts_kind_and_taking_back(cast, secretary):
    address = url("organization_correct", cast.org["B2"])
    initial = secretary.get(address).context["form"].initial
    data = {"division_code": "14010", "directory_order": "3", "version": initial["version"]}
    assert "is-invalid" in text(secretary.post(address, data))
    assert secretary.post(address, data | {"division_code": "140100"}).status_code == 302
    kind = url("organization_kind", cast.org["G"])
    version = secretary.get(kind).context["form"].initial["version"]
    refused = secretary.post(kind, {"kind": "BRANCH", "version": version, "reason": "-"})
    assert "organizations below it" in text(refused)
    rename_organization(by=None, organization=cast.org["G"], name="误改")
    assert "采煤党总支（示例） again" in text(secretary.get(url("organization_undo", cast.org["G"])))
    secretary.post(url("organization_undo", cast.org["G"]), {"reason": "误"})
    assert Organization.objects.get(code="G").name == "采煤党总支（示例）"


def test_terms_are_warned_of_after_saving(cast, secretary):
    election = url("organization_election", cast.org["B2"])
    data = {"held_on": "2025-08-01", "term_end": "2026-07-31", "secretary": "M0203", "reason": ""}
    answer = secretary.post(election, data, follow=True)
    assert "A term here lasts 3 to 3 years." in text(answer) and "张示三" in text(answer)
    extension = url("organization_extension", cast.org["B2"])
    answer = secretary.post(extension, {"until": "2027-12-31", "reason": "批复"}, follow=True)
    assert "generally by at most a year" in text(answer)


def test_posts_begin_and_end(cast, browse, today):
    client = browse("branch_secretary")
    data = {"role": "COMMITTEE_MEMBER", "member": "M0202", "since": "2025-09-01", "title": "组织委员"}
    assert client.post(url("post_new", cast.org["B2"]), data).status_code == 302
    post = Post.objects.get(role="COMMITTEE_MEMBER")
    assert client.post(url("post_end", post), {"until": "2025-12-31"}).status_code == 302
    post.refresh_from_db()
    assert post.until == date(2025, 12, 31)
    refused = client.post(url("post_new", cast.org["B2"]), data | {"role": "TEAM_MEMBER"})
    assert "does not permit" in text(refused)


def test_the_secretary_is_entered_above(cast, secretary):
    data = {"member": "M0207", "since": "2025-09-01"}
    assert "no right to be elected" in text(secretary.post(url("secretary", cast.org["B2"]), data))
    assert secretary.post(url("secretary", cast.org["B2"]), data | {"member": "M0201"}).status_code == 302
    assert Organization.objects.get(code="B2").secretary_name == "王示一"


def test_party_groups(cast, browse, today):
    client = browse("branch_secretary")
    client.post(url("group_new", cast.org["B2"]), {"code": "PG2", "name": "第二党小组（示例）"})
    group = PartyGroup.objects.get(code="PG2")
    two = [cast.member["M0205"].pk, cast.member["M0206"].pk]
    answer = client.post(url("group_members", group), {"members": two}, follow=True)
    assert "a Party group has at least 3" in text(answer) and group.members.count() == 2
    client.post(url("group_leader", group), {"member": two[0], "since": "2025-09-01"})
    assert Post.objects.get(role="GROUP_LEADER", scope_id=group.pk, member__isnull=False).member_id == two[0]
    version = client.get(url("group_rename", group)).context["form"].initial["version"]
    client.post(url("group_rename", group), {"name": "机电党小组（示例）", "version": version})
    client.post(url("group_close", group), {"on": "2025-09-01"})
    group.refresh_from_db()
    assert (group.name, group.closed_on) == ("机电党小组（示例）", date(2025, 9, 1))
