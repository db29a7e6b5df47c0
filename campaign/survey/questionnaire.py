"""The form of a survey as the definition describes it: scale, items under the sentences, thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from campaign.plan.checks import OVERALL, OVERALL_CODE
from campaign.survey import rules
from campaign.survey.models import SatisfactionSurvey


@dataclass(frozen=True)
class Coded:
    """Something with a code and a name in both languages."""

    code: str
    name_zh: str
    name_en: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


@dataclass(frozen=True)
class Chapter:
    """One of the four sentences with its items; the last chapter is the question about the whole."""

    code: str
    title: str
    items: list[Coded]


class Questionnaire:
    """What is asked. ``data`` is the ``survey`` table of a definition, or the copy frozen at opening."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.hidden_below: int = data["hidden_below"]
        self.held_within_days: int = data["held_within_days"]

    @cached_property
    def options(self) -> list[Coded]:
        """The options of the scale, in their order."""
        return [_coded(row) for row in self.data["scale"]]

    @cached_property
    def scale(self) -> dict[str, str]:
        """What each option counts as."""
        return {row["code"]: row["counts_as"] for row in self.data["scale"]}

    @cached_property
    def overall(self) -> Coded:
        """The question about the whole, by which a majority is counted."""
        return _coded({"code": OVERALL_CODE, **(self.data.get("overall") or OVERALL)})

    @cached_property
    def items(self) -> list[Coded]:
        """Every question, the one about the whole last."""
        return [*(_coded(row) for row in self.data["items"]), self.overall]

    @cached_property
    def sentences(self) -> list[tuple[Coded, list[Coded]]]:
        """The four sentences (item 112), each with its items."""
        return [
            (_coded(row), [_coded(item) for item in self.data["items"] if item["sentence"] == row["code"]])
            for row in self.data["sentences"]
        ]

    @property
    def chapters(self) -> list[Chapter]:
        """The ballot from top to bottom."""
        found = [Chapter(sentence.code, sentence.name, items) for sentence, items in self.sentences if items]
        return [*found, Chapter(OVERALL_CODE, "", [self.overall])]

    def result(self, issued: int, returned: int, answers: Mapping[str, int]) -> rules.SurveyResult:
        """One question: the base is the valid answers to it. Raises ``ValueError`` for what cannot be."""
        return rules.result(
            issued,
            returned,
            sum(answers.values()),
            answers,
            min_satisfied_percent=self.data["min_satisfied_percent"],
            max_dissatisfied_percent=self.data["max_dissatisfied_percent"],
            scale=self.scale,
        )


def _coded(row: Mapping[str, Any]) -> Coded:
    return Coded(row["code"], row["name_zh"], row["name_en"])


def of(survey: SatisfactionSurvey) -> Questionnaire:
    """What the survey asks: as frozen at opening, before that as the campaign's definition has it."""
    return Questionnaire(survey.form or survey.campaign.data["survey"])
