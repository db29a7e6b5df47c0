"""Forms about Party organisations, their terms and posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises import clock
from enterprises.access import roles
from enterprises.actions.posts import HELD_BY_MEMBERS
from enterprises.forms.base import ActionForm, EditForm, LookupField, day_field, reason_field
from enterprises.models import Enterprise, Member, Organization
from enterprises.tree import under

CODE = forms.CharField(label=_("code"), max_length=40)


def open_organizations(account: Any):
    """What may be chosen in a form: open organisations in sight."""
    return Organization.objects.visible_to(account).open()


FORMS = [("", pgettext_lazy("form of a branch", "ordinary")), *Organization.Form.choices]


class FoundOrganizationForm(ActionForm):
    """Found an organisation below ``subject``."""

    code = CODE
    name = forms.CharField(label=_("name"), max_length=200, help_text=_("In full, as on the seal."))
    kind = forms.ChoiceField(label=_("kind"), choices=Organization.Kind.choices, initial="BRANCH")
    form = forms.ChoiceField(label=pgettext_lazy("organization", "form"), choices=FORMS, required=False)
    enterprise = LookupField(
        "enterprises:enterprise_suggest",
        label=_("owning enterprise"),
        required=False,
        help_text=_("Only where it is not the superior's."),
    )
    founded_on = day_field(_("founded on"), required=False)
    founding_document = forms.CharField(label=_("founding document"), max_length=120, required=False)
    term_end = day_field(_("term ends on"), required=False)
    division_code = forms.RegexField(
        r"^\d{6}$", label=_("place"), required=False, help_text=_("Six digits of GB/T 2260.")
    )
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.fields["enterprise"].queryset = Enterprise.objects.visible_to(self.account)


class RenameForm(EditForm):
    """Another name."""

    versioned = ("name",)
    name = forms.CharField(label=_("name"), max_length=200, help_text=_("In full, as on the seal."))
    reason = reason_field(required=False)


class ChangeKindForm(EditForm):
    """Another kind."""

    versioned = ("kind",)
    kind = forms.ChoiceField(label=_("kind"), choices=Organization.Kind.choices)
    reason = reason_field()


class CorrectOrganizationForm(EditForm):
    """Facts that were entered wrongly or have changed."""

    versioned = (
        "form",
        "division_code",
        "founded_on",
        "founding_document",
        "directory_order",
        "is_headquarters",
    )
    form = forms.ChoiceField(label=pgettext_lazy("organization", "form"), choices=FORMS, required=False)
    enterprise = LookupField(
        "enterprises:enterprise_suggest",
        label=_("owning enterprise"),
        required=False,
        help_text=_("Only where it is not the superior's."),
    )
    division_code = forms.RegexField(
        r"^\d{6}$", label=_("place"), required=False, help_text=_("Six digits of GB/T 2260.")
    )
    founded_on = day_field(_("founded on"), required=False)
    founding_document = forms.CharField(label=_("founding document"), max_length=120, required=False)
    directory_order = forms.IntegerField(label=_("directory order"), min_value=0)
    is_headquarters = forms.BooleanField(label=_("headquarters"), required=False)
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.fields["enterprise"].queryset = Enterprise.objects.visible_to(self.account)
        if self.subject.enterprise_given:
            self.initial["enterprise"] = self.subject.enterprise


class MoveForm(ActionForm):
    """Another superior."""

    superior = LookupField("enterprises:organization_suggest", label=_("new superior"))
    reason = reason_field()

    def prepare(self) -> None:
        self.fields["superior"].queryset = open_organizations(self.account)


class MergeForm(ActionForm):
    """A successor and a day."""

    successor = LookupField("enterprises:organization_suggest", label=_("successor"))
    on = day_field(_("first day in the successor"))
    reason = reason_field()

    def prepare(self) -> None:
        self.fields["successor"].queryset = open_organizations(self.account)
        self.initial.setdefault("on", clock.today())


class CloseForm(ActionForm):
    """A day and a reason."""

    on = day_field(_("closed from"))
    reason = reason_field()

    def prepare(self) -> None:
        self.initial.setdefault("on", clock.today())


class ReasonForm(ActionForm):
    """Only a reason: reopening, taking back."""

    reason = reason_field()


class ExtendTermForm(ActionForm):
    """An approved postponement of the election."""

    until = day_field(_("extended until"), help_text=_("Generally by at most a year."))
    reason = reason_field()


class MemberField(LookupField):
    """A member of the organisation or of what stands below it."""

    def __init__(self, **options: Any) -> None:
        super().__init__("enterprises:member_suggest", label=_("member"), **options)


class _AtOrganization(ActionForm):
    def members(self):
        """Members on the roll here or below, in sight."""
        return Member.objects.visible_to(self.account).on_roll().filter(under(self.subject.path, "branch__"))


class ElectionForm(_AtOrganization):
    """An election that was held."""

    held_on = day_field(_("held on"))
    term_end = day_field(_("term ends on"))
    secretary = MemberField(required=False)
    reason = reason_field(required=False)

    def prepare(self) -> None:
        self.fields["secretary"].label = _("elected secretary")
        self.fields["secretary"].queryset = self.members()


class SecretaryForm(_AtOrganization):
    """Who leads it from which day on."""

    member = MemberField()
    since = day_field(_("since"))
    title = forms.CharField(label=_("title"), max_length=60, required=False)

    def prepare(self) -> None:
        self.fields["member"].queryset = self.members()
        self.initial.setdefault("since", clock.today())


class PostForm(_AtOrganization):
    """A post beside the secretary's."""

    role = forms.ChoiceField(label=_("post"), choices=[(code, roles.ROLES[code].name) for code in HELD_BY_MEMBERS])
    member = MemberField()
    since = day_field(_("since"))
    until = day_field(_("until"), required=False)
    title = forms.CharField(
        label=_("title"),
        max_length=60,
        required=False,
        help_text=_("E.g. organization member, publicity member, discipline-inspection member."),
    )

    def prepare(self) -> None:
        self.fields["member"].queryset = self.members()
        self.initial.setdefault("since", clock.today())


class EndPostForm(ActionForm):
    """The last day of a post."""

    until = day_field(_("last day"))

    def prepare(self) -> None:
        self.initial.setdefault("until", clock.today())


class PartyGroupForm(ActionForm):
    """A new Party group of a branch."""

    code = CODE
    name = forms.CharField(label=_("name"), max_length=200)


class RenameGroupForm(EditForm):
    """Another name of a Party group."""

    versioned = ("name",)
    name = forms.CharField(label=_("name"), max_length=200)


class CloseGroupForm(ActionForm):
    """The day a Party group is closed."""

    on = day_field(_("closed from"))

    def prepare(self) -> None:
        self.initial.setdefault("on", clock.today())


class GroupMembersForm(ActionForm):
    """Who belongs to a Party group: tick those who do."""

    members = forms.ModelMultipleChoiceField(
        queryset=Member.objects.none(),
        label=_("members of the group"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        ours = Member.objects.visible_to(self.account).on_roll().filter(branch=self.subject.organization)
        self.fields["members"].queryset = ours
        self.initial["members"] = ours.filter(party_group=self.subject)


class GroupLeaderForm(ActionForm):
    """Who leads a Party group."""

    member = forms.ModelChoiceField(queryset=Member.objects.none(), label=_("leader"))
    since = day_field(_("since"))

    def prepare(self) -> None:
        self.fields["member"].queryset = (
            Member.objects.visible_to(self.account).on_roll().filter(party_group=self.subject)
        )
        self.initial.setdefault("since", clock.today())
