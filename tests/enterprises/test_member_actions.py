"""Admission, transfers, corrections, ends of membership, posts, groups, exemptions."""

from datetime import date, timedelta

import pytest

from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions import attendance, members, posts
from enterprises.actions.permit import NotPermitted
from enterprises.models import Exemption, Member, Membership, Organization, Post

TODAY = date(2025, 9, 1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _day():
    with clock.fixed(TODAY):
        yield


def spans(member):
    return list(member.memberships.values_list("organization__code", "since", "until"))


def admit(cast, branch="B2", **fields):
    values = {"code": "N1", "name": "单示九", "kind": "PROBATIONARY", "category": "FRONT_LINE", "since": TODAY}
    return members.admit_member(by=None, branch=cast.org[branch], **(values | fields))


def test_admission_opens_a_membership(cast):
    member = admit(cast)
    assert spans(member) == [("B2", TODAY, None)]
    assert member.name_key == "shan shi jiu"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "M0201"}, "code"),
        ({"since": TODAY + DAY}, "since"),
        ({"admitted_on": date(2025, 7, 1), "full_on": date(2025, 6, 30)}, "full_on"),
        ({"born_on": date(2025, 7, 1), "admitted_on": date(2025, 7, 1)}, "admitted_on"),
        ({"branch": "G"}, "branch"),
    ],
)
def test_admissions_that_cannot_be(cast, fields, field):
    with pytest.raises(ActionError) as refusal:
        admit(cast, **fields)
    assert refusal.value.field == field


def test_a_temporary_branch_admits_nobody_but_takes_full_members(cast):
    Organization.objects.filter(code="B2").update(kind="TEMPORARY_BRANCH")
    cast.org["B2"].refresh_from_db()
    with pytest.raises(ActionError):
        admit(cast)
    assert admit(cast, kind="FULL")


def test_a_transfer_today(cast):
    member = cast.member["M0201"]
    post = posts.set_secretary(by=None, organization=cast.org["B2"], member=member, since=date(2024, 1, 1))
    members.transfer_member(by=None, member=member, to=cast.org["B3"], effective=TODAY)
    member.refresh_from_db()
    assert member.branch == cast.org["B3"] and member.party_group is None
    assert spans(member) == [("B2", None, TODAY - DAY), ("B3", TODAY, None)]
    post.refresh_from_db()
    assert post.until == TODAY - DAY
    assert Organization.objects.get(code="B2").secretary_name == ""


def test_a_transfer_ahead_waits_for_its_day(cast):
    member = cast.member["M0201"]
    members.transfer_member(by=None, member=member, to=cast.org["B3"], effective=TODAY + DAY)
    member.refresh_from_db()
    assert member.branch == cast.org["B2"]
    assert members.take_due_transfers(by=None) == 0
    with pytest.raises(ActionError):
        members.transfer_member(by=None, member=member, to=cast.org["B1"], effective=TODAY)
    with clock.fixed(TODAY + DAY):
        assert members.take_due_transfers(by=None) == 1
        assert members.take_due_transfers(by=None) == 0
    member.refresh_from_db()
    assert member.branch == cast.org["B3"]


def test_a_waiting_transfer_can_be_taken_back(cast):
    member = cast.member["M0201"]
    members.transfer_member(by=None, member=member, to=cast.org["B3"], effective=TODAY + DAY)
    members.cancel_transfer(by=None, member=member)
    assert spans(member) == [("B2", None, None)]
    with pytest.raises(ActionError):
        members.cancel_transfer(by=None, member=member)


def test_a_transfer_back_on_the_first_day_corrects_it(cast):
    member = admit(cast)
    members.transfer_member(by=None, member=member, to=cast.org["B3"], effective=TODAY)
    assert spans(member) == [("B3", TODAY, None)]
    with pytest.raises(ActionError) as refusal:
        members.transfer_member(by=None, member=member, to=cast.org["B2"], effective=TODAY - DAY)
    assert refusal.value.field == "effective"


def test_a_transfer_needs_both_ends(cast):
    secretary = cast.fresh("branch_secretary")
    with pytest.raises(NotPermitted):
        members.transfer_member(by=secretary, member=cast.member["M0201"], to=cast.org["B3"], effective=TODAY)
    above = cast.fresh("committee_secretary")
    members.transfer_member(by=above, member=cast.member["M0201"], to=cast.org["B3"], effective=TODAY)


def test_corrections_keep_the_sort_key(cast):
    member = members.correct_member(by=None, member=cast.member["M0201"], name="曾示一", phone="13900000000")
    assert member.name_key == "zeng shi yi"
    with pytest.raises(TypeError):
        members.correct_member(by=None, member=member, status="EXPELLED")
    with pytest.raises(ActionError) as refusal:
        members.correct_member(by=None, member=cast.member["M0207"], full_on=date(2025, 8, 1))
    assert refusal.value.field == "full_on"


def test_the_end_of_membership_and_the_way_back(cast):
    member = cast.member["M0201"]
    with pytest.raises(ActionError):
        members.end_membership(by=None, member=member, status="CANCELLED", decided_on=TODAY)
    members.end_membership(by=None, member=member, status="WITHDRAWN", decided_on=TODAY)
    member.refresh_from_db()
    assert not member.is_on_roll and spans(member) == [("B2", None, TODAY)]
    with pytest.raises(ActionError):
        members.restore_member(by=None, member=member, branch=cast.org["B3"], since=TODAY, reason="-")
    with clock.fixed(TODAY + DAY):
        members.restore_member(by=None, member=member, branch=cast.org["B3"], since=TODAY + DAY, reason="-")
    assert Member.objects.get(code="M0201").branch == cast.org["B3"]


