"""Forms of the door and of the own account."""

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, password_validation
from django.utils.translation import gettext_lazy as _

from enterprises.models import Account

WRONG = _("The account or the password is not right. Please check both and try again.")


class SignInForm(forms.Form):
    """Account and password. What was wrong is never told apart: one message for every failure."""

    username = forms.CharField(
        label=_("Account"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.account: Account | None = None

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("username") and data.get("password"):
            self.account = authenticate(self.request, **data)
            if self.account is None:
                raise forms.ValidationError(WRONG)
        return data


class LanguageForm(forms.Form):
    """The language of the pages."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language"), widget=forms.RadioSelect)


class PasswordForm(forms.Form):
    """The present password, and a new one twice."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 10 characters, not only digits, not the account's name."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, account=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_present(self) -> str:
        if not self.account.check_password(self.cleaned_data["present"]):
            raise forms.ValidationError(_("This is not the present password."))
        return self.cleaned_data["present"]

    def clean_new(self) -> str:
        password_validation.validate_password(self.cleaned_data["new"], self.account)
        return self.cleaned_data["new"]

    def clean(self) -> dict:
        data = super().clean() or {}
        if "new" in data and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two new passwords differ. Please enter the same one twice."))
        return data
