"""Forms of opinions, the public ones first."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.opinions.actions import Told
from campaign.opinions.categories import Category
from campaign.opinions.models import LONGEST, Channel, OpinionItem, SourceGroup
from enterprises import clock
from enterprises.forms.base import day_field

TITLE = OpinionItem._meta.get_field("title").max_length
OTHER = "other"  # the code of the category for the rest, where a definition has one
PUBLIC_SOURCES = (
    (SourceGroup.EMPLOYEE, gettext_lazy("worker or staff")),
    (SourceGroup.MEMBER, gettext_lazy("Party member")),
    (SourceGroup.USER, gettext_lazy("user")),
    (SourceGroup.SOCIETY, gettext_lazy("somebody else")),
)


class Words(forms.CharField):
    """Words over several lines; a line break counts as one character, as the browser counts it."""

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\r\n", "\n"))


class PublicForm(forms.Form):
    """What anybody may say, without saying who they are."""

    guess = forms.ChoiceField(label=gettext_lazy("Which matter it is about"), required=False, widget=forms.RadioSelect)
    text = Words(
        label=gettext_lazy("Your opinion"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "One matter at a time; you may send several. Best say where, what, and what you propose. At most"
            " 2,000 characters. Please nothing about religion, ethnic group or illness of others."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": gettext_lazy("There is nothing written yet. Write what you see and what you propose."),
        },
    )
    source_group = forms.ChoiceField(
        label=gettext_lazy("You are"),
        required=False,
        choices=[*PUBLIC_SOURCES, ("", gettext_lazy("rather not say"))],
        widget=forms.RadioSelect(attrs={"class": "xf-choices-2"}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, categories: dict[str, Category], **kwargs) -> None:
        kwargs["initial"] = {"submission": uuid4(), "guess": "", "source_group": ""}
        super().__init__(*args, **kwargs)
        # Whoever cannot tell and whoever means none of them say the same: no author need know the difference.
        choices = [(code, category.name) for code, category in categories.items() if code != OTHER]
        self.fields["guess"].choices = [*choices, ("", _("something else, or cannot say"))]


class LookUpForm(forms.Form):
    """A reference number, however it is typed."""

    reference = forms.CharField(
        label=gettext_lazy("Reference number"),
        max_length=40,
        help_text=gettext_lazy("Twelve letters and digits, e.g. 7KQ2-M9PX-4TWD. Small letters will do."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
        ),
    )


class EntryForm(forms.Form):
    """Opinions that came in otherwise: one a line, all of the same channel, group and day."""

    channel = forms.ChoiceField(label=gettext_lazy("How they came in"), choices=[("", "—"), *Channel.choices])
    source_group = forms.ChoiceField(
        label=gettext_lazy("Source group"),
        required=False,
        choices=[("", gettext_lazy("not said")), *SourceGroup.choices],
    )
    received_on = day_field(gettext_lazy("Received on"))
    texts = Words(
        label=gettext_lazy("Opinions, one a line"),
        help_text=gettext_lazy("Lines may be pasted from elsewhere; numbers in front of them are left away. No names."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"received_on": clock.today(), "submission": uuid4()}
        super().__init__(*args, **kwargs)

    def told(self) -> list[Told]:
        """The lines as opinions."""
        from campaign.opinions.sheets import lines_of

        same = {name: self.cleaned_data[name] for name in ("channel", "source_group", "received_on")}
        return [Told(text=line, **same) for line in lines_of(self.cleaned_data["texts"])]


class ImportForm(forms.Form):
    """A file of opinions."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(".xlsx or .csv with the columns 意见, 渠道, 来源, 日期, 类别; only 意见 is needed."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"submission": uuid4()}
        super().__init__(*args, **kwargs)


class AnswerForm(forms.Form):
    """What becomes of an item."""

    answer = Words(
        label=gettext_lazy("Answer"),
        max_length=LONGEST,
        help_text=gettext_lazy("The authors read it with their reference numbers: no names."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ItemForm(forms.Form):
    """The sentence and the category of an item."""

    title = forms.CharField(label=gettext_lazy("Opinion in one sentence"), max_length=TITLE)
    category = forms.ChoiceField(label=gettext_lazy("Category"))

    def __init__(self, *args, categories: dict[str, Category], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(code, category.name) for code, category in categories.items()]
