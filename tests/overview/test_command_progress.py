"""``progress`` and ``explain``: exact figures in the agreed shape, clear errors."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaign.progress.models import Dirty
from enterprises.models import Member
from tests.overview.conftest import TODAY

COUNTS = {"step", "expected", "done", "late", "overdue", "pending", "not_applicable"}


def run(*args: str) -> dict:
    out = StringIO()
    call_command(*args, "--json", stdout=out)
    return json.loads(out.getvalue())


def walk(found: dict):
    yield found
    for part in [found.get("assisted"), *found.get("children", [])]:
        if part:
            yield from walk(part)


def step(found: dict, code: str) -> dict:
    return next(row for row in found["steps"] if row["step"] == code)


def test_json_has_exactly_the_agreed_shape(cast, campaign):
    found = run("progress", "E01-DZ")
    assert set(found) == {"org", "as_of", "members", "steps", "assisted", "children"}
    assert found["org"] == "E01-DZ"
    assert found["as_of"] == "2026-08-25"
    assert set(found["members"]) == {"total", "covered", "sought", "excused"}
    assert all(set(row) == COUNTS for row in found["steps"])
    assert set(found["assisted"]) == {"members", "steps"}
    assert [child["org"] for child in found["children"]] == ["A", "E01-J"]
    assert {"org", "name", "members", "steps"} <= set(found["children"][0])


def test_every_sum_closes(cast, campaign):
    Member.objects.filter(code="M0201").update(contact=Member.Contact.LOST)
    for found in walk(run("progress", "ROOT")):
        members = found["members"]
        assert members["total"] == members["covered"] + members["sought"] + members["excused"]
        for row in found["steps"]:
            assert row["expected"] == row["done"] + row["late"] + row["overdue"] + row["pending"]


def test_assisted_stands_beside_the_total_and_not_in_it(cast, campaign):
    found = run("progress", "E01-DZ")
    assert found["members"]["total"] == 17  # B1, B2, B3
    assert found["assisted"]["members"]["total"] == 4  # B4, led by the locality
    assert step(found, "report")["expected"] == 3
    assert step(found["assisted"], "report")["expected"] == 1


def test_children_add_up_to_the_node(cast, campaign):
    found = run("progress", "ROOT")
    assert sum(child["members"]["total"] for child in found["children"]) == found["members"]["total"] == 21
    reports = [step(child, "report")["expected"] for child in found["children"]]
    assert sum(reports) == step(found, "report")["expected"] == 4


def test_pending_changes_are_folded_first(cast, campaign, file):
    Dirty.objects.create(path=cast.org["B2"].path, at="2026-08-25T00:00Z")
    run("progress", "A")
    assert not Dirty.objects.exists()


def test_as_of_compares_due_and_done_dates(cast, campaign, file):
    file(cast.org["B2"], "report", date(2026, 8, 24))
    days = (["--as-of", "2026-08-20"], ["--as-of", "2026-08-24"], [])
    before, late, today = (step(run("progress", "G", *day), "report") for day in days)
    assert (before["pending"], before["late"], before["overdue"]) == (2, 0, 0)
    assert (late["pending"], late["late"], late["overdue"]) == (0, 1, 1)
    assert today == late
    assert run("progress", "G", "--as-of", "2026-08-20")["as_of"] == "2026-08-20"


def test_as_of_today_is_what_the_summaries_say(cast, campaign, file):
    file(cast.org["B3"], "report", TODAY)
    for code in ("ROOT", "E01-DZ", "A", "G", "LOC"):
        assert run("progress", code) == run("progress", code, "--as-of", TODAY.isoformat()), code


def test_without_a_campaign_only_members(cast):
    from campaign.progress import actions
    from enterprises.models import Organization

    actions.membership_changed(Organization.objects.branches().values_list("pk", flat=True))
    found = run("progress", "A")
    assert found["steps"] == []
    assert found["members"]["total"] == 13


def test_errors_are_clear(cast, campaign):
    with pytest.raises(CommandError, match="NOWHERE"):
        run("progress", "NOWHERE")
    with pytest.raises(CommandError, match="other"):
        run("progress", "A", "--campaign", "other")
    with pytest.raises(CommandError, match="yesterday"):
        run("progress", "A", "--as-of", "yesterday")
    with pytest.raises(CommandError, match="plan, report, analysis"):
        run("explain", "A", "nothing")


def test_text_is_aligned(cast, campaign):
    out = StringIO()
    call_command("progress", "A", stdout=out)
    assert "13" in out.getvalue()
    assert cast.org["G"].name in out.getvalue()


def test_explain_gives_reasons(cast, campaign):
    found = run("explain", "B2", "report")
    assert found["steps"][0]["step"] == "report"
    assert found["steps"][0]["reasons"][0]["text"]
    assert run("explain", "--member", "M0201")["member"] == "M0201"
    with pytest.raises(CommandError, match="NOBODY"):
        run("explain", "--member", "NOBODY")
