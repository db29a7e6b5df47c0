"""Nobody but those entitled reads an analysis or an appraisal, and no text leaves by another way (61, 64, 66)."""

import logging
from contextlib import contextmanager
from io import BytesIO, StringIO
from zipfile import ZipFile

import pghistory.models
import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils.log import configure_logging
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from campaign.appraisal.models import (
    AnalysisVersion,
    AppraisalOpinion,
    AppraisalReply,
    AppraisalVersion,
    CorrectionRequest,
    PartySpiritAnalysis,
)
from enterprises import clock
from enterprises.models import Account, Member, Post, RestrictedRead
from tests.appraisal.stage import OPINION, TEXT, TODAY, account_of, analysis, appraisal, launch, meeting, signed_in
from tests.cast import Cast, add_account, build

PAIRS = 10_000
TEXTS = (AnalysisVersion, AppraisalVersion, AppraisalReply, CorrectionRequest)


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Every member of three branches with an analysis and an appraisal; accounts of every kind."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        with clock.fixed(TODAY):
            cast = build()
            yield cast, _fill(cast)
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def _fill(cast: Cast) -> list:
    campaign = launch()
    Member.objects.filter(code__in=["M0201", "M0101"]).update(category="LEADER")
    Post.objects.create(member=cast.member["M0203"], role="TEAM_MEMBER", scope_id=cast.org["G"].pk)
    Post.objects.create(member=cast.member["M0202"], role="DEPUTY_SECRETARY", scope_id=cast.org["B2"].pk)
    for name, role, org in (
        ("first_branch", "BRANCH_SECRETARY", "B1"),
        ("group_head", "GROUP_HEAD", "ROOT"),
        ("general_branch", "COMMITTEE_SECRETARY", "G"),
        ("party_group", "COMMITTEE_SECRETARY", "E01-DZ"),
    ):
        add_account(cast, name, role, cast.org[org])
    records = []
    for code, member in cast.member.items():
        if code[:3] in ("M01", "M02", "M03"):
            member.refresh_from_db()
            if code != "M0204":  # has the cast's own account
                account_of(cast, code)
            records.append(analysis(campaign, member, text=f"{code}：{TEXT}").analysis)
    for branch in ("B1", "B2", "B3"):
        held = meeting(cast, organization=branch)
        records += [appraisal(campaign, m, held) for m in Member.objects.filter(branch=cast.org[branch])]
    return records


def entitled(cast: Cast, account: str, record) -> bool:
    """Who may read, said once more and by hand."""
    member = record.member
    if account == f"acc-{member.code}" or (account == "member" and member.code == "M0204"):
        return True
    branch = {"first_branch": "B1", "branch_secretary": "B2", "other_secretary": "B3"}.get(account)
    if branch and member.branch == cast.org[branch]:
        return True
    if not isinstance(record, PartySpiritAnalysis):
        return False
    readers = {"M0201": ["committee_secretary"], "M0101": ["party_group"], "M0203": ["committee_secretary"]}
    return account in readers.get(member.code, [])


@pytest.mark.item(61, 64, 66)
def test_no_random_pair_of_account_and_record_leaks(stage, django_db_blocker):
    cast, records = stage
    accounts: dict[str, Account] = {}

    @how(max_examples=PAIRS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(cast.account)), st.sampled_from(records))
    def look(name, record):
        account = accounts.setdefault(name, cast.fresh(name))
        expected = entitled(cast, name, record)
        versions = AnalysisVersion if isinstance(record, PartySpiritAnalysis) else AppraisalVersion
        link = "analysis" if versions is AnalysisVersion else "appraisal"
        seen = versions.objects.visible_to(account).filter(**{link: record}).exists()
        found = type(record).objects.visible_to(account).filter(pk=record.pk).exists()
        assert (found, seen) == (expected, expected), (name, record)

    with django_db_blocker.unblock(), clock.fixed(TODAY):
        look()


@pytest.mark.item(61, 64)
@pytest.mark.parametrize(
    "name",
    ["office", "enterprise_office", "committee_secretary", "group_leader", "auditor", "administrator", "local_liaison",
     "group_head", "other_secretary", "acc-M0202", "acc-M0301", "member"],
)  # fmt: skip
def test_the_pages_are_not_found_by_others(stage, django_db_blocker, name):
    cast, records = stage
    with django_db_blocker.unblock(), clock.fixed(TODAY):
        client = signed_in(Client(), cast.fresh(name))
        for record in records:
            if record.member_id == cast.member["M0205"].pk:
                page = "analysis" if isinstance(record, PartySpiritAnalysis) else "appraisal"
                assert client.get(reverse(f"appraisal:{page}", args=[record.pk])).status_code == 404


