"""Every dashboard opens for those who may see it, within eight statements."""

import pytest
from django.urls import reverse

PAGES = ["country", "country_stuck"]


@pytest.mark.parametrize("name", PAGES)
def test_country_opens_for_the_office_and_not_for_others(name, sign_in, campaign):
    url = reverse(f"overview:{name}")
    assert sign_in("office").get(url).status_code == 200
    assert sign_in("auditor").get(url).status_code == 200
    assert sign_in("enterprise_office").get(url).status_code == 404


@pytest.mark.parametrize("who", ["office", "enterprise_office", "committee_secretary", "branch_secretary"])
def test_home_leads_to_a_page_that_opens(who, sign_in, campaign):
    response = sign_in(who).get("/", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain


def test_node_is_not_found_outside_the_own_reach(sign_in, cast, campaign):
    url = reverse("overview:node", args=[cast.org["E02-DW"].pk])
    assert sign_in("committee_secretary").get(url).status_code == 404
    assert sign_in("other_enterprise_office").get(url).status_code == 200


def test_assisted_unit_is_read_by_the_assisting_office(sign_in, cast, campaign):
    url = reverse("overview:node", args=[cast.org["C"].pk])
    assert sign_in("enterprise_office").get(url).status_code == 200
    assert sign_in("committee_secretary").get(url).status_code == 404


def test_members_read_what_is_asked_of_them(cast, campaign, sign_in):
    lines = sign_in("member").get(reverse("overview:me")).context["lines"]
    assert [[step.code for step, reasons in steps if reasons] for _campaign, steps in lines] == [["analysis"]]