def test_transferred_out_is_off_the_roll(cast):
    members.transfer_out(by=None, member=cast.member["M0202"], on=TODAY)
    assert Member.objects.get(code="M0202").status == "TRANSFERRED"


def test_one_open_membership_each(cast):
    assert not Membership.objects.filter(until=None).exclude(member__status="ACTIVE").exists()
    admit(cast)
    assert Membership.objects.filter(member__code="N1", until=None).count() == 1


def test_a_group_holds_members_of_its_branch(cast):
    pg = cast.group["PG"]
    leader = posts.set_group_leader(by=None, group=pg, member=cast.member["M0202"], since=date(2025, 1, 1))
    with pytest.raises(ActionError):
        attendance.assign_to_group(by=None, group=pg, members=[cast.member["M0301"]])
    attendance.assign_to_group(by=None, group=pg, members=[cast.member["M0201"], cast.member["M0204"]])
    assert set(pg.members.values_list("code", flat=True)) == {"M0201", "M0204"}
    leader.refresh_from_db()
    assert leader.until == TODAY - DAY  # who leaves the group leads it no more
    attendance.close_party_group(by=None, group=pg, on=TODAY)
    assert pg.members.count() == 0


def test_group_codes_are_not_those_of_organizations(cast):
    for code in ("PG", "B2"):
        with pytest.raises(ActionError):
            attendance.found_party_group(by=None, organization=cast.org["B2"], code=code, name="二组")
    assert attendance.found_party_group(by=None, organization=cast.org["B2"], code="PG2", name="二组")
    with pytest.raises(ActionError):
        attendance.found_party_group(by=None, organization=cast.org["G"], code="PG3", name="三组")


def test_the_leader_is_in_the_group(cast):
    with pytest.raises(ActionError):
        posts.set_group_leader(by=None, group=cast.group["PG"], member=cast.member["M0205"], since=TODAY)


def test_study_affiliation_leaves_the_formal_one(cast):
    member = attendance.set_study_affiliation(by=None, member=cast.member["M0208"], study_branch=cast.org["B1"])
    assert (member.branch, member.study_branch) == (cast.org["B2"], cast.org["B1"])
    with pytest.raises(ActionError):
        attendance.set_study_affiliation(by=None, member=member, study_branch=cast.org["B2"])


def test_contact_changes_no_status(cast):
    member = attendance.set_contact(by=None, member=cast.member["M0208"], contact="LOST")
    assert (member.contact, member.status) == ("LOST", "ACTIVE")


def test_an_exemption_is_approved_above_the_branch(cast):
    member = cast.member["M0208"]
    values = {"member": member, "approved_on": TODAY, "since": TODAY}
    for organization in ("B2", "E02-DW"):
        with pytest.raises(ActionError) as refusal:
            attendance.grant_exemption(by=None, approved_by=cast.org[organization], **values)
        assert refusal.value.field == "approved_by"
    exemption = attendance.grant_exemption(by=None, approved_by=cast.org["A"], **values)
    with pytest.raises(ActionError):  # sent twice
        attendance.grant_exemption(by=None, approved_by=cast.org["A"], **values)
    attendance.revoke_exemption(by=None, exemption=exemption, until=TODAY)
    assert Exemption.objects.get().until == TODAY
    attendance.revoke_exemption(by=None, exemption=exemption, until=TODAY - DAY)
    assert not Exemption.objects.exists()


def test_there_is_one_secretary_in_office(cast):
    b2 = cast.org["B2"]
    posts.set_secretary(by=None, organization=b2, member=cast.member["M0201"], since=date(2024, 1, 1))
    posts.set_secretary(by=None, organization=b2, member=cast.member["M0202"], since=TODAY)
    assert [p.member.code for p in posts.secretary_posts(b2).in_force(TODAY)] == ["M0202"]
    with pytest.raises(ActionError) as refusal:
        posts.set_secretary(by=None, organization=b2, member=cast.member["M0203"], since=date(2024, 6, 1))
    assert refusal.value.field == "since"


@pytest.mark.parametrize("change", [{"kind": "PROBATIONARY"}, {"without_vote_until": TODAY}])
def test_without_the_vote_nobody_is_elected(cast, change):
    Member.objects.filter(code="M0201").update(**change)
    cast.member["M0201"].refresh_from_db()
    with pytest.raises(ActionError):
        posts.set_secretary(by=None, organization=cast.org["B2"], member=cast.member["M0201"], since=TODAY)


def test_other_posts_and_who_settles_them(cast):
    by, b2 = cast.fresh("branch_secretary"), cast.org["B2"]
    values = {"organization": b2, "member": cast.member["M0202"], "since": TODAY}
    post = posts.give_member_post(by=by, role="COMMITTEE_MEMBER", **values)
    with pytest.raises(ActionError):
        posts.give_member_post(by=by, role="COMMITTEE_MEMBER", **values)
    with pytest.raises(NotPermitted):
        posts.give_member_post(by=by, role="TEAM_MEMBER", **values)
    with pytest.raises(NotPermitted):
        posts.set_secretary(by=by, organization=b2, member=cast.member["M0202"], since=TODAY)
    posts.end_member_post(by=by, post=post, until=TODAY - DAY)
    assert not Post.objects.filter(pk=post.pk).exists()