@pytest.mark.item(61)
def test_the_entitled_reader_of_a_leader_reads_and_is_noted(stage, django_db_blocker):
    cast, records = stage
    [found] = [r for r in records if r.member_id == cast.member["M0201"].pk and isinstance(r, PartySpiritAnalysis)]
    with django_db_blocker.unblock(), clock.fixed(TODAY):
        account = cast.fresh("committee_secretary")
        page = signed_in(Client(), account).get(reverse("appraisal:analysis", args=[found.pk]))
        assert TEXT in page.content.decode()
        assert RestrictedRead.objects.filter(account=account, object_id=found.pk).exists()


def test_texts_are_not_audited_and_not_in_the_context(stage, django_db_blocker):
    for model in TEXTS:
        assert not hasattr(model, "pgh_event_models") or not model.pgh_event_models
    events = [m for m in apps.get_models() if issubclass(m, pghistory.models.Event)]
    with django_db_blocker.unblock():
        for model in (*events, pghistory.models.Context):
            fields = [
                f.attname for f in model._meta.concrete_fields if isinstance(f, (models.TextField, models.JSONField))
            ]
            for row in model._base_manager.values_list(*fields):
                assert TEXT not in str(row) and OPINION not in str(row)


def test_texts_are_in_no_list_search_or_export(stage, django_db_blocker):
    cast, _records = stage
    lists = ("appraisal:appraisal_list", "appraisal:corrections", "appraisal:talks", "enterprises:member_list")
    with django_db_blocker.unblock(), clock.fixed(TODAY):
        client = signed_in(Client(), cast.fresh("branch_secretary"))
        for name in lists:
            for query in ({}, {"q": "一线职工"}):
                page = client.get(reverse(name), query).content.decode()
                assert "畏难情绪" not in page and "带头完成任务" not in page
            exported = b"".join(client.get(reverse(name), {"export": "xlsx"}).streaming_content)
            assert not any(word in text for text in _strings(exported) for word in ("畏难情绪", "带头完成任务"))


def _strings(workbook: bytes) -> list[str]:
    with ZipFile(BytesIO(workbook)) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]


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


@pytest.mark.parametrize("failure", [ValueError(TEXT), IntegrityError(f"Failing row contains ({TEXT})")])
def test_a_failure_does_not_carry_the_text_into_the_log(cast, monkeypatch, failure):
    from campaign.appraisal.views import analyses

    def fail(**told):
        raise failure

    monkeypatch.setattr(analyses, "write_analysis", fail)
    launch()
    client = signed_in(Client(raise_request_exception=False), account_of(cast, "M0202"))
    url = reverse("appraisal:analysis_write", args=[cast.member["M0202"].pk]) + "?campaign=t"
    with logs() as written:
        answer = client.post(url, {"problems": TEXT, "stage": "BEFORE", "hand_in": "1"})
    assert answer.status_code == 500
    told = written.getvalue()
    assert type(failure).__name__ in told and "Withheld" in told  # the failure itself is told
    assert "畏难情绪" not in told and "畏难情绪" not in answer.content.decode()


def test_an_error_report_does_not_quote_the_text(cast, rf, monkeypatch):
    from django.views.debug import ExceptionReporter

    from campaign.appraisal.views import analyses

    def fail(**told):
        raise ValueError(TEXT)

    monkeypatch.setattr(analyses, "write_analysis", fail)
    campaign = launch()
    request = rf.post(f"/x/?campaign={campaign.code}", {"problems": TEXT, "stage": "BEFORE", "hand_in": "1"})
    request.user, request.session = account_of(cast, "M0202"), {}
    try:
        analyses.analysis_write(request, member=cast.member["M0202"].pk)
        pytest.fail("it should have failed")
    except Exception as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
        for report in (reporter.get_traceback_html(), reporter.get_traceback_text()):
            assert "畏难情绪" not in report


def test_readings_are_never_changed_and_shown_to_auditors(cast):
    campaign = launch()
    found = analysis(campaign, cast.member["M0202"])
    client = signed_in(Client(), cast.account["branch_secretary"])
    client.get(reverse("appraisal:analysis", args=[found.analysis_id]))
    for change in (lambda rows: rows.delete(), lambda rows: rows.update(object_id=1)):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change(RestrictedRead.objects.all())
    signed_in(client, cast.account["auditor"])
    url = reverse("enterprises:read_list")
    assert client.get(url).context["count"] == 1
    assert client.get(url, {"model": "appraisalopinion"}).context["count"] == 0
    assert client.get(url, {"model": "partyspiritanalysis", "q": "branch_secretary"}).context["count"] == 1
    page = client.get(url).content.decode()
    assert cast.member["M0202"].name not in page and "畏难情绪" not in page
    signed_in(client, cast.account["office"])
    assert client.get(url).status_code == 404


def test_no_score_stands_anywhere(db):
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    for model in (PartySpiritAnalysis, AppraisalOpinion, *TEXTS):
        found = {f.name for f in model._meta.concrete_fields if isinstance(f, numbers) and not f.primary_key}
        assert found <= {"number"}  # of the version
