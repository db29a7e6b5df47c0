"""Pages of opinions, for ``pages.py``: name, address, who opens it."""

from collections.abc import Callable
from uuid import uuid4

from django.urls import reverse

from campaign.masses import actions as masses_actions
from campaign.masses.models import PublicComment
from campaign.meetings.models import Meeting
from campaign.opinions import actions as opinion_actions
from campaign.opinions.actions import Told
from campaign.opinions.models import Opinion, OpinionItem, OpinionPage
from campaign.plan.models import Campaign, Participation
from campaign.publicity import actions as publicity_actions
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


def noticed(cast: Cast) -> Organization:
    """B2, on whose public notice page something hangs, with a published comment."""
    campaign, organization = Campaign.objects.get(code="t"), cast.org["B2"]
    publicity_actions.publish(
        by=None, campaign=campaign, organization=organization, subject="OTHER", title="活动安排（示例）", place="SITE",
        since=clock.today(),
    )  # fmt: skip
    masses_actions.publish_comment(by=None, comment=commented(cast))
    return organization


def commented(cast: Cast) -> PublicComment:
    """A comment that waits."""
    return masses_actions.send_comment(
        by=None,
        campaign=Campaign.objects.get(code="t"),
        organization=cast.org["B2"],
        text="公示的整改时间能不能再提前一些？（示例）",
        submission=uuid4(),
    )


def symposium(cast: Cast) -> Meeting:
    """A symposium of B2 in which the masses took part."""
    held = Meeting.objects.create(
        organization=cast.org["B2"], kind="SYMPOSIUM", title="职工座谈会（示例）", held_on=clock.today(),
        starts_at="09:00", minutes=90, slot="WORKING", due="NAMED", state="CONFIRMED", recorded_at=clock.now(),
    )  # fmt: skip
    masses_actions.note_representatives(by=None, meeting=held, number=12, chosen="ELECTED", spoke=7)
    return held


def with_symposium(cast: Cast) -> str:
    """The list, with something on it."""
    symposium(cast)
    return reverse("masses:representatives_list")


HEEDING = [
    ("notice-comments", lambda cast: reverse("publicity:notice", args=[noticed(cast).pk]), None),
    ("comment-send", lambda cast: reverse("masses:say", args=[noticed(cast).pk]), None),
    ("comments", lambda cast: commented(cast) and reverse("masses:comment_list"), "branch_secretary"),
    ("comment", lambda cast: reverse("masses:comment", args=[commented(cast).pk]), "branch_secretary"),
    ("comment-decide", lambda cast: reverse("masses:decide", args=[commented(cast).pk]), "branch_secretary"),
    ("representatives", with_symposium, "branch_secretary"),
    ("representatives-note", lambda c: reverse("masses:representatives", args=[symposium(c).pk]), "branch_secretary"),
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
