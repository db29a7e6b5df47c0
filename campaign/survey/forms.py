"""Forms of surveys: preparing, codes, paper counts, and the ballot."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.survey.actions import LONGEST_REMARK, MOST_CODES
from campaign.survey.models import Respondents, SatisfactionSurvey
from campaign.survey.questionnaire import Questionnaire
from enterprises import clock
from enterprises.forms.base import day_field

USUAL_DAYS = 4  # a survey runs from the first to the fifth day


class SurveyForm(forms.Form):
    """Who is asked, when, and what the unit reported to the meeting first (2.8)."""

    respondents = forms.MultipleChoiceField(
        label=gettext_lazy("Groups that are asked"),
        choices=Respondents.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "xf-choices-2"}),
        help_text=gettext_lazy("Each group has a result of its own; they are never added up."),
    )
    starts_on = day_field(gettext_lazy("First day"))
    ends_on = day_field(gettext_lazy("Last day"))
    reported_on = day_field(
        gettext_lazy("Day on which the unit reports to the meeting"),
        required=False,
        help_text=gettext_lazy("Needed before opening where workers and staff or members vote."),
    )
    report_gist = forms.CharField(
        label=gettext_lazy("Gist of the report"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, survey: SatisfactionSurvey | None = None, window: bool = False, **kwargs: Any):
        today = clock.today()
        groups = ["employees", "members", *(["users"] if window else [])]
        kwargs["initial"] = {
            "respondents": survey.respondents if survey else groups,
            "starts_on": survey.starts_on if survey else today,
            "ends_on": survey.ends_on if survey else today + timedelta(days=USUAL_DAYS),
            "reported_on": survey.reported_on if survey else None,
            "report_gist": survey.report_gist if survey else "",
            "submission": uuid4(),
        }
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """The cleaned values as arguments of the action that changes a survey."""
        return {k: v for k, v in self.cleaned_data.items() if k != "submission"}


class CodesForm(forms.Form):
    """How many codes for which group."""

    respondents = forms.ChoiceField(label=gettext_lazy("Respondent group"))
    count = forms.IntegerField(label=gettext_lazy("Number of codes"), min_value=1, max_value=MOST_CODES, initial=50)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, survey: SatisfactionSurvey, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["respondents"].choices = [(g.value, g.label) for g in survey.groups]  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """Paper ballots of one group: issued, returned, valid, and the count of each option of each item."""

    issued = forms.IntegerField(label=gettext_lazy("Issued"), min_value=0)
    returned = forms.IntegerField(label=gettext_lazy("Returned"), min_value=0)
    valid = forms.IntegerField(
        label=gettext_lazy("Valid"), min_value=0, help_text=gettext_lazy("Returned less the invalid ones.")
    )

    def __init__(self, *args: Any, asked: Questionnaire, answers: dict[str, dict[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for item in asked.items:
            for option in asked.options:
                self.fields[f"{item.code}.{option.code}"] = forms.IntegerField(
                    label=f"{item.name} · {option.name}",
                    min_value=0,
                    required=False,
                    initial=answers.get(item.code, {}).get(option.code, 0) or None,
                )

    def head(self) -> list[Any]:
        """The three numbers of the ballots."""
        return [self[name] for name in ("issued", "returned", "valid")]

    def lines(self) -> list[tuple[Any, list[Any]]]:
        """The table: each item with one field for each option."""
        return [(i, [self[f"{i.code}.{o.code}"] for o in self.asked.options]) for i in self.asked.items]

    def answers(self) -> dict[str, dict[str, int]]:
        """What was counted; an empty field is nought."""
        return {
            i.code: {o.code: self.cleaned_data.get(f"{i.code}.{o.code}") or 0 for o in self.asked.options}
            for i in self.asked.items
        }

    def refuse(self, field: str | None, message: str) -> None:
        """Show a refusal of the action where it belongs: at the item's first field."""
        first = f"{field}.{self.asked.options[0].code}"
        known = field if field in self.fields else first if first in self.fields else None
        self.add_error(known, message)


def _question(item: str) -> str:
    return f"q.{item}"


class BallotForm(forms.Form):
    """The ballot: one choice for each item, nothing chosen beforehand, one open question."""

    code = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        missing = _("Nothing is chosen yet. If you do not know, choose “do not know”.")
        choices = [(option.code, option.name) for option in asked.options]
        for number, item in enumerate(asked.items, start=1):
            self.fields[_question(item.code)] = forms.ChoiceField(
                label=f"{number}. {item.name}",
                choices=choices,
                error_messages={"required": missing, "invalid_choice": missing},
            )
        self.fields["remark"] = forms.CharField(required=False, max_length=LONGEST_REMARK)

    def chapters(self) -> list[tuple[str, list[Any]]]:
        """The ballot from top to bottom: the sentence, then its items."""
        return [
            (chapter.title, [self[_question(item.code)] for item in chapter.items]) for chapter in self.asked.chapters
        ]

    def missing(self) -> list[Any]:
        """The items without an answer."""
        names = [_question(item.code) for item in self.asked.items]
        return [self[name] for name in names if self.errors.get(name)]

    def answers(self) -> dict[str, str]:
        """What was chosen."""
        return {item.code: self.cleaned_data[_question(item.code)] for item in self.asked.items}
