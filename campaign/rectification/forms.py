"""Forms of rectification items, plans and measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from campaign.opinions.models import OpinionItem
from campaign.plan.frames import sentences_of
from campaign.progress.record_pages import CampaignRecordForm, file_field
from campaign.rectification.models import Feasibility, RectificationItem, RectificationPlan
from enterprises import clock
from enterprises.forms.base import ActionForm, EditForm, LookupField, day_field, reason_field
from enterprises.models import Member


def _text(label: Any, required: bool = True, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), **options)


class _ItemFields(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What is to be put right"),
        max_length=200,
        help_text=gettext_lazy("It will be published: no names of persons."),
    )
    source = forms.ChoiceField(label=pgettext_lazy("rectification", "Source"), choices=RectificationItem.Source.choices)
    source_code = forms.CharField(label=gettext_lazy("Number or place of the source"), max_length=80, required=False)
    opinions = forms.IntegerField(label=gettext_lazy("Opinions behind it"), min_value=0, required=False, initial=0)
    measure = _text(gettext_lazy("Measure"), max_length=2000)
    expected = forms.CharField(
        label=gettext_lazy("Measurable result"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "A figure, or what will be there afterwards. Without it the measure reads like a slogan."
        ),
    )
    feasibility = forms.ChoiceField(
        label=gettext_lazy("Feasibility"), choices=Feasibility.choices, widget=forms.RadioSelect
    )
    due_on = day_field(gettext_lazy("Due on"), required=False)
    explanation = _text(
        gettext_lazy("Explanation to the masses"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Where conditions are lacking: why, and what is intended."),
    )
    explained_on = day_field(gettext_lazy("Explained on"), required=False, help_text=gettext_lazy("Empty: today."))
    department = forms.CharField(label=gettext_lazy("Responsible department"), max_length=100, required=False)
    owner_post = forms.CharField(label=gettext_lazy("Post of the owner"), max_length=60, required=False)
    owner = LookupField("enterprises:member_suggest", label=gettext_lazy("Owner"), required=False)
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority reason"),
        required=False,
        choices=[("", gettext_lazy("no priority")), *RectificationItem.Priority.choices],
    )
    raised_on = day_field(gettext_lazy("Raised on"))

    def clean_opinions(self) -> int:
        return self.cleaned_data["opinions"] or 0


def _members(form: Any) -> None:
    form.fields["owner"].queryset = Member.objects.visible_to(form.account).on_roll()


class NewItemForm(_ItemFields, CampaignRecordForm):
    """A new item; ``opinion_item`` where it takes up what opinions said."""

    opinion_item = forms.ModelChoiceField(OpinionItem.objects.none(), required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        super().prepare()
        own = OpinionItem.objects.visible_to(self.account).filter(organization=self.subject)
        self.fields["opinion_item"].queryset = own  # type: ignore[attr-defined]
        self.initial |= {"raised_on": clock.today(), "feasibility": Feasibility.PERIOD} | self.initial
        _members(self)


class ItemForm(_ItemFields, EditForm):
    """An item that is not closed."""

    versioned = (
        "title",
        "source",
        "source_code",
        "opinions",
        "measure",
        "expected",
        "feasibility",
        "due_on",
        "explanation",
        "explained_on",
        "department",
        "owner_post",
        "owner",
        "priority",
        "raised_on",
    )

    def prepare(self) -> None:
        _members(self)


class FinishForm(ActionForm):
    """What was done about an item."""

    done = _text(
        pgettext_lazy("rectification", "What was done"),
        max_length=2000,
        help_text=gettext_lazy("It will be published: no names of persons."),
    )
    done_on = day_field(gettext_lazy("Done on"))
    outcome = forms.ChoiceField(
        label=gettext_lazy("Effect"), choices=RectificationItem.Outcome.choices, widget=forms.RadioSelect
    )
    sentences = forms.MultipleChoiceField(
        label=gettext_lazy("Filed under"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Left open, it is filed by its effect."),
    )
    upload = file_field(gettext_lazy("Proof"))
    verifier_post = forms.CharField(
        label=gettext_lazy("Verified by (post or department)"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Somebody other than the owner."),
    )
    verifier = LookupField("enterprises:member_suggest", label=gettext_lazy("Verified by (member)"), required=False)

    def prepare(self) -> None:
        self.initial.setdefault("done_on", clock.today())
        sentences = list(sentences_of(self.subject.campaign).items())
        self.fields["sentences"].choices = sentences  # type: ignore[attr-defined]
        self.fields["verifier"].queryset = Member.objects.visible_to(self.account).on_roll()  # type: ignore[attr-defined]


class ReasonForm(ActionForm):
    """Why something is opened again, withdrawn or returned."""

    reason = reason_field()


class EmptyForm(ActionForm):
    """Nothing to enter: the step itself is confirmed."""


class ProofForm(ActionForm):
    """One more file."""

    upload = file_field(gettext_lazy("File"), required=True)


class _PlanFields(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    aims = _text(gettext_lazy("Aims and arrangements"), required=False, rows=5, max_length=4000)
    items = forms.ModelMultipleChoiceField(
        label=pgettext_lazy("rectification", "Items"),
        queryset=RectificationItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    nothing = _text(
        gettext_lazy("Why there is nothing to rectify"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Only where the plan holds no item."),
    )

    def offer(self, account: Any, organization: Any) -> None:
        """The items that the plan may hold; without any, no empty list."""
        items = RectificationItem.objects.visible_to(account).standing().filter(organization=organization)
        if items.exists():
            self.fields["items"].queryset = items  # type: ignore[attr-defined]
        else:
            del self.fields["items"]


class NewPlanForm(_PlanFields, CampaignRecordForm):
    """A new version of a plan."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Whose plan"), choices=RectificationPlan.Scope.choices, widget=forms.RadioSelect
    )
    field_order = ("scope", "title", "aims", "items", "nothing")

    def prepare(self) -> None:
        super().prepare()
        self.offer(self.account, self.subject)
        chosen = list(self.fields["items"].queryset) if "items" in self.fields else []  # type: ignore[attr-defined]
        self.initial |= {"scope": RectificationPlan.Scope.UNIT, "title": _("Rectification plan"), "items": chosen}
        if self.subject.is_branch:
            self.fields["scope"].choices = RectificationPlan.Scope.choices[:1]  # type: ignore[attr-defined]
            self.fields["scope"].widget = forms.HiddenInput()


class PlanForm(_PlanFields, EditForm):
    """A version that is still on the own desk."""

    versioned = ("title", "aims", "nothing")

    def prepare(self) -> None:
        self.offer(self.account, self.subject.organization)
        self.initial.setdefault("items", self.subject.item_ids)


class NoteForm(ActionForm):
    """The note of the supervision group."""

    note = _text(gettext_lazy("Review note of the group"), max_length=2000)


class MeasureForm(CampaignRecordForm):
    """What a member sets out to put right."""

    measure = _text(gettext_lazy("What is to be put right, and how"), max_length=1000)
    due_on = day_field(gettext_lazy("Due on"))


class MeasureDoneForm(ActionForm):
    """What was done about a measure."""

    done = _text(pgettext_lazy("rectification", "What was done"), max_length=1000)
    done_on = day_field(gettext_lazy("Done on"))

    def prepare(self) -> None:
        self.initial.setdefault("done_on", clock.today())
