"""Pages of items, plans and measures: forms, lists, what stands on the pages of others."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from campaign.opinions import actions as opinions
from campaign.opinions.actions import Told
from campaign.rectification import measure_actions
from campaign.rectification.models import RectificationItem, RectificationMeasure, RectificationPlan
from enterprises import clock
from enterprises.history import changes
from enterprises.warnings import warnings_of
from tests.records import LAUNCH
from tests.rectification.stage import TODAY, approved, finish, item, publish, rectifying


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return rectifying()


@pytest.fixture
def sign_in(cast, client):
    def signed_in(role):
        client.force_login(cast.fresh(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def form(campaign, **told):
    return {
        "campaign": campaign.pk,
        "submission": str(uuid4()),
        "title": "夜班班车增开一班",
        "source": "OPINION",
        "opinions": "12",
        "measure": "增开一班",
        "department": "后勤部",
        "owner": "M0202",
        "feasibility": "AT_ONCE",
        "due_on": "2026-09-25",
        "raised_on": "2026-08-20",
    } | told


def told_on(response, name):
    return response.context["form"].errors[name]


@pytest.mark.item(68, 69)
def test_an_item_is_raised_started_finished_and_reopened(cast, campaign, sign_in):
    client = sign_in("branch_secretary")
    new = reverse("rectification:item_new", args=[cast.org["B2"].pk])
    wrong = client.post(new, form(campaign, feasibility="LACKING", due_on=""))
    assert told_on(wrong, "explanation") and wrong.context["form"]["title"].value() == "夜班班车增开一班"
    sent = form(campaign)
    assert client.post(new, sent).status_code == client.post(new, sent).status_code == 302
    thing = RectificationItem.objects.get()
    assert (thing.opinions, thing.owner) == (12, cast.member["M0202"])
    page = reverse("rectification:item", args=[thing.pk])
    client.post(reverse("rectification:item_start", args=[thing.pk]))
    told = {"done": "已增开", "done_on": "2026-09-18", "outcome": ""}
    finish_url = reverse("rectification:item_finish", args=[thing.pk])
    assert told_on(client.post(finish_url, told), "outcome")
    upload = SimpleUploadedFile("照片.pdf", b"%PDF-1.7")
    assert client.post(finish_url, told | {"outcome": "PRACTICAL", "upload": upload}).status_code == 302
    shown = client.get(page).content.decode()
    assert "已增开" in shown and "照片.pdf" in shown and "王示一" not in shown and "李示二" in shown
    assert ("归入", "", "服务人民群众") in changes(RectificationItem.objects.get())[0].fields  # named, never by code
    proof = thing.proofs.get()
    answer = client.get(reverse("rectification:proof", args=[proof.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    client.post(reverse("rectification:item_reopen", args=[thing.pk]), {"reason": "群众不认可"})
    assert "群众不认可" in client.get(page).content.decode()


@pytest.mark.item(72)
def test_changes_of_others_are_shown_and_slogans_named(cast, campaign, sign_in):
    thing = item(cast, campaign, measure="切实改进作风", due_on=None)
    client = sign_in("branch_secretary")
    page = client.get(reverse("rectification:item", args=[thing.pk]))
    assert "没有时限" in page.context["slogan"] and "没有可衡量的结果" in page.context["slogan"]
    edit = reverse("rectification:item_edit", args=[thing.pk])
    version = client.get(edit).context["form"]["version"].value()
    RectificationItem.objects.filter(pk=thing.pk).update(department="工会")
    sent = form(campaign, version=version, owner="")
    assert client.post(edit, sent).context["form"].conflicts
    found = [w.code for w in warnings_of([cast.org["B2"].pk], TODAY)[cast.org["B2"].pk]]
    assert "RECTIFICATION_SLOGAN" in found


@pytest.mark.item(68, 70, 71, 73)
def test_the_list_filters_counts_and_exports_without_names(cast, campaign, sign_in):
    item(cast, campaign, opinions=3, title="甲", owner=cast.member["M0202"], department="", due_on=TODAY)
    done = finish(item(cast, campaign, opinions=9, title="乙", due_on=LAUNCH))
    finish(item(cast, campaign, title="丙"), outcome="STRATEGY")
    item(cast, campaign, title="丁", due_on=TODAY - timedelta(2))
    item(cast, campaign, title="戊", feasibility="LACKING", due_on=LAUNCH, explanation="已说明")
    publish(cast, campaign, things=[done])
    client = sign_in("committee_secretary")
    url = reverse("rectification:item_list")

    def titles(**query):
        return [row["object"].title for row in client.get(url, query).context["table"]]

    assert titles()[:2] == ["乙", "甲"]
    assert titles(state="overdue") == ["丁"]
    assert sorted(titles(state="open")) == ["丁", "甲"]
    assert titles(state="lacking") == ["戊"]
    assert titles(state="unpublished") == ["丙"]
    assert titles(outcome="STRATEGY") == ["丙"]
    assert titles(early="1") == []
    counted = client.get(url).context["totals"]
    assert (counted.total, counted.done, counted.published, counted.overdue) == (5, 2, 1, 1)
    assert [r["object"].title for r in client.get(reverse("rectification:top")).context["table"]] == ["乙", "甲"]
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get(url, {"export": "xlsx"}).streaming_content))
    ).get_sheet_by_index(0)
    cells = [str(cell) for row in sheet.to_python() for cell in row]
    assert "甲" in cells and not any("李示二" in cell for cell in cells)
    codes = [w.code for w in warnings_of([cast.org["B2"].pk], TODAY)[cast.org["B2"].pk]]
    assert {"RECTIFICATION_OVERDUE", "RECTIFICATION_UNPUBLISHED"} <= set(codes)


@pytest.mark.item(69)
def test_what_is_due_stands_where_people_land(cast, campaign, sign_in):
    item(cast, campaign, title="两天后到期", due_on=TODAY + timedelta(2))
    item(cast, campaign, title="还早", due_on=TODAY + timedelta(8))
    client = sign_in("branch_secretary")
    for url in (reverse("overview:week_more"), reverse("enterprises:organization", args=[cast.org["B2"].pk])):
        shown = client.get(url).content.decode()
        assert "两天后到期" in shown and "还早" not in shown


def test_groups_read_items_without_the_names_of_members(cast, campaign, sign_in):
    from tests.cast import add_account

    thing = item(cast, campaign, owner=cast.member["M0202"], department="")
    RectificationItem.objects.filter(pk=thing.pk).update(owner=cast.member["M0203"])
    add_account(cast, "supervision_group", "GROUP_MEMBER", cast.org["A"])
    shown = sign_in("supervision_group").get(reverse("rectification:item", args=[thing.pk])).content.decode()
    assert thing.title in shown and "李示二" not in shown and "张示三" not in shown


@pytest.mark.item(69)
def test_a_plan_goes_the_whole_way_through_the_pages(cast, campaign, sign_in):
    from tests.cast import add_account

    add_account(cast, "supervision_group", "GROUP_HEAD", cast.org["A"])
    first, second = item(cast, campaign), item(cast, campaign, title="班车")
    client = sign_in("branch_secretary")
    new = reverse("rectification:plan_new", args=[cast.org["B2"].pk])
    assert sorted(client.get(new).context["form"].initial["items"], key=lambda i: i.pk) == [first, second]
    sent = {
        "campaign": campaign.pk,
        "submission": str(uuid4()),
        "scope": "UNIT",
        "title": "整改方案",
        "items": [first.pk],
    }
    client.post(new, sent)
    plan = RectificationPlan.objects.get()
    urls = {name: reverse(f"rectification:{name}", args=[plan.pk]) for name in (
        "plan", "plan_edit", "plan_submit", "plan_review", "plan_approve", "plan_return"
    )}  # fmt: skip
    version = client.get(urls["plan_edit"]).context["form"]["version"].value()
    edited = {"title": "整改方案", "version": version, "items": [first.pk, second.pk]}
    assert client.post(urls["plan_edit"], edited).status_code == 302
    assert client.post(urls["plan_submit"]).status_code == 302
    assert "等待" in client.get(urls["plan"]).content.decode()
    sign_in("supervision_group").post(urls["plan_review"], {"note": "措施具体，可行"})
    client = sign_in("committee_secretary")
    assert "措施具体，可行" in client.get(urls["plan"]).content.decode()
    assert client.post(urls["plan_return"], {"reason": ""}).context["form"].errors
    assert client.post(urls["plan_approve"]).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.item_ids) == ("APPROVED", [first.pk, second.pk])
    newer = approved(cast, campaign, items=[second])
    page = client.get(reverse("rectification:plan", args=[newer.pk]))
    assert page.context["changed"] == {"added": [], "dropped": [first]}
    assert client.get(reverse("rectification:plan_list"), {"state": "REPLACED"}).context["count"] == 1


@pytest.mark.item(69)
def test_a_member_keeps_the_own_measures(cast, campaign, sign_in):
    member = cast.member["M0204"]
    client = sign_in("member")
    new = reverse("rectification:measure_new", args=[member.pk])
    sent = {"campaign": campaign.pk, "submission": str(uuid4()), "measure": "每周读两次书", "due_on": "2026-09-30"}
    assert client.post(new, sent).status_code == client.post(new, sent).status_code == 302
    measure = RectificationMeasure.objects.get()
    done = reverse("rectification:measure_done", args=[measure.pk])
    assert told_on(client.post(done, {"done": "", "done_on": "2026-09-19"}), "done")
    assert client.post(done, {"done": "已坚持一个月", "done_on": "2026-09-19"}).status_code == 302
    page = reverse("rectification:measures", args=[member.pk])
    assert "已坚持一个月" in client.get(page).content.decode()
    assert "已坚持一个月" in sign_in("branch_secretary").get(page).content.decode()
    assert sign_in("committee_secretary").get(page).status_code == 403
    of_another = measure_actions.set_measure(
        by=None, campaign=campaign, member=cast.member["M0301"], measure="别人的", due_on=TODAY
    )
    assert sign_in("member").get(reverse("rectification:measure_done", args=[of_another.pk])).status_code == 404


@pytest.mark.item(58, 69, 70)
def test_what_opinions_said_is_taken_up(cast, campaign, sign_in):
    told = [Told(text, "BOX", clock.today(), "EMPLOYEE") for text in ("夜班车太少", "夜里没有班车")]
    found = opinions.enter(by=None, campaign=campaign, organization=cast.org["B2"], told=told, submission=uuid4())
    first = opinions.sort(by=None, opinion=found[0], category="welfare", new_item="夜班班车太少")
    opinions.sort(by=None, opinion=found[1], category="welfare", item=first.item)
    client = sign_in("branch_secretary")
    link = reverse("rectification:item_new", args=[cast.org["B2"].pk]) + f"?opinion_item={first.item.pk}"
    assert link in client.get(reverse("opinions:item", args=[first.item.pk])).content.decode()
    offered = client.get(link).context["form"]
    assert (offered["title"].value(), offered["opinions"].value()) == ("夜班班车太少", 2)
    client.post(link, form(campaign, opinion_item=first.item.pk))
    thing = RectificationItem.objects.get()
    assert thing.opinion_item == first.item
    finish(thing, day=clock.today())
    assert "已减为九张" in client.get(reverse("opinions:item", args=[first.item.pk])).content.decode()
    assert (
        reverse("opinions:item", args=[first.item.pk])
        in client.get(reverse("rectification:item", args=[thing.pk])).content.decode()
    )
