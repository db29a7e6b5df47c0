"""Forms of business beside the campaign. Figures are read as people write them."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.business import rules
from campaign.business.models import BusinessTarget, EconomicIndicator
from campaign.business.wording import REMEDY
from campaign.progress.record_pages import CampaignRecordForm, RecordForm
from enterprises import clock
from enterprises.forms.base import ActionForm, EditForm, reason_field

MARKS = {
    rules.Qualifier.EXACT: "",
    rules.Qualifier.AT_LEAST: "以上",
    rules.Qualifier.MORE_THAN: "多",
    rules.Qualifier.ABOUT: "左右",
}


class FigureField(forms.CharField):
    """A figure with its unit and qualifier, as people write it; its value is a ``rules.Figure`` or nothing."""

    def __init__(self, reader: Any, **options: Any) -> None:
        super().__init__(required=False, max_length=40, **options)
        self.reader = reader

    def clean(self, value: Any) -> rules.Figure | None:
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            return self.reader(text)
        except rules.Unreadable as unreadable:
            raise forms.ValidationError(REMEDY[unreadable.fault]) from None


def _money(label: Any, **options: Any) -> FigureField:
    return FigureField(rules.read_money, label=label, **options)


def _percent(label: Any, **options: Any) -> FigureField:
    return FigureField(rules.read_percent, label=label, **options)


class _Figures(forms.Form):
    revenue = _money(
        _("Revenue since January, 100 million yuan"), help_text=_("As it was reported, e.g. 25,080.2 or 270多.")
    )
    revenue_prior = _money(_("Revenue, same time last year"))
    revenue_growth = _percent(
        _("Growth of revenue as stated, %"), help_text=_("Left open where both values are known.")
    )
    profit = _money(_("Profit since January, 100 million yuan"))
    profit_prior = _money(_("Profit, same time last year"))
    profit_growth = _percent(_("Growth of profit as stated, %"))
    preservation = _percent(_("Preservation and appreciation of state assets, %"))
    stability = forms.CharField(label=_("Note on stability"), max_length=300, required=False)

    def figures(self) -> dict[str, Any]:
        """The figures as values of the record."""
        told: dict[str, Any] = {"stability": self.cleaned_data["stability"]}
        for name, field in self.fields.items():
            if isinstance(field, FigureField):
                figure = self.cleaned_data[name]
                told[name] = figure and figure.value
                if name in ("revenue", "profit"):
                    told[f"{name}_qualifier"] = figure.qualifier if figure else rules.Qualifier.EXACT
        return told


def _month_field() -> forms.DateField:
    return forms.DateField(
        label=_("Until the end of"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )


class IndicatorForm(_Figures, RecordForm):
    """The figures of one month."""

    month = _month_field()
    field_order = ("month",)

    def prepare(self) -> None:
        super().prepare()
        last = clock.today().replace(day=1) - timedelta(days=1)  # the month that is over
        self.initial.setdefault("month", last.replace(day=1))

    def arguments(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("month", "submission")}
        return told | self.figures()


class CorrectionForm(_Figures, EditForm):
    """Other figures of a month, with the reason."""

    versioned = (
        "revenue", "revenue_prior", "revenue_growth", "profit", "profit_prior", "profit_growth", "preservation",
    )  # fmt: skip
    reason = reason_field()

    def prepare(self) -> None:
        stored: EconomicIndicator = self.subject
        for name in (*self.versioned, "stability"):
            value = getattr(stored, name)
            mark = MARKS[getattr(stored, f"{name}_qualifier")] if name in ("revenue", "profit") else ""
            self.initial[name] = "" if value is None else f"{value}{mark}"

    def arguments(self) -> dict[str, Any]:
        return self.figures() | {"reason": self.cleaned_data["reason"]}


class ImportForm(ActionForm):
    """A sheet of indicators."""

    file = forms.FileField(label=_("Excel sheet"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))
    reason = forms.CharField(label=_("Reason, where figures entered before change"), max_length=200, required=False)


class TargetForm(RecordForm):
    """A target of a year."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BusinessTarget.Kind.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    target = forms.CharField(label=_("Target"), max_length=200, help_text=_("Measurable, e.g. coal output 1,200万吨."))

    def prepare(self) -> None:
        super().prepare()
        self.initial |= {"kind": BusinessTarget.Kind.PRODUCTION, "year": clock.today().year} | self.initial


class ResultForm(ActionForm):
    """What came of a target."""

    state = forms.ChoiceField(label=_("State"), choices=BusinessTarget.State.choices, widget=forms.RadioSelect)
    actual = forms.CharField(label=pgettext_lazy("target", "What came of it"), max_length=300, required=False)

    def prepare(self) -> None:
        self.initial |= {"state": self.subject.state, "actual": self.subject.actual}


class ArrangementForm(CampaignRecordForm):
    """How campaign and production were arranged."""

    text = forms.CharField(label=_("How both were arranged"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
