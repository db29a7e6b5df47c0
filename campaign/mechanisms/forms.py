"""Forms of mechanisms and regulations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.mechanisms import rules
from campaign.mechanisms.models import LongTermMechanism, Regulation
from campaign.progress.record_pages import CampaignRecordForm, RecordForm
from enterprises import clock
from enterprises.forms.base import ActionForm, EditForm, day_field, reason_field


class MechanismForm(CampaignRecordForm):
    """A mechanism that is begun."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LongTermMechanism.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200)
    contents = forms.CharField(
        label=_("What it provides for"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class MoveForm(ActionForm):
    """The next status of a mechanism."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    since = day_field(_("Since"))
    number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    review_on = day_field(_("To be reviewed on"), required=False)

    def prepare(self) -> None:
        now = self.subject.status
        choices = [(s.value, s.label) for s in LongTermMechanism.Status if rules.may_follow(now, s.value)]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]
        self.initial |= {
            "since": clock.today(), "number": self.subject.number, "review_on": self.subject.review_on,
        }  # fmt: skip


class ReviewForm(ActionForm):
    """What a review found."""

    review = forms.CharField(label=_("What the review found"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    next_on = day_field(_("Next review on"), required=False)


class _Register(forms.Form):
    change = forms.ChoiceField(
        label=pgettext_lazy("regulation", "Change"), choices=Regulation.Change.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    decided_on = day_field(pgettext_lazy("regulation", "Decided on"))
    mechanism = forms.ModelChoiceField(
        label=_("Mechanism that it serves"), queryset=LongTermMechanism.objects.none(), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


def _own(form: Any, organization: Any) -> None:
    own = LongTermMechanism.objects.visible_to(form.account).filter(organization=organization)
    form.fields["mechanism"].queryset = own


class RegulationForm(_Register, RecordForm):
    """A line of the register."""

    def prepare(self) -> None:
        super().prepare()
        self.initial |= {"decided_on": clock.today(), "change": Regulation.Change.NEW} | self.initial
        _own(self, self.subject)


class CorrectionForm(_Register, EditForm):
    """Other words or days of a line, with the reason."""

    versioned = ("change", "title", "number", "decided_on", "mechanism", "note")
    reason = reason_field()

    def prepare(self) -> None:
        _own(self, self.subject.organization)
