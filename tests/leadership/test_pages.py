"""The pages of leadership, as the people who use them meet them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.leadership.actions import bodies, leaders, plans
from campaign.leadership.models import (
    ContactPoint,
    ContactPointVisit,
    ImplementationPlan,
    LeadingGroup,
    Responsibility,
    Trainee,
    TrainingEvent,
)
from campaign.meetings.actions import log
from campaign.rectification.actions import raise_item
from campaign.survey.models import GroupResult, SatisfactionSurvey
from enterprises import clock
from enterprises.actions.posts import end_member_post, set_secretary
from enterprises.models import Post
from tests.cast import add_account
from tests.leadership.conftest import TODAY
from tests.records import told

DAY = date(2026, 8, 1)


def at(name, cast, code="A", **query):
    return reverse(f"leadership:{name}", args=[cast.org[code].pk], query=query or None)


def sent(**fields):
    return {"submission": str(uuid4()), **fields}


def text_of(page):
    return page.content.decode()


def write(cast, campaign, code="A", text="一、学习\n二、评议", acts=()):
    version = plans.write_plan(by=None, campaign=campaign, organization=cast.org[code], text=text)
    plan = ImplementationPlan.objects.get(pk=version.plan_id)
    for act in acts:
        plan = plans.move_plan(by=None, plan=plan, act=act)
    return plan


@pytest.mark.item(17, 18, 19, 22, 23, 25)
def test_the_page_says_what_is_owed_until_it_is_in_place(led, campaign, enter):
    client = enter("committee_secretary")
    page = client.get(at("organization", led))
    owed = [item.what for item in page.context["owed"]]
    for words in ("成立领导小组", "成立活动办公室", "实施方案", "召开动员培训会议"):
        assert words in owed
    client.post(at("group", led), sent(document_number="〔2026〕1号", founded_on="2026-08-01"))
    client.post(at("office", led), sent(document_number="〔2026〕2号", founded_on="2026-08-01", has_premises="on"))
    client.post(at("training_new", led), sent(kind="MOBILISATION", title="动员培训会议", held_on="2026-08-02"))
    client.post(at("plan_new", led), sent(title="实施方案", text="一、学习"))
    client.post(at("admin_head", led), sent(name="孙示九", since="2026-08-01"))
    after = [item.what for item in client.get(at("organization", led)).context["owed"]]
    assert "成立领导小组" not in after and "召开动员培训会议" not in after
    assert "补齐办公室条件" in after and "实施方案" in after  # no staff, no budget; the draft is not handed in
    assert led.member["M0201"].name in text_of(client.get(at("organization", led)))


@pytest.mark.item(17)
def test_a_changed_secretary_is_warned_of_on_the_organizations_page(led, campaign, enter):
    told = {"campaign": campaign, "organization": led.org["A"], "document_number": "〔2026〕1号", "founded_on": DAY}
    group = bodies.found_group(by=None, **told)
    set_secretary(by=None, organization=led.org["A"], member=led.member["M0305"], since=TODAY)
    client = enter("committee_secretary")
    page = text_of(client.get(reverse("enterprises:organization", args=[led.org["A"].pk])))
    url = reverse("leadership:head", args=[group.pk])
    assert url in page and url in text_of(client.get(at("organization", led)))
    assert client.post(url, sent()).status_code == 302
    assert url not in text_of(client.get(at("organization", led)))
    assert group.seats.get(role="HEAD", until=None).member == led.member["M0305"]


@pytest.mark.item(18, 19)
def test_the_responsible_person_stands_at_the_head_of_the_organizations_page(led, campaign, enter):
    client = enter("committee_secretary")
    page = text_of(client.get(reverse("enterprises:organization", args=[led.org["A"].pk])))
    assert f"第一责任人：{led.member['M0201'].name}" in page
    end_member_post(by=None, post=Post.objects.get(role="BRANCH_SECRETARY", member=led.member["M0203"]), until=DAY)
    page = text_of(client.get(reverse("enterprises:organization", args=[led.org["B2"].pk])))
    assert "直接责任人：无人" in page and "31 天" in page
    form = sent(member=led.member["M0204"].code, since="2026-08-20")
    assert client.post(at("stand_in", led, "B2"), form).status_code == 302
    assert led.member["M0204"].name in text_of(client.get(at("organization", led, "B2")))
    entry = Responsibility.objects.get()
    client.post(reverse("leadership:responsibility_end", args=[entry.pk]), sent(until="2026-08-31"))
    entry.refresh_from_db()
    assert entry.until == date(2026, 8, 31)


@pytest.mark.item(25)
def test_a_plan_is_handed_in_returned_rewritten_approved_and_filed_in_the_browser(led, campaign, enter):
    client = enter("committee_secretary")
    first = client.post(at("plan_new", led), sent(title="实施方案", text="一、学习"))
    plan = ImplementationPlan.objects.get()
    assert first.url == reverse("leadership:plan", args=[plan.pk])
    move = reverse("leadership:plan_move", args=[plan.pk])
    assert client.post(move, sent(act="submit", version=1)).status_code == 302
    assert client.get(first.url).context["form"] is None  # now it is the turn of the organisation above
    client = enter("enterprise_office")
    assert client.get(reverse("leadership:plan_list"), {"turn": "mine"}).context["count"] == 1
    write(led, campaign, "B2", acts=("submit",))  # waits for the general branch between, not for the enterprise
    assert client.get(reverse("leadership:plan_list"), {"turn": "mine"}).context["count"] == 1
    refused = client.post(move, sent(act="return", version=1))
    assert refused.context["form"].errors.keys() == {"remark"}
    client.post(move, sent(act="return", version=1, remark="没有结合实际"))
    client = enter("committee_secretary")
    assert "没有结合实际" in text_of(client.get(at("plan_new", led)))
    client.post(at("plan_new", led), sent(title="实施方案", text="一、学习\n二、送学到井口"))
    client.post(move, sent(act="submit", version=2))
    client = enter("enterprise_office")
    client.post(move, sent(act="review", version=2))
    client.post(move, sent(act="approve", version=2, document_number="〔2026〕9号"))
    client.post(move, sent(act="file", version=2))
    plan.refresh_from_db()
    assert plan.state == "FILED"
    page = text_of(enter("branch_secretary").get(first.url))
    assert "送学到井口" in page and "〔2026〕9号" in page  # the whole chain, down to the branch


@pytest.mark.item(25)
def test_what_changed_since_approval_is_shown_line_by_line(led, campaign, enter):
    plan = write(led, campaign, acts=("submit", "review", "approve"))
    write(led, campaign, text="一、学习\n二、分析评议")
    url = reverse("leadership:plan", args=[plan.pk])
    page = enter("committee_secretary").get(url)
    assert page.context["changed"] and "批准后又有改动" in text_of(page)
    kinds = {line.kind: line.text for line in page.context["lines"]}
    assert kinds["removed"] == "二、评议" and kinds["added"] == "二、分析评议"
    below = enter("branch_secretary").get(url)
    assert not below.context["changed"] and "二、分析评议" not in text_of(below)


@pytest.mark.item(8, 25)
def test_an_assisted_unit_shows_its_plan_and_offers_no_decision(led, campaign, enter):
    plan = write(led, campaign, "C", acts=("submit",))
    url = reverse("leadership:plan", args=[plan.pk])
    page = enter("enterprise_office").get(url)
    assert page.context["form"] is None and "某省委" in text_of(page)
    assert enter("local_liaison").get(url).context["acts"] == ["review", "return"]
    assert "要决定" in text_of(enter("local_liaison").get(at("owed", led, "LOC")))


def test_a_file_is_downloaded_and_never_shown(led, campaign, enter):
    client = enter("committee_secretary")
    upload = SimpleUploadedFile("方案.pdf", b"%PDF-1.7 ...")
    client.post(at("plan_new", led), sent(title="方案", upload=upload))
    version = ImplementationPlan.objects.get().versions.get()
    answer = client.get(reverse("leadership:plan_file", args=[version.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    wrong = SimpleUploadedFile("方案.pdf", b"MZ")
    form = client.post(at("plan_new", led), sent(title="方案", text="", upload=wrong)).context["form"]
    assert form.errors


@pytest.mark.item(23, 24)
def test_participants_sign_in_and_the_untrained_are_listed(led, campaign, enter):
    client = enter("committee_secretary")
    page = client.get(reverse("leadership:untrained_list"))
    assert page.context["count"] == 2
    made = client.post(at("training_new", led), sent(kind="TRAINING", title="培训班", held_on="2026-08-02"))
    candidates = client.get(made.url).context["candidates"]
    assert {led.member["M0203"], led.member["M0302"], led.member["M0201"]} <= set(candidates)
    client.post(made.url, {"member": [led.member["M0203"].pk]})
    assert Trainee.objects.get().member == led.member["M0203"]
    assert led.member["M0203"] not in client.get(made.url).context["candidates"]
    assert client.get(reverse("leadership:untrained_list")).context["count"] == 1
    assert client.get(reverse("leadership:untrained_list"), {"export": "xlsx"}).status_code == 200
    found = client.get(made.url, {"q": led.member["M0306"].name if "M0306" in led.member else "李示"})
    assert found.context["candidates"]
    undo = reverse("leadership:trainee_undo", args=[Trainee.objects.get().pk])
    assert client.post(undo, sent(reason="没有来")).status_code == 302
    assert TrainingEvent.objects.get().trainees.count() == 0


@pytest.mark.item(26, 27)
def test_the_matrix_shows_facts_and_names_only_to_those_who_see_the_members(led, campaign, enter):
    client = enter("committee_secretary")
    form = sent(member=led.member["M0301"].pk, kind="RECTIFY", on="2026-08-20", text="夜班班车增开一班")
    assert client.post(at("fact_new", led), form).status_code == 302
    page = client.get(at("organization", led))
    row = next(r for r in page.context["matrix"] if r["member"] == led.member["M0301"])
    assert [fact.on if fact else None for _label, _state, fact in row["cells"]][4] == date(2026, 8, 20)
    group = add_account(led, "group", "GROUP_MEMBER", led.org["A"])
    client.force_login(group, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(at("organization", led)).context["matrix"] == []


@pytest.mark.item(28, 29)
def test_a_contact_point_is_chosen_visited_put_forward_and_approved(led, campaign, enter):
    client = enter("committee_secretary")
    form = sent(member=led.member["M0301"].pk, organization=led.org["B2"].code, since="2026-07-20")
    url = client.post(at("point_new", led), form).url
    assert "43 天" in text_of(client.get(url))  # nobody has been there
    point = ContactPoint.objects.get()
    assert any("采煤一队" in item.what for item in client.get(at("organization", led)).context["owed"])
    assert client.get(reverse("leadership:point_list"), {"state": "unvisited"}).context["count"] == 1
    visit = sent(visited_on="2026-08-30", kind="RESEARCH", gist="到班组座谈", found="2", solved="1")
    client.post(reverse("leadership:visit_new", args=[point.pk]), visit)
    client.post(reverse("leadership:visit_new", args=[point.pk]), visit)
    assert ContactPointVisit.objects.count() == 1
    assert client.get(reverse("leadership:point_list"), {"state": "unvisited"}).context["count"] == 0
    client.post(reverse("leadership:point_forward", args=[point.pk]), sent(reason="党员责任区"))
    office = enter("enterprise_office")
    owed = [item.what for item in office.get(at("organization", led, "E01-DZ")).context["owed"]]
    assert any("示范点" in words for words in owed)
    office.post(reverse("leadership:point_decide", args=[point.pk]), sent(approve="yes"))
    point.refresh_from_db()
    assert point.status == "DEMONSTRATION"
    history = text_of(office.get(url))
    assert "示范点" in history and "党员责任区" in history


@pytest.mark.item(28)
def test_leaders_without_a_contact_point_are_listed(led, campaign, enter):
    client = enter("committee_secretary")
    url = reverse("leadership:leader_list")
    assert client.get(url, {"gap": "point"}).context["count"] == 2
    told = {"campaign": campaign, "team": led.org["A"], "since": DAY}
    leaders.choose_point(by=None, member=led.member["M0301"], organization=led.org["B2"], **told)
    assert client.get(url, {"gap": "point"}).context["count"] == 1
    assert client.get(url, {"gap": "dual"}).context["count"] == 2
    assert client.get(url, {"export": "xlsx"}).status_code == 200


@pytest.mark.item(21)
def test_the_fact_sheet_holds_facts_and_no_mark(led, campaign, enter):
    here = {"campaign": campaign, "organization": led.org["A"], "member": led.member["M0301"]}
    leaders.enter_fact(by=None, kind="RECTIFY", on=DAY, text="首问负责制印发试行", **here)
    url = reverse("leadership:sheet", args=[led.member["M0301"].pk])
    assert enter("committee_secretary").get(url).status_code == 404
    page = enter("enterprise_office").get(url)
    assert "首问负责制印发试行" in text_of(page) and "data-print" in text_of(page)
    own = add_account(led, "leader", "MEMBER", led.org["B3"])
    own.member = led.member["M0301"]
    own.save()
    client = enter("leader")
    assert client.get(url).status_code == 200
    assert url in text_of(client.get(reverse("overview:me")))


@pytest.mark.item(21)
def test_the_fact_sheet_knows_the_items_owned_and_the_survey(led, campaign, enter):
    url = reverse("leadership:sheet", args=[led.member["M0301"].pk])
    assert [facts for _label, facts in enter("enterprise_office").get(url).context["deeds"]] == [[], []]
    told = {"campaign": campaign, "organization": led.org["A"], "measure": "逐项办理", "feasibility": "AT_ONCE"}
    days = {"due_on": DAY, "raised_on": DAY, "department": "后勤科"}
    raise_item(by=None, title="夜班班车增开一班", owner=led.member["M0301"], **told, **days)
    raise_item(by=None, title="别人的事", owner=led.member["M0201"], **told, **days)
    closed = {"state": "CLOSED", "is_valid": True, "make_up_required": False, "closed_on": DAY}
    survey = SatisfactionSurvey.objects.create(
        campaign=campaign, organization=led.org["A"], organizer=led.org["E01-DZ"], respondents=["employees"],
        starts_on=DAY, ends_on=DAY, created_at=clock.now(), **closed,
    )  # fmt: skip
    GroupResult.objects.create(
        survey=survey, respondents="employees", issued=20, returned=20, valid=20, base=20, satisfied=10,
        satisfied_or_basically=18, dissatisfied=2,
    )  # fmt: skip
    page = enter("enterprise_office").get(url)
    assert sorted((fact.on, fact.text) for _label, facts in page.context["deeds"] for fact in facts) == [
        (DAY, "夜班班车增开一班（未开始）"), (DAY, "职工群众：90.0%满意或基本满意"),
    ]  # fmt: skip


@pytest.mark.item(22)
def test_the_table_of_working_conditions_finds_what_is_missing(led, campaign, enter):
    told = {"campaign": campaign, "document_number": "〔2026〕2号", "founded_on": DAY}
    bodies.set_office(by=None, organization=led.org["A"], **told)
    client = enter("enterprise_office")
    url = reverse("leadership:support_list")
    assert client.get(url).context["count"] == 1
    for gap in ("staff", "budget", "premises"):
        assert client.get(url, {"gap": gap}).context["count"] == 1
    office = bodies.set_office(
        by=None, organization=led.org["A"], budget_allocated=100, has_premises=True, **told
    )  # fmt: skip
    bodies.add_staff(by=None, office=office, name="赵示八", since=DAY)
    for gap in ("staff", "budget", "premises"):
        assert client.get(url, {"gap": gap}).context["count"] == 0


@pytest.mark.item(17, 25)
def test_the_list_of_organizations_finds_gaps(led, campaign, enter):
    client = enter("enterprise_office")
    url = reverse("leadership:organization_list")
    total = client.get(url).context["count"]
    bodies.found_group(by=None, campaign=campaign, organization=led.org["A"], document_number="1", founded_on=DAY)
    write(led, campaign, acts=("submit", "review", "approve"))
    for gap in ("group", "plan"):
        assert client.get(url, {"gap": gap}).context["count"] == total - 1
    assert client.get(url, {"gap": "office"}).context["count"] == total


def test_two_clicks_are_one_group_and_errors_stand_beside_their_field(led, campaign, enter):
    client = enter("committee_secretary")
    late = (TODAY + timedelta(1)).isoformat()
    form = client.post(at("group", led), sent(document_number="1", founded_on=late)).context["form"]
    assert form.errors.keys() == {"founded_on"}
    told = sent(document_number="1", founded_on="2026-08-01")
    for _click in range(2):
        assert client.post(at("group", led), told).status_code == 302
    assert LeadingGroup.objects.count() == 1


def test_what_is_owed_shows_where_people_land(led, campaign, enter):
    client = enter("committee_secretary")
    landing = text_of(client.get(reverse("overview:node", args=[led.org["A"].pk])))
    assert at("owed", led) in landing
    part = client.get(at("owed", led), headers={"HX-Request": "true"})
    assert "成立领导小组" in text_of(part) and "<html" not in text_of(part)
    assert at("owed", led, "B2") in text_of(enter("branch_secretary").get(reverse("overview:week")))
    assert reverse("leadership:owed_own") in text_of(enter("office").get(reverse("overview:country")))
    assert "成立领导小组" in text_of(enter("office").get(reverse("leadership:owed_own")))


def test_a_member_sees_who_is_responsible_and_no_records(led, campaign, enter):
    page = enter("member").get(at("organization", led, "B2"))
    assert not page.context["inside"] and page.context["owed"] == []
    assert led.member["M0203"].name in text_of(page)


@pytest.mark.item(25)
def test_a_copied_plan_is_shown_to_whoever_reviews_it(led, campaign, enter):
    text = "一、提高认识，加强领导。\n二、精心组织，注重实效。"
    write(led, campaign, "B2", text=text, acts=("submit",))
    plan = write(led, campaign, "B3", text=text, acts=("submit",))
    url = reverse("leadership:plan", args=[plan.pk])
    alike = enter("committee_secretary").get(url).context["alike"]
    assert [(other.organization.code, str(rate)) for other, rate in alike] == [("B2", "100.0")]
    assert enter("other_secretary").get(url).context["alike"] == []


@pytest.mark.item(18, 20)
def test_the_chain_of_responsibility_and_what_was_done_in_person(led, campaign, enter):
    record = told("DEMOCRATIC_LIFE", day=date(2026, 8, 20), campaign=campaign, chair=led.member["M0201"].name)
    log(by=None, organization=led.org["A"], record=record)
    page = enter("committee_secretary").get(at("organization", led))
    assert [level.code for level, _standing in page.context["levels"]] == ["ROOT", "E01-DZ", "A"]
    assert [deed.on for deed in page.context["deeds"]] == [date(2026, 8, 20)]
    assert "民主生活会" in page.context["deeds"][0].words
