"""Long-term mechanisms from exploring to running, their review, the gate; the register of regulations (84, 85)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.filings.models import Filing
from campaign.mechanisms import actions, rules
from campaign.mechanisms.models import LongTermMechanism, Regulation
from campaign.progress.gates import condition
from campaign.summary.chapters import with_figures
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.warnings import warnings_of
from tests.plan.launched import part, second_batch

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return second_batch()


@pytest.fixture
def client_of(cast, client):
    """Sign in as one of the cast by name; returns the client."""

    def sign(name: str):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign


def start(cast, campaign, code: str = "A", **told) -> LongTermMechanism:
    values = {"kind": "STUDY", "title": "党员学习日制度"} | told
    return actions.start_mechanism(by=None, campaign=campaign, organization=cast.org[code], **values)


def issue(mechanism: LongTermMechanism, **told) -> LongTermMechanism:
    values = {
        "status": "ISSUED",
        "since": TODAY,
        "number": "党发〔2026〕8号",
        "review_on": TODAY + timedelta(90),
    } | told
    return actions.move_mechanism(by=None, mechanism=mechanism, **values)


@pytest.mark.item(84)
@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ("EXPLORING", "DRAFTED", True),
        ("EXPLORING", "RUNNING", True),
        ("DRAFTED", "EXPLORING", True),
        ("RUNNING", "DRAFTED", False),
        ("ISSUED", "ISSUED", False),
        ("RUNNING", "ISSUED", True),
    ],
)
def test_which_status_may_follow(before, after, may):
    assert rules.may_follow(before, after) is may


@pytest.mark.item(84)
@pytest.mark.parametrize(
    ("review_on", "reviewed", "due"),
    [(None, False, False), (TODAY, False, True), (TODAY + timedelta(1), False, False), (TODAY, True, False)],
)
def test_when_a_review_is_due(review_on, reviewed, due):
    assert rules.review_due(review_on, reviewed, TODAY) is due


@pytest.mark.item(84)
@pytest.mark.parametrize(
    ("statuses", "holds"),
    [((), False), (("EXPLORING", "DRAFTED"), False), (("DRAFTED", "ISSUED"), True), (("RUNNING",), True)],
)
def test_only_what_is_issued_or_running_holds(statuses, holds):
    assert rules.established(statuses) is holds


@pytest.mark.item(84)
def test_what_is_issued_has_a_number_and_a_day_of_review(cast, campaign):
    found = start(cast, campaign)
    for missing, field in (({"number": ""}, "number"), ({"review_on": None}, "review_on")):
        with pytest.raises(ActionError) as refusal:
            issue(found, **missing)
        assert refusal.value.field == field
    assert issue(found).status == "ISSUED"
    with pytest.raises(NotPermitted):
        actions.move_mechanism(by=cast.account["other_secretary"], mechanism=found, status="RUNNING", since=TODAY)


@pytest.mark.item(84)
def test_a_review_is_asked_for_on_its_day_and_what_it_found_stays(cast, campaign):
    found = issue(start(cast, campaign))
    due = TODAY + timedelta(90)
    a = cast.org["A"].pk
    assert not [w for w in warnings_of([a], due - timedelta(1))[a] if w.code == "MECHANISM_REVIEW"]
    assert [w for w in warnings_of([a], due)[a] if w.code == "MECHANISM_REVIEW"]
    with clock.fixed(due):
        found = actions.review_mechanism(by=None, mechanism=found, review="坚持较好")
    assert found.review == "坚持较好" and not [w for w in warnings_of([a], due)[a] if w.code == "MECHANISM_REVIEW"]


@pytest.mark.item(84)
def test_the_gate_asks_for_one_issued_or_for_the_filed_register(cast, campaign):
    judge, unit = condition("mechanisms"), part(campaign, "E01-A")
    assert not judge(unit, "RECTIFY").met
    found = start(cast, campaign)
    assert not judge(unit, "RECTIFY").met
    issue(found)
    assert judge(unit, "RECTIFY").met and not judge(part(campaign, "E02"), "RECTIFY").met
    Filing.objects.create(
        campaign=campaign, organization=cast.org["E02-DW"], kind="mechanisms", title="长效机制登记表", filed_on=TODAY,
        recorded_at=clock.now(),
    )  # fmt: skip
    assert judge(part(campaign, "E02"), "RECTIFY").met


@pytest.mark.item(84)
def test_kinds_by_status_and_the_page(cast, campaign, client_of):
    issue(start(cast, campaign))
    start(cast, campaign, kind="DEMOCRACY", title="党务公开办法")
    client = client_of("committee_secretary")
    listed = client.get(reverse("mechanisms:mechanism_list"))
    assert [count for _status, count in dict(listed.context["lines"])["学习机制"]] == [0, 0, 1, 0]
    new = reverse("mechanisms:mechanism_new", args=[cast.org["A"].pk])
    told = {"campaign": campaign.pk, "kind": "MASSES", "title": "联系点制度", "contents": "",
            "submission": str(uuid4())}  # fmt: skip
    assert client.post(new, told).status_code == 302
    made = LongTermMechanism.objects.get(kind="MASSES")
    move = reverse("mechanisms:move", args=[made.pk])
    assert "number" in client.post(move, {"status": "ISSUED", "since": "2026-11-20"}).context["form"].errors
    assert client.post(move, {"status": "DRAFTED", "since": "2026-11-20"}).status_code == 302
    assert "已起草" in client.get(reverse("mechanisms:mechanism", args=[made.pk])).content.decode()


@pytest.mark.item(85)
def test_the_register_counts_what_was_made_amended_and_repealed(cast, campaign, client_of):
    mechanism = issue(start(cast, campaign))
    a = cast.org["A"]
    told = {"by": None, "organization": a, "decided_on": TODAY}
    line = actions.enter_regulation(title="三会一课制度", change="AMENDED", mechanism=mechanism, **told)
    actions.enter_regulation(title="党费收缴办法", change="NEW", **told)
    with pytest.raises(ActionError):
        actions.enter_regulation(title="x", change="NEW", **told | {"decided_on": TODAY + timedelta(1)})
    with pytest.raises(ActionError):
        actions.enter_regulation(
            title="x", change="NEW", mechanism=mechanism, **told | {"organization": cast.org["B2"]}
        )
    with pytest.raises(ActionError):
        actions.correct_regulation(by=None, regulation=line, reason="", number="1")
    assert actions.correct_regulation(by=None, regulation=line, reason="补文号", number="5号").number == "5号"
    listed = client_of("committee_secretary").get(reverse("mechanisms:regulation_list"))
    assert [count for _change, count in listed.context["counts"]] == [1, 1, 0]
    known = {chapter.code: chapter.known for chapter in with_figures(campaign, a, TODAY)}
    assert "修订 1" in known["organization"] and Regulation.objects.count() == 2
