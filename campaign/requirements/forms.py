"""Forms of concrete requirements."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.requirements.actions import Variant
from campaign.requirements.models import RequirementsComment
from enterprises import clock
from enterprises.forms.base import ActionForm, day_field, reason_field
from enterprises.models import Member

VARIANTS = 3  # posts that one version may address apart
TEXT = forms.Textarea(attrs={"rows": 8})


class DraftForm(ActionForm):
    """The next version, with what it says to single posts."""

    text = forms.CharField(label=_("Requirements"), widget=TEXT, help_text=_("One requirement a line."))
    change_note = forms.CharField(label=_("what changed"), max_length=200, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.initial.setdefault("submission", uuid4())
        for number in range(1, VARIANTS + 1):
            self.fields[f"post_{number}"] = forms.CharField(
                label=_("Variant %(number)d: post") % {"number": number}, max_length=60, required=False
            )
            self.fields[f"categories_{number}"] = forms.MultipleChoiceField(
                label=_("For members of these categories"),
                choices=Member.Category.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "xf-choices-2"}),
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("What it says to them"), required=False, widget=forms.Textarea(attrs={"rows": 4})
            )

    def blocks(self) -> list[list[Any]]:
        """The fields of each variant, and whether it holds anything."""
        names = ("post", "categories", "text")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, VARIANTS + 1)]

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        variants = [
            Variant(told[f"post_{n}"], told[f"text_{n}"], tuple(told[f"categories_{n}"]))
            for n in range(1, VARIANTS + 1)
            if told[f"post_{n}"] or told[f"text_{n}"]
        ]
        kept = {name: told[name] for name in ("text", "change_note", "submission")}
        return kept | {"variants": variants}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for number in range(1, VARIANTS + 1):
            post, text = told.get(f"post_{number}"), told.get(f"text_{number}")
            if text and not post:
                self.add_error(f"post_{number}", _("Name the post that this text is for."))
            if post and not text:
                self.add_error(f"text_{number}", _("Write what it says to this post, or clear the post."))
        return told


class AdoptForm(ActionForm):
    """Adopt a version; `subject` is the version."""

    adopted_on = day_field(_("adopted on"))
    adopted_by = forms.CharField(
        label=_("adopted by"), max_length=120, required=False, help_text=_("The meeting or committee that adopted it.")
    )

    def prepare(self) -> None:
        self.initial.setdefault("adopted_on", clock.today())


class RevokeForm(ActionForm):
    """Why an adoption is taken back."""

    reason = reason_field()


class PublishForm(ActionForm):
    """When and where it was published."""

    published_on = day_field(_("published on"))
    published_where = forms.CharField(
        label=_("published where"), max_length=120, help_text=_("The notice board, the intranet, a meeting.")
    )

    def prepare(self) -> None:
        self.initial.setdefault("published_on", clock.today())


class CommentForm(ActionForm):
    """What was said about a version; `subject` is the version, `branch` who says it."""

    text = forms.CharField(label=_("comment"), widget=forms.Textarea(attrs={"rows": 4}))
    member = forms.ModelChoiceField(
        label=_("Said by"), queryset=Member.objects.none(), required=False, empty_label=_("the branch as a whole")
    )
    said_on = day_field(_("Date"))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        self.members = members
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.initial.setdefault("submission", uuid4())
        self.initial.setdefault("said_on", clock.today())
        self.fields["member"].queryset = self.members


class AnswerForm(ActionForm):
    """What became of a comment."""

    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=[c for c in RequirementsComment.Outcome.choices if c[0] != "OPEN"],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("answer"), max_length=300, required=False)
