"""Forms of the plan."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.plan import own, rules, wording
from campaign.plan.models import Definition, Phase
from campaign.plan.rules import Span
from campaign.plan.schedules import Spans
from enterprises import clock
from enterprises.forms.base import day_field, reason_field
from enterprises.models import Member


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


class OwnGuidanceForm(forms.Form):
    """What a unit asks of each category in place of the campaign; empty: as the campaign says."""

    FIELDS = ("class_hours", "writing", "binding", "materials_cap")
    shift_days = forms.IntegerField(
        label=_("days later than the phases say"), required=False, min_value=0, max_value=180
    )
    reason = reason_field()
    seen_rules = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, said: dict[str, rules.Guidance], shift: int, present: own.Rules, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        stated = {rule["category"]: rule for rule in present}
        self.fields["seen_rules"].initial = present
        self.fields["shift_days"].initial = stated.get(None, {}).get("shift_days")
        self.fields["shift_days"].help_text = _("Left empty: %s, as the campaign says.") % wording.shift_words(shift)
        per_category = {}
        for category, asked in said.items():
            for name, field in self._fields(asked).items():
                value = stated.get(category, {}).get(name)
                field.initial = "no" if value is False else value
                per_category[f"{name}_{category}"] = field
        self.fields = {**per_category, **self.fields}

    @staticmethod
    def _fields(asked: rules.Guidance) -> dict[str, forms.Field]:
        """The four values of one category, with what the campaign says as a hint."""
        hint = _("as the campaign: %s")
        writing = [("", hint % wording.WRITING[asked.writing]), *wording.WRITING.items()]
        said = _("binding") if asked.binding else _("advisory")
        cap = asked.materials_cap if asked.materials_cap is not None else _("no cap")
        return {
            "class_hours": forms.IntegerField(
                label=_("class hours"), required=False, min_value=0, max_value=400, help_text=hint % asked.class_hours
            ),
            "writing": forms.ChoiceField(label=_("form of writing"), required=False, choices=writing),
            "binding": forms.ChoiceField(
                label=_("binding or advisory"), required=False, choices=[("", hint % said), ("no", _("advisory"))]
            ),
            "materials_cap": forms.IntegerField(
                label=_("most required titles"), required=False, min_value=1, help_text=hint % cap
            ),
        }

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """Each category with its fields, for the page."""
        return [
            (Member.Category(category).label, [self[f"{name}_{category}"] for name in self.FIELDS])
            for category in self.said
        ]

    def wanted(self) -> own.Rules:
        """What was entered, in the order in which own guidance is kept."""
        found = [self._rule(category) for category in sorted(self.said)]
        shift = self.cleaned_data["shift_days"]
        whole: own.Rules = [{"category": None, "shift_days": shift}] if shift is not None else []
        return whole + [rule for rule in found if len(rule) > 1]

    def _rule(self, category: str) -> dict[str, Any]:
        values = {name: self.cleaned_data.get(f"{name}_{category}") for name in self.FIELDS}
        if values["binding"]:
            values["binding"] = False
        return {"category": category} | {name: v for name, v in values.items() if v not in (None, "")}

    @staticmethod
    def mark(wanted: own.Rules) -> str:
        """The values in one short text, to compare what is sent with what was shown."""
        return json.dumps(wanted, sort_keys=True)

    def seen(self) -> own.Rules | None:
        """What was in view; None when the form was sent without it."""
        return self.cleaned_data.get("seen_rules")


class UndoForm(forms.Form):
    """Why a change is undone."""

    reason = reason_field()


class PeakForm(forms.Form):
    """A time of full production."""

    starts_on = day_field(_("first day"))
    ends_on = day_field(_("last day"))
    note = forms.CharField(label=_("note"), required=False, max_length=200)
