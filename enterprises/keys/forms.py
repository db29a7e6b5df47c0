"""Forms of keys: whom to print a slip for, and the code itself."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code on the slip."""

    code = forms.CharField(
        label=_("Code on your slip"),
        max_length=40,
        help_text=_("14 letters and digits; capitals and strokes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "inputmode": "text"}
        ),
    )
    own_device = forms.BooleanField(label=_("This is my own phone: keep my page open here for 30 days"), required=False)


class SheetForm(forms.Form):
    """Which members get a fresh slip."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"submission": uuid4()}
        super().__init__(*args, **kwargs)
