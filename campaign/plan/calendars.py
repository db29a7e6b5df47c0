"""Pages of calendars: all units, one unit with its subordinates, other dates, peaks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters as filters
from django.db.models import Max, Min, Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from campaign.plan import actions, current, effects, gantt, own, rules, schedules, wording
from campaign.plan.forms import PeakForm, ScheduleForm, UndoForm
from campaign.plan.models import BusinessPeak, Campaign, Participation, PhaseSchedule
from campaign.plan.rules import Span
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError
from enterprises.listing import Column, ListView
from enterprises.models import Condition, Enterprise
from enterprises.tree import WIDTH, under
from enterprises.views.base import PageView, SubjectMixin

SUBORDINATES = 100  # lines of a unit's chart; the list of units shows all
HISTORY = 50
_DATES = Prefetch("schedules", PhaseSchedule.objects.select_related("phase"))


def _spans(participation: Participation) -> dict[str, Span]:
    """The unit's dates from rows already read."""
    ordered = sorted(participation.schedules.all(), key=lambda schedule: schedule.phase.order)
    return {s.phase.code: Span(s.starts_on, s.ends_on) for s in ordered}


def _address(participation: Participation) -> str:
    return reverse("plan:unit_calendar", args=[participation.pk])


class CalendarFilter(filters.FilterSet):
    """Units by kind and condition."""

    kind = filters.ChoiceFilter(label=gettext_lazy("Kind"), field_name="unit__kind", choices=Enterprise.Kind.choices)
    condition = filters.ChoiceFilter(
        label=gettext_lazy("Condition"), field_name="unit__condition", choices=Condition.choices
    )

    class Meta:
        model = Participation
        fields: list[str] = []


class CalendarList(ListView):
    """Every unit's calendar in the chosen campaign, headquarters above their subsidiaries."""

    title = gettext_lazy("Calendar")
    model = Participation
    filterset_class = CalendarFilter
    search = ("unit__name__contains", "unit__code__startswith")
    ordering = "unit"
    template_name = "plan/calendar.html"
    nothing = gettext_lazy("No unit takes part")

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign that is looked at."""
        return current.campaign_of(self.request)

    @cached_property
    def names(self) -> dict[str, str]:
        """The phases by code."""
        return {phase.code: phase.name for phase in self.campaign.phases.all()} if self.campaign else {}

    def get_queryset(self):
        mine = super().get_queryset().filter(campaign=self.campaign)
        return mine.select_related("unit", "unit__leading_organization").prefetch_related(_DATES)

    @cached_property
    def scale(self) -> gantt.Scale:
        """From the first to the last day of all units in view."""
        ends = self.all_rows.order_by().aggregate(Min("schedules__starts_on"), Max("schedules__ends_on"))
        first, last = ends["schedules__starts_on__min"], ends["schedules__ends_on__max"]
        return gantt.Scale([Span(first, last)] if first else [], clock.today())

    @cached_property
    def _columns(self) -> list[Column]:
        phases = [
            Column(f"phase_{code}", name, value=lambda p, code=code: self._words(p, code), css="full")
            for code, name in self.names.items()
        ]
        return [
            Column("unit", _("Unit"), value="unit.name", sort="unit__path", link=_address),
            Column("condition", _("Condition"), value="unit.get_condition_display", sort="unit__condition"),
            *phases,
            Column(
                "chart",
                _("Days in all"),
                value=self._chart,
                template="plan/_chart.html",
                css="full",
                export=lambda p: _days(_spans(p)),
            ),
        ]

    def get_columns(self) -> list[Column]:
        return self._columns

    @staticmethod
    def _words(participation: Participation, code: str) -> str:
        span = _spans(participation).get(code)
        return gantt.span_words(span) if span else ""

    def _chart(self, participation: Participation) -> gantt.Drawing:
        return self.scale.draw(self.names, _spans(participation))

    def facts(self) -> list:
        return [self.campaign.name, self.campaign.get_state_display()] if self.campaign else []

    def actions(self) -> list:
        """The campaign itself, and the others."""
        if self.campaign is None:
            return [(_("Campaigns"), reverse("plan:campaign_list"))]
        about = reverse("plan:campaign", args=[self.campaign.code])
        return [(_("What it asks"), about), (_("Campaigns"), reverse("plan:campaign_list"))]

    def context(self) -> dict:
        return {"key": gantt.key(self.names), "campaign": self.campaign}


def _days(spans: dict[str, Span]) -> int:
    ordered = list(spans.values())
    return Span(ordered[0].starts_on, ordered[-1].ends_on).days if ordered else 0


class ParticipationMixin(SubjectMixin):
    """A page about one unit in one campaign."""

    model = Participation
    related = ("campaign__definition", "unit__leading_organization", "unit__parent")

    def back(self) -> str:
        """The unit's calendar."""
        return _address(self.subject)

    @cached_property
    def names(self) -> dict[str, str]:
        """The phases by code."""
        return {phase.code: phase.name for phase in self.subject.campaign.phases.all()}


