"""Pages of opinions, for ``pages.py``: name, address, who opens it."""

from collections.abc import Callable
from uuid import uuid4

from django.urls import reverse

from campaign.opinions import actions as opinion_actions
from campaign.opinions.actions import Told
from campaign.opinions.models import Opinion, OpinionItem, OpinionPage
from campaign.plan.models import Campaign, Participation
from enterprises import clock
from enterprises.models import Organization
from tests.cast import Cast


def opinions_of_a() -> list[Opinion]:
    """Opinions of committee A: sorted ones of every category, and two to be sorted."""
    campaign, organization = Campaign.objects.get(code="t"), Organization.objects.get(code="A")
    found = list(Opinion.objects.filter(organization=organization).order_by("pk"))
    if found:
        return found
    shares = ("development",) * 12 + ("work_style",) * 4 + ("welfare",) * 6 + ("", "")
    words = "食堂夜班供餐时间太短，倒班职工吃不上热饭，建议延长到凌晨一点（示例）。"
    told = [
        Told(words, ("BOX", "SYMPOSIUM")[n % 2], clock.today(), ("EMPLOYEE", "MEMBER")[n % 2], code)
        for n, code in enumerate(shares)
    ]
    return opinion_actions.enter(by=None, campaign=campaign, organization=organization, told=told, submission=uuid4())


def item_of_a() -> OpinionItem:
    """An item that two of them were merged into."""
    first, second = opinions_of_a()[:2]
    if first.item is None:
        first = opinion_actions.sort(by=None, opinion=first, category="development", new_item="夜班供餐时间太短")
        opinion_actions.sort(by=None, opinion=second, category="development", item=first.item)
    assert first.item is not None
    return first.item


def opinion_page() -> OpinionPage:
    """The public page of A."""
    part = Participation.objects.get(campaign__code="t", unit__code="E01-A")
    return opinion_actions.open_page(by=None, participation=part)


def on_opinions(url_name: str) -> Callable[[Cast], str]:
    """A page about the opinions of committee A."""

    def address(cast: Cast) -> str:
        item_of_a()
        return f"{reverse(url_name)}?organization={cast.org['A'].pk}&campaign=t"

    return address


def one_opinion(url_name: str) -> Callable[[Cast], str]:
    """A page about one opinion of committee A."""
    return lambda cast: reverse(url_name, args=[opinions_of_a()[-1].pk])


def one_item(url_name: str) -> Callable[[Cast], str]:
    """A page about one item of committee A."""
    return lambda cast: reverse(url_name, args=[item_of_a().pk])


HEEDING = [
    ("opinion-send", lambda cast: reverse("opinions:send", args=[opinion_page().slug]), None),
    ("opinion-look-up", lambda cast: reverse("opinions:look_up"), None),
    ("opinion-poster", lambda c: reverse("opinions:poster", args=[opinion_page().participation_id]), "office"),
    ("opinions", on_opinions("opinions:opinion_list"), "committee_secretary"),
    ("opinions-enter", on_opinions("opinions:enter"), "committee_secretary"),
    ("opinions-import", on_opinions("opinions:load"), "committee_secretary"),
    ("opinions-sort", on_opinions("opinions:sort"), "committee_secretary"),
    ("opinions-report", on_opinions("opinions:report"), "committee_secretary"),
    ("opinion", one_opinion("opinions:opinion"), "committee_secretary"),
    ("opinion-remove", one_opinion("opinions:remove"), "committee_secretary"),
    ("opinion-sort-one", one_opinion("opinions:sort_one"), "committee_secretary"),
    ("opinion-items", on_opinions("opinions:item_list"), "committee_secretary"),
    ("opinion-item", one_item("opinions:item"), "committee_secretary"),
    ("opinion-item-answer", one_item("opinions:answer"), "committee_secretary"),
    ("opinion-item-change", one_item("opinions:item_change"), "committee_secretary"),
]
