"""The headline of a landing page: satisfaction, and problems put right."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from campaign.overview.headline import answer
from campaign.survey.actions import close_survey
from enterprises import clock
from tests.rectification.stage import finish, item
from tests.survey.held import BAD, GOOD, TODAY, closed, count, opened, the_campaign

COUNTRY = reverse("overview:country_headline")
pytestmark = [pytest.mark.django_db, pytest.mark.item(117)]


@pytest.fixture(autouse=True)
def _today():
    cache.clear()
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def result(cast):
    """Committee A: a good survey; of three items one is put right and one cannot be yet."""
    survey = closed(cast, GOOD)
    campaign = the_campaign()
    finish(item(cast, campaign, "B2", raised_on=TODAY, due_on=TODAY), day=TODAY)
    item(cast, campaign, "A", raised_on=TODAY, due_on=TODAY)
    item(cast, campaign, "B5", raised_on=TODAY, due_on=TODAY)
    return survey


def test_satisfaction_and_problems_of_a_node_and_of_the_country(cast, result):
    office = cast.fresh("office")
    own = answer(office, cast.org["A"], result.campaign, TODAY)
    assert str(own.employees.satisfied_or_basically_rate) == "90.0"
    assert (own.satisfaction.owing, own.satisfaction.surveyed, own.problems.total, own.problems.done) == (1, 1, 2, 1)
    country = answer(office, None, result.campaign, TODAY)
    assert (country.problems.total, country.problems.done) == (3, 1)
    assert country.satisfaction.owing > country.satisfaction.surveyed == 1


def test_groups_are_never_blended(cast):
    survey = opened(cast, respondents=["employees", "users"])
    count(survey, GOOD)
    count(survey, BAD, "users")
    close_survey(by=None, survey=survey)
    found = answer(cast.fresh("office"), None, survey.campaign, TODAY)
    assert str(found.employees.satisfied_or_basically_rate) == "90.0"
    assert [(g.respondents.value, str(g.satisfied_or_basically_rate)) for g in found.others] == [("users", "30.0")]


def test_it_stands_before_all_other_figures_of_the_landing_page(cast, result, sign_in):
    page = sign_in("office").get(reverse("overview:country")).content.decode()
    assert COUNTRY in page and page.index(COUNTRY) < page.index("xf-headline-next")
    assert reverse("overview:node_headline", args=[cast.org["A"].pk]) in (
        sign_in("committee_secretary").get(reverse("overview:node", args=[cast.org["A"].pk])).content.decode()
    )


def test_the_part_shows_rate_base_and_account(cast, result, sign_in):
    part = sign_in("committee_secretary").get(reverse("overview:node_headline", args=[cast.org["A"].pk]))
    words = part.content.decode()
    assert "90.0" in words and 'class="xf-headline' in words and "20" in words


def test_who_reads_no_records_gets_no_figures_counted_from_them(cast, result, sign_in):
    assert sign_in("auditor").get(COUNTRY).status_code == 404
    assert COUNTRY not in sign_in("auditor").get(reverse("overview:country")).content.decode()
