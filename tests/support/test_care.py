"""Care given: rows for the own secretary only, every reading noted, nothing told in words, totals above (item 43)."""

import logging
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django import forms as django_forms
from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils.log import configure_logging
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from campaign.support import care_actions, care_totals
from campaign.support.forms import CareForm, MistakeForm
from campaign.support.models import CareRecord
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.models import Account, Post, RestrictedRead
from tests.appraisal.stage import account_of, signed_in
from tests.cast import Cast, add_account, build
from tests.support.stage import TODAY, care

PAIRS = 10_000


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Help given in three branches, to members and to others; accounts of every kind."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        with clock.fixed(TODAY):
            cast = build()
            yield cast, _fill(cast)
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def _fill(cast: Cast) -> list[CareRecord]:
    Post.objects.create(member=cast.member["M0202"], role="DEPUTY_SECRETARY", scope_id=cast.org["B2"].pk)
    for name, role, org in (
        ("first_branch", "BRANCH_SECRETARY", "B1"),
        ("group_head", "GROUP_HEAD", "ROOT"),
        ("general_branch", "COMMITTEE_SECRETARY", "G"),
        ("party_group", "COMMITTEE_SECRETARY", "E01-DZ"),
        ("branch_committee", "COMMITTEE_MEMBER", "B2"),
    ):
        add_account(cast, name, role, cast.org[org])
    for code in ("M0202", "M0205", "M0301"):
        account_of(cast, code)
    members = [
        care(cast, f"B{code[2]}", code, help="TALK") for code in cast.member if code[:3] in ("M01", "M02", "M03")
    ]
    return members + [care(cast, branch, None) for branch in ("B1", "B2", "B3")]


def entitled(cast: Cast, account: str, record: CareRecord) -> bool:
    """Who may read, said once more and by hand: not even the member helped, nor anybody above."""
    branch = {"first_branch": "B1", "branch_secretary": "B2", "other_secretary": "B3"}.get(account)
    return branch is not None and record.organization == cast.org[branch]


@pytest.mark.item(43)
def test_no_random_pair_of_account_and_record_leaks(stage, django_db_blocker):
    cast, records = stage
    accounts: dict[str, Account] = {}

    @how(max_examples=PAIRS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(cast.account)), st.sampled_from(records))
    def look(name, record):
        account = accounts.setdefault(name, cast.fresh(name))
        seen = CareRecord.objects.visible_to(account).filter(pk=record.pk).exists()
        assert seen is entitled(cast, name, record), (name, record)

    with django_db_blocker.unblock(), clock.fixed(TODAY):
        look()


@pytest.mark.item(43)
@pytest.mark.parametrize("name", ["office", "committee_secretary", "general_branch", "group_leader", "auditor",
                                  "administrator", "local_liaison", "group_head", "other_secretary", "acc-M0202",
                                  "acc-M0205", "member", "enterprise_office"])  # fmt: skip
def test_the_pages_are_closed_to_others(stage, django_db_blocker, name):
    cast, records = stage
    [found] = [record for record in records if record.member_id == cast.member["M0205"].pk]
    with django_db_blocker.unblock(), clock.fixed(TODAY):
        client = signed_in(Client(), cast.fresh(name))
        for page in ("care", "care_withdraw"):
            assert client.get(reverse(f"support:{page}", args=[found.pk])).status_code == 404
        for page in ("care_list", "care_new"):
            assert client.get(reverse(f"support:{page}", args=[cast.org["B2"].pk])).status_code in (403, 404)
        assert not RestrictedRead.objects.filter(account=cast.account[name]).exists()


@pytest.mark.item(43)
def test_every_showing_is_noted(stage, django_db_blocker):
    cast, records = stage
    with django_db_blocker.unblock(), clock.fixed(TODAY), transaction.atomic():
        account = cast.fresh("branch_secretary")
        client = signed_in(Client(), account)
        mine = CareRecord.objects.visible_to(account)
        reads = RestrictedRead.objects.filter(account=account, model="carerecord")
        page = client.get(reverse("support:care_list", args=[cast.org["B2"].pk]))
        assert cast.member["M0205"].name in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]
        assert sorted(reads.values_list("object_id", flat=True)) == sorted(mine.values_list("pk", flat=True))
        [found] = [record for record in records if record.member_id == cast.member["M0205"].pk]
        for count, name in enumerate(("care", "care_withdraw"), start=2):
            assert client.get(reverse(f"support:{name}", args=[found.pk])).status_code == 200
            assert reads.filter(object_id=found.pk).count() == count
        auditor = signed_in(Client(), cast.account["auditor"])
        listed = auditor.get(reverse("enterprises:read_list"), {"model": "carerecord"})
        assert listed.context["count"] == reads.count()
        assert cast.member["M0205"].name not in listed.content.decode()
        transaction.set_rollback(True)


@pytest.mark.item(43)
def test_there_is_no_place_for_words(db):
    texts = [f for f in CareRecord._meta.concrete_fields if isinstance(f, (models.CharField, models.TextField))]
    assert all(field.choices for field in texts)
    for form in (CareForm, MistakeForm):
        for field in form.base_fields.values():
            words = isinstance(field, django_forms.CharField) and not isinstance(field, django_forms.UUIDField)
            assert not words, field


