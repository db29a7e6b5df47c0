"""What the dashboards count: sums close, assisted units stand apart, the export equals the screen."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from campaign.overview import boards, nodes
from campaign.overview.choice import choose
from campaign.overview.sums import total, without
from campaign.plan.models import Campaign
from campaign.progress import actions, queries
from enterprises import clock, tree
from enterprises.models import Member, Organization
from tests.cast import add_member, add_organization
from tests.overview.conftest import TODAY
from tests.progress.campaigns import launch


def account(cast, name):
    return cast.fresh(name)


def node_board(cast, who: str, code: str, **filters) -> boards.Board:
    around = nodes.surroundings(account(cast, who), cast.org[code].pk)
    return boards.node_board(around, choose(cast.fresh("office")), boards.Filters(**filters), TODAY)


def country_board(cast, **filters) -> boards.Board:
    return boards.office_board(account(cast, "office"), choose(cast.fresh("office")), boards.Filters(**filters), TODAY)


def add_branches(cast, superior: str, number: int) -> None:
    for i in range(number):
        add_organization(cast, f"X{i}", f"支部{i}", Organization.Kind.BRANCH, superior)
    tree.refresh()
    actions.tree_changed(Organization.objects.filter(code__startswith="X").values_list("pk", flat=True))
    actions.fold()


@pytest.mark.item(4, 37)
def test_coverage_closes_and_nobody_is_counted_twice(cast, campaign):
    Member.objects.filter(code="M0201").update(contact=Member.Contact.LOST)
    Member.objects.filter(code="M0401").update(contact=Member.Contact.SEARCHING)
    actions.membership_changed([cast.org["B2"].pk, cast.org["B4"].pk])
    actions.fold()
    board = country_board(cast)
    for figures in (board.figures, board.assisted, board.national):
        members = figures.members
        assert members.total == members.covered + members.sought + members.excused
    assert board.national.members.total == Member.objects.on_roll().count() == 25
    assert board.figures.members.total == 21
    assert board.assisted.members.total == 4
    assert board.figures.members.sought == board.assisted.members.sought == 1


def test_rows_of_the_country_add_up_to_its_figures(cast, campaign):
    board = country_board(cast)
    rows = [row for group in board.groups for row in group.rows]
    assert sum(row.figures.members.total for row in rows) == board.figures.members.total
    for i, part in enumerate(board.figures.steps):
        assert sum(row.figures.steps[i].expected for row in rows) == part.expected


@pytest.mark.item(8)
def test_assisted_units_of_a_node_are_what_progress_says(cast, campaign):
    board = node_board(cast, "enterprise_office", "E01-DZ")
    asked = queries.assisted(cast.org["E01-DZ"], campaign, TODAY)
    assert board.assisted.members == asked.members
    assert board.assisted.steps == asked.steps
    assert [group.local for group in board.groups] == [False, True]
    assert [row.organization.code for row in board.groups[1].rows] == ["C"]
    assert "C" not in [row.organization.code for row in board.groups[0].rows]


def test_a_locality_counts_its_units_once(cast, campaign):
    board = node_board(cast, "local_liaison", "LOC")
    assert board.figures.members.total == 4
    assert board.assisted is None


def test_closed_organizations_leave_the_map(cast, campaign):
    assert "B3" in [row.organization.code for row in node_board(cast, "office", "G").groups[0].rows]
    Organization.objects.filter(code="B3").update(closed_on=date(2026, 8, 20))
    assert "B3" not in [row.organization.code for row in node_board(cast, "office", "G").groups[0].rows]


@pytest.mark.item(35)
def test_exempt_and_advisory_members_make_no_step_red(cast, campaign):
    Member.objects.filter(branch=cast.org["B3"]).update(category=Member.Category.RETIRED)
    actions.membership_changed([cast.org["B3"].pk])
    actions.fold()
    long_after = date(2026, 12, 1)
    around = nodes.surroundings(account(cast, "office"), cast.org["G"].pk)
    board = boards.node_board(around, choose(cast.fresh("office")), boards.Filters(), long_after)
    states = {row.organization.code: row.cells[2].state.value for row in board.groups[0].rows}
    assert states == {"B2": "over", "B3": "none"}


def test_focus_and_behind_filter_the_rows(cast, campaign, file):
    file(cast.org["B2"], "report", date(2026, 8, 20))
    assert [row.organization.code for row in node_board(cast, "office", "G", behind=True).groups[0].rows] == ["B3"]
    focused = node_board(cast, "office", "G", step="report")
    assert (focused.matching, focused.units) == (1, 2)
    assert node_board(cast, "office", "G", step="analysis").matching == 0


def test_more_than_a_hundred_children_are_paged_hard_places_first(cast, campaign, file):
    add_branches(cast, "E02-DW", 120)
    board = node_board(cast, "office", "E02-DW")
    assert board.page.paginator.num_pages == 2
    assert len(board.groups[0].rows) == 100
    assert len(node_board(cast, "office", "E02-DW", page="2").groups[0].rows) == 21
    file(cast.org["B5"], "report", date(2026, 8, 20))
    last = node_board(cast, "office", "E02-DW", page="2").groups[0].rows[-1]
    assert last.organization.code == "B5"


@pytest.mark.parametrize(("who", "code"), [("office", None), ("office", "ROOT"), ("enterprise_office", "E01-DZ")])
def test_eight_statements_whatever_the_number_of_children(who, code, cast, campaign, sign_in):
    url = reverse("overview:node", args=[cast.org[code].pk]) if code else reverse("overview:country")
    client = sign_in(who)
    few = statements(client, url)
    add_branches(cast, "E01-DZ", 60)
    many = statements(client, url)
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize("name", ["week", "node"])
def test_a_branch_secretarys_pages_take_eight_statements(name, cast, campaign, sign_in):
    url = reverse("overview:node", args=[cast.org["B2"].pk]) if name == "node" else reverse("overview:week")
    client = sign_in("branch_secretary")
    client.get(url)
    assert len(statements(client, url)) <= 8


def statements(client, url) -> list[dict]:
    """The statements of a page whose process has kept what it keeps: the names of the campaigns, for a minute."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return list(captured)


