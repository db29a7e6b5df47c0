"""Forms of the plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.plan.models import Definition, Phase
from campaign.plan.rules import Span
from campaign.plan.schedules import Spans
from enterprises import clock
from enterprises.forms.base import day_field, reason_field


class LaunchForm(forms.Form):
    """Which definition to launch, and when."""

    definition = forms.ModelChoiceField(
        Definition.objects.none(), label=_("definition"), empty_label=None, help_text=_("The newest version of each.")
    )
    launched_on = day_field(_("launch date"), help_text=_("All dates of the definition are counted from it."))
    code = forms.SlugField(
        label=_("code"), required=False, max_length=60, help_text=_("Left empty, the definition's own code.")
    )
    rolling = forms.BooleanField(
        label=_("Subsidiaries start after their headquarters (rolling schedule)"), required=False, initial=True
    )

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Definition.objects.visible_to(account).order_by("code", "-version").distinct("code")
        self.fields["definition"].queryset = newest
        self.fields["definition"].label_from_instance = self._words
        self.fields["launched_on"].initial = clock.today()

    @staticmethod
    def _words(definition: Definition) -> str:
        return f"{definition.name} ({definition.code}, v{definition.version})"


class ScheduleForm(forms.Form):
    """Other dates for the phases of a unit. ``seen_*`` hold the dates the person had in view."""

    kind = forms.ChoiceField(label=_("kind of change"))
    reason = reason_field()
    accept = forms.BooleanField(label=_("Go on all the same, for the reason given"), required=False)

    def __init__(self, *args: Any, phases: list[Phase], spans: Spans, kinds: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phases = phases
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        dates = {}
        for phase in phases:
            for edge, label in (("starts_on", _("starts on")), ("ends_on", _("ends on"))):
                name, value = f"{edge}_{phase.code}", getattr(spans[phase.code], edge)
                dates[name] = day_field(phase.name + _(": ") + label, initial=value)
                self.fields[f"seen_{name}"] = forms.DateField(initial=value, widget=forms.HiddenInput(), required=False)
        self.fields = {**dates, **self.fields}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for phase in self.phases:
            start, end = data.get(f"starts_on_{phase.code}"), data.get(f"ends_on_{phase.code}")
            if start and end and end < start:
                self.add_error(f"ends_on_{phase.code}", _("The phase ends before it starts. Choose a later end."))
        return data

    def spans(self, prefix: str = "") -> Spans:
        """The dates entered; with the prefix ``seen_`` those that were in view."""
        data = self.cleaned_data
        return {
            phase.code: Span(data[f"{prefix}starts_on_{phase.code}"], data[f"{prefix}ends_on_{phase.code}"])
            for phase in self.phases
        }

    def seen(self) -> Spans | None:
        """The dates that were in view; None when the form was sent without them."""
        names = [name for name in self.fields if name.startswith("seen_")]
        return self.spans("seen_") if all(self.cleaned_data.get(name) for name in names) else None


class UndoForm(forms.Form):
    """Why a change is undone."""

    reason = reason_field()


class PeakForm(forms.Form):
    """A time of full production."""

    starts_on = day_field(_("first day"))
    ends_on = day_field(_("last day"))
    note = forms.CharField(label=_("note"), required=False, max_length=200)
