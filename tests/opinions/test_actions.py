"""Sending, entering, sorting, merging, answering and taking out."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaign.opinions import actions
from campaign.opinions.actions import Told
from campaign.opinions.door import standing_of
from campaign.opinions.models import Opinion, OpinionItem, OpinionPage
from campaign.plan.models import Participation
from campaign.progress import outcomes
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.opinions.given import TODAY, entered, page

pytestmark = pytest.mark.django_db


def send(opened, text="食堂供餐时间太短，建议延长。", submission=None, **fields):
    return actions.receive(by=None, page=opened, text=text, submission=submission or uuid4(), **fields)


@pytest.mark.item(58)
def test_an_opinion_is_received_for_the_leading_organization(cast, campaign):
    opinion, reference = send(page(cast, campaign), guess="welfare", source_group="USER")
    assert (opinion.organization, opinion.channel) == (cast.org["A"], "WEB")
    assert (opinion.guess, opinion.category, opinion.state) == ("welfare", "", "RAW")
    assert opinion.received_on == TODAY
    assert standing_of(reference.lower().replace("-", " ")).state == "raw"


def test_sent_twice_is_one_opinion_with_one_number(cast, campaign):
    opened, submission = page(cast, campaign), uuid4()
    first, again = send(opened, submission=submission), send(opened, submission=submission)
    assert first == again
    assert Opinion.objects.count() == 1


def test_what_the_page_does_not_know_is_left_away(cast, campaign):
    opinion, _reference = send(page(cast, campaign), guess="gossip", source_group="NEIGHBOR")
    assert (opinion.guess, opinion.source_group) == ("", "")


@pytest.mark.parametrize("text", ["", "  \r\n ", "长" * 2001])
def test_empty_and_endless_words_are_refused(cast, campaign, text):
    with pytest.raises(ActionError) as refusal:
        send(page(cast, campaign), text=text)
    assert refusal.value.field == "text"


def test_a_closed_page_takes_nothing_and_opens_again_at_the_same_address(cast, campaign):
    opened = page(cast, campaign)
    actions.close_page(by=None, page=opened)
    with pytest.raises(ActionError):
        send(opened)
    assert page(cast, campaign).slug == opened.slug
    assert OpinionPage.objects.count() == 1


@pytest.mark.item(58)
def test_many_are_entered_at_once_and_only_once(cast, campaign):
    told = [Told(f"意见{i}", "SYMPOSIUM", TODAY, "MEMBER") for i in range(3)]
    submission = uuid4()
    for _time in range(2):
        made = actions.enter(by=None, campaign=campaign, organization=cast.org["A"], told=told, submission=submission)
        assert len(made) == 3
    assert list(Opinion.objects.order_by("pk").values_list("text", flat=True)) == ["意见0", "意见1", "意见2"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"channel": "RUMOR"}, "channel"),
        ({"received_on": TODAY + timedelta(1)}, "received_on"),
        ({"category": "gossip"}, "category"),
        ({"text": " "}, "text"),
    ],
)
def test_what_cannot_be_entered(cast, campaign, fields, field):
    told = Told(**({"text": "建议", "channel": "BOX", "received_on": TODAY} | fields))
    with pytest.raises(ActionError) as refusal:
        actions.enter(by=None, campaign=campaign, organization=cast.org["A"], told=[told], submission=uuid4())
    assert refusal.value.field == field


def test_an_organization_outside_the_campaign_is_refused(cast, campaign):
    Participation.objects.filter(unit=cast.unit["E01-A"]).delete()
    with pytest.raises(ActionError):
        entered(cast, campaign)


@pytest.mark.item(59)
def test_sorted_then_merged_with_both_counts(cast, campaign):
    one, other, third = entered(cast, campaign, n=3)
    actions.sort(by=None, opinion=one, category="welfare")
    one.refresh_from_db()
    assert (one.state, one.category, one.sorted_on, one.item) == ("SORTED", "welfare", TODAY, None)
    merged = actions.sort(by=None, opinion=other, category="work_style", new_item="开会太多")
    actions.sort(by=None, opinion=third, category="other", item=merged.item)
    item = OpinionItem.objects.get()
    assert (item.title, item.category, item.opinions.count()) == ("开会太多", "work_style", 2)
    assert {o.category for o in item.opinions.all()} == {"work_style"}  # the item's, whatever was pressed


@pytest.mark.item(59)
def test_answering_handles_every_original(cast, campaign):
    [opinion] = entered(cast, campaign)
    item = actions.sort(by=None, opinion=opinion, category="welfare", new_item="班车太少").item
    with pytest.raises(ActionError):
        actions.answer(by=None, item=item, answer=" ")
    actions.answer(by=None, item=item, answer="十月起增开一班。")
    opinion = Opinion.objects.select_related("item").get()
    assert opinion.standing == "已答复"


def test_sorting_again_corrects_and_keeps_the_day(cast, campaign):
    [opinion] = entered(cast, campaign)
    actions.sort(by=None, opinion=opinion, category="welfare", new_item="班车太少")
    actions.sort(by=None, opinion=opinion, category="other")
    opinion.refresh_from_db()
    assert (opinion.state, opinion.category, opinion.item) == ("SORTED", "other", None)


def test_an_item_of_another_organization_takes_no_original(cast, campaign):
    [mine], [theirs] = entered(cast, campaign), entered(cast, campaign, "E01-DZ")
    item = actions.sort(by=None, opinion=theirs, category="other", new_item="其他").item
    with pytest.raises(ActionError):
        actions.sort(by=None, opinion=mine, category="other", item=item)
    with pytest.raises(ActionError):
        actions.sort(by=None, opinion=mine, category="gossip")


def test_a_corrected_item_takes_its_originals_along(cast, campaign):
    [opinion] = entered(cast, campaign)
    item = actions.sort(by=None, opinion=opinion, category="welfare", new_item="班车太少").item
    actions.rename_item(by=None, item=item, title="夜班班车太少", category="other")
    opinion.refresh_from_db()
    assert (opinion.item.title, opinion.category) == ("夜班班车太少", "other")


@pytest.mark.item(58)
def test_what_is_taken_out_leaves_nothing_but_a_count(cast, campaign):
    opinion, reference = send(page(cast, campaign), text="举报某人", guess="other", source_group="MEMBER")
    actions.remove(by=None, opinion=opinion)
    opinion = Opinion.objects.get()
    assert (opinion.text, opinion.guess, opinion.source_group, opinion.state) == ("", "", "", "REMOVED")
    assert standing_of(reference).state == "removed"
    with pytest.raises(ActionError):
        actions.sort(by=None, opinion=opinion, category="other")


@pytest.mark.parametrize("write", ["open_page", "enter", "sort", "remove", "answer", "rename_item"])
def test_only_those_who_record_there_may_write(cast, campaign, write):
    [opinion] = entered(cast, campaign)
    item = actions.sort(by=None, opinion=opinion, category="other", new_item="其他").item
    told = {
        "open_page": {"participation": Participation.objects.get(unit=cast.unit["E01-A"])},
        "enter": {"campaign": campaign, "organization": cast.org["A"], "told": [], "submission": uuid4()},
        "sort": {"opinion": opinion, "category": "other"},
        "remove": {"opinion": opinion},
        "answer": {"item": item, "answer": "已办"},
        "rename_item": {"item": item, "title": "其他", "category": "other"},
    }[write]
    with pytest.raises(NotPermitted):
        getattr(actions, write)(by=cast.account["branch_secretary"], **told)


def test_results_of_other_rooms_are_looked_up(cast, campaign, monkeypatch):
    opinion, reference = send(page(cast, campaign))
    item = actions.sort(by=None, opinion=opinion, category="welfare", new_item="班车太少").item
    monkeypatch.setattr(outcomes, "_SOURCES", [])

    @outcomes.register_outcome
    def results(ids):
        return {pk: [outcomes.Outcome("已增开班车", TODAY)] for pk in ids}

    outcomes.register_outcome(results)
    found = standing_of(reference)
    assert (found.state, found.originals) == ("merged", 1)
    assert [line.text for line in found.results] == ["已增开班车"]
    assert outcomes.outcomes_of([]) == {}
    actions.answer(by=None, item=item, answer="十月起增开一班。")
    assert standing_of(reference).answer == "十月起增开一班。"
