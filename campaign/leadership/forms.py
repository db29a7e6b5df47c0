"""Forms of leadership. Each feeds one action and carries its submission, so that two clicks are one record."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.leadership.leaders import team_of
from campaign.leadership.models import (
    CampaignOffice,
    ContactPointVisit,
    GroupSeat,
    LeadFact,
    LeadingGroup,
    TrainingEvent,
)
from campaign.leadership.words import ACTS
from campaign.meetings.models import Meeting
from campaign.plan.frames import tags_of
from enterprises import clock
from enterprises.forms.base import ActionForm, LookupField, day_field
from enterprises.models import Member, Organization
from enterprises.tree import under
from enterprises.uploads import ACCEPT

LONG = forms.Textarea(attrs={"rows": 12})
SHORT = forms.Textarea(attrs={"rows": 2})
DOCUMENT = _("Founding document")


def file_field() -> forms.FileField:
    """A file to be attached."""
    return forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("JPEG, PNG, PDF, Word or Excel, up to 10 MB each."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class RoomForm(ActionForm):
    """A form of this room, about ``subject`` in ``campaign``."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaign: Any, **kwargs: Any) -> None:
        self.campaign = campaign
        kwargs["initial"] = {"submission": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class EndForm(RoomForm):
    """The last day."""

    until = day_field(pgettext_lazy("leadership", "Last day"))

    def prepare(self) -> None:
        self.initial["until"] = clock.today()

    def arguments(self) -> dict[str, Any]:
        return {"until": self.cleaned_data["until"]}


class ReasonForm(RoomForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=SHORT)

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class GroupForm(RoomForm):
    """The leading group's founding document."""

    document_number = forms.CharField(label=DOCUMENT, max_length=120)
    founded_on = day_field(_("Founded on"))

    def prepare(self) -> None:
        group = LeadingGroup.objects.visible_to(self.account)
        found = group.filter(campaign=self.campaign, organization=self.subject).first()
        self.initial |= (
            {"document_number": found.document_number, "founded_on": found.founded_on}
            if found
            else {"founded_on": clock.today()}
        )


class SeatForm(RoomForm):
    """A seat beside the head's."""

    member = LookupField("enterprises:member_suggest", label=_("Person"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[c for c in GroupSeat.Role.choices if c[0] != "HEAD"], initial="MEMBER"
    )
    since = day_field(_("Since"))

    def prepare(self) -> None:
        self.initial["since"] = clock.today()
        self.fields["member"].queryset = Member.objects.visible_to(self.account).on_roll()


class OfficeForm(RoomForm):
    """The campaign office and its conditions."""

    NAMES = ("document_number", "founded_on", "budget_allocated", "budget_used", "has_premises", "premises")
    document_number = forms.CharField(label=DOCUMENT, max_length=120)
    founded_on = day_field(_("Founded on"))
    budget_allocated = forms.DecimalField(
        label=_("Budget allocated, yuan"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    budget_used = forms.DecimalField(
        label=_("Budget used, yuan"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    has_premises = forms.BooleanField(label=_("The office has premises"), required=False)
    premises = forms.CharField(label=_("Where"), max_length=120, required=False)

    def prepare(self) -> None:
        offices = CampaignOffice.objects.visible_to(self.account)
        found = offices.filter(campaign=self.campaign, organization=self.subject).first()
        present = {name: getattr(found, name) for name in self.NAMES} if found else {"founded_on": clock.today()}
        self.initial |= present


class StaffForm(RoomForm):
    """Somebody who works in the office."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    duty = forms.CharField(label=_("Duty"), max_length=100, required=False)
    full_time = forms.BooleanField(label=_("Full time"), required=False)
    since = day_field(_("Since"))

    def prepare(self) -> None:
        self.initial["since"] = clock.today()


class StandInForm(RoomForm):
    """Who is responsible while the post of secretary is vacant."""

    member = LookupField("enterprises:member_suggest", label=_("Person"))
    since = day_field(_("Since"))
    document_number = forms.CharField(label=_("Document number"), max_length=120, required=False)

    def prepare(self) -> None:
        self.initial["since"] = clock.today()
        self.fields["member"].queryset = Member.objects.visible_to(self.account).on_roll()


class AdminHeadForm(RoomForm):
    """The administrative head in support."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), max_length=60, help_text=_("Also somebody who is no Party member.")
    )
    since = day_field(_("Since"))
    document_number = forms.CharField(label=_("Document number"), max_length=120, required=False)

    def prepare(self) -> None:
        self.initial["since"] = clock.today()


class PlanForm(RoomForm):
    """A plan: text, file, or both."""

    title = forms.CharField(label=pgettext_lazy("document", "Title"), max_length=200)
    text = forms.CharField(
        label=pgettext_lazy("plan", "Text"),
        required=False,
        widget=LONG,
        help_text=_("One point a line, so that later versions can be compared."),
    )
    tags = forms.MultipleChoiceField(
        label=_("Guiding ideas that it holds"), required=False, widget=forms.CheckboxSelectMultiple
    )
    upload = file_field()

    def prepare(self) -> None:
        ideas = tags_of(self.campaign)
        self.fields["tags"].choices = [(tag.code, tag.name) for tag in ideas.values()]  # type: ignore[attr-defined]
        if not ideas:
            del self.fields["tags"]

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data | {"upload": self.cleaned_data["upload"] or None}


class MoveForm(RoomForm):
    """What is done with a plan. ``acts``: what the acting post may do now."""

    act = forms.ChoiceField(label=pgettext_lazy("leadership", "Decision"), widget=forms.RadioSelect)
    remark = forms.CharField(
        label=pgettext_lazy("leadership", "Remark"),
        required=False,
        widget=SHORT,
        help_text=_("Needed when it is returned: the reason."),
    )
    document_number = forms.CharField(label=_("Document number"), max_length=120, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, acts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(act, ACTS[act]) for act in acts]
        if len(acts) == 1:  # nothing to choose: the button says what happens
            self.initial["act"] = acts[0]
            self.fields["act"].widget = forms.HiddenInput()
        if "return" not in acts:
            self.fields["remark"].help_text = ""
        if acts == ["submit"]:
            del self.fields["document_number"]

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "submission"}


class TrainingForm(RoomForm):
    """A training event."""

    kind = forms.ChoiceField(label=_("Kind"), choices=TrainingEvent.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=pgettext_lazy("meeting", "Title"), max_length=200, required=False)
    held_on = day_field(_("Date"))
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=120, required=False)
    materials = forms.CharField(
        label=_("Materials"), required=False, widget=SHORT, help_text=_("What was handed out or read.")
    )
    upload = file_field()

    def prepare(self) -> None:
        self.initial |= {"held_on": clock.today(), "kind": TrainingEvent.Kind.TRAINING}

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data | {"upload": self.cleaned_data["upload"] or None}


class LeaderForm(RoomForm):
    """A form in which one leader of the organisation is chosen."""

    member = forms.ModelChoiceField(Member.objects.none(), label=_("Leader"))

    def prepare(self) -> None:
        ours = [member.pk for member in team_of(self.subject, clock.today())]
        self.fields["member"].queryset = Member.objects.visible_to(self.account).filter(pk__in=ours)


class FactForm(LeaderForm):
    """A dated fact of a leader."""

    kind = forms.ChoiceField(label=_("Taking the lead in"), choices=LeadFact.Kind.choices, widget=forms.RadioSelect)
    on = day_field(_("Date"))
    text = forms.CharField(label=_("What was done"), max_length=200, help_text=_("One sentence, a fact and no praise."))
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Meeting"), required=False)

    def prepare(self) -> None:
        super().prepare()
        self.initial["on"] = clock.today()
        held = Meeting.objects.visible_to(self.account).filter(
            under(self.subject.path, "organization__"), campaign=self.campaign, state=Meeting.State.CONFIRMED
        )
        self.fields["meeting"].queryset = held.defer("due_ids", "voter_ids", "gist")
        self.fields["meeting"].choices = [("", "—"), *((m.pk, f"{m.held_on} {m.title}") for m in held[:40])]


class PointForm(LeaderForm):
    """A contact point for a leader."""

    organization = LookupField("enterprises:organization_suggest", label=_("Contact point"))
    since = day_field(_("Since"))

    def prepare(self) -> None:
        super().prepare()
        self.initial["since"] = clock.today()
        self.fields["organization"].queryset = Organization.objects.visible_to(self.account).open()


class VisitForm(RoomForm):
    """A visit to a contact point."""

    visited_on = day_field(_("Date"))
    kind = forms.ChoiceField(label=_("Purpose"), choices=ContactPointVisit.Kind.choices, widget=forms.RadioSelect)
    gist = forms.CharField(label=_("Gist"), max_length=300, required=False, widget=SHORT)
    found = forms.IntegerField(label=_("Problems found"), min_value=0, max_value=999, initial=0)
    solved = forms.IntegerField(label=_("Problems solved"), min_value=0, max_value=999, initial=0)

    def prepare(self) -> None:
        self.initial["visited_on"] = clock.today()


class DecisionForm(RoomForm):
    """Whether a candidate becomes a demonstration point."""

    approve = forms.ChoiceField(
        label=pgettext_lazy("leadership", "Decision"),
        choices=[("yes", _("Approve as demonstration point")), ("no", _("Not yet"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False, widget=SHORT)

    def arguments(self) -> dict[str, Any]:
        return {"approve": self.cleaned_data["approve"] == "yes", "reason": self.cleaned_data["reason"]}
