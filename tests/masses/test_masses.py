"""How the masses take part: representatives at meetings, comments on the notice page (item 103)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import models
from django.urls import reverse

from campaign.masses import actions, rules, views
from campaign.masses.models import PublicComment, Representatives
from campaign.meetings.models import Meeting
from campaign.opinions.models import Opinion
from campaign.plan.kinds import MEETING_KINDS, Guests
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.rectification.stage import TODAY, publish, rectifying

pytestmark = [pytest.mark.django_db, pytest.mark.item(103)]


@pytest.fixture(autouse=True)
def _today():
    cache.clear()
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return rectifying()


@pytest.fixture
def signed_in(cast, client):
    """Sign in as one of the cast by name; returns the client."""

    def sign(name: str):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign


@pytest.fixture
def page(cast, campaign):
    """The address of the comments on B2's notice page, on which something hangs."""
    publish(cast, campaign, place="SITE", day=TODAY - timedelta(2))
    return reverse("masses:say", args=[cast.org["B2"].pk])


def meeting(cast, kind: str = "SYMPOSIUM") -> Meeting:
    return Meeting.objects.create(
        organization=cast.org["B2"], kind=kind, title="座谈会", held_on=TODAY, starts_at="09:00", minutes=90,
        slot="WORKING", due="NAMED", state="CONFIRMED", recorded_at=clock.now(),
    )  # fmt: skip


def comment(cast, campaign, text: str = "公示的整改时间能不能提前？") -> PublicComment:
    return actions.send_comment(by=None, campaign=campaign, organization=cast.org["B2"], text=text, submission=uuid4())


@pytest.mark.parametrize(
    ("kind", "guests", "ways"),
    [
        ("ORG_LIFE", Guests.SENT, 0),
        ("DEMOCRATIC_LIFE", Guests.SENT, 0),
        ("BRANCH_COMMITTEE", Guests.SENT, 0),
        ("BRANCH_GENERAL", Guests.INVITED, 4),
        ("APPRAISAL", Guests.INVITED, 4),
        ("SYMPOSIUM", Guests.OPEN, 5),
        ("SUMMARY", Guests.OPEN, 5),
    ],
)
def test_each_kind_of_meeting_says_who_may_come(kind, guests, ways):
    assert MEETING_KINDS[kind].guests is guests
    assert len(rules.ways_in(guests)) == ways


def test_representatives_are_noted_corrected_and_taken_away(cast, campaign):
    held = meeting(cast)
    actions.note_representatives(by=None, meeting=held, number=12, chosen="ELECTED", spoke=5)
    noted = actions.note_representatives(by=None, meeting=held, number=14, chosen="OWN_WISH", spoke=14)
    assert (noted.number, noted.spoke, Representatives.objects.count()) == (14, 14, 1)
    assert actions.note_representatives(by=None, meeting=held, number=0) is None
    assert not Representatives.objects.exists()


@pytest.mark.parametrize(
    ("kind", "told", "field"),
    [
        ("ORG_LIFE", {"number": 3, "chosen": "ELECTED"}, "number"),
        ("BRANCH_GENERAL", {"number": 3, "chosen": "OWN_WISH"}, "chosen"),
        ("SYMPOSIUM", {"number": 3, "chosen": ""}, "chosen"),
        ("SYMPOSIUM", {"number": 3, "chosen": "UNION", "spoke": 4}, "spoke"),
    ],
)
def test_what_a_kind_does_not_admit_is_refused_with_the_remedy(cast, campaign, kind, told, field):
    with pytest.raises(ActionError) as refusal:
        actions.note_representatives(by=None, meeting=meeting(cast, kind), **told)
    assert refusal.value.field == field and not Representatives.objects.exists()


