"""Figures: shares with their base, both counts, small cells, the subtree, assisted units."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from campaign.opinions import actions, queries
from campaign.opinions.models import Opinion
from tests.opinions.given import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def opinions(cast, campaign):
    """A: 12 development, 4 work style, 2 welfare, 2 other, 3 unsorted; half a dozen further up."""
    for category, n in (("development", 12), ("work_style", 4), ("welfare", 2), ("other", 2), ("", 3)):
        entered(cast, campaign, n=n, category=category)
    entered(cast, campaign, "E01-DZ", n=6, category="development", source_group="USER", channel="VISIT")
    return campaign


@pytest.mark.item(60)
def test_shares_are_taken_of_what_is_sorted(cast, opinions):
    found = queries.figures(opinions, cast.org["A"])
    assert (found.received, found.base, found.raw) == (23, 20, 3)
    assert [(row.originals, str(row.share)) for row in found.rows] == [
        (12, "60.0"), (4, "20.0"), (2, "10.0"), (2, "10.0"),
    ]  # fmt: skip
    assert [row.category.reference_percent for row in found.rows] == [60, 20, 10, None]


@pytest.mark.item(59)
def test_originals_and_what_they_became_are_both_counted(cast, opinions):
    development = list(Opinion.objects.filter(category="development", organization=cast.org["A"])[:5])
    item = actions.sort(by=None, opinion=development[0], category="development", new_item="主业").item
    for opinion in development[1:]:
        actions.sort(by=None, opinion=opinion, category="development", item=item)
    actions.answer(by=None, item=item, answer="已办。")
    found = queries.figures(opinions, cast.org["A"])
    assert (found.rows[0].originals, found.rows[0].merged) == (12, 8)
    assert (found.merged, found.answered) == (1, 1)


@pytest.mark.item(60)
def test_a_node_holds_what_lies_below(cast, opinions):
    found = queries.figures(opinions, cast.org["E01-DZ"])
    assert (found.received, found.rows[0].originals) == (29, 18)
    [below] = queries.below(opinions, cast.org["E01-DZ"])
    assert (below.organization, below.received, below.raw) == (cast.org["A"], 23, 3)


def test_what_was_taken_out_is_counted_apart(cast, opinions):
    actions.remove(by=None, opinion=Opinion.objects.filter(category="other").first())
    found = queries.figures(opinions, cast.org["A"])
    assert (found.received, found.removed, found.rows[3].originals) == (22, 1, 1)


@pytest.mark.item(60)
def test_small_cells_of_groups_and_channels_are_not_shown(cast, opinions):
    entered(cast, opinions, n=1, category="other", source_group="SOCIETY", channel="HOTLINE")
    found = queries.figures(opinions, cast.org["E01-DZ"])
    by_source = {row.label: row for row in found.by_source}
    assert by_source["其他群众"].total.hidden
    assert by_source["用户"].total.hidden  # the smallest other one: the whole would give the hidden one away
    assert not by_source["职工群众"].total.hidden
    cells = by_source["职工群众"].cells
    assert [cell.number for cell in cells] == [12, 4, 2, 2]
    assert [cell.hidden for cell in cells[1:]] == [True, True, True]


def test_fewer_than_five_are_not_broken_down(cast, campaign, client):
    entered(cast, campaign, n=4, category="welfare")
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("opinions:report"))
    assert page.context["figures"].too_few
    assert "100.0" not in page.content.decode()


def test_assisted_units_show_figures_and_no_words(cast, opinions, client):
    entered(cast, opinions, "C", n=7, category="welfare")
    client.force_login(cast.account["enterprise_office"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("opinions:report"), {"organization": cast.org["E01-DZ"].pk, "campaign": "t"})
    assert page.context["figures"].received == 29  # beside the total, never in it
    assert [(row.organization, row.received) for row in page.context["assisted"]] == [(cast.org["C"], 7)]
    theirs = client.get(reverse("opinions:report"), {"organization": cast.org["C"].pk, "campaign": "t"})
    assert theirs.context["figures"].received == 7
    listed = client.get(reverse("opinions:opinion_list"), {"organization": cast.org["C"].pk})
    assert listed.context["count"] == 0


@pytest.mark.item(60)
def test_the_report_is_exported(cast, opinions, client):
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("opinions:report"))
    words = page.content.decode()
    assert "60.0%" in words and "不是指标" in words and "已梳理的 20 条" in words
    file = b"".join(client.get(page.context["export_url"]).streaming_content)
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][1:6] == ["企业长远发展", 12.0, 12.0, 60.0, 60.0]
    assert any("20" in str(row) for row in book.get_sheet_by_index(1).to_python())
