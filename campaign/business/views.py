"""Business beside the campaign: the list, a node's table, a unit's page with both series, the forms (items 81-83)."""

from datetime import date
from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaign.business import actions, charts, figures, forms, sheets
from campaign.business.models import Arrangement, BusinessTarget, EconomicIndicator
from campaign.plan.current import campaign_of
from campaign.plan.models import BusinessPeak, PhaseSchedule
from campaign.progress.record_pages import (
    NewRecordView,
    RecordView,
    SubtreeFilter,
    history_of,
    new_actions,
    own_organization,
)
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError
from enterprises.listing import EXCEL, Column, ListView
from enterprises.models import Organization
from enterprises.views.base import ActionView

SHOWN = 100  # mistakes of a sheet


class IndicatorFilter(SubtreeFilter):
    """By month."""

    month = django_filters.CharFilter(
        label=gettext_lazy("Until the end of"),
        method="in_month",
        widget=django_forms.TextInput(attrs={"type": "month"}),
    )

    class Meta:
        model = EconomicIndicator
        fields: list[str] = []

    def in_month(self, queryset, name, value):
        year, _dash, month = value.partition("-")
        if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12):
            return queryset.none()
        return queryset.filter(month=date(int(year[:4]), int(month), 1))


def _percent(value: Any) -> str:
    return "—" if value is None else f"{value}%"


class IndicatorList(ListView):
    """The figures of the units in reach, month by month (item 82)."""

    title = gettext_lazy("Economic indicators")
    model = EconomicIndicator
    permission = roles.READ_RECORDS
    columns = [
        Column(
            "unit",
            gettext_lazy("Unit"),
            value="organization.enterprise.name",
            sort="organization__path",
            link=lambda row: row.page_url,
            css="full",
        ),
        Column("code", gettext_lazy("Code"), value="organization.enterprise.code"),
        Column("month", gettext_lazy("Until the end of"), value=lambda row: f"{row.month:%Y-%m}", sort="month"),
        Column("revenue", gettext_lazy("Revenue, 100 million yuan"), value="revenue_words", sort="revenue", css="n"),
        Column("rg", gettext_lazy("Growth of revenue"), value=lambda row: _percent(row.growth_of_revenue), css="n"),
        Column("profit", gettext_lazy("Profit, 100 million yuan"), value="profit_words", sort="profit", css="n"),
        Column("pg", gettext_lazy("Growth of profit"), value=lambda row: _percent(row.growth_of_profit), css="n"),
        Column("preservation", gettext_lazy("State assets"), value=lambda row: _percent(row.preservation), css="n"),
    ]
    filterset_class = IndicatorFilter
    search = ("organization__enterprise__name__contains", "organization__enterprise__code__startswith")
    search_label = gettext_lazy("Name or code of the unit")
    ordering = "-month"
    nothing = gettext_lazy("No figures have been entered yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization__enterprise")

    def drawn(self, thing: EconomicIndicator) -> dict:
        thing.page_url = reverse("business:both", args=[thing.organization_id])  # type: ignore[attr-defined]
        return super().drawn(thing)

    def actions(self):
        own = own_organization(self.request.user)
        buttons = new_actions(self.request.user, (_("Enter a month"), "business:indicator_new")) if _leads(own) else []
        if roles.RECORD in self.request.user.reach.permissions:
            buttons.append((_("Import a sheet"), reverse("business:import")))
        return [*buttons, (_("Cumulative table"), reverse("business:table"))]


def _leads(organization: Organization | None) -> bool:
    unit = organization.enterprise if organization else None
    return unit is not None and unit.leading_organization_id == organization.pk


@login_required
@require_safe
def cumulative(request: HttpRequest) -> HttpResponse:
    """The cumulative table of a node for one month; every unit once, assisted ones apart."""
    organization = _asked(request)
    known = figures.months(request.user, organization)
    asked = request.GET.get("month", "")
    month = next((m for m in known if f"{m:%Y-%m}" == asked), known[0] if known else None)
    context = {
        "organization": organization,
        "months": known,
        "month": month,
        "table": figures.table(request.user, organization, month) if month else None,
    }
    return render(request, "business/table.html", context)