@pytest.mark.item(43)
def test_words_that_are_sent_all_the_same_are_not_kept(cast):
    told = "家里有人生病，情绪低落"
    client = signed_in(Client(), cast.account["branch_secretary"])
    sent = {
        "submission": str(uuid4()), "whom": "MEMBER", "member": cast.member["M0204"].pk, "need": "PRACTICAL",
        "help": "MONEY", "giver": "COMMITTEE", "given_on": clock.today().isoformat(), "note": told, "reason": told,
    }  # fmt: skip
    url = reverse("support:care_new", args=[cast.org["B2"].pk])
    assert client.post(url, sent | {"help": told}).status_code == 200  # nothing but the choices
    assert client.post(url, sent).status_code == client.post(url, sent).status_code == 302
    record = CareRecord.objects.get()
    assert told not in str(CareRecord.objects.values().get())
    wrong = {"mistake": "NOT_GIVEN", "reason": told}
    assert client.post(reverse("support:care_withdraw", args=[record.pk]), wrong).status_code == 302
    page = client.get(reverse("support:care", args=[record.pk])).content.decode()
    assert told not in page and "没有发放" not in told
    assert CareRecord.objects.get().withdrawn_why == "NOT_GIVEN"


@pytest.mark.item(43)
def test_a_member_is_named_and_the_masses_are_not(cast):
    with clock.fixed(TODAY):
        submission = uuid4()
        assert care(cast, submission=submission) == care(cast, submission=submission)
        wrong = (
            {"member": None, "whom": "MEMBER"},
            {"member": "M0301"},  # of another branch
            {"whom": "MASSES"},  # a name all the same
            {"given_on": TODAY + timedelta(1)},
        )
        for told in wrong:
            with pytest.raises(ActionError):
                care(cast, **told)
        for role in ("committee_secretary", "office", "group_leader", "member", "other_secretary"):
            with pytest.raises(NotPermitted):
                care(cast, by=cast.fresh(role))
            with pytest.raises(NotPermitted):
                care_actions.withdraw_care(by=cast.fresh(role), record=CareRecord.objects.get(), mistake="TWICE")
        with pytest.raises(ActionError):
            care_actions.withdraw_care(by=None, record=CareRecord.objects.get(), mistake="因为他病了")


def _strings(workbook: bytes) -> str:
    with ZipFile(BytesIO(workbook)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


@pytest.mark.item(43)
def test_rows_are_in_no_list_search_or_export(stage, django_db_blocker):
    cast, _records = stage
    with django_db_blocker.unblock(), clock.fixed(TODAY):
        client = signed_in(Client(), cast.fresh("branch_secretary"))
        branch = [cast.org["B2"].pk]
        rows = client.get(reverse("support:care_list", args=branch), {"export": "xlsx", "q": "李"})
        assert rows.headers["Content-Type"].startswith("text/html")
        client = signed_in(Client(), cast.fresh("committee_secretary"))
        names = [member.name for member in cast.member.values()]
        for name in ("support:care_totals", "support:burden"):
            answer = client.get(reverse(name, args=branch), {"export": "xlsx"})
            exported = _strings(b"".join(answer.streaming_content))
            assert not any(person in exported for person in names)
        page = client.get(reverse("enterprises:organization", args=branch)).content.decode()
        assert "谈话" not in page  # no kind of help either


@pytest.mark.item(43)
def test_a_failure_does_not_carry_the_row_into_the_log(cast, monkeypatch):
    person = cast.member["M0204"].name

    def fail(**told):
        raise ValueError(f"Failing row contains ({person}, MONEY)")

    monkeypatch.setattr(care_actions, "note_care", fail)
    client = signed_in(Client(raise_request_exception=False), cast.account["branch_secretary"])
    sent = {
        "submission": str(uuid4()), "whom": "MEMBER", "member": cast.member["M0204"].pk, "need": "PRACTICAL",
        "help": "MONEY", "giver": "COMMITTEE", "given_on": clock.today().isoformat(),
    }  # fmt: skip
    with logs() as written:
        answer = client.post(reverse("support:care_new", args=[cast.org["B2"].pk]), sent)
    assert answer.status_code == 500
    assert "Withheld" in written.getvalue() and person not in written.getvalue()


@contextmanager
def logs():
    """What the product's own handler writes."""
    written = StringIO()
    configure_logging("logging.config.dictConfig", settings.LOGGING)
    handler = logging.getLogger().handlers[0]
    before, handler.stream = handler.stream, written
    logging.getLogger("django.request").propagate = True
    try:
        yield written
    finally:
        handler.stream = before


def shown(organization):
    own, below = care_totals.totals(organization)
    return own.figures, {path: found.figures for path, found in below.items()}


@pytest.mark.item(43)
def test_totals_leave_out_what_few_persons_stand_behind(cast):
    with clock.fixed(TODAY):
        for number in range(1, 9):
            care(cast, "B2", f"M020{number}")
        for number in range(1, 4):
            care(cast, "B3", f"M030{number}", help="MONEY")
        own, below = shown(cast.org["G"])
        two, three = (below[cast.org[code].path] for code in ("B2", "B3"))
        assert own["TOTAL"] == 11 and own["MASSES_PRACTICAL"] == 0
        assert own["VISIT"] is None and own["MONEY"] is None  # three persons, and what would give them away
        assert three["TOTAL"] is None and two["TOTAL"] is None
        # The page of each shows no more than the table above it.
        assert shown(cast.org["B2"])[0]["TOTAL"] is None and shown(cast.org["B3"])[0]["TOTAL"] is None
        # With one branch having records, everything above is the same figure.
        assert shown(cast.org["E01-DZ"])[0]["TOTAL"] == 11
        care_actions.withdraw_care(by=None, record=CareRecord.objects.first(), mistake="TWICE")
        assert shown(cast.org["G"])[0]["TOTAL"] == 10
        assert care_totals.totals(cast.org["B5"])[0].is_empty


@pytest.mark.item(43)
def test_many_records_about_few_persons_stay_hidden(cast):
    with clock.fixed(TODAY):
        for _ in range(9):
            care(cast, "B2", "M0204")
        own, _below = shown(cast.org["ROOT"])
        assert own["TOTAL"] is None and own["MEMBER_PRACTICAL"] is None
