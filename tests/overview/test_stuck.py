"""Who is stuck: counted by level, the assisted units left out, the longest first."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from campaign.overview.choice import choose
from campaign.overview.stuck import LEVELS, stuck
from tests.overview.conftest import TODAY


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def levels(cast, who: str, code: str | None, day: date = TODAY) -> dict[str, int]:
    account = cast.fresh(who)
    found = stuck(account, cast.org[code] if code else None, choose(account).steps, day)
    names = {str(name): key for key, (name, _by) in LEVELS.items()}
    return {names[str(level.name)]: level.count for level in found.levels}


@pytest.mark.item(20)
def test_levels_of_the_country(cast, campaign):
    # plans were due on 6 August (E01-DZ, A, E02-DW), reports on 21 August (B1, B2, B3, B5); C and B4 are assisted
    assert levels(cast, "office", None) == {"branch": 4, "subsidiary": 1, "enterprise": 2}


def test_own_debt_of_a_node_is_its_own_level(cast, campaign):
    assert levels(cast, "enterprise_office", "E01-DZ") == {"branch": 3, "subsidiary": 1, "own": 1}


def test_a_locality_sees_the_units_it_leads(cast, campaign):
    assert levels(cast, "local_liaison", "LOC") == {"subsidiary": 1}  # ten days later for a unit in difficulty


def test_the_longest_come_first(cast, campaign, file):
    account = cast.fresh("office")
    found = stuck(account, cast.org["ROOT"], choose(account).steps, TODAY)
    days = [status.due_on for status in found.longest]
    assert days == sorted(days) and days[0] == date(2026, 8, 6)
    assert len(found.longest) == 5
    assert found.total == 7


def test_nothing_overdue_says_so(cast, campaign, sign_in):
    assert levels(cast, "office", None, date(2026, 8, 2)) == {}
    page = sign_in("office").get(reverse("overview:node_stuck", args=[cast.org["B1"].pk]))
    assert page.status_code == 200


def test_the_fragment_is_only_a_part_of_a_page(cast, campaign, sign_in):
    client = sign_in("office")
    url = reverse("overview:country_stuck")
    assert "<html" in client.get(url).content.decode()
    assert "<html" not in client.get(url, headers={"HX-Request": "true"}).content.decode()
