"""Forms about accounts and the posts that let them act."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from enterprises import clock
from enterprises.access import roles
from enterprises.actions.accounts import SCOPE_ROLES
from enterprises.forms.base import ActionForm, LookupField, day_field
from enterprises.models import Enterprise, Member, Organization, PartyGroup, Post

SCOPE_FIELDS = {
    Post.Scope.ORGANIZATION: "organization",
    Post.Scope.ENTERPRISE: "enterprise",
    Post.Scope.PARTY_GROUP: "party_group",
}


def role_choices() -> list[tuple[str, Any]]:
    """The roles that an account may be given here."""
    codes = [code for allowed in SCOPE_ROLES.values() for code in allowed]
    return [("", "—"), *((code, roles.ROLES[code].name) for code in codes)]


class GivePostForm(ActionForm):
    """A post for an account: a role, and where."""

    role = forms.ChoiceField(label=gettext_lazy("post"))
    organization = LookupField(
        "enterprises:organization_suggest", label=gettext_lazy("at the organization"), required=False
    )
    enterprise = LookupField(
        "enterprises:enterprise_suggest",
        label=gettext_lazy("at the enterprise"),
        required=False,
        help_text=gettext_lazy("Only for enterprise office staff."),
    )
    party_group = forms.CharField(
        label=gettext_lazy("at the Party group"),
        required=False,
        help_text=gettext_lazy("Its code; only for Party group leaders."),
    )
    since = day_field(gettext_lazy("since"))
    until = day_field(gettext_lazy("until"), required=False)

    def prepare(self) -> None:
        self.fields["role"].choices = role_choices()
        self.fields["organization"].queryset = Organization.objects.visible_to(self.account).open()
        self.fields["enterprise"].queryset = Enterprise.objects.visible_to(self.account)
        self.initial.setdefault("since", clock.today())

    def clean_party_group(self) -> PartyGroup | None:
        code = self.cleaned_data["party_group"].strip()
        if not code:
            return None
        found = PartyGroup.objects.visible_to(self.account).filter(code=code, closed_on=None).first()
        if found is None:
            raise forms.ValidationError(_("No open Party group has this code. Look it up at its branch."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        kind = next((k for k, allowed in SCOPE_ROLES.items() if role in allowed), None)
        if kind is None:
            return data
        field = SCOPE_FIELDS[Post.Scope(kind)]
        if not data.get(field) and field not in self.errors:
            self.add_error(field, _("Say where this post is held."))
        self.scope_kind, self.scope = kind, data.get(field)
        return data

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        kept = {k: v for k, v in data.items() if k not in SCOPE_FIELDS.values()}
        return kept | {"scope_kind": self.scope_kind, "scope_id": self.scope.pk}


class NewAccountForm(GivePostForm):
    """An account with its first post."""

    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,60}$",
        label=gettext_lazy("account"),
        help_text=gettext_lazy("3 to 60 letters, digits, dots or hyphens; used to sign in."),
    )
    display_name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=60)
    member = LookupField("enterprises:member_suggest", label=gettext_lazy("is the member"), required=False)
    until = None
    field_order = ["username", "display_name", "member", "role", "organization", "enterprise", "party_group"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["member"].queryset = Member.objects.visible_to(self.account).on_roll()


class EndPostForm(ActionForm):
    """The last day of an account's post."""

    until = day_field(gettext_lazy("last day"))

    def prepare(self) -> None:
        self.initial.setdefault("until", clock.today())


class NothingForm(ActionForm):
    """Only a button: reset a password, deactivate."""
