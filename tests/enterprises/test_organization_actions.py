"""Founding, renaming, terms, elections; moves, mergers, closing and taking back."""

from datetime import date

import pytest

from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions import organizations as act
from enterprises.actions import reshaping
from enterprises.actions.permit import NotPermitted
from enterprises.actions.posts import secretary_posts, set_secretary
from enterprises.history import changes
from enterprises.models import Member, Membership, Organization, Post

K = Organization.Kind
TODAY = date(2025, 9, 1)


@pytest.fixture(autouse=True)
def _day():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def calls(monkeypatch):
    """What was announced to the floors above."""
    seen = []
    monkeypatch.setattr("enterprises.hooks.call", lambda name, **values: seen.append((name, values)))
    return seen


def found(cast, superior="G", kind=K.BRANCH, **fields):
    values = {"code": "NEW", "name": "新党支部（示例）"} | fields
    return act.found_organization(by=None, kind=kind, superior=cast.org[superior], **values)


def test_a_new_organization_takes_its_place_and_its_owner(cast, calls):
    new = found(cast)
    assert new.path.startswith(cast.org["G"].path) and len(new.path) == len(cast.org["G"].path) + 4
    assert new.enterprise == cast.unit["E01-A"] and new.affiliation == "HQ"
    assert ("TREE_CHANGED", {"organization_ids": [new.pk], "before": []}) in calls


def test_under_a_local_committee_it_is_local_and_assisted(cast):
    new = found(cast, superior="C")
    assert new.affiliation == "LOCAL" and new.assisted


@pytest.mark.parametrize(
    ("superior", "kind", "field"),
    [("B2", K.BRANCH, "superior"), ("A", K.LOCAL_COMMITTEE, "superior")],
)
def test_places_that_cannot_be(cast, superior, kind, field):
    with pytest.raises(ActionError) as refusal:
        found(cast, superior=superior, kind=kind)
    assert refusal.value.field == field


def test_a_code_is_taken_once(cast):
    with pytest.raises(ActionError) as refusal:
        found(cast, code="B2")
    assert refusal.value.field == "code"


def test_who_may_found_where(cast):
    secretary = cast.fresh("committee_secretary")
    values = {"code": "NEW", "name": "新", "kind": K.BRANCH}
    assert act.found_organization(by=secretary, superior=cast.org["G"], **values)
    for by, superior in [("committee_secretary", "E02-DW"), ("branch_secretary", "G"), ("auditor", "G")]:
        with pytest.raises(NotPermitted):
            act.found_organization(by=cast.fresh(by), superior=cast.org[superior], **values)
    with pytest.raises(NotPermitted):
        act.found_organization(by=secretary, superior=None, **values)


def test_renaming_keeps_the_name_before(cast):
    act.rename_organization(by=None, organization=cast.org["B2"], name="采煤三队党支部（示例）", reason="改制")
    cast.org["B2"].refresh_from_db()
    entry = changes(cast.org["B2"])[0]
    assert entry.reason == "改制"
    assert [(old, new) for _label, old, new in entry.fields] == [("采煤一队党支部（示例）", "采煤三队党支部（示例）")]


def test_a_move_takes_everything_below_along(cast, calls):
    before = cast.org["G"].path
    reshaping.move_organization(by=None, organization=cast.org["G"], superior=cast.org["C"], reason="划转")
    g, b2 = (Organization.objects.get(code=c) for c in ("G", "B2"))
    assert g.superior == cast.org["C"] and g.path.startswith(cast.org["C"].path)
    assert b2.path.startswith(g.path)
    assert g.affiliation == b2.affiliation == "LOCAL" and b2.assisted
    name, values = calls[0]
    assert name == "TREE_CHANGED" and values["before"][0] == before
    assert {g.path, b2.path} < set(values["before"])  # what was still to be summed up below was noted there
    assert set(values["organization_ids"]) == {g.pk, b2.pk, cast.org["B3"].pk}


@pytest.mark.parametrize("superior", ["G", "B2", "A", "B1"])
def test_moves_that_cannot_be(cast, superior):
    """Under itself, under what is below it, to where it stands, under a branch."""
    with pytest.raises(ActionError) as refusal:
        reshaping.move_organization(by=None, organization=cast.org["G"], superior=cast.org[superior], reason="-")
    assert refusal.value.field == "superior"


