"""Forms of phase transitions."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.gates.models import LookBackLine
from enterprises.forms.base import ActionForm, reason_field


class AskForm(ActionForm):
    """What a unit asks with."""

    summary = forms.CharField(
        label=_("Summary of this stage"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What was done, what is still lacking, what comes next. The full report is filed as a document."),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["submission"].initial = uuid4()


class LookBackForm(ActionForm):
    """A note for each step; a missing one needs it."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: list[LookBackLine], **kwargs: Any) -> None:
        self.lines = lines
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["submission"].initial = uuid4()
        for line in self.lines:
            self.fields[f"note_{line.step.code}"] = forms.CharField(
                label=line.step.name, max_length=300, required=False, help_text=self._hint(line)
            )

    @staticmethod
    def _hint(line: LookBackLine) -> Any:
        missing = line.result == LookBackLine.Result.MISSING
        return _("How and by when it is made up.") if missing else ""

    def rows(self) -> list[tuple[LookBackLine, Any]]:
        """Each step with its field, for the page."""
        return [(line, self[f"note_{line.step.code}"]) for line in self.lines]

    def notes(self) -> dict[str, str]:
        """The notes by step code."""
        return {line.step.code: self.cleaned_data.get(f"note_{line.step.code}", "") for line in self.lines}


class PassForm(ActionForm):
    """Letting pass. The reason is asked for where conditions are unmet."""

    gate = forms.CharField(widget=forms.HiddenInput)
    reason = reason_field(required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, gate: str, forced: bool, **kwargs: Any) -> None:
        self.gate, self.forced = gate, forced
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["gate"].initial = self.gate
        self.fields["submission"].initial = uuid4()
        if self.forced:
            self.fields["reason"].label = _("Why it passes although conditions are unmet")
            self.fields["reason"].help_text = _("Stays to be seen on the unit's page for good.")
        else:
            self.fields["reason"].label = _("Remark")
            self.fields["reason"].help_text = ""


class ReasonForm(ActionForm):
    """Why."""

    reason = reason_field()
