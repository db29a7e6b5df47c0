"""Pages of differentiated guidance: the campaign's, each unit's own, and where nobody differs (items 33-36)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters as filters
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from campaign.plan import actions, current, effects, own, rules, schedules, wording
from campaign.plan.calendars import HISTORY, ParticipationMixin
from campaign.plan.forms import OwnGuidanceForm
from campaign.plan.models import Campaign, UnitGuidance
from campaign.plan.rules import Guidance
from campaign.plan.views import CampaignMixin
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError
from enterprises.codes import EducationBand
from enterprises.listing import Column, ListView
from enterprises.models import Condition, Enterprise, Member
from enterprises.views.base import PageView


@dataclass(frozen=True)
class Line:
    """What is asked of one category in units of one condition, in words; ``by_rule``: it has a rule of its own."""

    condition: Any
    hours: int
    writing: Any
    binding: bool
    cap: int | None
    shift: str
    by_rule: bool


def _line(condition: Any, found: Guidance) -> Line:
    return Line(
        condition,
        found.class_hours,
        wording.WRITING[found.writing],
        found.binding,
        found.materials_cap,
        wording.shift_words(found.shift_days),
        bool(found.rules),
    )


class GuidancePage(CampaignMixin, PageView):
    """What a campaign asks of whom in which condition of the enterprise, value by value."""

    template_name = "plan/guidance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policy = self.subject.data["guidance"]
        account = self.request.user
        mine = UnitGuidance.objects.visible_to(account).filter(participation__campaign=self.subject)
        return super().get_context_data(
            campaign=self.subject,
            categories=[
                (category, [_line(c.label, rules.guidance(policy, category.value, c.value)) for c in Condition])
                for category in Member.Category
            ],
            at_most=[
                (EducationBand(band).label, wording.WRITING[most])
                for band, most in (policy.get("writing_at_most") or {}).items()
                if most
            ],
            differing=mine.order_by().values("participation").distinct().count(),
            sees_in_step=account.reach.covers(roles.CAMPAIGN, ""),
            **kwargs,
        )


class OwnGuidanceFilter(filters.FilterSet):
    """By category and condition."""

    category = filters.ChoiceFilter(label=gettext_lazy("Category"), choices=Member.Category.choices)
    condition = filters.ChoiceFilter(
        label=gettext_lazy("Condition"), field_name="participation__unit__condition", choices=Condition.choices
    )

    class Meta:
        model = UnitGuidance
        fields: list[str] = []


class OwnGuidanceList(ListView):
    """What units ask in place of the campaign's values; an empty value is the campaign's."""

    title = gettext_lazy("Guidance of units of their own")
    model = UnitGuidance
    filterset_class = OwnGuidanceFilter
    search = ("participation__unit__name__contains", "participation__unit__code__startswith")
    ordering = "unit"
    nothing = gettext_lazy("No unit asks anything else than the campaign")
    columns = [
        Column(
            "unit",
            gettext_lazy("Unit"),
            value="participation.unit.name",
            sort="participation__unit__path",
            link=lambda row: reverse("plan:unit_guidance", args=[row.participation_id]),
        ),
        Column("condition", gettext_lazy("Condition"), value="participation.unit.get_condition_display"),
        Column(
            "category",
            gettext_lazy("Category"),
            value=lambda row: row.get_category_display() or _("the whole unit"),
            sort="category",
        ),
        Column("class_hours", gettext_lazy("class hours"), sort="class_hours", css="n"),
        Column("writing", gettext_lazy("Writing"), value=lambda row: wording.WRITING.get(row.writing)),
        Column(
            "binding",
            gettext_lazy("Advisory"),
            value=lambda row: None if row.binding is None else not row.binding,
        ),
        Column("materials_cap", gettext_lazy("Most required titles"), css="n"),
        Column("shift_days", gettext_lazy("Days later"), sort="shift_days", css="n"),
    ]

    def get_queryset(self):
        mine = super().get_queryset().filter(participation__campaign=current.campaign_of(self.request))
        return mine.select_related("participation__unit")


class UnitGuidancePage(ParticipationMixin, PageView):
    """What one unit asks of each category: the campaign's value, or its own, and how that came about."""

    template_name = "plan/unit_guidance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part, account = self.subject, self.request.user
        found = effects.effect(part, own.rules_of(part.campaign, [part.unit_id]).get(part.unit_id, []), clock.today())
        changes = part.guidance_changes.select_related("changed_by")[:HISTORY]
        policy = own.policy_of(part.campaign, part.unit_id)
        return super().get_context_data(
            part=part,
            unit=part.unit,
            campaign=part.campaign,
            rows=[(row, wording.guidance_words(row.new), _differs(row.new)) for row in found.asked],
            shift=wording.shift_words(rules.unit_shift(policy, part.unit.condition)),
            changes=[(c, wording.own_words(c.old), wording.own_words(c.new)) for c in changes],
            may_change=schedules.may_change(account, part.unit),
            **kwargs,
        )


