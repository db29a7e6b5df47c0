"""The frames of a campaign: guiding ideas as tags (item 111), sentences under which results are filed (item 112)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from campaign.leadership.actions.plans import write_plan
from campaign.meetings.actions import log
from campaign.plan.definition import DefinitionErrors, load
from campaign.plan.frames import lacking, sentences_of, tags_of
from campaign.rectification.rules import filed_under
from campaign.study.categories import sessions_by_idea
from campaign.study.material_actions import tag_session
from campaign.study.models import SessionTags
from campaign.summary.chapters import with_figures
from enterprises import clock
from enterprises.warnings import warnings_of
from tests.plan.launched import SHIPPED, second_batch
from tests.records import told
from tests.rectification.stage import finish, item

TODAY = date(2026, 9, 20)
IDEAS = ["main_line", "theme", "focus", "policy"]
TEXT = (SHIPPED / "2005-second-batch.toml").read_text()
KNOWN = ("quality", "base", "service", "work")


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return second_batch()


@pytest.mark.item(111)
def test_the_second_batch_names_the_four_and_a_double_code_is_told_by_its_line(db):
    assert [tag["code"] for tag in load(TEXT)["tags"]] == IDEAS
    with pytest.raises(DefinitionErrors) as found:
        load(TEXT.replace('code = "policy"', 'code = "focus"', 1))
    [error] = found.value.errors
    assert TEXT.splitlines()[error.line - 1] in ("[[tags]]", 'code = "policy"')


@pytest.mark.item(111)
def test_a_phase_plan_that_lacks_one_is_warned_of(cast, campaign, client):
    plan = {"by": None, "campaign": campaign, "organization": cast.org["A"], "text": "一、学习。"}
    phase = campaign.phases.first()
    version = write_plan(phase=phase, tags=["theme", "main_line", "policy", "unknown"], **plan)
    assert version.tags == ["main_line", "theme", "policy"]
    assert [tag.code for tag in lacking(campaign, version.tags)] == ["focus"]
    found = [w.text for w in warnings_of([cast.org["A"].pk], TODAY)[cast.org["A"].pk] if w.code == "PLAN_UNFRAMED"]
    assert len(found) == 1 and tags_of(campaign)["focus"].name in found[0]
    client.force_login(cast.account["committee_secretary"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("leadership:plan", args=[version.plan_id])).content.decode()
    assert tags_of(campaign)["focus"].name in page and "xf-note-late" in page
    write_plan(phase=phase, tags=IDEAS, **plan)
    assert not [w for w in warnings_of([cast.org["A"].pk], TODAY)[cast.org["A"].pk] if w.code == "PLAN_UNFRAMED"]


@pytest.mark.item(111)
def test_sessions_are_tagged_and_counted(cast, campaign):
    days = (TODAY, TODAY - timedelta(7))
    b2 = cast.org["B2"]
    first, second = (log(by=None, organization=b2, record=told(day=day, campaign=campaign)) for day in days)
    tag_session(by=None, meeting=first, tags=["theme", "focus"])
    tag_session(by=cast.account["branch_secretary"], meeting=second, tags=["theme"])
    counts = dict(sessions_by_idea(campaign, cast.org["E01-DZ"]))
    assert [counts[tag.name] for tag in tags_of(campaign).values()] == [0, 2, 1, 0]
    assert set(dict(sessions_by_idea(campaign, cast.org["B3"])).values()) == {0}
    assert tag_session(by=None, meeting=second, tags=[]) is None and SessionTags.objects.count() == 1


@pytest.mark.item(112)
@pytest.mark.parametrize(
    ("outcome", "chosen", "expected"),
    [
        ("INNER", [], ["quality", "base"]),
        ("PRACTICAL", [], ["service"]),
        ("STRATEGY", [], ["work"]),
        ("PRACTICAL", ["work", "quality"], ["quality", "work"]),
        ("PRACTICAL", ["unknown"], ["service"]),
        ("", [], ["quality"]),
    ],
)
def test_every_result_is_filed_under_one_at_least(outcome, chosen, expected):
    assert filed_under(outcome, chosen, KNOWN) == expected


@pytest.mark.item(112, 114)
def test_the_summary_starts_from_what_is_filed_under_each_sentence(cast, campaign):
    def raised(title: str):
        return item(cast, campaign, "B2", title=title, raised_on=TODAY, due_on=TODAY)

    finish(raised("班车增开一班"), day=TODAY)
    finish(raised("战略修订"), day=TODAY, outcome="STRATEGY", sentences=["work", "base"])
    known = {chapter.code: chapter.known for chapter in with_figures(campaign, cast.org["A"], TODAY)}
    assert set(sentences_of(campaign)) == set(KNOWN)
    assert "班车增开一班" in known["sentence_service"] and "战略修订" not in known["sentence_service"]
    assert "战略修订" in known["sentence_work"] and "战略修订" in known["sentence_base"]
    assert "2" in known["rectification"]
    elsewhere = {chapter.code: chapter.known for chapter in with_figures(campaign, cast.org["E02-DW"], TODAY)}
    assert "班车增开一班" not in elsewhere["sentence_service"]
