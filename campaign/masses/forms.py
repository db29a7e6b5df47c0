"""Forms of the masses' participation."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from campaign.masses.models import LONGEST, PublicComment, Representatives
from campaign.masses.rules import ways_in
from campaign.opinions.forms import Words
from campaign.plan.kinds import MEETING_KINDS
from enterprises.forms.base import ActionForm


class RepresentativesForm(ActionForm):
    """How many took part in the meeting ``subject``; only the ways that its kind knows are offered."""

    number = forms.IntegerField(
        label=gettext_lazy("How many of the masses took part"),
        min_value=0,
        max_value=30_000,
        help_text=gettext_lazy("Without members. 0: nobody; the note is taken away."),
    )
    chosen = forms.ChoiceField(label=gettext_lazy("How they were chosen"), required=False, widget=forms.RadioSelect)
    spoke = forms.IntegerField(label=gettext_lazy("How many of them spoke"), min_value=0, required=False)

    def prepare(self) -> None:
        ways = ways_in(MEETING_KINDS[self.subject.kind].guests)
        self.fields["chosen"].choices = [(way.value, way.label) for way in ways]  # type: ignore[attr-defined]
        noted = Representatives.objects.visible_to(self.account).filter(meeting=self.subject).first()
        if noted:
            self.initial |= {"number": noted.number, "chosen": noted.chosen, "spoke": noted.spoke}

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"spoke": self.cleaned_data["spoke"] or 0}


class CommentForm(forms.Form):
    """What anybody may say to a notice, without saying who they are."""

    text = Words(
        label=gettext_lazy("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "At most 1,000 characters. It appears once the organization has read it. No names of persons."
        ),
        error_messages={"required": gettext_lazy("There is nothing written yet.")},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"submission": uuid4()}, **kwargs)


class DecisionForm(ActionForm):
    """What becomes of the comment ``subject``. A published one can only be taken down."""

    PUBLISH, HAND_OVER, DECLINE = "publish", "hand_over", "decline"
    WAYS = (
        (PUBLISH, gettext_lazy("publish it under the notice")),
        (HAND_OVER, gettext_lazy("it is an opinion: hand it over to be sorted and answered")),
        (DECLINE, gettext_lazy("decline it; its words are deleted")),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("What becomes of the comment"), choices=WAYS, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason, where it is declined"),
        required=False,
        choices=[("", "—"), *PublicComment.Reason.choices],
    )

    def prepare(self) -> None:
        if self.subject.state == PublicComment.State.PUBLISHED:
            self.fields["decision"].choices = [self.WAYS[2]]  # type: ignore[attr-defined]
            self.initial.setdefault("decision", self.DECLINE)
