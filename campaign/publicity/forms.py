"""Forms of publications and publicity items."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from campaign.progress import publications
from campaign.progress.publications import Subject
from campaign.progress.record_pages import CampaignRecordForm, file_field
from campaign.publicity.models import Publication, PublicityItem
from enterprises import clock
from enterprises.forms.base import ActionForm, EditForm, day_field, reason_field


class PublicationForm(CampaignRecordForm):
    """A publication about one subject; what is ready of that subject is offered, what waits is chosen already."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    things = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What it tells of"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=gettext_lazy("Text for the public page"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In general terms. Names of persons do not belong here."),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where it is published"), choices=Publication.Place.choices, widget=forms.RadioSelect
    )
    place_words = forms.CharField(label=gettext_lazy("Which board, paper or meeting"), max_length=120, required=False)
    since = day_field(pgettext_lazy("publication", "From"))
    until = day_field(gettext_lazy("Until"), required=False)
    upload = file_field(gettext_lazy("Proof"))

    def __init__(self, *args: Any, about: str, **kwargs: Any) -> None:
        self.about = about
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        super().prepare()
        ready = publications.ready(self.about, self.subject.pk)
        self.initial |= {
            "since": clock.today(),
            "place": Publication.Place.BOARD,
            "title": Subject(self.about).label,
            "things": [thing.pk for thing in ready if thing.published_on is None],
        }
        if ready:
            self.fields["things"].choices = [(thing.pk, _words(thing)) for thing in ready]  # type: ignore[attr-defined]
        else:
            del self.fields["things"]


def _words(thing: publications.Publishable) -> str:
    state = _("published already") if thing.published_on else thing.state
    return _("%(title)s (%(state)s)") % {"title": thing.title, "state": state}


class WithdrawForm(ActionForm):
    """Why a publication is taken back."""

    reason = reason_field()


class _PublicityFields(forms.Form):
    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"), choices=PublicityItem.Channel.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    outlet = forms.CharField(label=gettext_lazy("Station, paper or site"), max_length=120, required=False)
    appeared_on = day_field(gettext_lazy("Appeared on"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)


class PublicityForm(_PublicityFields, CampaignRecordForm):
    """A piece that appeared."""


class CorrectPublicityForm(_PublicityFields, EditForm):
    """What was entered about a piece."""

    versioned = ("channel", "title", "outlet", "appeared_on", "note")
