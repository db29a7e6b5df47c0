"""Forms of filings."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from campaign.filings.kinds import FilingKind
from enterprises import clock
from enterprises.uploads import ACCEPT


def _day_field(label) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class DocumentForm(forms.Form):
    """A document or figure of the organisation."""

    filed_on = _day_field(gettext_lazy("Date"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    number = forms.CharField(label=gettext_lazy("Document number"), max_length=60, required=False)
    figure = forms.DecimalField(label=gettext_lazy("Figure"), max_digits=14, decimal_places=2)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, PDF, Word or Excel, up to 10 MB each."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, kind: FilingKind, **kwargs) -> None:
        kwargs["initial"] = {"filed_on": clock.today(), "submission": uuid4(), "title": kind.name}
        super().__init__(*args, **kwargs)
        if not kind.figure:
            del self.fields["figure"]


class TickForm(forms.Form):
    """The day that is entered for every member ticked."""

    filed_on = _day_field(gettext_lazy("Date"))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"filed_on": clock.today(), "submission": uuid4()}
        super().__init__(*args, **kwargs)


class WithdrawForm(forms.Form):
    """Why a filing is withdrawn."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
