"""Publications and the public notice page (71, 102), publicity by channel and month (104), silent phases."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.publicity import actions, rules
from campaign.publicity.models import Publication, PublicityItem
from campaign.rectification.models import RectificationItem
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
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
def secretary(cast, client):
    client.force_login(cast.account["branch_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    return client


FIRST = ("学习动员", date(2005, 7, 20), date(2005, 8, 31))
SECOND = ("分析评议", date(2005, 9, 1), date(2005, 10, 8))


@pytest.mark.item(102)
@pytest.mark.parametrize(
    ("published", "today", "silent"),
    [
        ([], date(2005, 8, 31), []),
        ([], date(2005, 9, 1), [FIRST]),
        ([], date(2005, 12, 1), [FIRST, SECOND]),
        ([date(2005, 7, 19)], date(2005, 9, 1), [FIRST]),
        ([date(2005, 7, 20)], date(2005, 9, 1), []),
        ([date(2005, 9, 1)], date(2005, 12, 1), [FIRST]),
        ([date(2005, 8, 1), date(2005, 11, 20)], date(2005, 12, 1), []),
    ],
)
def test_phases_in_which_nothing_was_published(published, today, silent):
    assert rules.silent_phases([SECOND, FIRST], published, today) == silent


@pytest.mark.item(104)
def test_publicity_by_month():
    rows = [("TV", date(2005, 9, 2)), ("TV", date(2005, 9, 30)), ("RADIO", date(2005, 11, 1))]
    months, counts = rules.by_month(rows)
    assert months == ["2005-09", "2005-11"]
    assert (counts["TV"]["2005-09"], counts["TV"]["2005-11"], counts["RADIO"]["2005-11"]) == (2, 0, 1)


@pytest.mark.item(71)
def test_the_first_day_counts_and_another_place_keeps_it(cast, campaign):
    thing = finish(item(cast, campaign))
    board = publish(cast, campaign, day=LAUNCH + timedelta(11), things=[thing])
    paper = publish(cast, campaign, day=LAUNCH + timedelta(20), things=[thing], place="PAPER")
    thing.refresh_from_db()
    assert thing.published_on == LAUNCH + timedelta(11)
    actions.withdraw_publication(by=None, publication=board, reason="换地方")
    thing.refresh_from_db()
    assert thing.state == "PUBLISHED"
    actions.withdraw_publication(by=None, publication=paper, reason="换地方")
    thing.refresh_from_db()
    assert thing.state == "DONE"


@pytest.mark.item(71)
def test_what_cannot_be_published(cast, campaign):
    thing, open_one = finish(item(cast, campaign)), item(cast, campaign)
    for told, field in (
        ({"things": [open_one]}, "things"),
        ({"things": [thing], "day": LAUNCH + timedelta(9)}, "since"),
        ({"day": TODAY + timedelta(1)}, "since"),
        ({"until": LAUNCH}, "until"),
        ({"things": [thing], "organization": "B3"}, "things"),
    ):
        with pytest.raises(ActionError) as refusal:
            publish(cast, campaign, **told)
        assert refusal.value.field == field
    told = publish(cast, campaign)
    with pytest.raises(ActionError):
        actions.withdraw_publication(by=None, publication=told, reason=" ")
    with pytest.raises(NotPermitted):
        actions.withdraw_publication(by=cast.account["other_secretary"], publication=told, reason="x")


@pytest.mark.item(71, 102)
def test_published_through_the_form_and_read_by_everybody(cast, campaign, secretary, client):
    thing = finish(item(cast, campaign, owner=cast.member["M0202"]))
    new = reverse("publicity:publication_new", args=[cast.org["B2"].pk])
    assert secretary.get(new).context["form"].initial["things"] == [thing.pk]
    assert secretary.get(new, {"subject": "NONSENSE"}).status_code == 404
    sent = {
        "campaign": campaign.pk, "submission": str(uuid4()), "title": "八月整改情况", "things": [thing.pk],
        "place": "SITE", "since": "2026-09-18", "until": "2026-09-30", "text": "本月完成一项。",
        "upload": SimpleUploadedFile("照片.pdf", b"%PDF-1.7"),
    }  # fmt: skip
    wrong = secretary.post(new, sent | {"until": "2026-09-01"})
    assert wrong.context["form"].errors["until"]
    sent["upload"] = SimpleUploadedFile("照片.pdf", b"%PDF-1.7")
    assert secretary.post(new, sent).status_code == 302
    told = Publication.objects.get()
    assert secretary.get(reverse("publicity:publication_proof", args=[told.pk])).status_code == 200
    assert "八月整改情况" in secretary.get(reverse("publicity:publication", args=[told.pk])).content.decode()
    client.logout()
    notice = reverse("publicity:notice", args=[cast.org["B2"].pk])
    page = client.get(notice).content.decode()
    assert "八月整改情况" in page and thing.title in page and "办公厅" in page and "已减为九张" in page
    assert "李示二" not in page and "<script" not in page
    with clock.fixed(date(2026, 10, 1)):
        assert client.get(notice).status_code == 404
    assert client.get(reverse("publicity:notice", args=[cast.org["B3"].pk])).status_code == 404


@pytest.mark.item(71)
def test_what_hangs_on_a_board_is_not_on_the_public_page(cast, campaign, client):
    thing = finish(item(cast, campaign))
    told = publish(cast, campaign, things=[thing], place="SITE")
    publish(cast, campaign, title="只在班组公布", things=[thing])
    page = client.get(reverse("publicity:notice", args=[cast.org["B2"].pk])).content.decode()
    assert "只在班组公布" not in page
    actions.withdraw_publication(by=None, publication=told, reason="撤回")
    assert client.get(reverse("publicity:notice", args=[cast.org["B2"].pk])).status_code == 404


@pytest.mark.item(71)
def test_plans_are_published_too(cast, campaign):
    plan = approved(cast, campaign, items=[item(cast, campaign)])
    publish(cast, campaign, day=TODAY, subject="PLAN", things=[plan])
    plan.refresh_from_db()
    assert plan.published_on == TODAY
    assert RectificationItem.objects.get().state == "OPEN"


@pytest.mark.item(102)
def test_a_silent_phase_is_said_to_the_leading_organization(cast, campaign):
    ids = [cast.org["A"].pk, cast.org["B2"].pk]
    with clock.fixed(LAUNCH + timedelta(61)):
        found = warnings_of(ids, clock.today())
        assert "SILENT_PHASE" in [w.code for w in found[cast.org["A"].pk]]
        assert "SILENT_PHASE" not in [w.code for w in found[cast.org["B2"].pk]]
        publish(cast, campaign, subject="OTHER")
        assert "SILENT_PHASE" not in [w.code for w in warnings_of(ids, clock.today())[cast.org["A"].pk]]


@pytest.mark.item(104)
def test_publicity_is_entered_corrected_and_counted(cast, campaign, secretary):
    new = reverse("publicity:publicity_new", args=[cast.org["B2"].pk])
    sent = {
        "campaign": campaign.pk, "submission": str(uuid4()), "channel": "RADIO", "title": "送学到井口",
        "appeared_on": "2026-09-10",
    }  # fmt: skip
    assert secretary.post(new, sent | {"appeared_on": "2026-09-21"}).context["form"].errors["appeared_on"]
    assert secretary.post(new, sent).status_code == secretary.post(new, sent).status_code == 302
    piece = PublicityItem.objects.get()
    edit = reverse("publicity:publicity_edit", args=[piece.pk])
    version = secretary.get(edit).context["form"]["version"].value()
    told = {key: sent[key] for key in ("title", "appeared_on")} | {"channel": "BRIEFING", "version": version}
    assert secretary.post(edit, told).status_code == 302
    page = secretary.get(reverse("publicity:publicity_list"), {"month": "2026-09"})
    assert page.context["lines"] == [("工作简报", [1], 1)]
    assert secretary.get(reverse("publicity:publicity_list"), {"month": "2026-08"}).context["count"] == 0
    assert secretary.get(reverse("publicity:publicity_list"), {"month": "x"}).context["count"] == 0
    assert secretary.get(reverse("publicity:publication_list"), {"state": "standing"}).context["count"] == 0
