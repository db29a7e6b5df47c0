"""Forms of services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.progress.record_pages import RecordForm
from campaign.services.models import (
    CommitmentItem,
    ComplianceCheck,
    HotIssue,
    PostRule,
    ServiceActivity,
    ServiceCommitment,
    UserLine,
)
from enterprises import clock
from enterprises.forms.base import EditForm, day_field


def _line(label: Any, length: int, required: bool = True, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, **options)


def _kind(model: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Kind"), choices=model.Kind.choices, widget=forms.RadioSelect)


class _Dated(RecordForm):
    """A record whose first day is today unless said otherwise."""

    day = ""

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault(self.day, clock.today())


class _Commitment(forms.Form):
    kind = _kind(ServiceCommitment)
    title = _line(_("Title"), 200)
    valid_from = day_field(_("Valid from"))
    valid_until = day_field(_("Valid until"), required=False)
    published_on = day_field(_("Published on"), required=False)
    published_where = _line(_("Published where"), 120, required=False)


class CommitmentForm(_Commitment, _Dated):
    """A set of commitments with its sentences."""

    day = "valid_from"
    lines = forms.CharField(
        label=_("The commitments, one a line"), max_length=6000, widget=forms.Textarea(attrs={"rows": 8})
    )
    field_order = ("kind", "title", "lines")


class EditCommitmentForm(_Commitment, EditForm):
    """What may change of a set: its sentences stay as they were promised."""

    versioned = ("kind", "title", "valid_from", "valid_until", "published_on", "published_where")


class CheckForm(_Dated):
    """A check or a complaint about the set ``subject``."""

    day = "on"
    kind = _kind(ComplianceCheck)
    on = day_field(_("Date"))
    item = forms.ModelChoiceField(
        label=_("Which commitment"),
        queryset=CommitmentItem.objects.none(),
        required=False,
        empty_label=_("all of them"),
    )
    cases = forms.IntegerField(label=_("Cases looked at"), min_value=1, initial=1)
    broken = forms.IntegerField(label=_("Of them broken"), min_value=0, initial=0)
    finding = _line(_("What was found"), 300, required=False)
    remedy = _line(_("What was done about it"), 300, required=False)

    def prepare(self) -> None:
        super().prepare()
        items = CommitmentItem.objects.visible_to(self.account).filter(commitment=self.subject)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class _Issue(forms.Form):
    title = _line(_("Problem"), 200)
    raised_on = day_field(_("Raised on"))
    heard_from = _line(_("Heard from"), 120, required=False)
    department = _line(_("Responsible department"), 100)
    due_on = day_field(_("Due on"))


class IssueForm(_Issue, _Dated):
    """A hot issue."""

    day = "raised_on"


class EditIssueForm(_Issue, EditForm):
    """What is known of a hot issue."""

    versioned = ("title", "raised_on", "heard_from", "department", "due_on")


class StepForm(_Dated):
    """A step forward with a hot issue."""

    day = "on"
    on = day_field(_("Date"))
    text = _line(pgettext_lazy("services", "What was done"), 300)
    solved = forms.BooleanField(label=_("This solves it"), required=False)


class _UserLine(forms.Form):
    kind = _kind(UserLine)
    words = _line(_("Number, address or place"), 120)
    opened_on = day_field(pgettext_lazy("services", "Opened on"))
    closed_on = day_field(pgettext_lazy("services", "Closed on"), required=False)


class LineForm(_UserLine, _Dated):
    """A user line."""

    day = "opened_on"


class EditLineForm(_UserLine, EditForm):
    """What is known of a user line."""

    versioned = ("kind", "words", "opened_on", "closed_on")


class _Activity(forms.Form):
    kind = _kind(ServiceActivity)
    title = _line(_("Title"), 200)
    held_on = day_field(_("Date"))
    place = _line(_("Place"), 120, required=False)
    participants = forms.IntegerField(label=_("Participants"), min_value=0, initial=0)
    households = forms.IntegerField(label=_("Households reached"), min_value=0, initial=0)
    funds = forms.DecimalField(label=_("Funds in yuan"), min_value=0, max_digits=14, decimal_places=2, initial=0)
    note = _line(_("Note"), 300, required=False, help_text=_("No names of those who were helped."))


class ActivityForm(_Activity, _Dated):
    """A service activity."""

    day = "held_on"


class EditActivityForm(_Activity, EditForm):
    """What was entered about an activity."""

    versioned = ("kind", "title", "held_on", "place", "participants", "households", "funds", "note")


class _Rule(forms.Form):
    kind = _kind(PostRule)
    title = _line(_("Title"), 200)
    number = _line(_("Document number"), 60, required=False)
    adopted_on = day_field(_("Adopted on"))
    repealed_on = day_field(_("Repealed on"), required=False)
    effect = _line(_("What got better"), 300, required=False)


class RuleForm(_Rule, _Dated):
    """A rule of posts."""

    day = "adopted_on"


class EditRuleForm(_Rule, EditForm):
    """What was entered about a rule."""

    versioned = ("kind", "title", "number", "adopted_on", "repealed_on", "effect")


# Which forms make and correct which record.
FORMS: dict[Any, tuple[Any, Any]] = {
    ServiceCommitment: (CommitmentForm, EditCommitmentForm),
    HotIssue: (IssueForm, EditIssueForm),
    UserLine: (LineForm, EditLineForm),
    ServiceActivity: (ActivityForm, EditActivityForm),
    PostRule: (RuleForm, EditRuleForm),
}
