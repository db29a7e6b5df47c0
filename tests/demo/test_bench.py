"""The measurements run at any size and say what they measured. How fast things are is not tested here."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaign.demo.bench import footprint, jobs, pages, writing
from campaign.demo.bench.figures import Figure, Missing, percentile
from campaign.progress.actions import recount_check
from enterprises.models import Account, Organization
from tests.cast import Cast

pytestmark = pytest.mark.django_db  # so that the test database stands before the fixtures of the module


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(pages, "ROUNDS", 3)
    monkeypatch.setattr(pages, "WARMING", 1)
    monkeypatch.setattr(writing, "EACH", 2)


def test_writing_is_refused_on_other_data(cast: Cast):
    out = StringIO()
    call_command("bench", "--json", only=["move"], stdout=out, stderr=StringIO())
    told = json.loads(out.getvalue())
    assert told["figures"] == []
    assert told["not_measured"][0]["name"] == "move"


def test_nothing_to_measure(db):
    with pytest.raises(CommandError):
        call_command("bench", stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize(
    "values, share, expected",
    [([1.0], 95, 1.0), ([3.0, 1.0, 2.0], 50, 2.0), (list(map(float, range(1, 101))), 95, 95.0), ([1.0, 2.0], 95, 2.0)],
)
def test_percentile(values, share, expected):
    assert percentile(values, share) == expected


def test_a_figure_says_whether_its_target_is_met():
    assert Figure("a", 9, "ms", 10).ok
    assert not Figure("a", 11, "ms", 10).ok
    assert Figure("a", 80, "%", 70, least=True).ok
    assert Figure("a", 5, "ms").ok is None
    assert Figure("a", 6, "ms", 10, 2).ratio == 3


@pytest.mark.parametrize("name", list(pages.ALL))
def test_pages(made, name):
    findings = pages.ALL[name]()
    assert findings
    assert all(isinstance(found, Figure) and found.value >= 0 for found in findings)
    assert not Account.objects.filter(username__startswith="bench").exists()


def test_pages_stay_within_eight_queries(made):
    for found in [*pages.dashboards(), *pages.tree(), *pages.secretary()]:
        if found.name.endswith("queries"):
            assert found.ok, found


def test_jobs_leave_everything_as_it_was(made):
    before = Organization.objects.count(), set(Organization.objects.values_list("code", "superior__code"))
    for name in ("import", "move", "recount"):
        assert all(isinstance(found, Figure) for found in jobs.ALL[name]()), name
    assert (Organization.objects.count(), set(Organization.objects.values_list("code", "superior__code"))) == before
    assert set(recount_check().values()) == {0}


def test_saving_keeps_the_progress_exact(made):
    branches = writing._branches()
    assert len(writing._save(branches)) == 2
    assert len(writing._insert(branches)) == 2
    assert set(recount_check().values()) == {0}


def test_a_change_becomes_visible(made):
    assert all(found.value >= writing.FOLD_EVERY for found in writing.visible())


def test_memory_is_missing_while_nothing_runs(settings, tmp_path):
    settings.XIANFENG_HOME = tmp_path
    (found,) = footprint.idle()
    assert isinstance(found, Missing)


def test_command_prints_a_table_and_json(made):
    out = StringIO()
    call_command("bench", "--json", only=["weight"], stdout=out, stderr=StringIO())
    told = json.loads(out.getvalue())
    assert told["size"]["branches"] == 200
    assert {figure["name"] for figure in told["figures"]} == {"page weight, first visit", "page weight, later"}
    out = StringIO()
    call_command("bench", only=["weight"], stdout=out, stderr=StringIO())
    assert "200 branches" in out.getvalue()
