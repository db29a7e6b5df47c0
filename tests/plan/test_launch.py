"""Loading definitions and launching campaigns."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.management.commands.load_definition import SHIPPED
from campaign.plan import actions
from campaign.plan.models import Campaign, Definition
from campaign.plan.schedules import spans
from campaign.progress.actions import fold, recount, recount_check
from campaign.progress.fold import EVERYTHING
from campaign.progress.models import Dirty, StepStatus, StepSummary
from enterprises import clock
from enterprises.action import ActionError
from enterprises.models import Enterprise
from tests.plan.launched import LAUNCH, launch, part, second_batch

TEXT = (SHIPPED / "2005-second-batch.toml").read_text()


def test_loading_twice_makes_one_version(db):
    first = actions.load_definition(text=TEXT, by=None)
    assert actions.load_definition(text=TEXT + "\n# a remark\n", by=None) == first
    assert Definition.objects.count() == 1


def test_a_running_campaign_keeps_its_version(cast):
    campaign = second_batch()
    later = actions.load_definition(text=TEXT.replace("due_days = 33", "due_days = 34"), by=None)
    campaign = Campaign.objects.get(pk=campaign.pk)
    assert later.version == 2 and campaign.definition.version == 1
    assert campaign.steps.get(code="appraisal").due_days == 33
    assert campaign.data["makeup"]["days"] == 7


def test_differences_are_named_by_code(db):
    actions.load_definition(text=TEXT, by=None)
    changed = TEXT.replace("due_days = 33", "due_days = 34").replace("class_hours = 32", "class_hours = 30")
    assert [str(d) for d in actions.compare(changed).differences] == [
        "steps[appraisal].due_days: 33 → 34",
        "guidance.rules[FRONT_LINE].class_hours: 32 → 30",
    ]


def test_a_step_taken_out_is_among_the_differences(db):
    actions.load_definition(text=TEXT, by=None)
    start, end = TEXT.index('[[opinion_categories]]\ncode = "other"'), TEXT.index("[[report_templates]]")
    found = actions.compare(TEXT[:start] + TEXT[end:]).differences
    assert {d.key.split("]")[0] for d in found} == {"opinion_categories[other"}
    assert all(d.new is None for d in found)


@pytest.mark.item(1, 2)
def test_every_unit_of_the_batch_takes_part_with_its_own_dates(cast):
    Enterprise.objects.filter(code="E02").update(declared_batch=1)
    campaign = second_batch()
    starts = {p.unit.code: spans(p)["LEARN"].starts_on for p in campaign.participations.select_related("unit")}
    # the subsidiary in difficulty starts latest (items 5, 33)
    assert starts == {
        "E01": LAUNCH,
        "E01-A": LAUNCH + timedelta(14),
        "E01-C": LAUNCH + timedelta(28),
    }
    assert not part(campaign, "E01").rolling and part(campaign, "E01-A").rolling
    assert spans(part(campaign, "E01"))["RECTIFY"].ends_on == LAUNCH + timedelta(108)


@pytest.mark.item(5)
def test_a_subsidiary_never_starts_before_its_headquarters(cast):
    Enterprise.objects.filter(code="E01").update(condition="RESTRUCTURING")
    campaign = second_batch()
    assert spans(part(campaign, "E01-A")) == spans(part(campaign, "E01"))


def test_without_rolling_all_sound_units_start_together(cast):
    campaign = second_batch(rolling=False)
    assert spans(part(campaign, "E01-A")) == spans(part(campaign, "E01"))
    assert spans(part(campaign, "E01-C"))["LEARN"].starts_on == LAUNCH + timedelta(28)


def test_a_campaign_without_batch_takes_all_units_and_runs_beside_the_other(cast):
    Enterprise.objects.filter(code="E02").update(declared_batch=None)
    batch = second_batch()
    study = launch("2024-discipline-study")
    assert batch.participations.count() == 3 and study.participations.count() == 4
    assert {p.code for p in study.phases.all()} & {p.code for p in batch.phases.all()} == set()
    assert study.preset == "current" and batch.preset == "2005"
    assert Campaign.objects.filter(state="RUNNING").count() == 2


@pytest.mark.item(3)
def test_launching_gives_every_organisation_what_it_owes(cast):
    campaign = second_batch()
    owed = dict(
        StepStatus.objects.filter(step__campaign=campaign, organization=cast.org["B2"]).values_list(
            "step__code", "due_on"
        )
    )
    assert owed["mobilise"] == LAUNCH + timedelta(14 + 7)
    assert "survey" not in owed and len(owed) == 12
    team = StepStatus.objects.filter(step__campaign=campaign, organization=cast.org["E01-DZ"])
    assert set(team.values_list("step__code", flat=True)) >= {"life_meetings", "survey", "requirements"}
    in_difficulty = StepStatus.objects.get(step__campaign=campaign, step__code="mobilise", organization=cast.org["B4"])
    assert in_difficulty.due_on == LAUNCH + timedelta(28 + 7 + 7)


def test_a_launch_date_to_come_waits(cast):
    with clock.fixed(LAUNCH - timedelta(1)):
        definition = actions.load_definition(text=TEXT, by=None)
        campaign = actions.launch(definition=definition, launched_on=LAUNCH, by=None)
        assert campaign.state == "PREPARED" and not StepStatus.objects.exists()
        assert actions.start_due(by=None) == []
    with clock.fixed(LAUNCH):
        assert actions.start_due(by=None) == [campaign.code]
    assert StepStatus.objects.filter(step__campaign=campaign).exists()


def test_the_same_code_is_launched_once(cast):
    campaign = second_batch()
    with pytest.raises(ActionError, match="2005-second-batch"):
        actions.launch(definition=campaign.definition, launched_on=date(2026, 8, 1), by=None)


def test_nobody_takes_part(cast):
    Enterprise.objects.update(declared_batch=1)
    with pytest.raises(ActionError):
        second_batch()
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(("name", "allowed"), [("office", True), ("administrator", True), ("enterprise_office", False)])
def test_who_may_load_and_close(cast, name, allowed):
    campaign = second_batch()
    account = cast.fresh(name)
    if allowed:
        assert actions.close(campaign=campaign, reason="done", by=account).state == "CLOSED"
        actions.load_definition(text=TEXT, by=account)
    else:
        with pytest.raises(PermissionDenied):
            actions.close(campaign=campaign, reason="done", by=account)
        with pytest.raises(PermissionDenied):
            actions.load_definition(text=TEXT, by=account)


def test_a_launch_is_planned_for_the_statuses_just_built_and_asks_for_all_summaries_once(cast):
    recount()  # members of the cast were counted by nobody
    with CaptureQueriesContext(connection) as captured:
        campaign = second_batch()
    statements = [query["sql"] for query in captured if "campaign_stepstatus" in query["sql"]]
    told = next(n for n, sql in enumerate(statements) if sql.startswith("ANALYZE"))
    assert any("INSERT INTO campaign_stepstatus" in sql for sql in statements[:told])
    assert statements[told + 1].startswith("CREATE TEMPORARY TABLE differing")
    assert list(Dirty.objects.values_list("path", flat=True)) == [EVERYTHING]  # not one for each status
    assert fold() and StepSummary.objects.filter(step__campaign=campaign).exists()
    assert not any(recount_check().values()) and not Dirty.objects.exists()
