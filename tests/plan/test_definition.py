"""Definitions: the shipped ones are complete, and every mistake is named with its line and remedy."""

from pathlib import Path

import pytest
from django.utils import translation

from campaign.plan import definition
from campaign.plan.definition import DefinitionErrors, load


@pytest.fixture(autouse=True)
def in_english():
    """Messages are compared in the language of the source."""
    with translation.override("en"):
        yield


SHIPPED = Path(definition.__file__).parent / "definitions"
SECOND_BATCH = (SHIPPED / "2005-second-batch.toml").read_text()
DISCIPLINE = (SHIPPED / "2024-discipline-study.toml").read_text()


def errors_of(text: str) -> list:
    with pytest.raises(DefinitionErrors) as caught:
        load(text)
    return caught.value.errors


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.item(6, 47, 48)
def test_the_second_batch_has_the_steps_of_the_speech():
    data = load(SECOND_BATCH)
    steps = {p["code"]: [s["code"] for s in data["steps"] if s["phase"] == p["code"]] for p in data["phases"]}
    assert steps == {
        "LEARN": ["mobilise", "study", "requirements"],
        "ANALYSE": ["talks", "analysis", "life_meetings", "appraisal", "notice"],
        "RECTIFY": ["plan", "carry_out", "publish", "survey", "summary"],
    }
    assert data["batch"] == 2 and data["preset"] == "2005" and data["class_hour_minutes"] == 45
    assert len(data["opinion_categories"]) == 4 and len(data["survey"]["sentences"]) == 4
    assert [gate["to"] for gate in data["gates"]][:3] == ["prepared", "LEARN", "ANALYSE"]


def test_the_discipline_study_is_another_campaign():
    data = load(DISCIPLINE)
    assert [p["code"] for p in data["phases"]] == ["DEPLOY", "STUDY", "CONSOLIDATE"]
    assert data["preset"] == "current" and data["batch"] is None and data["survey"] is None
    assert data["rolling"] == {"subsidiary_days": 0, "hard_condition_days": 0}


def test_phase_codes_of_2005_stand_in_no_program_text():
    room = Path(definition.__file__).parent
    for source in room.glob("*.py"):
        assert not {"LEARN", "ANALYSE", "RECTIFY"} & set(source.read_text().replace('"', " ").split()), source


def test_defaults_are_filled_in():
    step = load(SECOND_BATCH)["steps"][1]
    assert (step["tolerance_percent"], step["tolerance_days"], step["soon_days"]) == (2, 7, 7)
    assert step["also"] == [] and step["anchor"] == "phase_end"


MISTAKES = [
    ('code = "mobilise"', 'code = "study"', 'code = "study"\nphase = "LEARN"\nname_zh = "集中', "twice"),
    ("due_days = 33", 'due_days = "33"', 'due_days = "33"', "whole number"),
    ('phase = "ANALYSE"', 'phase = "ANALISE"', 'phase = "ANALISE"', "not defined"),
    ('kind = "talks"', 'kind = "feedback", code = "chat"', 'code = "chat"', "not defined"),
    ('kind = "analysis"', 'kind = "analyses"', 'kind = "analyses"', "whose kind is one of"),
    ('["MOBILISATION"]', '["MOBILIZATION"]', '["MOBILIZATION"]', "known value"),
    ('["ORG_LIFE"] }', '["THEME_PARTY_DAY"] }', '["THEME_PARTY_DAY"] }', "not a meeting of the rules"),
    ("opens_day = 43", "opens_day = 42", "opens_day = 42", "Open it later"),
    ('name_en = "Concentrated study"', 'name_em = "Concentrated study"', "name_em", "not known here"),
    ("class_hours = 48", "class_hours = 39", "[guidance]", "less is asked of leading cadres"),
    ('owed_by = "team"', 'owed_by = "members"', 'owed_by = "members"\norg_kinds = ["COMMITTEE"', "owed_by"),
    ('from = "prepared"', 'from = "enrolled"', 'from = "enrolled"\nto = "LEARN"', "then stands at"),
    ('sentence = "work"', 'sentence = "more"', "items = [", "not defined"),
    ("total_days_max = 110", "total_days_max = 100", "[[phases]]", "109 days"),
    ("reminder_days = 14", "reminder_days = 3", "reminder_days = 3", "reminder"),
    ('writing = "ORAL"', 'writing = "NONE"', 'writing = "NONE"', "known value"),
    ('preset = "2005"', 'preset = "1990"', 'preset = "1990"', "known value"),
]


@pytest.mark.parametrize(("right", "wrong", "where", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_line(right, wrong, where, message):
    text = SECOND_BATCH.replace(right, wrong, 1)
    assert text != SECOND_BATCH
    found = [error for error in errors_of(text) if message in error.message]
    assert found, errors_of(text)
    assert line_of(text, where) == found[0].line


def test_every_mistake_is_named_at_once_in_the_order_of_the_lines():
    text = SECOND_BATCH.replace('name_zh = "学习动员"\n', "").replace("due_days = 33", "due_days = true")
    text = text.replace("subsidiary_days = 14", "subsidiary_days = -1")
    lines = [error.line for error in errors_of(text)]
    assert len(lines) == 3 and lines == sorted(lines)


def test_wrong_toml_names_its_line():
    text = SECOND_BATCH.replace("batch = 2", "batch = = 2")
    assert errors_of(text)[0].line == line_of(text, "batch = = 2")


def test_text_over_several_lines_does_not_shift_the_lines():
    text = SECOND_BATCH.replace('name_en = "Survey valid"', 'name_en = """Survey\n[[steps]]\ncode = "x"\nvalid"""')
    text = text.replace("held_within_days = 7", "held_within_days = 0")
    assert errors_of(text)[0].line == line_of(text, "held_within_days = 0")


def test_more_steps_than_the_progress_table_holds():
    block = SECOND_BATCH[SECOND_BATCH.index('[[steps]]\ncode = "summary"') : SECOND_BATCH.index("# ---- 报送")]
    text = SECOND_BATCH.replace(block, block + block.replace("summary", "again") + block.replace("summary", "more"))
    assert any("14 fit" in error.message for error in errors_of(text))
