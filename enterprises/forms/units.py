"""Forms about enterprises and units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enterprises import clock
from enterprises.forms.base import ActionForm, EditForm, LookupField, day_field, reason_field
from enterprises.models import Condition, Enterprise

BATCHES = [("", "—"), ("1", _("batch one")), ("2", _("batch two"))]


def _batch_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("batch"), choices=BATCHES, coerce=int, empty_value=None, required=False)


def _place_field() -> forms.RegexField:
    return forms.RegexField(
        r"^\d{6}$",
        label=_("headquarters place"),
        required=False,
        help_text=_("Six digits of GB/T 2260."),
    )


class FoundUnitForm(ActionForm):
    """A new unit; below ``subject`` where there is one."""

    code = forms.CharField(label=_("code"), max_length=40)
    name = forms.CharField(label=_("name"), max_length=200)
    kind = forms.ChoiceField(label=_("kind"), choices=Enterprise.Kind.choices)
    division_code = _place_field()
    industry = forms.CharField(label=_("industry"), max_length=60, required=False)
    declared_batch = _batch_field()
    is_window_unit = forms.BooleanField(label=_("window trade"), required=False)
    reason = reason_field(required=False)

    def prepare(self) -> None:
        kinds = Enterprise.Kind
        allowed = [kinds.SUBSIDIARY] if self.subject else [kinds.HEADQUARTERS, kinds.DIRECT_UNIT]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in allowed]


class CorrectUnitForm(EditForm):
    """Facts of a unit."""

    versioned = (
        "division_code",
        "industry",
        "declared_batch",
        "directory_order",
        "is_window_unit",
        "is_centrally_managed",
    )
    division_code = _place_field()
    industry = forms.CharField(label=_("industry"), max_length=60, required=False)
    declared_batch = _batch_field()
    directory_order = forms.IntegerField(label=_("directory order"), min_value=0)
    is_window_unit = forms.BooleanField(label=_("window trade"), required=False)
    is_centrally_managed = forms.BooleanField(label=_("centrally managed"), required=False)
    reason = reason_field(required=False)


class RenameUnitForm(EditForm):
    """Another name of a unit."""

    versioned = ("name",)
    name = forms.CharField(label=_("name"), max_length=200)
    reason = reason_field(required=False)


class MoveUnitForm(ActionForm):
    """Another owner."""

    parent = LookupField("enterprises:enterprise_suggest", label=_("new parent enterprise"))
    reason = reason_field()

    def prepare(self) -> None:
        self.fields["parent"].queryset = Enterprise.objects.visible_to(self.account)


class ConditionForm(ActionForm):
    """The condition of a unit from a day on."""

    condition = forms.ChoiceField(label=_("condition"), choices=Condition.choices, widget=forms.RadioSelect)
    since = day_field(_("since"))
    reason = reason_field()

    def prepare(self) -> None:
        self.initial.setdefault("condition", self.subject.condition)
        self.initial.setdefault("since", clock.today())
