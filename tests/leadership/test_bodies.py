"""Leading groups, offices, responsible persons: the actions and what is read from them."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from campaign.leadership.actions import bodies, responsible
from campaign.leadership.bodies import group_states, support_gaps
from campaign.leadership.models import CampaignOffice, GroupSeat, LeadingGroup, Responsibility
from campaign.leadership.panels import changed_heads
from campaign.leadership.standing import standing
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.actions.posts import end_member_post, set_secretary
from enterprises.models import Post
from tests.leadership.conftest import TODAY

FOUNDED = date(2026, 7, 20)


def found(cast, campaign, code="A", by=None, **fields):
    told = {"document_number": "北矿党〔2026〕18号", "founded_on": FOUNDED} | fields
    return bodies.found_group(by=by, campaign=campaign, organization=cast.org[code], **told)


def head_of(cast, campaign, code="A"):
    return group_states(campaign, [cast.org[code]], TODAY)[cast.org[code].pk]


@pytest.mark.item(17)
def test_the_secretary_in_office_heads_the_group(led, campaign):
    group = found(led, campaign)
    seat = group.seats.get()
    assert (seat.role, seat.member) == ("HEAD", led.member["M0201"])
    assert head_of(led, campaign).head_state == "right"


@pytest.mark.item(17)
def test_without_a_secretary_there_is_no_group(cast, campaign):
    with pytest.raises(ActionError):
        found(cast, campaign)
    assert not LeadingGroup.objects.exists()


@pytest.mark.item(17)
def test_a_new_secretary_has_to_take_the_chair(led, campaign):
    group = found(led, campaign)
    bodies.seat_member(by=None, group=group, member=led.member["M0301"], role="DEPUTY", since=FOUNDED)
    assert not changed_heads([led.org["A"].pk], TODAY)
    set_secretary(by=None, organization=led.org["A"], member=led.member["M0301"], since=date(2026, 8, 20))
    assert head_of(led, campaign).head_state == "changed"
    (warning,) = changed_heads([led.org["A"].pk], TODAY)[led.org["A"].pk]
    assert warning.code == "HEAD_CHANGED" and f"groups/{group.pk}/head" in warning.url
    seat = bodies.seat_head(by=None, group=group)
    assert bodies.seat_head(by=None, group=group) == seat
    assert head_of(led, campaign).head_state == "right"
    assert not changed_heads([led.org["A"].pk], TODAY)
    assert list(group.seats.filter(until=None)) == [seat]
    assert GroupSeat.objects.get(member=led.member["M0201"]).until == date(2026, 8, 19)


@pytest.mark.item(17)
def test_no_other_head_than_the_secretary_and_one_seat_each(led, campaign):
    group = found(led, campaign)
    told = {"by": None, "group": group, "member": led.member["M0301"], "since": FOUNDED}
    with pytest.raises(ActionError):
        bodies.seat_member(role="HEAD", **told)
    seat = bodies.seat_member(role="MEMBER", **told)
    with pytest.raises(ActionError):
        bodies.seat_member(role="DEPUTY", **told)
    bodies.end_seat(by=None, seat=seat, until=TODAY)
    with pytest.raises(ActionError):
        bodies.end_seat(by=None, seat=group.seats.get(role="HEAD"), until=TODAY)


@pytest.mark.item(17)
def test_founding_again_corrects_the_document(led, campaign):
    key = uuid4()
    assert found(led, campaign, submission=key) == found(led, campaign, submission=key)
    again = found(led, campaign, document_number="北矿党〔2026〕20号")
    assert LeadingGroup.objects.get() == again and again.document_number.endswith("20号")
    assert again.seats.count() == 1


def test_only_the_organization_itself_founds(led, campaign):
    found(led, campaign, by=led.fresh("committee_secretary"))
    for role in ("branch_secretary", "local_liaison", "other_enterprise_office"):
        with pytest.raises(NotPermitted):
            found(led, campaign, by=led.fresh(role))


@pytest.mark.item(22)
def test_the_office_says_its_staff_budget_and_premises(led, campaign):
    told = {"by": None, "campaign": campaign, "organization": led.org["A"], "document_number": "办发〔2026〕3号",
            "founded_on": FOUNDED}  # fmt: skip
    office = bodies.set_office(**told)
    assert support_gaps(office, 0) == ["NO_STAFF", "NO_BUDGET", "NO_PREMISES"]
    office = bodies.set_office(
        budget_allocated=Decimal(30000), budget_used=Decimal(1200), has_premises=True, premises="办公楼 305", **told
    )
    staff = bodies.add_staff(by=None, office=office, name="赵示八", since=FOUNDED, full_time=True)
    assert support_gaps(office, 1) == [] and CampaignOffice.objects.count() == 1
    with pytest.raises(ActionError):
        bodies.add_staff(by=None, office=office, name="赵示八", since=FOUNDED)
    bodies.end_staff(by=None, staff=staff, until=TODAY)
    assert office.staff.get().until == TODAY


@pytest.mark.item(18, 19)
def test_the_secretary_is_responsible_by_the_post(led, campaign):
    for code, kind, name in (("A", "FIRST", "M0201"), ("G", "DIRECT", "M0202"), ("B2", "DIRECT", "M0203")):
        state = standing(led.org[code], campaign, TODAY)
        assert (state.kind, state.holder.name, state.vacant_days) == (kind, led.member[name].name, None)
    assert standing(led.org["LOC"], campaign, TODAY) is None


@pytest.mark.item(19)
def test_a_vacant_post_is_counted_in_days_until_somebody_stands_in(led, campaign):
    branch = led.org["B2"]
    post = Post.objects.get(role="BRANCH_SECRETARY", member=led.member["M0203"])
    end_member_post(by=None, post=post, until=date(2026, 8, 20))
    branch.refresh_from_db()
    state = standing(branch, campaign, TODAY)
    assert (state.holder, state.vacant_days, state.long_vacant) == (None, 12, True)
    told = {"by": None, "organization": branch, "member": led.member["M0204"], "since": date(2026, 8, 25)}
    entry = responsible.name_stand_in(**told)
    state = standing(branch, campaign, TODAY)
    assert state.holder.stand_in and state.holder.name == entry.name
    # A secretary in office is responsible by the post: there is never a second one.
    set_secretary(by=None, organization=branch, member=led.member["M0205"], since=date(2026, 8, 30))
    branch.refresh_from_db()
    assert standing(branch, campaign, TODAY).holder.name == led.member["M0205"].name
    with pytest.raises(ActionError):
        responsible.name_stand_in(**told)


@pytest.mark.item(19)
def test_the_administrative_head_may_be_no_member(led, campaign):
    told = {"by": None, "organization": led.org["A"], "since": date(2026, 8, 1)}
    first = responsible.name_administrative_head(name="孙示九", **told)
    responsible.name_administrative_head(name="吴示十", **(told | {"since": date(2026, 8, 15)}))
    first.refresh_from_db()
    assert first.until == date(2026, 8, 14)
    assert standing(led.org["A"], campaign, TODAY).admin.name == "吴示十"
    assert Responsibility.objects.filter(until=None).count() == 1
    with pytest.raises(ActionError):
        responsible.name_administrative_head(name="郑示一", **told)


def test_a_stand_in_is_named_by_whoever_keeps_the_posts(led, campaign):
    Post.objects.filter(role="BRANCH_SECRETARY", scope_id=led.org["B2"].pk, account=None).delete()
    told = {"organization": led.org["B2"], "member": led.member["M0204"], "since": TODAY}
    with pytest.raises(NotPermitted):
        responsible.name_stand_in(by=led.fresh("branch_secretary"), **told)
    assert responsible.name_stand_in(by=led.fresh("committee_secretary"), **told).kind == "DIRECT"


def test_a_closed_organization_founds_nothing(led, campaign):
    led.org["A"].closed_on = date(2026, 8, 30)
    led.org["A"].save()
    with pytest.raises(ActionError):
        found(led, campaign)
