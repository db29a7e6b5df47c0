"""The form that logs a meeting: what was typed, what is proposed, and the record made of both."""

import re
from dataclasses import dataclass, field
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.meetings.models import Absence, Meeting, Resolution
from campaign.meetings.record import Proposal, Record
from campaign.plan.kinds import MEETING_KINDS, Due
from enterprises.models import PartyGroup
from enterprises.uploads import ACCEPT

OTHER = "OTHER"
# Fields whose proposal follows the kind: what was left as proposed is proposed anew.
FOLLOWING = ("title", "minutes", "class_hours", "place", "chair", "recorder", "speaker", "due")
DUE_WORDS = {
    Due.BRANCH: gettext_lazy("All members of the branch"),
    Due.GROUP: gettext_lazy("A Party group"),
    Due.COMMITTEE: gettext_lazy("The committee"),
    Due.TEAM: gettext_lazy("The leading team"),
    Due.NAMED: gettext_lazy("A list of names"),
}


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is checked by its content when it is stored."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in files if one]


class MeetingForm(forms.Form):
    """What a person says about a meeting, apart from the roll, the reasons and the votes."""

    kind = forms.ChoiceField(label=gettext_lazy("Which meeting"))
    other_kind = forms.ChoiceField(label=gettext_lazy("Other meeting"), required=False)
    held_on = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts_at = forms.TimeField(
        label=gettext_lazy("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    gist = forms.CharField(
        label=gettext_lazy("What was said"),
        required=False,
        help_text=gettext_lazy("Three to five sentences. Nothing about anyone's health or family."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    campaign = forms.ChoiceField(label=gettext_lazy("Campaign"), required=False)
    due = forms.ChoiceField(label=gettext_lazy("Who is due"), required=False)
    party_group = forms.ChoiceField(label=gettext_lazy("Party group"), required=False)
    named_text = forms.CharField(
        label=gettext_lazy("Names"),
        required=False,
        help_text=gettext_lazy("One member a line: the name, or the code where a name occurs twice."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=1440, required=False)
    class_hours = forms.DecimalField(
        label=gettext_lazy("Class hours"), min_value=0, max_value=24, max_digits=4, decimal_places=1, required=False
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)
    chair = forms.CharField(label=gettext_lazy("Chair"), max_length=60, required=False)
    recorder = forms.CharField(label=gettext_lazy("Recorder"), max_length=60, required=False)
    speaker = forms.CharField(label=gettext_lazy("Speaker"), max_length=60, required=False)
    observers = forms.CharField(
        label=gettext_lazy("Who attended without a vote"),
        required=False,
        help_text=gettext_lazy("One person a line: name, capacity."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    files = FilesField(
        label=gettext_lazy("Photographs and files"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, PDF, Word or Excel, up to 10 MB each."),
        widget=ManyFiles(attrs={"multiple": True, "accept": ACCEPT}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)


class ProposalForm(forms.Form):
    """One resolution and its vote."""

    text = forms.CharField(label=gettext_lazy("Resolution"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=gettext_lazy("What it is about"), choices=Resolution.Kind.choices, required=False)
    votes_for = forms.IntegerField(label=gettext_lazy("For"), min_value=0, required=False)
    votes_against = forms.IntegerField(label=gettext_lazy("Against"), min_value=0, required=False)
    abstentions = forms.IntegerField(label=gettext_lazy("Abstentions"), min_value=0, required=False)
    written_for = forms.IntegerField(
        label=gettext_lazy("Written opinions for"),
        min_value=0,
        required=False,
        help_text=gettext_lazy("Only on admission or conversion, handed in before the meeting."),
    )

    NUMBERS = ("votes_for", "votes_against", "abstentions", "written_for")

    def clean(self):
        told = super().clean()
        if not told.get("text") and any(told.get(name) for name in self.NUMBERS):
            self.add_error("text", _("Votes without a resolution. Write what was voted on, or clear the votes."))
        return told

    def proposal(self) -> Proposal | None:
        """The proposal; None when the block was left empty."""
        told = self.cleaned_data
        if not told.get("text"):
            return None
        numbers = {name: told[name] or 0 for name in self.NUMBERS}
        return Proposal(told["text"], told["kind"] or Resolution.Kind.RESOLUTION, **numbers)


ProposalFormSet = forms.formset_factory(ProposalForm, extra=1, max_num=20, absolute_max=20)


class AddendumForm(forms.Form):
    """A dated addition to a confirmed record."""

    text = forms.CharField(label=gettext_lazy("Addendum"), widget=forms.Textarea(attrs={"rows": 3}))


class AttachmentForm(forms.Form):
    """One more photograph or file."""

    file = forms.FileField(
        label=gettext_lazy("Photograph or file"),
        help_text=gettext_lazy("JPEG, PNG, PDF, Word or Excel, up to 10 MB each."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


@dataclass
class Roll:
    """What was ticked: who was absent and why, and which exempt members came."""

    absent: dict[int, str] = field(default_factory=dict)
    came: set[int] = field(default_factory=set)
    reasons_given: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, data) -> "Roll":
        """From a posted form. An unknown reason is taken as given and refused later, beside the field."""
        absent, given = {}, set()
        for pk in _numbers(data.getlist("absent")):
            reason = data.get(f"reason-{pk}")
            if reason is not None:
                given.add(pk)
            absent[pk] = reason or Absence.Reason.OTHER
        return cls(absent, _numbers(data.getlist("came")), given)


def _numbers(values: list[str]) -> set[int]:
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19}


def parse_observers(text: str) -> tuple[tuple[str, str], ...]:
    """Lines of "name, capacity" as pairs; Chinese or Western commas."""
    pairs = []
    for line in text.splitlines():
        name, _comma, capacity = (part.strip() for part in _split(line))
        if name:
            pairs.append((name[:60], capacity[:100]))
    return tuple(pairs)


def _split(line: str) -> tuple[str, str, str]:
    found = re.split(r"[，,、\t]", line, maxsplit=1)
    return (found[0], ",", found[1]) if len(found) == 2 else (line, "", "")


def record_of(form: MeetingForm, roll: Roll, proposals: list[Proposal], **resolved) -> Record:
    """The record that the form tells. `resolved`: campaign, party_group, named, kind and due list."""
    told = form.cleaned_data
    texts = {name: told[name] for name in ("title", "place", "chair", "recorder", "speaker", "gist")}
    return Record(
        held_on=told["held_on"],
        starts_at=told["starts_at"],
        minutes=told["minutes"],
        class_hours=told["class_hours"],
        absent=roll.absent,
        observers=parse_observers(told["observers"]),
        proposals=tuple(proposals),
        **texts,
        **resolved,
    )


def initial_of(meeting: Meeting) -> dict:
    """What the form shows of a stored draft."""
    names = ("held_on", "starts_at", "gist", "due", "minutes", "class_hours", "title")
    texts = ("place", "chair", "recorder", "speaker")
    shown = {name: getattr(meeting, name) for name in (*names, *texts)}
    return shown | {
        "kind": meeting.kind,
        "campaign": meeting.campaign.code if meeting.campaign else "",
        "party_group": str(meeting.party_group_id or ""),
        "observers": "\n".join(f"{o.name}，{o.capacity}" if o.capacity else o.name for o in meeting.observers.all()),
        "submission": uuid4(),
    }


def fill_choices(form: MeetingForm, likely, others, dues: list[str], groups: list[PartyGroup], campaigns) -> None:
    """Give the selects their choices."""
    form.fields["kind"].choices = [(k.code, k.label) for k in likely] + [(OTHER, _("Other meeting"))]
    form.fields["other_kind"].choices = [("", _("Choose"))] + [(k.code, k.label) for k in others]
    form.fields["due"].choices = [(code, DUE_WORDS[code]) for code in dues]
    form.fields["party_group"].choices = [("", "—")] + [(str(g.pk), g.name) for g in groups]
    form.fields["campaign"].choices = [("", _("Outside any campaign"))] + [(c.code, c.name) for c in campaigns]


def chosen_kind(data) -> str:
    """The code of the kind chosen among the radios or in the select beside them."""
    kind = data.get("kind", "")
    kind = data.get("other_kind", "") if kind == OTHER else kind
    return kind if kind in MEETING_KINDS else ""


class ExclusionForm(forms.Form):
    """A formal exclusion from the number of voters due: two approvals, never the ground (dossier 2.3)."""

    member = forms.ModelChoiceField(label=gettext_lazy("Member"), queryset=None)
    approved_by = forms.ModelChoiceField(label=gettext_lazy("Approved by"), queryset=None)
    approved_on = forms.DateField(
        label=gettext_lazy("Approved on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    adopted_at = forms.ModelChoiceField(
        label=gettext_lazy("Adopted at"),
        queryset=None,
        help_text=gettext_lazy("The confirmed branch general meeting that adopted it."),
    )
    until = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, members, superiors, meetings, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["approved_by"].queryset = superiors
        self.fields["adopted_at"].queryset = meetings
