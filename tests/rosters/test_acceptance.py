"""The large messy roster: every planted error found, nothing else flagged; corrected it applies, once."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from enterprises.models import Member, Membership, Organization, PartyGroup
from tests.rosters import samples


def run_command(path: Path, *options: str) -> tuple[dict, int]:
    """The command's JSON result and exit code."""
    out = StringIO()
    code = 0
    try:
        with override("en"):
            call_command("import_roster", str(path), "--json", *options, stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return json.loads(out.getvalue()), code


@pytest.fixture
def branches(db, tmp_path) -> list[str]:
    """Enterprises and organisations imported into an empty database; the codes of the branches."""
    found, code = run_command(samples.save_csv(tmp_path / "e.csv", samples.ENTERPRISES, "gb18030"))
    assert (found["created"], found["errors"], code) == (3, [], 0)
    rows, codes = samples.organizations(40)
    found, code = run_command(samples.save_csv(tmp_path / "o.csv", rows))
    assert (found["created"], found["errors"], code) == (51, [], 0)
    return codes


def planted(roster: samples.Messy, tmp_path: Path) -> tuple[list[samples.Planted], Path]:
    errors = samples.plant(roster)
    roster.merge_branches(3, 7)
    return errors, roster.save(tmp_path / "wrong.xlsx")


def test_all_planted_errors_are_found_and_nothing_else(branches, tmp_path):
    errors, path = planted(samples.Messy(branches, 20_000).make(), tmp_path)
    found, code = run_command(path)
    assert len(errors) == 37
    assert [(e["row"], e["column"]) for e in found["errors"]] == [(p.row, p.column) for p in errors]
    for error, wanted in zip(found["errors"], errors, strict=True):
        assert wanted.says in error["message"], (error, wanted)
        assert error["message"].endswith("."), "a remedy follows"
    assert (found["applied"], found["read"], code) == (False, 20_000, 1)
    assert not Member.objects.exists()


def test_a_corrected_roster_applies_and_then_changes_nothing(branches, tmp_path):
    roster = samples.Messy(branches, 20_000).make()
    roster.merge_branches(3, 7)
    path = roster.save(tmp_path / "right.xlsx")
    found, code = run_command(path)
    assert (found["errors"], found["created"], found["applied"], code) == ([], 20_000, True, 0)
    assert found["dropped_columns"] == ["民族", "身份证号"]
    assert found["ignored_columns"] == ["备注"]
    assert Member.objects.count() == Membership.objects.filter(since=None, until=None).count() == 20_000
    again, code = run_command(path)
    assert (again["created"], again["updated"], again["unchanged"], code) == (0, 0, 20_000, 0)
    merged = {Member.objects.get(code=f"M{i + 1:06d}").branch.code for i in range(3, 8)}
    assert len(merged) == 1
    stored = " ".join(str(row) for row in Member.objects.order_by("pk")[:200].values_list())
    assert "990000" not in stored and "汉族" not in stored


def test_right_rows_apply_when_asked(branches, tmp_path):
    errors, path = planted(samples.Messy(branches, 2_000).make(), tmp_path)
    found, code = run_command(path, "--skip-errors")
    wrong = {p.row for p in errors}
    assert (found["applied"], found["created"], code) == (True, 2_000 - len(wrong), 0)
    assert Member.objects.count() == 2_000 - len(wrong)


def test_a_dry_run_writes_nothing(branches, tmp_path):
    found, code = run_command(samples.Messy(branches, 50).make().save(tmp_path / "m.xlsx"), "--dry-run")
    assert (found["applied"], found["created"], code) == (False, 50, 0)
    assert not Member.objects.exists()


def test_the_tree_of_the_roster_is_stored(branches):
    assert Organization.objects.get(code="B0001").path.startswith(Organization.objects.get(code="HY-02").path)
    assert PartyGroup.objects.get(code="PG1").organization.code == "B0001"
    assert Organization.objects.get(code="HY-03").assisted
    assert Organization.objects.get(code="HY-03").affiliation == "LOCAL"
    assert Organization.objects.get(code="B0003").enterprise.code == "HY-A"


@pytest.mark.parametrize("name", ["enterprises.csv", "organizations.csv", "members.xlsx"])
def test_the_sample_files_are_right(db, name):
    for earlier in ("enterprises.csv", "organizations.csv", "members.xlsx"):
        found, code = run_command(samples.HERE / earlier)
        assert (found["errors"], code) == ([], 0)
        if earlier == name:
            break
