"""Forms of support: weak organizations, requests for help, care."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from campaign.progress.record_pages import RecordForm
from campaign.support import rules
from campaign.support.models import CareRecord, DifficultyRequest, Reason, WeakMeasure
from enterprises import clock
from enterprises.forms.base import ActionForm, EditForm, day_field, reason_field
from enterprises.models import Member


def _text(label: Any, required: bool = True, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), **options)


class WeakForm(RecordForm):
    """Take an organization in hand; ``proposal`` names the check whose finding is taken up."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("weak organization", "Reason"), choices=Reason.choices, widget=forms.RadioSelect
    )
    note = _text(
        gettext_lazy("Note"),
        required=False,
        rows=2,
        max_length=300,
        help_text=gettext_lazy("About the organization, not about single persons. Needed where the reason is another."),
    )
    opened_on = day_field(gettext_lazy("Found weak on"))
    proposal = forms.ChoiceField(
        required=False, choices=[("", ""), *((code, code) for code in rules.PROPOSED)], widget=forms.HiddenInput
    )

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("opened_on", clock.today())


class MeasureForm(RecordForm):
    """What was done for a weak organization."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of measure"), choices=WeakMeasure.Kind.choices, widget=forms.RadioSelect
    )
    done = _text(pgettext_lazy("support", "What was done"), rows=2, max_length=300)
    done_on = day_field(gettext_lazy("Done on"))

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("done_on", clock.today())


class ReportForm(ActionForm):
    """What has improved."""

    result = _text(gettext_lazy("What has improved"), max_length=500)
    reported_on = day_field(gettext_lazy("Reported on"))

    def prepare(self) -> None:
        self.initial.setdefault("reported_on", clock.today())


class ReasonForm(ActionForm):
    """Why something is sent back, opened again, refused or withdrawn."""

    reason = reason_field()


class DismissForm(RecordForm):
    """Why a proposal is not taken up."""

    reason = reason_field()


class EmptyForm(ActionForm):
    """Nothing to enter: the step itself is confirmed."""


class _Difficulty(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of difficulty"), choices=DifficultyRequest.Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=gettext_lazy("What is lacking"), max_length=120)
    need = _text(gettext_lazy("What would help"), required=False, max_length=500)


class RequestForm(_Difficulty, RecordForm):
    """A difficulty that the organization above is asked to help with."""

    raised_on = day_field(gettext_lazy("Raised on"))

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("raised_on", clock.today())


class EditRequestForm(_Difficulty, EditForm):
    """A request that nobody has answered yet."""

    versioned = ("kind", "title", "need")


class AnswerForm(EditForm):
    """Who answers for it, until when, and what will be done."""

    versioned = ("owner", "due_on", "answer")
    owner = forms.CharField(
        label=gettext_lazy("Who answers for it"), max_length=100, help_text=gettext_lazy("A department or post.")
    )
    due_on = day_field(gettext_lazy("Due on"))
    answer = _text(gettext_lazy("What will be done"), max_length=500)


class SolveForm(ActionForm):
    """How it was solved."""

    result = _text(gettext_lazy("How it was solved"), max_length=500)
    closed_on = day_field(gettext_lazy("Solved on"))

    def prepare(self) -> None:
        self.initial.setdefault("closed_on", clock.today())


class CareForm(RecordForm):
    """That help was given. Everything is chosen; there is no place for words about a person."""

    whom = forms.ChoiceField(
        label=pgettext_lazy("care", "For whom"), choices=CareRecord.Whom.choices, widget=forms.RadioSelect
    )
    member = forms.ModelChoiceField(
        label=gettext_lazy("Member"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody; people of the masses are not named"),
    )
    need = forms.ChoiceField(
        label=gettext_lazy("Kind of difficulty"), choices=CareRecord.Need.choices, widget=forms.RadioSelect
    )
    help = forms.ChoiceField(
        label=gettext_lazy("Kind of help"), choices=CareRecord.Help.choices, widget=forms.RadioSelect
    )
    giver = forms.ChoiceField(label=pgettext_lazy("care", "Given by"), choices=CareRecord.Giver.choices)
    given_on = day_field(gettext_lazy("Given on"))

    def prepare(self) -> None:
        super().prepare()
        roll = Member.objects.visible_to(self.account).on_roll().filter(branch=self.subject)
        self.fields["member"].queryset = roll.order_by("name_key", "code")  # type: ignore[attr-defined]
        self.initial.setdefault("given_on", clock.today())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("whom") == CareRecord.Whom.MEMBER and not data.get("member") and "member" not in self.errors:
            self.add_error("member", _("Choose the member of the own branch."))
        return data


class MistakeForm(ActionForm):
    """Why an entry is withdrawn: chosen, never told."""

    mistake = forms.ChoiceField(
        label=gettext_lazy("Withdrawn because"), choices=CareRecord.Mistake.choices, widget=forms.RadioSelect
    )