CELL = re.compile(r'<td class="([gyrbxw])(?: p1)?"><a href="[^"]*"><b aria-hidden="true">[^<]*</b>(?:<i[^>]*>(\d*))?')


def screen(page: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rows of the heat map as the page shows them: unit, then letter and number of each cell."""
    rows = re.findall(r'<tr><th scope="row"><a href="[^"]*">([^<]*)</a></th>(<td class="[gyrbxw].*?)</tr>', page, re.S)
    return [(name, CELL.findall(cells)) for name, cells in rows]


def sheet(content: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rows of the exported map in the same form."""
    words = [("in time", "g"), ("late", "y"), ("overdue", "r"), ("days left", "b"), ("—", "x")]
    book = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    rows = []
    for code, name, *rest in book[4:]:
        if not name or not code:
            continue
        cells = []
        for text in rest[4:]:
            letter = next((letter for word, letter in words if word in text), "w")
            cells.append((letter, "".join(re.findall(r"\d+", text))))
        rows.append((name, cells))
    return rows


@pytest.mark.parametrize("query", ["", "?behind=1", "?focus=report"])
def test_the_export_is_exactly_what_is_shown(query, cast, campaign, file, sign_in):
    get_user_model().objects.filter(username="office").update(language="en")
    file(cast.org["B2"], "report", date(2026, 8, 24))
    file(cast.org["B5"], "report", date(2026, 8, 20))
    file(cast.org["E02-DW"], "plan", date(2026, 8, 5))
    client = sign_in("office")
    node = [cast.org["E01-DZ"].pk]
    for name, args in (("country", []), ("node", node)):
        page = screen(client.get(reverse(f"overview:{name}", args=args) + query).content.decode())
        export = client.get(reverse(f"overview:{name}_export", args=args) + query).content
        assert page
        assert sheet(export) == page


def test_the_exports_figures_are_numbers_and_codes_are_text(cast, campaign, sign_in):
    get_user_model().objects.filter(username="office").update(language="en")
    Organization.objects.filter(code="B2").update(name="=1+1")
    content = sign_in("office").get(reverse("overview:node_export", args=[cast.org["G"].pk])).content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = {row[0]: row for row in book.get_sheet_by_index(0).to_python()[4:]}
    assert rows["B2"][1:6] == ["=1+1", 8, 8, 0, 0]
    steps = {row[0]: row[1:] for row in book.get_sheet_by_index(1).to_python()[4:]}
    assert steps["report"][:6] == [2, 0, 0, 2, 0, 0]


def test_two_campaigns_side_by_side(cast, campaign, sign_in):
    other = launch("second", ["E02"])
    actions.fold()
    client = sign_in("office")
    page = client.get(reverse("overview:country") + "?campaign=second").content.decode()
    assert "南屏电力" in page and "华岳能源" not in page
    page = client.get(reverse("overview:country") + "?campaign=test").content.decode()
    assert "南屏电力" in page and "华岳能源" in page
    assert f"campaign={other.code}" in page
    assert client.get(reverse("overview:country") + "?campaign=nothing").status_code == 404


def test_a_closed_campaign_can_still_be_read(cast, campaign, file):
    file(cast.org["B2"], "report", date(2026, 8, 20))
    Campaign.objects.update(state=Campaign.State.CLOSED)
    actions.membership_changed([cast.org["B3"].pk])
    Member.objects.filter(branch=cast.org["B3"]).update(contact=Member.Contact.LOST)
    actions.membership_changed([cast.org["B3"].pk])
    actions.fold()
    board = node_board(cast, "office", "G")
    assert board.campaign == campaign
    assert board.figures.members.total == 13
    assert board.figures.steps[1].done == 1


def test_sums_of_figures(cast, campaign):
    found = queries.figures([cast.org["B2"], cast.org["B3"], cast.org["G"]], campaign, TODAY)
    both = total([found[cast.org["B2"].pk], found[cast.org["B3"].pk]])
    assert both.members.total == found[cast.org["G"].pk].members.total
    rest = without(found[cast.org["G"].pk], found[cast.org["B2"].pk])
    assert rest.members.total == 5
    assert [part.expected for part in rest.steps] == [0, 1, 1]
    assert total([]).members.total == 0


def test_without_a_campaign_the_pages_still_show_members(cast, sign_in):
    actions.membership_changed(Organization.objects.branches().values_list("pk", flat=True))
    actions.fold()
    add_member(cast, "M9901", "王示九", "B5")
    for who, url in [("office", reverse("overview:country")), ("branch_secretary", reverse("overview:week"))]:
        assert sign_in(who).get(url).status_code == 200
    page = sign_in("office").get(reverse("overview:node", args=[cast.org["A"].pk])).content.decode()
    assert cast.org["G"].name in page


def test_the_export_says_the_same_time_as_the_page(cast, campaign, sign_in):
    client = sign_in("office")
    page = client.get(reverse("overview:country"))
    moment = page.context["board"].as_of.astimezone(clock.ZONE)
    assert f"{moment:%H:%M}</time>" in page.content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(reverse("overview:country_export")).content))
    assert f"{moment:%Y-%m-%d %H:%M}" in book.get_sheet_by_index(0).to_python()[1][0]
