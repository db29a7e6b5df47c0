"""What the dashboards put on the pages of organisations: what is due, and the counts of subtrees."""

from django.test import RequestFactory
from django.urls import reverse

from campaign.overview.panels import due, tallies
from enterprises.panels import counts_of


def panel(cast, code: str):
    request = RequestFactory().get("/")
    request.user = cast.fresh("office")
    return due(request, cast.org[code])


def test_overdue_stands_on_the_page_of_the_organization_that_owes_it(cast, campaign):
    assert [item.step.code for item in panel(cast, "A").context["items"]] == ["plan"]
    assert [item.step.code for item in panel(cast, "B2").context["items"]] == ["report"]


def test_next_date_is_said_when_nothing_is_due(cast, campaign, file):
    file(cast.org["B2"], "report", campaign.launched_on)
    context = panel(cast, "B2").context
    assert context["items"] == []
    assert context["next"].step.code == "analysis"


def test_branch_without_a_campaign_has_no_panel(cast):
    assert panel(cast, "B2") is None


def test_counts_of_subtrees(cast, campaign, django_assert_num_queries):
    ids = [cast.org[code].pk for code in ("B2", "G", "E01-DZ", "LOC")]
    with django_assert_num_queries(1):
        found = tallies(ids)
    assert [found[pk].members for pk in ids] == [8, 13, 17, 4]
    assert [found[pk].branches for pk in ids] == [1, 2, 3, 1]
    assert counts_of(ids) == found


def test_panel_is_drawn_on_the_page(cast, campaign, sign_in):
    page = sign_in("committee_secretary").get(reverse("enterprises:organization", args=[cast.org["A"].pk]))
    assert page.status_code == 200
    assert 'id="p-due"' in page.content.decode()


def test_way_to_the_dashboard_on_the_page_of_the_enterprise(cast, campaign, sign_in):
    page = sign_in("enterprise_office").get(reverse("enterprises:enterprise", args=[cast.unit["E01"].pk]))
    assert reverse("overview:node", args=[cast.org["E01-DZ"].pk]) in page.content.decode()