@dataclass(frozen=True)
class Line:
    """A line of a unit's chart."""

    participation: Participation
    spans: dict[str, Span]
    drawing: gantt.Drawing
    role: str
    local: bool


class UnitCalendar(ParticipationMixin, PageView):
    """A unit's calendar: its dates beside those above and below it, what is due when, how it came about."""

    template_name = "plan/unit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part, account = self.subject, self.request.user
        lines, more = self._lines()
        kinds = schedules.kinds_allowed(account, part.unit)
        standing = schedules.standing_change(part)
        values = {
            "part": part,
            "campaign": part.campaign,
            "unit": part.unit,
            "phases": list(self.names.items()),
            "lines": lines,
            "more": more,
            # a hint for the office only, never for the units (item 33)
            "in_step": account.reach.covers(roles.CAMPAIGN, "")
            and len(part.unit.path) == WIDTH
            and part.unit.path in effects.in_step(part.campaign, part.unit.path),
            "months": lines[0].drawing.months if lines else [],
            "key": gantt.key(self.names),
            "due": self._due(),
            "stage": wording.stage_words(part.campaign, part.state),
            "changes": part.changes.select_related("phase", "changed_by")[:HISTORY],
            "peaks": BusinessPeak.objects.visible_to(account).filter(unit=part.unit),
            "may_change": bool(kinds),
            "may_undo": bool(standing) and standing[0].kind in kinds,
            "may_keep_peaks": schedules.may_change(account, part.unit),
            "peak_form": PeakForm(prefix="peak"),
            "today": clock.today(),
        }
        return super().get_context_data(**values | kwargs)

    def _lines(self) -> tuple[list[Line], int]:
        rows = list(self._rows()[: SUBORDINATES + 2])
        more = max(0, len(rows) - SUBORDINATES - 1)
        rows = rows[: SUBORDINATES + 1]
        spans = {row.pk: _spans(row) for row in rows}
        scale = gantt.Scale([s for own in spans.values() for s in own.values()], clock.today())
        busy = schedules.peaks(self.subject.unit)
        lines = [
            Line(
                participation=row,
                spans=spans[row.pk],
                drawing=scale.draw(self.names, spans[row.pk], busy if row == self.subject else ()),
                role=self._role(row),
                local=bool(row.unit.leading_organization and row.unit.leading_organization.is_local),
            )
            for row in rows
        ]
        return lines, more

    def _rows(self):
        """The headquarters, the unit itself and its subordinates, as far as they can be seen."""
        path = self.subject.unit.path
        mine = Participation.objects.visible_to(self.request.user).filter(campaign=self.subject.campaign)
        below = mine.filter(under(path, "unit__"))
        above = mine.filter(unit__path=path[:WIDTH])
        found = (below | above).select_related("unit", "unit__leading_organization")
        return found.prefetch_related(_DATES).order_by("unit__path")

    def _role(self, row: Participation) -> str:
        if row == self.subject:
            return "own"
        return "below" if row.unit.path.startswith(self.subject.unit.path) else "above"

    def _due(self) -> list:
        part = self.subject
        spans = schedules.spans(part)
        shift = rules.unit_shift(own.policy_of(part.campaign, part.unit_id), part.unit.condition)
        return [
            (step, rules.due_date(step, spans[step.phase.code], shift), wording.due_words(step))
            for step in part.campaign.steps.select_related("phase")
        ]


def _mark(spans: dict[str, Span]) -> str:
    """The dates in one short text, to compare what is sent with what was shown."""
    return ";".join(f"{code}:{span.starts_on}/{span.ends_on}" for code, span in spans.items())