def test_a_move_needs_both_ends(cast):
    with pytest.raises(NotPermitted):
        reshaping.move_organization(
            by=cast.fresh("committee_secretary"),
            organization=cast.org["G"],
            superior=cast.org["E02-DW"],
            reason="-",
        )


def test_taking_back_a_move_and_a_renaming(cast):
    b3 = cast.org["B3"]
    reshaping.move_organization(by=None, organization=b3, superior=cast.org["A"], reason="1")
    b3 = act.rename_organization(by=None, organization=b3, name="另名", reason="2")
    b3 = reshaping.undo_last_change(by=None, organization=b3, reason="3")
    assert b3.name == "采煤二队党支部（示例）" and b3.superior == cast.org["A"]
    assert [c.reason for c in changes(b3)][:2] == ["3", "2"]
    with pytest.raises(ActionError):
        reshaping.undo_last_change(by=None, organization=cast.org["B5"], reason="-")


def test_taking_back_a_move(cast):
    reshaping.move_organization(by=None, organization=cast.org["B3"], superior=cast.org["A"], reason="1")
    b3 = reshaping.undo_last_change(by=None, organization=cast.org["B3"], reason="2")
    assert b3.superior == cast.org["G"] and b3.path.startswith(cast.org["G"].path)


ON = date(2025, 8, 15)


def test_a_merger_hands_members_over_on_its_day(cast, calls):
    late = cast.member["M0302"]
    late.memberships.update(since=date(2025, 8, 20))
    reshaping.merge_organization(by=None, organization=cast.org["B3"], successor=cast.org["B2"], on=ON, reason="合并")
    b3 = Organization.objects.get(code="B3")
    assert (b3.closed_on, b3.successor) == (ON, cast.org["B2"])
    moved = Member.objects.get(code="M0301")
    assert moved.branch == cast.org["B2"]
    spans = moved.memberships.values_list("organization__code", "since", "until")
    assert list(spans) == [("B3", None, date(2025, 8, 14)), ("B2", ON, None)]
    assert list(late.memberships.values_list("organization__code", "since", "until")) == [
        ("B2", date(2025, 8, 20), None)
    ]
    assert [name for name, _values in calls] == ["TREE_CHANGED", "MEMBERSHIP_CHANGED"]


def test_a_merger_moves_the_organizations_below(cast):
    reshaping.merge_organization(by=None, organization=cast.org["G"], successor=cast.org["E01-J"], on=ON, reason="合并")
    b2 = Organization.objects.get(code="B2")
    assert b2.superior == cast.org["E01-J"] and b2.path.startswith(cast.org["E01-J"].path)
    assert Organization.objects.get(code="G").closed_on == ON


def test_a_merger_splits_a_membership_that_ended_since(cast):
    gone = Membership.objects.get(member=cast.member["M0303"])
    gone.until = date(2025, 8, 20)
    gone.save()
    reshaping.merge_organization(by=None, organization=cast.org["B3"], successor=cast.org["B2"], on=ON, reason="合并")
    spans = cast.member["M0303"].memberships.values_list("organization__code", "since", "until")
    assert list(spans) == [("B3", None, date(2025, 8, 14)), ("B2", ON, date(2025, 8, 20))]


@pytest.mark.parametrize(
    ("organization", "successor"),
    [("B3", "B3"), ("B3", "G"), ("G", "B2"), ("G", "B1")],
)
def test_mergers_that_cannot_be(cast, organization, successor):
    """Into itself, members into a committee, into what is below, organisations into a branch."""
    with pytest.raises(ActionError) as refusal:
        reshaping.merge_organization(
            by=None, organization=cast.org[organization], successor=cast.org[successor], on=ON, reason="-"
        )
    assert refusal.value.field == "successor"


def test_a_merger_lies_not_ahead(cast):
    with pytest.raises(ActionError) as refusal:
        reshaping.merge_organization(
            by=None,
            organization=cast.org["B3"],
            successor=cast.org["B2"],
            on=date(2025, 9, 2),
            reason="-",
        )
    assert refusal.value.field == "on"


