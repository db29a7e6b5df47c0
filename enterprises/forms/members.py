"""Forms about members."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises import clock
from enterprises.checks import preset
from enterprises.codes import EDUCATION
from enterprises.forms.base import ActionForm, EditForm, LookupField, day_field, reason_field
from enterprises.models import Member, Organization
from enterprises.rules import endings
from enterprises.tree import ancestor_paths

EDUCATION_CHOICES = [("", "—"), *EDUCATION]


def open_branches(account):
    """Open branches in sight."""
    return Organization.objects.visible_to(account).open().branches()


class AdmitForm(ActionForm):
    """A member newly on the roll of branch ``subject``."""

    code = forms.CharField(label=_("member code"), max_length=40)
    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=60)
    kind = forms.ChoiceField(
        label=_("type"), choices=Member.Kind.choices, widget=forms.RadioSelect, initial="PROBATIONARY"
    )
    category = forms.ChoiceField(label=_("category"), choices=Member.Category.choices, initial="FRONT_LINE")
    since = day_field(_("on this roll since"))
    admitted_on = day_field(
        _("admitted on"), required=False, help_text=_("The day the branch general meeting decided.")
    )
    full_on = day_field(_("full member since"), required=False)
    gender = forms.ChoiceField(
        label=_("gender"), choices=Member._meta.get_field("gender").choices, required=False, initial="0"
    )
    born_on = day_field(_("date of birth"), required=False)
    education = forms.ChoiceField(label=_("education"), choices=EDUCATION_CHOICES, required=False)
    phone = forms.CharField(label=_("mobile phone"), max_length=20, required=False)
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.initial.setdefault("since", clock.today())

    def clean_gender(self) -> str:
        return self.cleaned_data["gender"] or "0"


class CorrectMemberForm(EditForm):
    """Facts of a member."""

    versioned = (
        "name",
        "kind",
        "category",
        "admitted_on",
        "full_on",
        "gender",
        "born_on",
        "education",
        "phone",
        "without_vote_until",
    )
    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=60)
    kind = forms.ChoiceField(label=_("type"), choices=Member.Kind.choices, widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("category"), choices=Member.Category.choices)
    admitted_on = day_field(
        _("admitted on"), required=False, help_text=_("The day the branch general meeting decided.")
    )
    full_on = day_field(_("full member since"), required=False)
    gender = forms.ChoiceField(label=_("gender"), choices=Member._meta.get_field("gender").choices)
    born_on = day_field(_("date of birth"), required=False)
    education = forms.ChoiceField(label=_("education"), choices=EDUCATION_CHOICES, required=False)
    phone = forms.CharField(label=_("mobile phone"), max_length=20, required=False)
    without_vote_until = day_field(
        _("without vote until"),
        required=False,
        help_text=_("Only after a decision that was approved above; empty: may vote."),
    )
    reason = reason_field(required=False)


class TransferForm(ActionForm):
    """To another branch, from a day on."""

    to = LookupField("enterprises:organization_suggest", label=_("new branch"))
    effective = day_field(_("first day there"), help_text=_("A day ahead takes effect by itself when it comes."))
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.fields["to"].queryset = open_branches(self.account)
        self.initial.setdefault("effective", clock.today())


class EndMembershipForm(ActionForm):
    """How membership ended, after the decision was made and approved."""

    status = forms.ChoiceField(label=_("how it ended"))
    decided_on = day_field(_("last day on the roll"), help_text=_("The day of the decision or of leaving."))
    reason = reason_field()

    def prepare(self) -> None:
        labels = dict(Member.Status.choices)
        self.fields["status"].choices = [
            ("", "—"),
            *((code, labels[code]) for code in endings(self.subject.kind, preset())),
        ]
        self.initial.setdefault("decided_on", clock.today())


class RestoreForm(ActionForm):
    """Back on the roll of a branch."""

    branch = LookupField("enterprises:organization_suggest", label=_("branch"))
    since = day_field(_("first day there"))
    reason = reason_field()

    def prepare(self) -> None:
        self.fields["branch"].queryset = open_branches(self.account)
        self.initial.setdefault("branch", self.subject.branch)
        self.initial.setdefault("since", clock.today())


class StudyForm(ActionForm):
    """A second branch to study at."""

    study_branch = LookupField(
        "enterprises:organization_suggest",
        label=_("takes part in study at"),
        required=False,
        help_text=_("Empty: at the own branch."),
    )
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.fields["study_branch"].queryset = open_branches(self.account)
        self.initial.setdefault("study_branch", self.subject.study_branch)


class ContactForm(EditForm):
    """Whether the member can be reached."""

    versioned = ("contact", "last_contact_on")
    contact = forms.ChoiceField(label=_("contact"), choices=Member.Contact.choices, widget=forms.RadioSelect)
    last_contact_on = day_field(_("last contact on"), required=False)
    reason = reason_field(required=False)


class ExemptionForm(ActionForm):
    """An approved leave from taking part. Its ground is not asked for and not stored."""

    approved_by = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("approved by"), help_text=_("An organization above.")
    )
    approved_on = day_field(_("approved on"))
    since = day_field(_("valid from"))
    until = day_field(_("valid until"), required=False)

    def prepare(self) -> None:
        # The chain above the own branch is known to every member of it.
        chain = Organization.objects.filter(path__in=ancestor_paths(self.subject.branch.path))
        self.fields["approved_by"].queryset = chain.order_by("-path")
        self.initial.setdefault("since", clock.today())


class RevokeExemptionForm(ActionForm):
    """The last day of an exemption."""

    until = day_field(_("last day"))
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.initial.setdefault("until", clock.today())
