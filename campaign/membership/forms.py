"""Forms of searches and applicants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.membership.models import MemberSearchCase, SearchStep
from campaign.progress.record_pages import RecordForm
from enterprises import clock
from enterprises.forms.base import ActionForm, EditForm, day_field, reason_field
from enterprises.forms.members import EDUCATION_CHOICES
from enterprises.models import Member


def _text(label: Any, required: bool = True, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=required, max_length=300, widget=area, **options)


KNOWN = _("Last place of work, last address, who may know. Nothing about health.")


class OpenSearchForm(RecordForm):
    """The search for one member."""

    opened_on = day_field(pgettext_lazy("search", "Opened on"))
    known = _text(_("What is known"), required=False, help_text=KNOWN)

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("opened_on", clock.today())


class CorrectSearchForm(EditForm):
    """When an open search began and what is known."""

    versioned = ("opened_on", "known")
    opened_on = day_field(pgettext_lazy("search", "Opened on"))
    known = _text(_("What is known"), required=False, help_text=KNOWN)


class _StepFields(forms.Form):
    on = day_field(_("Date"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("search", "How"),
        choices=SearchStep.Kind.choices,
        widget=forms.RadioSelect(attrs={"class": "xf-choices-2"}),
    )
    text = _text(pgettext_lazy("search", "What came of it"))
    reached = forms.BooleanField(
        label=_("The member was reached"), required=False, help_text=_("It then counts as a contact.")
    )


class StepForm(_StepFields, RecordForm):
    """One attempt."""

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("on", clock.today())


class CorrectStepForm(_StepFields, EditForm):
    """One attempt said anew."""

    versioned = ("on", "kind", "text", "reached")
    reason = reason_field(required=False)


class CloseSearchForm(ActionForm):
    """The result of a search."""

    result = forms.ChoiceField(label=_("Result"), choices=MemberSearchCase.Result.choices, widget=forms.RadioSelect)
    closed_on = day_field(pgettext_lazy("search", "Closed on"))
    outcome = _text(
        _("How it ended"), required=False, help_text=_("Where the member is now, or what remains to be done.")
    )

    def prepare(self) -> None:
        self.initial.setdefault("closed_on", clock.today())


class ReasonForm(ActionForm):
    """Why."""

    reason = reason_field()


class _ApplicantFields(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    born_on = day_field(_("Date of birth"), required=False)
    applied_on = day_field(_("Applied on"))
    activist_on = day_field(_("Activist since"), required=False, help_text=_("The day the branch recognized it."))
    candidate_on = day_field(
        _("Candidate for development since"), required=False, help_text=_("After at least one year as an activist.")
    )


class ApplicantForm(_ApplicantFields, RecordForm):
    """Somebody who applies."""

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("applied_on", clock.today())


class CorrectApplicantForm(_ApplicantFields, EditForm):
    """The next stage, or a correction."""

    versioned = ("name", "born_on", "applied_on", "activist_on", "candidate_on")
    reason = reason_field(required=False)


class AdmitApplicantForm(ActionForm):
    """What the roll asks of a newly admitted member beyond what is known of the applicant."""

    admitted_on = day_field(_("Admitted on"), help_text=_("The day the branch general meeting decided."))
    code = forms.CharField(label=_("Member code"), max_length=40)
    category = forms.ChoiceField(label=_("Category"), choices=Member.Category.choices, initial="FRONT_LINE")
    gender = forms.ChoiceField(
        label=_("Gender"), choices=Member._meta.get_field("gender").choices, required=False, initial="0"
    )
    education = forms.ChoiceField(label=_("Education"), choices=EDUCATION_CHOICES, required=False)
    phone = forms.CharField(label=_("Mobile phone"), max_length=20, required=False)
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.initial.setdefault("admitted_on", clock.today())

    def clean_gender(self) -> str:
        return self.cleaned_data["gender"] or "0"


class WithdrawApplicantForm(ActionForm):
    """The day on which the application was taken back."""

    ended_on = day_field(_("Taken back on"))
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.initial.setdefault("ended_on", clock.today())