def test_the_meeting_shows_them_and_the_list_counts_them(cast, campaign, signed_in):
    held = meeting(cast)
    client = signed_in("branch_secretary")
    form = reverse("masses:representatives", args=[held.pk])
    assert form in client.get(reverse("meetings:detail", args=[held.pk])).content.decode()
    assert client.post(form, {"number": "12", "chosen": "UNION", "spoke": "3"}).status_code == 302
    assert form not in client.get(reverse("meetings:detail", args=[meeting(cast, "ORG_LIFE").pk])).content.decode()
    listed = client.get(reverse("masses:representatives_list"))
    assert [(number, spoke) for _way, number, spoke in listed.context["ways"]] == [(12, 3)]
    assert client.get(reverse("masses:representatives_list"), {"organization": cast.org["B3"].pk}).context["count"] == 0


def test_a_comment_waits_and_stands_under_the_notice_once_published(cast, campaign, page, client):
    notice = reverse("publicity:notice", args=[cast.org["B2"].pk])
    submission = str(uuid4())
    for _twice in range(2):
        answer = client.post(page, {"text": "公示很清楚。", "submission": submission})
        assert answer.status_code == 200
    [waiting] = PublicComment.objects.all()
    assert "公示很清楚" not in client.get(notice).content.decode()
    actions.publish_comment(by=cast.account["branch_secretary"], comment=waiting)
    assert "公示很清楚" in client.get(notice).content.decode()


def test_there_is_no_comment_where_nothing_hangs(cast, campaign, client):
    assert client.get(reverse("masses:say", args=[cast.org["B3"].pk])).status_code == 404


def test_declined_words_are_deleted_and_a_published_one_can_be_taken_down(cast, campaign):
    found = actions.publish_comment(by=None, comment=comment(cast, campaign))
    with pytest.raises(ActionError):
        actions.decline_comment(by=None, comment=found, reason="")
    found = actions.decline_comment(by=None, comment=found, reason="PERSON")
    assert (found.state, found.text, found.reason) == ("DECLINED", "", "PERSON")
    with pytest.raises(ActionError):
        actions.publish_comment(by=None, comment=found)


def test_an_opinion_among_them_is_handed_over_once(cast, campaign):
    found = comment(cast, campaign, "夜班食堂供餐时间太短，建议延长。")
    for _twice in range(2):
        found = actions.hand_over_comment(by=None, comment=found)
    [opinion] = Opinion.objects.all()
    assert opinion.text == "夜班食堂供餐时间太短，建议延长。" and found.text == ""
    assert opinion.organization == cast.org["B2"]
    with pytest.raises(ActionError):
        actions.decline_comment(by=None, comment=found, reason="TWICE")


def test_others_do_not_decide(cast, campaign):
    with pytest.raises(NotPermitted):
        actions.publish_comment(by=cast.account["other_secretary"], comment=comment(cast, campaign))


def test_the_secretary_decides_on_the_page(cast, campaign, signed_in):
    found = comment(cast, campaign)
    client = signed_in("branch_secretary")
    waits = f"{reverse('masses:comment_list')}?organization={cast.org['B2'].pk}&amp;state=WAITING"
    assert waits in client.get(reverse("enterprises:organization", args=[cast.org["B2"].pk])).content.decode()
    page = reverse("masses:decide", args=[found.pk])
    assert "reason" in client.post(page, {"decision": "decline"}).context["form"].errors
    assert client.post(page, {"decision": "publish"}).status_code == 302
    assert PublicComment.objects.get().state == "PUBLISHED"


def test_very_many_from_one_network_are_held_back(campaign, page, client, monkeypatch):
    monkeypatch.setattr(views, "COMMENTS", 1)
    told = {"text": "意见", "submission": str(uuid4())}
    assert client.post(page, told).status_code == 200
    assert client.post(page, told | {"submission": str(uuid4())}).status_code == 429


def test_nothing_says_who_commented_or_when():
    kinds = (models.DateTimeField, models.TimeField, models.GenericIPAddressField, models.UUIDField)
    for field in PublicComment._meta.concrete_fields:
        assert not isinstance(field, kinds), field
    assert not getattr(PublicComment, "pgh_event_models", None)
