"""Forms of make-up lessons, of the reading list, of what was studied, and of theme activities."""

from collections.abc import Iterable
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from campaign.meetings.models import Absence
from campaign.plan.frames import Tag
from campaign.study.models import MakeUpLesson, StudyMaterial, ThemeActivity
from enterprises import clock
from enterprises.codes import EducationBand
from enterprises.forms.base import ActionForm, EditForm, day_field, reason_field
from enterprises.models import Member
from enterprises.uploads import ACCEPT


class AbsenceChoice(forms.ModelMultipleChoiceField):
    """Open make-ups to tick: who, which meeting was missed, and where, for those who look over several branches."""

    widget = forms.CheckboxSelectMultiple
    names_branch = False

    def label_from_instance(self, obj: Absence) -> str:
        meeting = obj.meeting
        words = f"{obj.member.name} · {meeting.held_on.isoformat()} {meeting.title}"
        return f"{words} · {meeting.organization.name}" if self.names_branch else words


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

    def __init__(self, *args, absences, names_branch, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["absences"]
        choice.names_branch = names_branch  # before the choices are drawn
        choice.queryset = absences


class UndoForm(forms.Form):
    """Why a make-up lesson is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


def tags_field(ideas: Iterable[Tag]) -> forms.MultipleChoiceField:
    """The guiding ideas of the campaign, to tick those that a session was about (item 111)."""
    return forms.MultipleChoiceField(
        label=gettext_lazy("Guiding ideas"),
        required=False,
        choices=[(idea.code, idea.name) for idea in ideas],
        widget=forms.CheckboxSelectMultiple,
    )


def materials_field(titles: Iterable[StudyMaterial]) -> forms.TypedMultipleChoiceField:
    """Titles of a reading list to tick; key titles say so."""
    by_pk = {str(title.pk): title for title in titles}
    key = StudyMaterial.Priority.KEY
    words = {pk: f"{m.title} · {m.get_priority_display()}" if m.priority == key else m.title for pk, m in by_pk.items()}
    return forms.TypedMultipleChoiceField(
        label=gettext_lazy("Titles studied"),
        choices=list(words.items()),
        coerce=by_pk.get,
        empty_value=[],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _file_field(label) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=False,
        help_text=gettext_lazy("JPEG, PNG, PDF, Word or Excel, up to 10 MB each."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


def _audiences_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=gettext_lazy("For whom"),
        choices=Member.Category.choices,
        required=False,
        help_text=gettext_lazy("Tick nobody to ask it of everybody."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "xf-choices-2"}),
    )


def _bands_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=gettext_lazy("For which education"),
        choices=EducationBand.choices,
        required=False,
        help_text=gettext_lazy("Tick none where the title suits all."),
        widget=forms.CheckboxSelectMultiple(),
    )


class MaterialForm(ActionForm):
    """A title for the reading list."""

    title = forms.CharField(label=pgettext_lazy("document", "title"), max_length=200)
    priority = forms.ChoiceField(
        label=gettext_lazy("priority"),
        choices=StudyMaterial.Priority.choices,
        initial=StudyMaterial.Priority.MAIN,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("A key title is to be taken up by the middle of the phase."),
    )
    required = forms.BooleanField(label=pgettext_lazy("study material", "required"), required=False)
    audiences = _audiences_field()
    bands = _bands_field()
    source = forms.CharField(label=gettext_lazy("author or publisher"), max_length=120, required=False)
    note = forms.CharField(label=gettext_lazy("note"), max_length=300, required=False)
    upload = _file_field(gettext_lazy("file"))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.initial.setdefault("submission", uuid4())

    def clean_upload(self):
        return self.cleaned_data["upload"] or None


class ChangeMaterialForm(EditForm):
    """A title of the list said anew."""

    versioned = ("title", "priority", "required", "audiences", "bands", "source", "note")
    title = forms.CharField(label=pgettext_lazy("document", "title"), max_length=200)
    priority = forms.ChoiceField(
        label=gettext_lazy("priority"), choices=StudyMaterial.Priority.choices, widget=forms.RadioSelect
    )
    required = forms.BooleanField(label=pgettext_lazy("study material", "required"), required=False)
    audiences = _audiences_field()
    bands = _bands_field()
    source = forms.CharField(label=gettext_lazy("author or publisher"), max_length=120, required=False)
    note = forms.CharField(label=gettext_lazy("note"), max_length=300, required=False)


class WithdrawForm(ActionForm):
    """Why something is taken back."""

    reason = reason_field()


class StudiedForm(ActionForm):
    """What a session took up, and what it led to in work."""

    text = forms.CharField(
        label=gettext_lazy("Applied in work"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What was done differently afterwards: a deed, not how much was written."),
    )

    def __init__(self, *args, titles, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if titles:
            self.fields["materials"] = materials_field(titles)
            self.order_fields(["materials", "text"])


class ActivityForm(ActionForm):
    """A theme activity; `subject` is the organisation. With a meeting, day and people are the meeting's."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ThemeActivity.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=pgettext_lazy("meeting", "title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: as the kind says."),
    )
    held_on = day_field(gettext_lazy("Date"))
    honored = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Whose political birthday it was"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "xf-choices-2"}),
    )
    participants = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who took part"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "xf-choices-2"}),
    )
    others_present = forms.IntegerField(
        label=gettext_lazy("others present"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Workers, guests, families."),
    )
    outcome = forms.CharField(label=gettext_lazy("outcome"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    photo = _file_field(gettext_lazy("Photograph or file"))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, members, near, meeting=None, **kwargs) -> None:
        self.members, self.near, self.meeting = members, near, meeting
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.initial.setdefault("submission", uuid4())
        self.initial.setdefault("held_on", clock.today())
        self.fields["honored"].queryset = self.near
        self.fields["participants"].queryset = self.members
        if self.meeting is not None:
            del self.fields["held_on"], self.fields["participants"]
        if not self.near.exists():
            del self.fields["honored"]
        elif self.meeting is None and not self.members.exists():
            del self.fields["participants"]

    def clean_others_present(self) -> int:
        return self.cleaned_data["others_present"] or 0

    def clean(self):
        told = super().clean()
        honored, kind = told.get("honored"), told.get("kind")
        if kind == ThemeActivity.Kind.POLITICAL_BIRTHDAY and "honored" in self.fields and not honored:
            self.add_error("honored", _("Tick whose political birthday it was."))
        return told


class OutcomeForm(EditForm):
    """What came of an activity."""

    versioned = ("outcome", "others_present")
    outcome = forms.CharField(label=gettext_lazy("outcome"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    others_present = forms.IntegerField(
        label=gettext_lazy("others present"), min_value=0, max_value=100_000, required=False
    )

    def clean_others_present(self) -> int:
        return self.cleaned_data["others_present"] or 0


class PhotoForm(ActionForm):
    """One more photograph or file of an activity."""

    upload = forms.FileField(
        label=gettext_lazy("Photograph or file"),
        help_text=gettext_lazy("JPEG, PNG, PDF, Word or Excel, up to 10 MB each."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