def test_only_what_is_empty_is_closed_and_it_can_be_reopened(cast):
    for code in ("B3", "G"):
        with pytest.raises(ActionError):
            reshaping.close_organization(by=None, organization=cast.org[code], on=TODAY, reason="-")
    empty = found(cast)
    closed = reshaping.close_organization(by=None, organization=empty, on=TODAY, reason="项目结束")
    assert closed.closed_on == TODAY
    with pytest.raises(ActionError):
        reshaping.close_organization(by=None, organization=closed, on=TODAY, reason="-")
    assert reshaping.reopen_organization(by=None, organization=closed, reason="误").closed_on is None


def test_an_extension_is_approved_above(cast):
    g = cast.org["G"]
    g.term_end = date(2025, 7, 31)
    g.save()
    with pytest.raises(ActionError):
        act.extend_term(by=None, organization=g, until=date(2025, 7, 31), reason="-")
    extended = act.extend_term(
        by=cast.fresh("committee_secretary"), organization=g, until=date(2026, 1, 31), reason="批复"
    )
    assert not extended.term_overdue(TODAY)
    with pytest.raises(NotPermitted):
        act.extend_term(
            by=cast.fresh("committee_secretary"),
            organization=cast.org["A"],
            until=date(2026, 1, 31),
            reason="-",
        )


def test_an_election_begins_a_term_and_a_secretary(cast):
    b2, winner = cast.org["B2"], cast.member["M0205"]
    set_secretary(by=None, organization=b2, member=cast.member["M0201"], since=date(2022, 8, 1))
    b2 = act.hold_election(
        by=None, organization=b2, held_on=date(2025, 8, 1), term_end=date(2028, 7, 31), secretary=winner
    )
    assert (b2.term_end, b2.secretary_name) == (date(2028, 7, 31), winner.name)
    in_office = secretary_posts(b2).in_force(TODAY)
    assert [p.member for p in in_office] == [winner]
    assert secretary_posts(b2).get(member=cast.member["M0201"]).until == date(2025, 7, 31)


def test_who_is_not_elected(cast):
    """Appointed kinds hold no elections; probationary members have no right to be elected (2.3)."""
    days = {"held_on": TODAY, "term_end": date(2028, 8, 31)}
    with pytest.raises(ActionError):
        act.hold_election(by=None, organization=cast.org["E01-DZ"], **days)
    with pytest.raises(ActionError) as refusal:
        act.hold_election(by=None, organization=cast.org["B2"], secretary=cast.member["M0207"], **days)
    assert refusal.value.field == "member"


def test_a_branch_that_grows_keeps_its_secretary(cast):
    set_secretary(by=None, organization=cast.org["B2"], member=cast.member["M0201"], since=date(2022, 8, 1))
    act.change_kind(by=None, organization=cast.org["B2"], kind=K.GENERAL_BRANCH, reason="人数")
    held = Post.objects.filter(member=cast.member["M0201"]).in_force(TODAY)
    assert [p.role for p in held] == ["COMMITTEE_SECRETARY"]
    with pytest.raises(ActionError):
        act.change_kind(by=None, organization=cast.org["G"], kind=K.BRANCH, reason="-")


def test_another_owner_is_inherited_below(cast):
    act.correct_organization(by=None, organization=cast.org["G"], enterprise=cast.unit["E01"])
    assert Organization.objects.get(code="B2").enterprise == cast.unit["E01"]
    act.correct_organization(by=None, organization=cast.org["G"], enterprise=None)
    assert Organization.objects.get(code="B2").enterprise == cast.unit["E01-A"]


@pytest.mark.item(40)
def test_branches_of_mobile_and_of_retired_members(cast, calls):
    new = found(cast, form="RETIRED")
    assert new.is_branch and new.form == "RETIRED"
    assert act.correct_organization(by=None, organization=new, form="MOBILE").form == "MOBILE"
    assert act.change_kind(by=None, organization=new, kind=K.GENERAL_BRANCH, reason="x").form == ""
    for refused in (
        lambda: found(cast, code="N2", kind=K.GENERAL_BRANCH, form="MOBILE"),
        lambda: act.correct_organization(by=None, organization=cast.org["G"], form="RETIRED"),
    ):
        with pytest.raises(ActionError) as refusal:
            refused()
        assert refusal.value.field == "form"
