"""Forms of talks, analyses, life meetings, appraisals, corrections and notices."""

from collections.abc import Iterable
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.appraisal.models import (
    AnalysisVersion,
    AppraisalNotice,
    AppraisalOpinion,
    CorrectionRequest,
    MeetingQuality,
)
from enterprises import clock
from enterprises.forms.base import day_field
from enterprises.models import Member


def text_field(label, required: bool = True, rows: int = 6, **options) -> forms.CharField:
    """A longer text. There is no least or largest number of words anywhere (item 36)."""
    widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=50_000, widget=widget, **options)


class Sent(forms.Form):
    """A form that cannot be sent twice."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"submission": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class TalkForm(Sent):
    """Who talked, and on which day; with whom is ticked beside it."""

    from_member = forms.ModelChoiceField(label=_("Who talked with them"), queryset=Member.objects.none())
    held_on = day_field(_("Date"))

    def __init__(self, *args, people: Iterable[Member], first: Member | None, **kwargs) -> None:
        kwargs["initial"] = {"held_on": clock.today(), "from_member": first}
        super().__init__(*args, **kwargs)
        self.fields["from_member"].queryset = people


class ReasonForm(forms.Form):
    """Why something is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class PaperForm(Sent):
    """The day on which analyses were handed in on paper."""

    day = day_field(_("Handed in on"))

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"day": clock.today()}
        super().__init__(*args, **kwargs)


class AnalysisForm(forms.Form):
    """An analysis: what one has found oneself first, the three comparisons beside it (items 61, 67)."""

    problems = text_field(
        AnalysisVersion._meta.get_field("problems").verbose_name,
        rows=8,
        help_text=_("What you see yourself comes first. Length does not matter."),
    )
    constitution = text_field(AnalysisVersion._meta.get_field("constitution").verbose_name, False, 4)
    requirements = text_field(AnalysisVersion._meta.get_field("requirements").verbose_name, False, 4)
    opinions = text_field(AnalysisVersion._meta.get_field("opinions").verbose_name, False, 4)
    roots = text_field(AnalysisVersion._meta.get_field("roots").verbose_name, False, 4)
    direction = text_field(AnalysisVersion._meta.get_field("direction").verbose_name, False, 4)
    stage = forms.ChoiceField(
        label=pgettext_lazy("appraisal", "Stage"),
        choices=AnalysisVersion.Stage.choices,
        widget=forms.RadioSelect(attrs={"class": "xf-choices-2"}),
    )

    def parts(self) -> dict[str, str]:
        """The texts by part."""
        return {part: self.cleaned_data[part] for part in AnalysisVersion.PARTS}


class QualityForm(forms.Form):
    """A remark on a life meeting: on the meeting, about nobody."""

    quality = forms.ChoiceField(label=_("Quality"), choices=MeetingQuality.Quality.choices, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=pgettext_lazy("appraisal", "Remark"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("On the meeting as a whole. Criticisms are not counted, and nobody is named."),
    )


class AppraisalForm(forms.Form):
    """The text of an appraisal and the meeting at which it was agreed (item 64)."""

    text = text_field(_("Appraisal opinion"), rows=8, help_text=_("Words, no grade and no score."))
    meeting = forms.ModelChoiceField(label=_("Agreed at"), queryset=None)

    def __init__(self, *args, meetings, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda m: f"{m.held_on} {m.title}"


class FeedbackForm(forms.Form):
    """How and when the appraisal was given to the member."""

    way = forms.ChoiceField(
        label=_("Given to the member"),
        choices=AppraisalOpinion.Way.choices,
        widget=forms.RadioSelect(attrs={"class": "xf-choices-2"}),
    )
    on = day_field(_("Date"))

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"on": clock.today()}
        super().__init__(*args, **kwargs)


class PaperFeedbackForm(Sent):
    """The same for appraisals kept on paper, many at once."""

    meeting = forms.ModelChoiceField(label=_("Agreed at"), queryset=None)
    way = forms.ChoiceField(
        label=_("Given to the member"),
        choices=AppraisalOpinion.Way.choices,
        widget=forms.RadioSelect(attrs={"class": "xf-choices-2"}),
    )
    day = day_field(_("Date"))

    def __init__(self, *args, meetings, **kwargs) -> None:
        kwargs["initial"] = {"day": clock.today()}
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda m: f"{m.held_on} {m.title}"


class ReplyForm(Sent):
    """What the member says to the appraisal."""

    text = text_field(_("Your reply"), rows=5)


class CorrectionForm(Sent):
    """What the member wants corrected."""

    about = forms.ChoiceField(
        label=pgettext_lazy("request", "About"), choices=CorrectionRequest.About.choices, widget=forms.RadioSelect
    )
    text = text_field(_("What should be corrected"), rows=5)


class AnswerForm(forms.Form):
    """What the branch did about a request."""

    state = forms.ChoiceField(
        label=_("How it stands now"), choices=CorrectionRequest.State.choices, widget=forms.RadioSelect
    )
    text = text_field(_("Answer"), rows=4)


class NoticeForm(Sent):
    """A notice of how the appraisal went."""

    scope = forms.ChoiceField(label=_("Told to"), choices=AppraisalNotice.Scope.choices, widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=pgettext_lazy("notice", "Form"), choices=AppraisalNotice.Form.choices, widget=forms.RadioSelect
    )
    given_on = day_field(_("Date"))
    contents = text_field(
        _("Contents in general terms"),
        rows=6,
        help_text=_("How it went, the main problems, the direction. Nobody is named: appraisals are not published."),
    )

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"given_on": clock.today()}
        super().__init__(*args, **kwargs)
