"""The generic list: search, filter, sort, pages, export, safety."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from enterprises.models import Member

pytestmark = [pytest.mark.urls("tests.interface.urls"), pytest.mark.django_db]
URL = "/test-members/"


@pytest.fixture
def office(signed_in):
    return signed_in("office")


def codes(response) -> list[str]:
    return re.findall(r">(M\d{4})<", response.content.decode())


def sheet(response, name: str | int = 0) -> list[list]:
    data = b"".join(response.streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    picked = book.get_sheet_by_index(name) if isinstance(name, int) else book.get_sheet_by_name(name)
    return picked.to_python()


def test_shows_what_the_account_may_see(signed_in, cast):
    assert set(codes(signed_in("branch_secretary").get(URL))) == {f"M02{i:02}" for i in range(1, 9)}


def test_visitors_are_sent_to_the_door(client, db):
    assert client.get(URL).headers["Location"] == f"/sign-in/?next={URL}"


def test_without_the_permission_the_page_is_not_found(signed_in):
    assert signed_in("branch_secretary").get("/test-locked/").status_code == 404


def test_search_by_part_of_a_name_and_by_code(office):
    assert codes(office.get(URL, {"q": "示八"})) == ["M0208"]
    assert codes(office.get(URL, {"q": "M03"})) == ["M0301", "M0302", "M0303", "M0304", "M0305"]


def test_filters_combine_with_search_and_stand_as_chips(office):
    response = office.get(URL, {"q": "M02", "category": "RETIRED"})
    page = response.content.decode()
    assert codes(response) == ["M0208"]
    assert page.count('class="xf-chip"') == 2
    assert f'class="xf-chip" href="{URL}?category=RETIRED"' in page
    assert f'class="xf-chip" href="{URL}?q=M02"' in page


def test_a_condition_without_sense_finds_nothing(office):
    assert codes(office.get(URL, {"category": "NOBODY"})) == []


def test_sorts_by_listed_columns_only(office):
    first = codes(office.get(URL, {"sort": "-code"}))
    assert first == sorted(first, reverse=True)
    assert codes(office.get(URL, {"sort": "password"})) == sorted(codes(office.get(URL)))


def test_empty_values_stand_last_in_both_directions(office):
    for sort in ("admitted_on", "-admitted_on"):
        assert codes(office.get(URL, {"sort": sort, "q": "M02"}))[0] == "M0207"


def test_pages_keep_the_conditions_and_do_not_overlap(office):
    seen = [code for n in (1, 2, 3) for code in codes(office.get(URL, {"page": n, "sort": "branch"}))]
    assert len(seen) == len(set(seen)) == 21  # all but the four led by the locality
    page = office.get(URL, {"q": "M0", "sort": "branch"}).content.decode()
    assert f'href="{URL}?q=M0&amp;sort=branch&amp;page=2"' in page


def test_a_page_beyond_the_end_is_the_last(office):
    assert codes(office.get(URL, {"page": 99})) == codes(office.get(URL, {"page": 3}))


def test_htmx_gets_the_list_only_and_the_back_button_the_whole_page(office):
    part = office.get(URL, headers={"HX-Request": "true", "HX-Target": "list"})
    assert b"<html" not in part.content and len(codes(part)) == 10
    assert "HX-Target" in part.headers["Vary"]
    restore = {"HX-Request": "true", "HX-Target": "list", "HX-History-Restore-Request": "true"}
    assert b"<html" in office.get(URL, headers=restore).content


def test_export_is_exactly_what_is_shown_on_all_pages(office):
    query = {"sort": "-code", "kind": "FULL"}
    shown = [code for n in (1, 2) for code in codes(office.get(URL, {**query, "page": n}))]
    rows = sheet(office.get(URL, {**query, "export": "xlsx"}))
    assert [row[1] for row in rows[1:]] == shown
    assert rows[0] == ["Name", "Code", "Branch", "Admitted", "Category"]


def test_export_says_what_it_is(office):
    response = office.get(URL, {"q": "M02", "export": "xlsx"})
    assert re.search(r"Members-\d{8}\.xlsx", response.headers["Content-Disposition"])
    about = sheet(response, 1)
    assert ["M02"] in [row[1:] for row in about]


def test_export_holds_text_as_text_and_no_formula(office):
    nasty = '=HYPERLINK("http://example.invalid","x")'
    Member.objects.filter(code="M0201").update(name=nasty, code="007")
    response = office.get(URL, {"q": "007", "export": "xlsx"})
    data = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    row = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1]
    assert row[:2] == [nasty, "007"]


def test_what_is_shown_is_escaped(office):
    Member.objects.filter(code="M0201").update(name="<script>x</script>")
    assert b"<script>x" not in office.get(URL, {"q": "M0201"}).content


def test_empty_says_the_conditions_the_number_without_them_and_a_way_out(office):
    office.cookies["language"] = "en"
    page = office.get(URL, {"q": "欧阳"}).content.decode()
    assert "21" in page
    assert "欧阳" in page and f'href="{URL}"' in page
    assert "export=xlsx" not in page
