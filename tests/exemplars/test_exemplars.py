"""Models: nominated, verified, publicised with consent only, presented, collected, withdrawn."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from campaign.exemplars import actions
from campaign.exemplars.models import ModelMember
from campaign.meetings import actions as meetings
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from tests.records import told

TODAY = date(2026, 9, 1)
YESTERDAY = TODAY - timedelta(1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def enter(cast, client):
    def as_role(name):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role


def nominate(cast, code="M0203", **fields) -> ModelMember:
    values = {"headline": "井下二十年", "deeds": "带出八名徒弟", "nominated_on": YESTERDAY} | fields
    return actions.nominate(by=None, member=cast.member[code], **values)


def agreed(cast, **fields) -> ModelMember:
    exemplar = nominate(cast, **fields)
    actions.verify(by=None, exemplar=exemplar, verified_on=TODAY, verified_how="支委会逐项核实")
    return actions.record_consent(by=None, exemplar=exemplar, consent_on=TODAY, consent_kind="WRITTEN")


def publicise(exemplar, day=TODAY) -> ModelMember:
    return actions.publicise(by=None, exemplar=exemplar, publicised_on=day, publicised_where="矿区广播")


@pytest.mark.item(53)
def test_nobody_is_publicised_without_verification_and_consent(cast):
    exemplar = nominate(cast)
    with pytest.raises(ActionError):
        publicise(exemplar)
    actions.verify(by=None, exemplar=exemplar, verified_on=TODAY, verified_how="支委会核实")
    with pytest.raises(ActionError):
        publicise(exemplar)
    actions.record_consent(by=None, exemplar=exemplar, consent_on=TODAY, consent_kind="ORAL")
    with pytest.raises(ActionError):
        publicise(exemplar, YESTERDAY)
    assert publicise(exemplar).state == "PUBLICISED"
    with pytest.raises(IntegrityError), transaction.atomic():
        ModelMember.objects.filter(pk=exemplar.pk).update(consent_on=None)


@pytest.mark.item(53)
def test_other_words_are_verified_anew(cast):
    exemplar = agreed(cast)
    same = actions.tell_deeds(by=None, exemplar=exemplar, headline="井下二十年", deeds="带出八名徒弟")
    assert same.state == "VERIFIED"
    changed = actions.tell_deeds(by=None, exemplar=exemplar, headline="井下二十年", deeds="带出九名徒弟")
    assert (changed.state, changed.verified_on) == ("NOMINATED", None)
    with pytest.raises(ActionError):
        publicise(changed)


@pytest.mark.item(53)
def test_a_withdrawn_model_is_gone_from_the_collection(cast, enter):
    publicise(agreed(cast))
    gone = publicise(agreed(cast, headline="另一位", code="M0205"))
    actions.withdraw(by=None, exemplar=gone, reason="本人收回同意")
    client = enter("committee_secretary")
    url = reverse("exemplars:collection")
    page = client.get(url).content.decode()
    assert "带出八名徒弟" in page and "另一位" not in page
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(client.get(url, {"export": "xlsx"}).streaming_content)))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert any("带出八名徒弟" in row for row in rows) and not any("另一位" in row for row in rows)
    assert enter("other_enterprise_office").get(url).context["count"] == 0
    with pytest.raises(ActionError):
        actions.verify(by=None, exemplar=gone, verified_on=TODAY, verified_how="再核实")


@pytest.mark.item(53)
def test_models_are_presented_at_report_meetings(cast, enter):
    record = told("MODELS_REPORT", day=YESTERDAY)
    meeting = meetings.log(by=None, organization=cast.org["B2"], record=record)
    with pytest.raises(ActionError):
        actions.present(by=None, exemplar=nominate(cast), meeting=meeting)
    exemplar = agreed(cast, code="M0205")
    other = meetings.log(by=None, organization=cast.org["B2"], record=told("PARTY_LECTURE", day=YESTERDAY))
    with pytest.raises(ActionError):
        actions.present(by=None, exemplar=exemplar, meeting=other)
    client = enter("branch_secretary")
    url = reverse("exemplars:present", args=[exemplar.pk])
    assert client.post(url, {"meeting": meeting.pk}).status_code == 302
    assert client.post(url, {"meeting": meeting.pk}).status_code == 302
    assert exemplar.reports.count() == 1
    assert meeting.title in client.get(reverse("exemplars:exemplar", args=[exemplar.pk])).content.decode()


@pytest.mark.item(53)
def test_from_nomination_to_publicity_in_the_browser(cast, enter):
    client = enter("branch_secretary")
    form = {
        "member": "M0203", "headline": "井下二十年", "deeds": "带出八名徒弟", "nominated_on": "2026-08-31",
        "submission": str(uuid4()),
    }  # fmt: skip
    url = reverse("exemplars:nominate")
    assert client.post(url, form | {"member": "M0301"}).context["form"].errors.keys() == {"member"}  # out of sight
    assert client.post(url, form).status_code == 302
    client.post(url, form)
    exemplar = ModelMember.objects.get()
    assert exemplar.organization == cast.org["B2"]
    steps = {
        "verify": {"verified_on": "2026-09-01", "verified_how": "支委会核实"},
        "consent": {"consent_on": "2026-09-01", "consent_kind": "WRITTEN"},
        "publicise": {"publicised_on": "2026-09-01", "publicised_where": "矿区广播"},
    }
    for name, told_here in steps.items():
        page = client.get(reverse("exemplars:exemplar", args=[exemplar.pk])).content.decode()
        assert reverse(f"exemplars:{name}", args=[exemplar.pk]) in page
        assert client.post(reverse(f"exemplars:{name}", args=[exemplar.pk]), told_here).status_code == 302
    exemplar.refresh_from_db()
    assert exemplar.is_publicised
    page = client.get(reverse("enterprises:organization", args=[cast.org["B2"].pk])).content.decode()
    assert "井下二十年" in page
    rows = client.get(reverse("exemplars:exemplar_list"), {"state": "PUBLICISED"}).context["table"]
    assert [row["object"] for row in rows] == [exemplar]


def test_a_name_is_seen_elsewhere_only_once_publicised(cast):
    exemplar = agreed(cast, code="M0401")  # of the unit that E01 assists
    office = cast.fresh("enterprise_office")
    assert not ModelMember.objects.visible_to(office).exists()
    publicise(exemplar)
    assert list(ModelMember.objects.visible_to(office)) == [exemplar]


@pytest.mark.parametrize("wrong", [{"headline": ""}, {"deeds": " "}, {"nominated_on": TODAY + timedelta(1)}])
def test_refusals(cast, wrong):
    with pytest.raises(ActionError):
        nominate(cast, **wrong)


def test_only_the_own_branch_puts_forward(cast):
    told_of = {"headline": "某", "deeds": "某", "nominated_on": TODAY}
    with pytest.raises(NotPermitted):
        actions.nominate(by=cast.account["other_secretary"], member=cast.member["M0203"], **told_of)
