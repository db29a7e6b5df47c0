"""The menu: every place exists, and roles see what is theirs."""

import pytest

from config import navigation
from enterprises.access.roles import ROLES
from tests.access.table import INSIDERS

pytestmark = pytest.mark.django_db


def test_no_entry_leads_nowhere():
    assert navigation.dangling() == []


def test_every_role_of_the_table_exists():
    assert {role for place in navigation.PLACES for role in place.roles | place.tab_for} <= set(ROLES)


def test_tabs_are_part_of_the_menu_and_leave_room_for_more():
    for role in ROLES:
        tabs = [place for place in navigation.PLACES if role in place.tab_for]
        assert all(role in place.roles for place in tabs)


def test_a_dangling_entry_is_reported_and_left_out(monkeypatch):
    lost = navigation.Place("Lost", "nowhere:at_all", "page", navigation.RECORDERS)
    monkeypatch.setattr(navigation, "PLACES", [lost])
    navigation.places.cache_clear()
    assert navigation.places() == ()
    assert [problem.id for problem in navigation.check(None)] == ["xianfeng.W001"]
    navigation.places.cache_clear()


def test_the_present_place_is_marked_once(signed_in):
    page = signed_in("office").get("/", follow=True).content.decode()
    assert page.split("<main")[0].count('aria-current="page"') == 1


@pytest.mark.parametrize("name", INSIDERS)
def test_every_entry_opens_for_those_who_have_it(signed_in, cast, name):
    if name not in cast.account:
        pytest.skip("the cast has no such account")
    client = signed_in(name)
    menu = client.get("/menu/").context["menu"]
    answers = {entry.url: client.get(entry.url, follow=True).status_code for entry in menu}
    assert menu and set(answers.values()) == {200}, answers
