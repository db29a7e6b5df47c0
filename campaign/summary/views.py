"""The summary reports: their list, the page of one with its versions, writing and filing."""

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.plan.models import Campaign
from campaign.summary import actions
from campaign.summary.chapters import chapters_of, with_figures
from campaign.summary.evidence import form_url
from campaign.summary.forms import ReportForm
from campaign.summary.models import SummaryReport, SummaryVersion
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Organization


class ReportFilter(django_filters.FilterSet):
    """Filed or still a draft."""

    STATES = [("filed", gettext_lazy("filed")), ("draft", gettext_lazy("draft"))]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")

    class Meta:
        model = SummaryReport
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(filed_on__isnull=value == "draft")


def _state(report: SummaryReport) -> str:
    if report.filed_version is None:
        return _("draft")
    return _("filed, changed since") if report.changed_since_filing else _("filed")


class ReportList(ListView):
    """The summary reports of the organisations that the acting post reaches."""

    title = gettext_lazy("Summary reports")
    model = SummaryReport
    permission = roles.READ_RECORDS
    columns = [
        Column("organization", gettext_lazy("Organization"), value="organization.name", sort="organization__path",
               link="summary:report", css="full"),
        Column("campaign", gettext_lazy("Campaign"), value="campaign.name", css="full"),
        Column("state", gettext_lazy("State"), value=_state),
        Column("version", gettext_lazy("Version"), sort="version", css="n"),
        Column("filed_on", gettext_lazy("Filed on"), sort="filed_on"),
    ]  # fmt: skip
    filterset_class = ReportFilter
    search = ("organization__name__contains", "organization__code__startswith")
    ordering = "organization"
    nothing = gettext_lazy("No summary report has been begun yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "campaign")


@login_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it reads now, or one of its versions (`?version=`); ready for printing."""
    found = get_object_or_404(
        SummaryReport.objects.visible_to(request.user).select_related("organization", "campaign__definition"), pk=pk
    )
    versions = list(SummaryVersion.objects.visible_to(request.user).filter(report=found).select_related("saved_by"))
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdigit() else found.version
    shown = next((version for version in versions if version.number == number), None)
    if shown is None:
        raise Http404
    chapters = [(chapter, shown.chapters.get(chapter.code, "")) for chapter in chapters_of(found.campaign)]
    context = {
        "report": found,
        "versions": versions,
        "shown": shown,
        "chapters": chapters,
        "empty": [chapter for chapter, text in chapters if not text],
        "mine": may_record(request.user, found.organization),
        "write_url": form_url(found.campaign, found.organization),
        "history": changes(found),
        "as_of": clock.now(),
    }
    return render(request, "summary/report.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write the report that `?organization=&campaign=` names; the first version starts from the figures."""
    asked = request.GET.get("organization", "")
    visible = Organization.objects.visible_to(request.user).select_related("enterprise")
    organization = get_object_or_404(visible, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    if not may_record(request.user, organization):
        raise PermissionDenied
    running = Campaign.objects.filter(state=Campaign.State.RUNNING).select_related("definition")
    campaign = get_object_or_404(running, code=request.GET.get("campaign", ""))
    latest = (
        SummaryVersion.objects.visible_to(request.user)
        .filter(report__campaign=campaign, report__organization=organization)
        .order_by("-number")
        .first()
    )
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        chapters=with_figures(campaign, organization, clock.today()),
        texts=latest.chapters if latest else {},
        version=latest.number if latest else 0,
    )
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("after", "submission")}
        try:
            saved = actions.save_report(
                by=request.user, campaign=campaign, organization=organization, chapters=form.texts(), **told
            )
            messages.success(request, _("Version %(n)d is saved.") % {"n": saved.version})
            return redirect("summary:report", saved.pk)
        except ActionError as refusal:
            form.add_error(None, refusal.message)
            _start_from(form, latest)
    context = {"form": form, "organization": organization, "campaign": campaign, "latest": latest}
    return render(request, "summary/write.html", context)


def _start_from(form: ReportForm, latest: SummaryVersion | None) -> None:
    """Let the next save be made knowing the version that came in between."""
    form.data = form.data.copy()
    form.data["after"] = str(latest.number if latest else 0)


@login_required
@require_POST
def file_report(request: HttpRequest, pk: int) -> HttpResponse:
    """File the latest version."""
    found = get_object_or_404(SummaryReport.objects.visible_to(request.user), pk=pk)
    if not may_record(request.user, found.organization):
        raise PermissionDenied
    try:
        actions.file_report(by=request.user, report=found)
        messages.success(request, _("The summary report is filed."))
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect("summary:report", pk)
