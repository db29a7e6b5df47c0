"""The list, entering, importing, sorting, items, the page of one opinion, the poster."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from campaign.opinions import actions, suggestions
from campaign.opinions.classifier import train
from campaign.opinions.models import Opinion, OpinionItem, OpinionPage
from campaign.plan.models import Participation
from tests.opinions.given import TODAY, entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(cast, client):
    def sign_in(name):
        client.force_login(cast.fresh(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def secretary(signed_in, campaign):
    return signed_in("committee_secretary")


def to(url_name, cast, organization="A", **more):
    return reverse(url_name, query={"organization": cast.org[organization].pk, "campaign": "t"} | more)


@pytest.mark.item(58)
def test_pasted_lines_become_opinions(cast, secretary):
    form = {
        "channel": "SYMPOSIUM",
        "source_group": "MEMBER",
        "received_on": TODAY.isoformat(),
        "texts": "1. 开会太多\r\n\r\n（2）班车太少\n三、报表重复\n· 供餐太早",
        "submission": str(uuid4()),
    }
    for _time in range(2):
        assert secretary.post(to("opinions:enter", cast), form).status_code == 302
    found = list(Opinion.objects.order_by("pk").values_list("text", "channel", "source_group"))
    assert found == [(t, "SYMPOSIUM", "MEMBER") for t in ("开会太多", "班车太少", "报表重复", "供餐太早")]


def test_what_is_wrong_is_said_beside_the_field(cast, secretary):
    form = {"channel": "", "received_on": "2027-01-01", "texts": "意见", "submission": str(uuid4())}
    assert secretary.post(to("opinions:enter", cast), form).context["form"].errors["channel"]
    answer = secretary.post(to("opinions:enter", cast), form | {"channel": "BOX"})
    assert answer.context["form"].errors["received_on"]
    assert answer.context["form"]["texts"].value() == "意见"


def upload(secretary, cast, content, name="意见.csv"):
    form = {"file": SimpleUploadedFile(name, content), "submission": str(uuid4())}
    return secretary.post(to("opinions:load", cast), form)


@pytest.mark.item(58)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_is_imported(cast, secretary, encoding):
    text = (
        "意见收集表,,,,\n姓名,意见,渠道,来源,日期,类别\n王示一,开会太多,座谈会,党员,2026年8月30日,领导机关工作作风\n"
        "李示二,班车太少,意见箱,,,\n,,,,,\n"
    )
    assert upload(secretary, cast, text.encode(encoding)).status_code == 302
    first, second = Opinion.objects.order_by("pk")
    assert (first.text, first.channel, first.source_group, first.category, first.state) == (
        "开会太多", "SYMPOSIUM", "MEMBER", "work_style", "SORTED",
    )  # fmt: skip
    assert first.received_on.isoformat() == "2026-08-30"
    assert (second.channel, second.received_on, second.state) == ("BOX", TODAY, "RAW")


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("意见,渠道\n开会太多,座谈会\n班车太少,听说\n", 3),
        ("意见,日期\n开会太多,2027-01-01\n", 2),
        ("意见,日期\n开会太多,昨天\n", 2),
        (f"意见\n{'长' * 2001}\n", 2),
        ("内部,渠道\n开会太多,座谈会\n", 0),
        ("意见\n", 0),
    ],
)
def test_a_file_with_a_mistake_is_not_imported_at_all(cast, secretary, content, row):
    answer = upload(secretary, cast, content.encode())
    assert [number for number, _words in answer.context["problems"]] == [row]
    assert not Opinion.objects.exists()


def test_what_is_no_sheet_is_refused(cast, secretary):
    assert upload(secretary, cast, b"PK\x03\x04nonsense", "a.xlsx").context["problems"]
    assert upload(secretary, cast, b"\xff\xd8\xff\xe0\x81", "a.csv").context["problems"]


@pytest.mark.item(58)
def test_what_is_exported_can_be_imported(cast, secretary):
    entered(cast, Participation.objects.first().campaign, n=2, category="welfare", channel="HOTLINE")
    answer = secretary.get(reverse("opinions:opinion_list"), {"export": "xlsx"})
    content = b"".join(answer.streaming_content)
    header = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[0]
    assert header[0] == "意见"
    assert upload(secretary, cast, content, "意见.xlsx").status_code == 302
    rows = list(Opinion.objects.values_list("text", "channel", "category", "source_group"))
    assert len(rows) == 4 and len(set(rows)) == 2


@pytest.mark.item(59)
def test_the_queue_sorts_one_after_the_other(cast, campaign, secretary):
    first, second = entered(cast, campaign, n=2)
    url = to("opinions:sort", cast)
    page = secretary.get(url)
    assert (page.context["opinion"], page.context["left"]) == (first, 2)
    assert secretary.get(page.context["skip_url"]).context["opinion"] == second
    assert secretary.post(url, {"opinion": first.pk, "category": "welfare"}).url == url
    assert secretary.get(url).context["opinion"] == second
    secretary.post(url, {"opinion": second.pk, "category": "work_style", "new_item": "开会太多"})
    assert OpinionItem.objects.get().opinions.get() == second
    assert "没有待梳理的意见" in secretary.get(url).content.decode()


def test_enter_in_the_sentence_sorts_nothing_and_keeps_it(cast, campaign, secretary):
    """The first button of a form is the one that Enter in a field presses: it stands for no category."""
    [opinion] = entered(cast, campaign)
    url = to("opinions:sort", cast)
    first = secretary.get(url).content.decode().split('name="opinion"')[1].split("<button")[1]
    assert 'name="category" value=""' in first
    answer = secretary.post(url, {"opinion": opinion.pk, "category": "", "new_item": "班车太少"})
    assert answer.context["opinion"] == opinion and 'value="班车太少"' in answer.content.decode()
    assert "请选一类" in answer.content.decode()
    assert not OpinionItem.objects.exists()


def test_an_original_is_merged_by_one_press(cast, campaign, secretary):
    one, other = entered(cast, campaign, n=2)
    item = actions.sort(by=None, opinion=one, category="welfare", new_item="班车太少").item
    url = to("opinions:sort", cast)
    assert [found for found, _category in secretary.get(url).context["items"]] == [item]
    secretary.post(url, {"opinion": other.pk, "item": item.pk})
    other.refresh_from_db()
    assert (other.item, other.category) == (item, "welfare")


def test_the_queue_holds_what_lies_below_and_nothing_else(cast, campaign, signed_in):
    entered(cast, campaign, "A")
    entered(cast, campaign, "E01-DZ")
    entered(cast, campaign, "C")
    office = signed_in("enterprise_office")
    assert office.get(to("opinions:sort", cast, "E01-DZ")).context["left"] == 2
    assert office.get(to("opinions:sort", cast, "A")).context["left"] == 1


@pytest.mark.item(59)
def test_a_category_is_suggested_and_a_person_decides(cast, campaign, secretary):
    suggestions.learn(campaign, cast.unit["E01-A"].pk)
    submission = uuid4()
    told = [actions.Told("食堂的饭菜太贵，倒班职工吃不上热饭。", "BOX", TODAY)]
    actions.enter(by=None, campaign=campaign, organization=cast.org["A"], told=told, submission=submission)
    page = secretary.get(to("opinions:sort", cast))
    assert page.context["suggested"] == "welfare"
    assert Opinion.objects.get().category == ""
    assert "%" not in page.content.decode().split("<main")[1].split("</main")[0].replace("%E", "")


def test_nothing_is_suggested_before_a_worker_has_learned(cast, campaign, secretary, monkeypatch):
    asked = []
    monkeypatch.setattr("campaign.opinions.tasks.train_suggestions.delay", lambda *ids: asked.append(ids))
    entered(cast, campaign)
    for _time in range(2):
        assert secretary.get(to("opinions:sort", cast)).context["suggested"] == ""
    assert asked == [(campaign.pk, cast.unit["E01-A"].pk)]


def test_the_page_of_one_opinion_and_correcting_it(cast, campaign, secretary):
    [opinion] = entered(cast, campaign)
    page = reverse("opinions:opinion", args=[opinion.pk])
    assert opinion.text in secretary.get(page).content.decode()
    one = secretary.get(reverse("opinions:sort_one", args=[opinion.pk]))
    told = {"opinion": opinion.pk, "category": "other", "back": "opinion"}
    assert secretary.post(one.context["back"], told).url == page
    assert "意见类别" in secretary.get(page).content.decode()  # in its history


def test_taking_out_asks_first(cast, campaign, secretary):
    [opinion] = entered(cast, campaign)
    url = reverse("opinions:remove", args=[opinion.pk])
    assert secretary.get(url).status_code == 200
    assert Opinion.objects.get().text
    assert secretary.post(url).status_code == 302
    assert Opinion.objects.get().text == ""
    assert secretary.get(reverse("opinions:sort_one", args=[opinion.pk])).status_code == 404


@pytest.mark.item(59)
def test_an_item_is_answered(cast, campaign, secretary):
    [opinion] = entered(cast, campaign)
    item = actions.sort(by=None, opinion=opinion, category="welfare", new_item="班车太少").item
    url = reverse("opinions:answer", args=[item.pk])
    assert secretary.post(url, {"answer": ""}).context["form"].errors
    assert secretary.post(url, {"answer": "十月起增开一班。"}).status_code == 302
    page = secretary.get(reverse("opinions:item", args=[item.pk])).content.decode()
    assert "十月起增开一班。" in page and opinion.text in page
    change = reverse("opinions:item_change", args=[item.pk])
    assert secretary.post(change, {"title": "夜班班车太少", "category": "welfare"}).status_code == 302
    listed = secretary.get(reverse("opinions:item_list"), {"state": "answered"})
    assert [(row["object"].title, row["object"].originals) for row in listed.context["table"]] == [("夜班班车太少", 1)]


def test_the_list_is_filtered_and_its_words_are_not_searched(cast, campaign, secretary):
    entered(cast, campaign, n=2, channel="HOTLINE")
    entered(cast, campaign, category="welfare")
    url = reverse("opinions:opinion_list")
    counts = {
        query: secretary.get(f"{url}?{query}").context["count"]
        for query in ("state=RAW", "channel=HOTLINE", "category=welfare", "q=建议", "campaign=t", "state=NONSENSE")
    }
    assert list(counts.values()) == [2, 2, 1, 3, 3, 0]


@pytest.mark.item(58)
def test_a_unit_gets_its_poster(cast, campaign, secretary):
    part = Participation.objects.get(unit=cast.unit["E01-A"])
    poster, switch = (reverse(f"opinions:{name}", args=[part.pk]) for name in ("poster", "switch"))
    assert "还没有公开页" in secretary.get(poster).content.decode()
    secretary.post(switch)
    page = OpinionPage.objects.get()
    drawn = secretary.get(poster)
    assert drawn.context["address"].endswith(f"/o/{page.slug}/")
    assert "data:" not in drawn.content.decode()
    secretary.post(switch, {"close": "1"})
    page.refresh_from_db()
    assert not page.is_open


def test_the_code_is_that_of_the_address():
    import segno

    from campaign.opinions.views.links import QUIET, qr_path

    text = "http://localhost/o/abcd2345/"
    path, side = qr_path(text)
    matrix = segno.make(text, error="m", micro=False).matrix
    drawn = set()
    for run in path.removesuffix("z").split("z"):
        start, length = run.removeprefix("M").split("v")[0].split("h")
        x, y = map(int, start.split())
        drawn |= {(x + i - QUIET, y - QUIET) for i in range(int(length))}
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert side == len(matrix) + 2 * QUIET


def test_the_panel_says_how_many_wait(cast, campaign, secretary):
    entered(cast, campaign, n=3)
    words = secretary.get(reverse("enterprises:organization", args=[cast.org["A"].pk])).content.decode()
    assert "3 条意见待梳理" in words


def test_a_committee_s_week_leads_to_the_queue(cast, campaign):
    from campaign.overview.week import form_url
    from campaign.plan.models import Step

    step = Step.objects.select_related("campaign").get(code="opinions")
    assert form_url(step, cast.org["A"]) == to("opinions:sort", cast)


def test_training_needs_two_categories():
    assert train([("建议", "a"), ("意见", "a"), ("其他", "b")]) is None
