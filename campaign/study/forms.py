"""Forms of make-up lessons."""

from django import forms
from django.utils.translation import gettext_lazy

from campaign.meetings.models import Absence
from campaign.study.models import MakeUpLesson


class AbsenceChoice(forms.ModelMultipleChoiceField):
    """Open make-ups to tick: who, and which meeting was missed."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Absence) -> str:
        meeting = obj.meeting
        return f"{obj.member.name} · {meeting.held_on.isoformat()} {meeting.title}"


class MakeUpForm(forms.Form):
    """How, when and by whom a lesson was made up, for one member or several at once."""

    absences = AbsenceChoice(label=gettext_lazy("Who made up for what"), queryset=Absence.objects.none())
    mode = forms.ChoiceField(label=gettext_lazy("How"), choices=MakeUpLesson.Mode.choices, widget=forms.RadioSelect)
    held_on = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    helper = forms.CharField(label=gettext_lazy("Given by"), max_length=60, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Nothing about anyone's health or family."),
    )

    def __init__(self, *args, absences, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["absences"].queryset = absences


class UndoForm(forms.Form):
    """Why a make-up lesson is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