def _asked(request: HttpRequest) -> Organization:
    if roles.READ_RECORDS not in request.user.reach.permissions:
        raise Http404
    seen = Organization.objects.visible_to(request.user).select_related("enterprise")
    asked = request.GET.get("organization", "")
    if asked:
        return get_object_or_404(seen, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    own = request.user.reach.organization or own_organization(request.user)
    if own is None:
        raise Http404
    return get_object_or_404(seen, pk=own.pk)


@login_required
@require_safe
def both(request: HttpRequest, pk: int) -> HttpResponse:
    """Campaign and production of a unit side by side (items 81, 83): no delay on either side."""
    if roles.READ_RECORDS not in request.user.reach.permissions:
        raise Http404
    seen = Organization.objects.visible_to(request.user).select_related("enterprise")
    organization = get_object_or_404(seen, pk=pk)
    if not _leads(organization):
        raise Http404
    campaign = campaign_of(request)
    rows = list(EconomicIndicator.objects.visible_to(request.user).filter(organization=organization))
    progress = figures.progress_by_month(organization, campaign) if campaign else []
    series = [row for row in reversed(rows) if row.revenue is not None]
    context = {
        "organization": organization,
        "campaign": campaign,
        "rows": rows,
        "latest": rows[0] if rows else None,
        "progress": progress,
        "progress_line": charts.line([share for _month, share in progress]),
        "series": series,
        "revenue_line": charts.line([row.revenue for row in series if row.revenue is not None]),
        "targets": BusinessTarget.objects.visible_to(request.user).filter(organization=organization),
        "arrangements": Arrangement.objects.visible_to(request.user).filter(organization=organization),
        "conflicts": _conflicts(request, organization),
        "may_write": may(request.user, roles.RECORD, organization) and organization.closed_on is None,
    }
    return render(request, "business/both.html", context)


def _conflicts(request: HttpRequest, organization: Organization) -> list[tuple[PhaseSchedule, BusinessPeak]]:
    """Phases of the unit's calendar that fall into its business peaks (item 7)."""
    phases = PhaseSchedule.objects.visible_to(request.user).filter(
        participation__unit=organization.enterprise_id, participation__campaign__state="RUNNING"
    )
    peaks = list(BusinessPeak.objects.visible_to(request.user).filter(unit=organization.enterprise_id))
    return [
        (phase, peak)
        for phase in phases.select_related("phase", "participation__campaign")
        for peak in peaks
        if phase.starts_on <= peak.ends_on and peak.starts_on <= phase.ends_on
    ]


class _New(NewRecordView):
    """A record of the organization that leads a unit."""

    def back(self) -> str:
        if _leads(self.subject):
            return reverse("business:both", args=[self.subject.pk])
        return reverse("business:indicator_list")


class NewIndicator(_New):
    """Enter the figures of a month."""

    title = gettext_lazy("Economic indicators of a month")
    button = gettext_lazy("Save")
    form_class = forms.IndicatorForm

    def act(self, form: Any) -> EconomicIndicator:
        return actions.enter_indicator(by=self.request.user, organization=self.subject, **form.arguments())

    def done(self, result: EconomicIndicator) -> HttpResponse:
        if result.doubtful:
            messages.warning(self.request, _("The stated growth does not follow from the two values. Please check."))
        return super().done(result)


class CorrectIndicator(RecordView):
    """Read and correct the figures of one month; who may not correct them is shown them on the unit's page."""

    title = gettext_lazy("Correct the figures of a month")
    button = gettext_lazy("Save")
    model = EconomicIndicator
    form_class = forms.CorrectionForm
    template_name = "business/indicator.html"

    def back(self) -> str:
        return reverse("business:both", args=[self.subject.organization_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | history_of(self.subject)

    def act(self, form: Any) -> EconomicIndicator:
        return actions.correct_indicator(by=self.request.user, indicator=self.subject, **form.arguments())


class NewTarget(_New):
    """Enter a target of a year."""

    title = gettext_lazy("A target of the year")
    button = gettext_lazy("Save")
    form_class = forms.TargetForm

    def act(self, form: Any) -> BusinessTarget:
        return actions.set_target(by=self.request.user, organization=self.subject, **form.arguments())


class TargetResult(RecordView):
    """Say what came of a target."""

    title = gettext_lazy("What came of the target")
    button = gettext_lazy("Save")
    model = BusinessTarget
    form_class = forms.ResultForm

    def back(self) -> str:
        return reverse("business:both", args=[self.subject.organization_id])

    def act(self, form: Any) -> BusinessTarget:
        return actions.say_result(by=self.request.user, target=self.subject, **form.arguments())


class Arrange(_New):
    """Say how campaign and production were arranged."""

    title = gettext_lazy("How campaign and production were arranged")
    button = gettext_lazy("Save")
    form_class = forms.ArrangementForm

    def act(self, form: Any) -> Arrangement:
        return actions.arrange(by=self.request.user, organization=self.subject, **form.arguments())


class ImportIndicators(ActionView):
    """A sheet with the figures of many units: all of it or nothing, every mistake named."""

    title = gettext_lazy("Import economic indicators")
    button = gettext_lazy("Import")
    form_class = forms.ImportForm
    template_name = "business/import.html"
    problems: list[sheets.Problem] = []

    def permitted(self) -> bool:
        return roles.RECORD in self.request.user.reach.permissions

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "empty" in request.GET:
            return FileResponse(sheets.empty(), as_attachment=True, filename=f"{self.title}.xlsx", content_type=EXCEL)
        return super().get(request, *args, **kwargs)

    def back(self) -> str:
        return reverse("business:indicator_list")

    def act(self, form: Any) -> tuple[int, int]:
        rows, self.problems = sheets.read(form.cleaned_data["file"], self.request.user)
        if self.problems:
            raise ActionError(_("Nothing was imported. Mend what is named below and choose the file again."), "file")
        return actions.import_indicators(by=self.request.user, rows=rows, reason=form.cleaned_data["reason"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = max(len(self.problems) - SHOWN, 0)
        told = {"problems": self.problems[:SHOWN], "more": more, "columns": sheets.HEADINGS}
        return super().get_context_data(**kwargs) | told

    def done(self, result: tuple[int, int]) -> HttpResponse:
        messages.success(
            self.request, _("%(new)d entered, %(changed)d corrected.") % {"new": result[0], "changed": result[1]}
        )
        return HttpResponseRedirect(self.back())
