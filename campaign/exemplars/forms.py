"""Forms of models."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.exemplars.models import ModelMember
from campaign.meetings.models import Meeting
from enterprises import clock
from enterprises.forms.base import ActionForm, EditForm, LookupField, day_field, reason_field
from enterprises.models import Member

DEEDS = _("Facts that the branch can verify. Nothing about anyone's health or family without their consent.")


class NominateForm(ActionForm):
    """Put a member forward."""

    member = LookupField("enterprises:member_suggest", label=_("Member"))
    headline = forms.CharField(label=_("headline"), max_length=120)
    deeds = forms.CharField(label=_("deeds"), widget=forms.Textarea(attrs={"rows": 6}), help_text=DEEDS)
    nominated_on = day_field(_("nominated on"))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["member"].queryset = Member.objects.visible_to(self.account).on_roll()
        self.initial.setdefault("nominated_on", clock.today())
        self.initial.setdefault("submission", uuid4())


class DeedsForm(EditForm):
    """The deeds said anew."""

    versioned = ("headline", "deeds")
    headline = forms.CharField(label=_("headline"), max_length=120)
    deeds = forms.CharField(label=_("deeds"), widget=forms.Textarea(attrs={"rows": 6}), help_text=DEEDS)


class VerifyForm(ActionForm):
    """How the branch verified the facts."""

    verified_on = day_field(_("verified on"))
    verified_how = forms.CharField(
        label=_("how it was verified"), max_length=200, help_text=_("E.g. discussed by the branch committee.")
    )

    def prepare(self) -> None:
        self.initial.setdefault("verified_on", clock.today())


class ConsentForm(ActionForm):
    """That the member agrees to be publicised."""

    consent_on = day_field(_("consent given on"))
    consent_kind = forms.ChoiceField(label=_("consent"), choices=ModelMember.Consent.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.initial.setdefault("consent_on", clock.today())


class PubliciseForm(ActionForm):
    """When and where it was publicised."""

    publicised_on = day_field(_("publicised on"))
    publicised_where = forms.CharField(label=_("publicised where"), max_length=120)

    def prepare(self) -> None:
        self.initial.setdefault("publicised_on", clock.today())


class WithdrawForm(ActionForm):
    """Why a model is withdrawn."""

    reason = reason_field()


class MeetingChoice(forms.ModelChoiceField):
    """Report meetings to choose from."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.held_on.isoformat()} {obj.title} · {obj.organization.name}"


class PresentForm(ActionForm):
    """At which report meeting the model was presented."""

    meeting = MeetingChoice(label=_("Report meeting"), queryset=Meeting.objects.none())

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        self.meetings = meetings
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["meeting"].queryset = self.meetings
