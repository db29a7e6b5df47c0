"""Lists of phase transitions: all units by stage, and the passages that were forced."""

from functools import cached_property
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.gates import authority, judging, rules, standing
from campaign.gates.models import PhaseTransition
from campaign.plan import current
from campaign.plan.models import Campaign, Participation
from campaign.plan.wording import stage_words
from enterprises.listing import Column, ListView
from enterprises.models import Condition, Organization

ASKED = PhaseTransition.State.ASKED


def stage_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The stages of the campaign that is looked at."""
    campaign = current.campaign_of(request)
    if campaign is None:
        return []
    gates = campaign.data.get("gates", [])
    codes = rules.stages(gates) + ([rules.MAKE_UP] if rules.survey_gate(gates) else [])
    return [(code, stage_words(campaign, code)) for code in codes]


class StageFilterSet(filters.FilterSet):
    """Filters over stages, whose names are those of the campaign."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["stage"].extra["choices"] = stage_choices(self.request)


class UnitFilter(StageFilterSet):
    """Units by stage, by whether they ask, by whose decision they wait for."""

    stage = filters.ChoiceFilter(label=gettext_lazy("Stage"), field_name="state", choices=[])
    asked = filters.ChoiceFilter(
        label=gettext_lazy("Request"), choices=[("yes", gettext_lazy("asks for transition"))], method="asking"
    )
    whose = filters.ChoiceFilter(
        label=gettext_lazy("Decision"), choices=[("mine", gettext_lazy("is mine"))], method="decided_by"
    )
    condition = filters.ChoiceFilter(
        label=gettext_lazy("Condition"), field_name="unit__condition", choices=Condition.choices
    )

    class Meta:
        model = Participation
        fields: list[str] = []

    def asking(self, queryset, name, value):
        return queryset.filter(asks=True)

    def decided_by(self, queryset, name, value):
        return queryset.filter(authority.led_by(authority.led_through(self.request.user), "unit__"))


def _address(participation: Participation) -> str:
    return reverse("gates:unit", args=[participation.pk])


class UnitList(ListView):
    """Every unit by its stage, with the next gate. Conditions are judged for the units of one page only."""

    title = gettext_lazy("Phase transitions")
    model = Participation
    filterset_class = UnitFilter
    search = ("unit__name__contains", "unit__code__startswith")
    ordering = "unit"
    page_size = 20
    nothing = gettext_lazy("No unit takes part")

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign that is looked at."""
        return current.campaign_of(self.request)

    def get_queryset(self):
        mine = super().get_queryset().filter(campaign=self.campaign)
        asked = PhaseTransition.objects.visible_to(self.request.user).filter(participation=OuterRef("pk"), state=ASKED)
        return mine.annotate(asks=Exists(asked)).select_related("unit__leading_organization")

    def get_columns(self) -> list[Column]:
        shown = [
            Column("unit", _("Unit"), value="unit.name", sort="unit__path", link=_address),
            Column("led", _("Party affiliation"), value=self._affiliation),
            Column("stage", _("Stage"), value=self._stage),
            Column("gate", _("Next gate"), value=self._gate, css="full"),
            Column("asked", _("Request"), value=lambda p: _("asks for transition") if p.asks else None, sort="asks"),
        ]
        if self.request.GET.get("export"):
            return shown
        return [*shown, Column("met", _("Conditions met"), value=self._met)]

    @staticmethod
    def _affiliation(participation: Participation) -> str:
        leading = participation.unit.leading_organization
        return Organization.Affiliation(leading.affiliation).label if leading else ""

    def _stage(self, participation: Participation) -> str:
        return stage_words(self.campaign, participation.state) if self.campaign else ""

    @cached_property
    def gates(self) -> list:
        """The gates of the campaign."""
        return self.campaign.data.get("gates", []) if self.campaign else []

    def _gate(self, participation: Participation) -> str:
        gate = rules.next_gate(self.gates, participation.state)
        return standing.gate_words(self.campaign, participation.state, gate["to"]) if gate and self.campaign else ""

    def drawn(self, thing: Participation) -> dict:
        thing.campaign = self.campaign  # read once, with its definition
        return super().drawn(thing)

    def _met(self, participation: Participation) -> str:
        gate = rules.next_gate(self.gates, participation.state)
        if gate is None:
            return ""
        judged = judging.judge(participation, gate, counts=self._counts)
        return _("%(met)d of %(all)d") % {"met": sum(row.met for row in judged), "all": len(judged)}

    @cached_property
    def _counts(self) -> judging.Counts:
        """The steps of the units on this page: one query for all of them."""
        page = int(self.request.GET.get("page", "1")) if self.request.GET.get("page", "1").isdigit() else 1
        rows = self.rows[max(0, page - 1) * self.page_size : max(1, page) * self.page_size]
        return judging.counts_of(self.campaign, [row.unit_id for row in rows]) if self.campaign else {}

    def facts(self) -> list:
        return [self.campaign.name, self.campaign.get_state_display()] if self.campaign else []

    def actions(self) -> list:
        return [(_("Passages with conditions unmet"), reverse("gates:forced"))]


class ForcedFilter(StageFilterSet):
    """Forced passages by the stage they led to, and whether they still stand."""

    STATES = [("standing", gettext_lazy("stands")), ("undone", gettext_lazy("undone"))]
    stage = filters.ChoiceFilter(label=gettext_lazy("Passed to"), field_name="to_stage", choices=[])
    state = filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")

    class Meta:
        model = PhaseTransition
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(undone_at__isnull=value == "standing")


class ForcedList(ListView):
    """Units that were let pass although conditions were unmet. Nothing ever leaves this list."""

    title = gettext_lazy("Passages with conditions unmet")
    model = PhaseTransition
    filterset_class = ForcedFilter
    search = ("participation__unit__name__contains", "participation__unit__code__startswith")
    ordering = "-decided_at"
    nothing = gettext_lazy("No unit has passed with conditions unmet")
    columns = [
        Column(
            "unit",
            gettext_lazy("Unit"),
            value="participation.unit.name",
            sort="participation__unit__path",
            link=lambda t: reverse("gates:unit", args=[t.participation_id]),
        ),
        Column(
            "gate",
            gettext_lazy("Gate"),
            value=lambda t: standing.gate_words(t.participation.campaign, t.from_stage, t.to_stage),
            css="full",
        ),
        Column(
            "unmet",
            gettext_lazy("Conditions that were unmet"),
            value=lambda t: _("; ").join(standing.unmet_words(t)),
            css="full",
        ),
        Column("reason", gettext_lazy("Reason"), css="full"),
        Column("decided_by", gettext_lazy("Let pass by"), value=lambda t: str(t.decided_by or "")),
        Column("decided_at", gettext_lazy("When"), sort="decided_at"),
        Column("undone_at", gettext_lazy("Undone")),
    ]

    def get_queryset(self):
        forced = super().get_queryset().filter(forced=True, state=PhaseTransition.State.PASSED)
        mine = forced.filter(participation__campaign=current.campaign_of(self.request))
        return mine.select_related("participation__unit", "participation__campaign__definition", "decided_by")
