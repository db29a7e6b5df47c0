"""What each role of the cast sees of the trees."""

import pytest

from enterprises.models import Enterprise, Member, Organization

CASES = {
    "office": {"ROOT", "LOC", "E01-DZ", "E01-J", "B1", "A", "G", "B2", "B3", "E02-DW", "B5", "C", "B4"},
    "enterprise_office": {"E01-DZ", "E01-J", "B1", "A", "G", "B2", "B3", "C", "B4"},
    "committee_secretary": {"A", "G", "B2", "B3"},
    "branch_secretary": {"B2"},
    "group_leader": {"B2"},
    "member": {"B2"},
    "local_liaison": {"LOC", "C", "B4"},
    "other_enterprise_office": {"E02-DW", "B5"},
}


@pytest.mark.parametrize("name", CASES)
def test_organizations_seen(cast, name):
    seen = Organization.objects.visible_to(cast.fresh(name)).values_list("code", flat=True)
    assert set(seen) == CASES[name]


@pytest.mark.parametrize(
    ("name", "branches"),
    [
        ("office", {"B1", "B2", "B3", "B5"}),
        ("enterprise_office", {"B1", "B2", "B3"}),
        ("branch_secretary", {"B2"}),
        ("auditor", set()),
        ("administrator", set()),
        ("local_liaison", {"B4"}),
    ],
)
@pytest.mark.item(8)
def test_member_rows_follow_the_affiliation_chain_only(cast, name, branches):
    seen = Member.objects.visible_to(cast.fresh(name)).values_list("branch__code", flat=True)
    assert set(seen) == branches


def test_a_group_leader_sees_the_own_group(cast):
    seen = Member.objects.visible_to(cast.fresh("group_leader")).values_list("code", flat=True)
    assert set(seen) == {"M0201", "M0202", "M0203"}


def test_a_member_sees_only_the_own_row(cast):
    assert [m.code for m in Member.objects.visible_to(cast.fresh("member"))] == ["M0204"]


def test_the_units_of_an_enterprise_include_the_assisted(cast):
    seen = Enterprise.objects.visible_to(cast.fresh("enterprise_office")).values_list("code", flat=True)
    assert set(seen) == {"E01", "E01-A", "E01-C"}


@pytest.mark.item(8)
def test_affiliation_and_assistance_follow_from_the_trees(cast):
    assert cast.org["B4"].affiliation == "LOCAL" and cast.org["B4"].assisted
    assert cast.org["B2"].affiliation == "HQ" and not cast.org["B2"].assisted
    assert cast.unit["E01"].leading_organization == cast.org["E01-DZ"]
    assert cast.org["B3"].enterprise == cast.unit["E01-A"]