def _differs(found: Guidance) -> bool:
    return rules.OWN in found.rules.values()


class ChangeGuidance(ParticipationMixin, FormView):
    """Guidance of a unit's own. What it would do is shown before it applies."""

    template_name = "plan/change_guidance.html"
    form_class = OwnGuidanceForm

    def permitted(self) -> bool:
        return schedules.may_change(self.request.user, self.subject.unit)

    def back(self) -> str:
        return reverse("plan:unit_guidance", args=[self.subject.pk])

    @cached_property
    def present(self) -> own.Rules:
        """What the unit has set by now."""
        return own.rules_of(self.subject.campaign, [self.subject.unit_id]).get(self.subject.unit_id, [])

    def get_form_kwargs(self) -> dict[str, Any]:
        policy, condition = self.subject.campaign.data["guidance"], self.subject.unit.condition
        said = {c.value: rules.guidance(policy, c.value, condition) for c in Member.Category}
        shift = rules.unit_shift(policy, condition)
        return super().get_form_kwargs() | {"said": said, "shift": shift, "present": self.present}

    def form_valid(self, form: OwnGuidanceForm) -> HttpResponse:
        wanted = form.wanted()
        found = effects.effect(self.subject, wanted, clock.today())
        # Written is only what was shown: values edited after the effect was shown are shown again first.
        if "apply" not in self.request.POST or self.request.POST.get("shown") != form.mark(wanted):
            return self.render_to_response(self.get_context_data(form=form, effect=found, shown=form.mark(wanted)))
        try:
            actions.set_own_guidance(
                participation=self.subject,
                wanted=wanted,
                reason=form.cleaned_data["reason"],
                seen=form.seen(),
                by=self.request.user,
            )
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.render_to_response(self.get_context_data(form=form, effect=found, shown=form.mark(wanted)))
        return HttpResponseRedirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        effect = kwargs.get("effect")
        steps = {step.code: step.name for step in self.subject.campaign.steps.all()}
        return super().get_context_data(
            part=self.subject,
            unit=self.subject.unit,
            campaign=self.subject.campaign,
            back=self.back(),
            asked=[(r, wording.guidance_words(r.old), wording.guidance_words(r.new)) for r in effect.asked]
            if effect
            else [],
            moves=[(steps[move.step], move) for move in effect.moves] if effect else [],
            mistakes=[wording.mistake_words(mistake) for mistake in effect.mistakes] if effect else [],
            **kwargs,
        )


class InStepList(ListView):
    """Enterprises all of whose units carry the same dates and demands: for the office, not for them (item 33)."""

    title = gettext_lazy("Enterprises whose units all march in step")
    model = Enterprise
    permission = roles.CAMPAIGN
    search = ("name__contains", "code__startswith")
    ordering = "name"
    nothing = gettext_lazy("Every enterprise with three units or more has differentiated")

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign that is looked at."""
        return current.campaign_of(self.request)

    @cached_property
    def found(self) -> dict[str, int]:
        """Units by path of the enterprise."""
        return effects.in_step(self.campaign) if self.campaign else {}

    def get_queryset(self):
        return super().get_queryset().filter(path__in=list(self.found)).select_related("leading_organization")

    def get_columns(self) -> list[Column]:
        return [
            Column("name", _("Enterprise"), sort="path", link="enterprises:enterprise"),
            Column("condition", _("Condition"), value="get_condition_display", sort="condition"),
            Column("led", _("led by"), value="leading_organization.name", css="full"),
            Column("units", _("Units"), value=lambda unit: self.found[unit.path], css="n"),
        ]

    def facts(self) -> list:
        return [self.campaign.name] if self.campaign else []
