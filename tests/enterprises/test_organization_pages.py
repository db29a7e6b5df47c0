"""The list, the tree and the page of organisations."""

from datetime import date

from django.urls import reverse

from enterprises.actions.posts import set_secretary
from enterprises.models import Organization
from tests.enterprises.conftest import text


def url(name, pk=None):
    return reverse(f"enterprises:{name}", args=[pk] if pk else [])


def test_the_list_searches_filters_and_sorts(cast, browse):
    office = browse("office")
    found = text(office.get(url("organization_list"), {"q": "采煤"}))
    assert "采煤党总支" in found and "设计所" not in found
    below = text(office.get(url("organization_list"), {"below": "A", "kind": "BRANCH"}))
    assert "采煤一队党支部" in below and "设计所" not in below and "采煤党总支（示例）</a>" not in below
    assisted = text(office.get(url("organization_list"), {"state": "assisted"}))
    assert "一工区党支部" in assisted and "采煤一队党支部" not in assisted
    names = text(office.get(url("organization_list"), {"sort": "-code"}))
    assert names.index("国资委党委") < names.index("采煤二队党支部")


def test_overdue_terms_can_be_listed(cast, browse, today):
    Organization.objects.filter(code="G").update(term_end=date(2025, 8, 31))
    Organization.objects.filter(code="A").update(term_end=date(2025, 8, 31), extension_until=date(2025, 12, 31))
    page = text(browse("office").get(url("organization_list"), {"term": "over"}))
    assert "采煤党总支" in page and "北山矿党委（示例）</a>" not in page


def test_the_list_exports_what_it_shows(cast, browse):
    answer = browse("office").get(url("organization_list"), {"q": "采煤", "export": "xlsx"})
    assert answer.status_code == 200 and b"".join(answer.streaming_content)[:2] == b"PK"


def test_the_tree_begins_where_sight_begins(cast, browse):
    top = text(browse("office").get(url("tree")))
    assert "国资委党委" in top and "某省委" in top and "北山矿党委" not in top
    own = text(browse("committee_secretary").get(url("tree")))
    assert "北山矿党委" in own and "采煤党总支" not in own
    both = text(browse("enterprise_office").get(url("tree")))
    assert "华岳能源集团公司党组" in both and "河口建筑公司党委" in both  # led, and assisted


def test_a_level_opens_in_place_or_on_its_own_page(cast, browse):
    office, node = browse("office"), cast.org["G"].pk
    page = text(office.get(url("tree_node", node)))
    assert "采煤一队党支部" in page and "<html" in page and "北山矿党委" in page
    part = text(office.get(url("tree_node", node), headers={"HX-Request": "true"}))
    assert "采煤一队党支部" in part and "<html" not in part and 'aria-expanded="true"' in part
    folded = text(office.get(url("tree_node", node), {"fold": "1"}, headers={"HX-Request": "true"}))
    assert "采煤一队党支部" not in folded and 'aria-expanded="false"' in folded


def test_a_level_is_paged_and_in_directory_order(cast, browse, monkeypatch):
    monkeypatch.setattr("enterprises.views.organizations.LEVEL", 1)
    Organization.objects.filter(code="B2").update(directory_order=2)
    Organization.objects.filter(code="B3").update(directory_order=1)
    office, node = browse("office"), cast.org["G"].pk
    first = text(office.get(url("tree_node", node)))
    assert "采煤二队党支部" in first and "采煤一队党支部" not in first and "?page=2" in first
    second = text(office.get(url("tree_node", node), {"page": "2"}))
    assert "采煤一队党支部" in second and "?page=3" not in second
    more = text(office.get(url("tree_node", node), {"page": "2"}, headers={"HX-Request": "true"}))
    assert more.lstrip().startswith("<li")


def test_the_tree_asks_a_fixed_number_of_questions(cast, browse, django_assert_max_num_queries):
    office = browse("office")
    office.get(url("tree"))
    with django_assert_max_num_queries(8):
        office.get(url("tree_node", cast.org["G"].pk))


def test_the_page_says_who_leads_it_and_what_is_wrong(cast, browse, today):
    set_secretary(by=None, organization=cast.org["B2"], member=cast.member["M0201"], since=date(2024, 1, 1))
    Organization.objects.filter(code="B2").update(term_end=date(2025, 8, 31))
    page = text(browse("branch_secretary").get(url("organization", cast.org["B2"].pk)))
    assert "王示一" in page and "since 2024-01-01" in page
    assert "The term ended on 2025-08-31, 1 days ago." in page
    assert "第一党小组" in page and "黄示八" in page


def test_the_page_offers_only_what_one_may_do(cast, browse):
    pk = cast.org["B2"].pk
    branch = text(browse("branch_secretary").get(url("organization", pk)))
    assert url("member_admit", pk) in branch and url("organization_move", pk) not in branch
    above = text(browse("committee_secretary").get(url("organization", pk)))
    assert url("organization_move", pk) in above
    reader = text(browse("auditor").get(url("organization", pk)))
    assert url("member_admit", pk) not in reader and "黄示八" not in reader


def test_history_names_who_and_why(cast, browse):
    client = browse("committee_secretary")
    form = client.get(url("organization_rename", cast.org["B2"].pk)).context["form"]
    client.post(
        url("organization_rename", cast.org["B2"].pk),
        {"name": "改名（示例）", "version": form.initial["version"], "reason": "批复〔2025〕3 号"},
    )
    page = text(client.get(url("organization", cast.org["B2"].pk)))
    assert "采煤一队党支部（示例） → 改名（示例）" in page
    assert "批复〔2025〕3 号" in page and "committee_secretary（示例）" in page


def test_a_level_below_is_shown_with_its_figures(cast, browse):
    page = text(browse("committee_secretary").get(url("organization", cast.org["G"].pk)))
    assert "采煤一队党支部" in page and "采煤二队党支部" in page


def test_suggestions_stay_in_sight(cast, browse):
    client = browse("committee_secretary")
    ask = {"headers": {"HX-Trigger-Name": "superior"}}
    assert "采煤一队党支部" in text(client.get(url("organization_suggest"), {"superior": "采煤"}, **ask))
    assert "设计所" not in text(client.get(url("organization_suggest"), {"superior": "设计"}, **ask))
    assert "M0201" in text(client.get(url("member_suggest"), {"q": "M020"}))
    assert "M0501" not in text(client.get(url("member_suggest"), {"q": "M050"}))
    assert text(client.get(url("organization_suggest"), {"superior": "采"}, **ask)).strip() == ""
