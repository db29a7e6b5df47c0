"""What rectification proves: plans, items settled, publication; explanations; gates; outcomes of opinions."""

from datetime import timedelta

import pytest

from campaign.opinions.models import OpinionItem
from campaign.plan.models import Participation
from campaign.progress import gates
from campaign.progress.actions import recount_check
from campaign.progress.explain import explain_organization
from campaign.progress.outcomes import outcomes_of
from campaign.publicity import actions as publicity
from campaign.rectification import actions
from enterprises import clock
from enterprises.action import ActionError
from tests.records import LAUNCH, status
from tests.rectification.stage import DUE, TODAY, approved, finish, item, publish, rectifying


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return rectifying()


def done_on(cast, campaign, kind, organization="B2"):
    return status(campaign, f"r_{kind}", cast.org[organization]).done_on


def reasons(cast, campaign, kind, organization="B2"):
    step = campaign.steps.get(code=f"r_{kind}")
    return " ".join(reason.text for reason in explain_organization(cast.org[organization], step))


@pytest.mark.item(69)
def test_an_approved_plan_proves_and_its_first_version_counts(cast, campaign):
    assert done_on(cast, campaign, "rectification_plan") is None
    assert "还没有" in reasons(cast, campaign, "rectification_plan")
    thing = item(cast, campaign)
    with clock.fixed(TODAY - timedelta(3)):
        approved(cast, campaign, items=[thing])
    assert done_on(cast, campaign, "rectification_plan") == TODAY - timedelta(3)
    approved(cast, campaign, items=[thing])
    assert done_on(cast, campaign, "rectification_plan") == TODAY - timedelta(3)
    assert "2" in reasons(cast, campaign, "rectification_plan")
    assert done_on(cast, campaign, "rectification_plan", "B3") is None


@pytest.mark.item(68, 72)
def test_everything_due_is_done_or_explained(cast, campaign):
    first, second = item(cast, campaign), item(cast, campaign, title="班车")
    assert done_on(cast, campaign, "rectified") is None
    finish(first)
    assert done_on(cast, campaign, "rectified") is None
    finish(second, day=LAUNCH + timedelta(14))
    assert done_on(cast, campaign, "rectified") == LAUNCH + timedelta(14)
    item(cast, campaign, title="技改资金分两年安排", due_on=DUE + timedelta(400))
    assert done_on(cast, campaign, "rectified") == LAUNCH + timedelta(14)
    item(cast, campaign, title="管网", feasibility="LACKING", due_on=None, explanation="已说明")
    assert done_on(cast, campaign, "rectified") == TODAY
    assert "班车" in reasons(cast, campaign, "rectified")
    vague = item(cast, campaign, title="没有期限", due_on=None)
    assert done_on(cast, campaign, "rectified") is None
    actions.withdraw_item(by=None, item=vague, reason="重复")
    assert done_on(cast, campaign, "rectified") == TODAY
    actions.reopen_item(by=None, item=first, reason="群众不认可")
    assert done_on(cast, campaign, "rectified") is None


@pytest.mark.item(69)
def test_nothing_to_rectify_is_said_in_an_approved_plan(cast, campaign):
    assert "没有" in reasons(cast, campaign, "rectified")
    approved(cast, campaign, nothing="自查没有发现问题")
    assert done_on(cast, campaign, "rectified") == TODAY
    assert "自查没有发现问题" in reasons(cast, campaign, "rectified")
    item(cast, campaign)
    assert done_on(cast, campaign, "rectified") is None


@pytest.mark.item(71)
def test_published_after_everything_was_settled(cast, campaign):
    thing = finish(item(cast, campaign))
    publish(cast, campaign, day=LAUNCH + timedelta(9))
    assert done_on(cast, campaign, "published") is None
    assert "1" in reasons(cast, campaign, "published")
    told = publish(cast, campaign, things=[thing])
    assert done_on(cast, campaign, "published") == LAUNCH + timedelta(12)
    thing.refresh_from_db()
    assert (thing.state, thing.published_on) == ("PUBLISHED", LAUNCH + timedelta(12))
    assert thing.title in reasons(cast, campaign, "published")
    publicity.withdraw_publication(by=None, publication=told, reason="贴错了")
    thing.refresh_from_db()
    assert (thing.state, thing.published_on) == ("DONE", None)
    assert done_on(cast, campaign, "published") is None


@pytest.mark.item(68, 69, 71)
def test_recount_finds_nothing_to_mend(cast, campaign):
    first = finish(item(cast, campaign))
    publish(cast, campaign, things=[first])
    approved(cast, campaign, items=[first])
    lacking = item(cast, campaign, "A", feasibility="LACKING", due_on=None, explanation="已说明")
    approved(cast, campaign, "A", items=[lacking])
    approved(cast, campaign, "B3", nothing="没有")
    actions.reopen_item(by=None, item=first, reason="重做")
    assert set(recount_check().values()) == {0}


@pytest.mark.item(69, 71, 72)
def test_conditions_of_the_gate(cast, campaign):
    part = Participation.objects.get(campaign=campaign, unit=cast.unit["E01-A"])

    def met(code):
        return gates.condition(code)(part, "RECTIFY").met

    assert [met(code) for code in ("plan", "items", "published", "result_published")] == [False] * 4
    owing = ("A", "B2", "B3")
    things = [item(cast, campaign, code, due_on=TODAY) for code in owing]
    for code, thing in zip(owing, things, strict=True):
        approved(cast, campaign, code, items=[thing])
    assert met("plan") and met("items")
    late = item(cast, campaign, due_on=TODAY - timedelta(1))
    assert not met("items")
    finish(late)
    assert met("items") and not met("published")
    publish(cast, campaign, things=[late])
    assert met("published")
    publish(cast, campaign, subject="SURVEY", organization="A")
    assert met("result_published")


@pytest.mark.item(58, 73)
def test_what_became_of_an_opinion(cast, campaign):
    said, unheard = (
        OpinionItem.objects.create(
            campaign=campaign, organization=cast.org["B2"], title=title, category="work_style", created_on=LAUNCH
        )
        for title in ("报表太多", "会议太多")
    )
    thing = item(cast, campaign, opinion_item=said)
    finish(thing)
    publish(cast, campaign, things=[thing])
    found = outcomes_of([said.pk, unheard.pk])
    assert [outcome.on for outcome in found[said.pk]] == [LAUNCH, LAUNCH + timedelta(10), LAUNCH + timedelta(12)]
    assert "已减为九张" in found[said.pk][1].text
    assert found[unheard.pk] == []
    with pytest.raises(ActionError):
        item(cast, campaign, "B3", opinion_item=said)