class ChangeDates(ParticipationMixin, FormView):
    """Other dates for a unit. What they would do is shown before they apply."""

    template_name = "plan/change.html"
    form_class = ScheduleForm

    @cached_property
    def kinds(self) -> list:
        """The kinds of change that the acting post may make."""
        return schedules.kinds_allowed(self.request.user, self.subject.unit)

    def permitted(self) -> bool:
        return bool(self.kinds)

    def get_form_kwargs(self) -> dict[str, Any]:
        phases = list(self.subject.campaign.phases.all())
        values = {"phases": phases, "spans": schedules.spans(self.subject), "kinds": self.kinds}
        return super().get_form_kwargs() | values

    def form_valid(self, form: ScheduleForm) -> HttpResponse:
        found = schedules.preview(self.subject, form.spans(), clock.today())
        # Written is only what was shown: dates edited after the effect was shown are shown again first.
        if "apply" not in self.request.POST or self.request.POST.get("shown") != _mark(form.spans()):
            return self.render_to_response(self.get_context_data(form=form, preview=found))
        try:
            actions.reschedule(
                participation=self.subject,
                wanted=form.spans(),
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
                accept=form.cleaned_data["accept"],
                seen=form.seen(),
                by=self.request.user,
            )
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.render_to_response(self.get_context_data(form=form, preview=found))
        return HttpResponseRedirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        preview = kwargs.get("preview")
        steps = {step.code: step.name for step in self.subject.campaign.steps.all()}
        return super().get_context_data(
            part=self.subject,
            unit=self.subject.unit,
            campaign=self.subject.campaign,
            back=self.back(),
            shown=_mark(preview.new) if preview else "",
            moves=[(steps[move.step], move) for move in preview.moves] if preview else [],
            changed=[(self.names[c], preview.old[c], preview.new[c]) for c in preview.changed] if preview else [],
            **kwargs,
        )


class UndoChange(ParticipationMixin, FormView):
    """Take back the last change that still stands."""

    template_name = "components/confirm.html"
    form_class = UndoForm

    @cached_property
    def standing(self) -> list:
        """The rows of the change that would be undone."""
        return schedules.standing_change(self.subject)

    def permitted(self) -> bool:
        kinds = schedules.kinds_allowed(self.request.user, self.subject.unit)
        return bool(kinds) and (not self.standing or self.standing[0].kind in kinds)

    def form_valid(self, form: UndoForm) -> HttpResponse:
        try:
            actions.undo(participation=self.subject, reason=form.cleaned_data["reason"], by=self.request.user)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.form_invalid(form)
        return HttpResponseRedirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Undo the last change of dates"),
            why=_("%s gets its earlier dates back; passed due dates stay.") % self.subject.unit.name,
            consequences=[self._back_words(change) for change in self.standing],
            words=_("Undo the change"),
            back_url=self.back(),
            **kwargs,
        )

    @staticmethod
    def _back_words(change: Any) -> str:
        new = gantt.span_words(Span(change.new_starts_on, change.new_ends_on))
        old = gantt.span_words(Span(change.old_starts_on, change.old_ends_on))
        return f"{change.phase.name}: {new} → {old}"


class PeakMixin(ParticipationMixin):
    """Writing the unit's times of full production."""

    def permitted(self) -> bool:
        return schedules.may_change(self.request.user, self.subject.unit)


class AddPeak(PeakMixin, UnitCalendar):
    """Note a time of full production; the form stands on the unit's calendar."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PeakForm(request.POST, prefix="peak")
        if form.is_valid():
            try:
                actions.add_peak(unit=self.subject.unit, by=request.user, **form.cleaned_data)
                return HttpResponseRedirect(self.back())
            except ActionError as refusal:
                form.add_error(refusal.field, refusal.message)
        return self.render_to_response(self.get_context_data(peak_form=form))


class RemovePeak(PeakMixin, PageView):
    """Remove a time of full production."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = BusinessPeak.objects.visible_to(request.user).filter(unit=self.subject.unit)
        actions.remove_peak(peak=get_object_or_404(mine, pk=self.kwargs["peak"]), by=request.user)
        return HttpResponseRedirect(self.back())
