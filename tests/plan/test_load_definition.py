"""The command load_definition."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaign.management.commands.load_definition import SHIPPED
from campaign.plan.models import Definition
from tests.plan.launched import second_batch

TEXT = (SHIPPED / "2005-second-batch.toml").read_text()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("load_definition", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def changed(tmp_path):
    path = tmp_path / "changed.toml"
    path.write_text(TEXT.replace("due_days = 33", "due_days = 34"), encoding="utf-8")
    return str(path)


def test_checks_without_storing(db, changed):
    result = json.loads(run(changed, "--check", "--json"))
    assert (result["new"], result["applied"], result["version"]) == (True, False, None)
    assert not Definition.objects.exists()


def test_lists_what_changes_and_who_keeps_the_old_version(cast, changed):
    second_batch()
    told = run(changed)
    assert "steps[appraisal].due_days: 33 → 34" in told and "2005-second-batch" in told
    assert Definition.objects.count() == 2
    result = json.loads(run(changed, "--json"))
    assert (result["new"], result["applied"], result["version"], result["changes"]) == (False, False, 2, [])


def test_names_lines_and_fails(db, tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(TEXT.replace("due_days = 33", "due_days = true"))
    with pytest.raises(SystemExit) as end:
        run(str(path), "--json")
    assert end.value.code == 1
    with pytest.raises(CommandError):
        run(str(path))


def test_takes_a_shipped_definition_by_name(db):
    assert json.loads(run("2024-discipline-study", "--json"))["version"] == 1


def test_unknown_file(db):
    with pytest.raises(CommandError, match="2024-discipline-study"):
        run("nowhere.toml")
