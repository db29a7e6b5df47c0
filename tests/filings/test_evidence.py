"""What filings prove: documents, figures, and an entry for each member."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from campaign.filings import actions
from campaign.filings.models import Filing
from campaign.progress.actions import recount_check
from campaign.progress.explain import explain_member
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.members import transfer_member
from enterprises.actions.permit import NotPermitted
from tests.records import LAUNCH, launch, status

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


def file(cast, campaign, organization="B2", day=LAUNCH, **fields):
    return actions.file_document(
        by=None, campaign=campaign, organization=cast.org[organization], kind="plan", filed_on=day, **fields
    )


def tick(cast, campaign, codes, day=LAUNCH, organization="B2"):
    days = {cast.member[code].pk: day for code in codes}
    return actions.tick_members(by=None, campaign=campaign, organization=cast.org[organization], kind="talk", days=days)


def test_first_document_that_stands_proves(cast, campaign):
    first = file(cast, campaign, day=LAUNCH + timedelta(3))
    file(cast, campaign, day=LAUNCH + timedelta(6))
    assert status(campaign, "plan", cast.org["B2"]).done_on == LAUNCH + timedelta(3)
    actions.withdraw(by=None, filing=first, reason="重报")
    assert status(campaign, "plan", cast.org["B2"]).done_on == LAUNCH + timedelta(6)
    assert status(campaign, "plan", cast.org["B3"]).done_on is None


def test_every_member_expected_needs_an_entry(cast, campaign):
    tick(cast, campaign, [f"M020{i}" for i in range(1, 7)])
    row = status(campaign, "talk", cast.org["B2"])
    assert (row.persons_due, row.persons_done, row.done_on) == (7, 6, None)
    tick(cast, campaign, ["M0207"], day=LAUNCH + timedelta(2))
    row = status(campaign, "talk", cast.org["B2"])
    assert (row.persons_done, row.done_on) == (7, LAUNCH + timedelta(2))


def test_entries_follow_the_member(cast, campaign):
    tick(cast, campaign, ["M0201"])
    transfer_member(by=None, member=cast.member["M0201"], to=cast.org["B3"], effective=TODAY)
    assert status(campaign, "talk", cast.org["B3"]).persons_done == 1
    assert status(campaign, "talk", cast.org["B2"]).persons_due == 6


def test_ticking_twice_keeps_the_first_day(cast, campaign):
    tick(cast, campaign, ["M0201", "M0202"])
    assert tick(cast, campaign, ["M0201"], day=LAUNCH + timedelta(5)) == []
    assert Filing.objects.count() == 2


def test_double_submission_is_one_record(cast, campaign):
    submission = uuid4()
    assert file(cast, campaign, submission=submission).pk == file(cast, campaign, submission=submission).pk
    assert Filing.objects.count() == 1


def test_figures_are_asked_for(cast, campaign):
    told = {"by": None, "campaign": campaign, "organization": cast.org["A"], "kind": "rate", "filed_on": TODAY}
    with pytest.raises(ActionError) as refusal:
        actions.file_document(**told)
    assert refusal.value.field == "figure"
    assert actions.file_document(**told, figure=Decimal("65.8")).figure == Decimal("65.8")


def test_refusals(cast, campaign):
    with pytest.raises(ActionError):
        file(cast, campaign, day=TODAY + timedelta(1))
    with pytest.raises(ActionError):
        tick(cast, campaign, ["M0301"])  # of another branch
    with pytest.raises(ActionError):
        actions.tick_members(by=None, campaign=campaign, organization=cast.org["B2"], kind="plan", days={})
    with pytest.raises(ActionError):
        actions.withdraw(by=None, filing=file(cast, campaign), reason=" ")
    with pytest.raises(NotPermitted):
        actions.file_document(
            by=cast.account["other_secretary"],
            campaign=campaign,
            organization=cast.org["B2"],
            kind="plan",
            filed_on=TODAY,
        )


def test_recount_finds_nothing_to_mend(cast, campaign):
    actions.withdraw(by=None, filing=file(cast, campaign), reason="重报")
    file(cast, campaign, "A")
    tick(cast, campaign, [f"M020{i}" for i in range(1, 8)])
    transfer_member(by=None, member=cast.member["M0201"], to=cast.org["B3"], effective=TODAY)
    assert set(recount_check().values()) == {0}


def test_members_read_whether_they_are_entered(cast, campaign):
    tick(cast, campaign, ["M0201"])

    def told_to(code):
        [reasons] = [r for step, r in explain_member(cast.member[code], campaign) if step.code == "talk"]
        return [reason.text for reason in reasons]

    assert LAUNCH.isoformat() in told_to("M0201")[0]
    assert len({*told_to("M0201"), *told_to("M0202"), *told_to("M0208")}) == 3
