"""Pages of exports: order a long list, see how far it is, take the file, one's last exports."""

from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from enterprises import clock
from enterprises.action import ActionError
from enterprises.exporting import actions
from enterprises.exporting.jobs import WORK
from enterprises.listing import EXCEL, Column, ListView
from enterprises.models import ExportRun
from enterprises.underway import SILENCE
from enterprises.views.base import job_part


class OrderForm(forms.Form):
    """What the button of a long list sends."""

    token = forms.UUIDField()
    address = forms.CharField(max_length=4000)
    title = forms.CharField(max_length=200)


class ExportList(ListView):
    """One's own exports of the last days."""

    title = gettext_lazy("My exports")
    model = ExportRun
    columns = [
        Column("title", gettext_lazy("List"), link="exports:run"),
        Column("created_at", gettext_lazy("Ordered at"), sort="created_at", css="full"),
        Column("state", gettext_lazy("State"), value="get_state_display"),
        Column("rows", gettext_lazy("Rows"), value=lambda run: run.rows if run.file else None, css="n"),
    ]
    ordering = "-created_at"
    nothing = gettext_lazy("No long list has been exported yet. Short ones come at once.")


class Own(LoginRequiredMixin):
    """Pages about one of one's own exports; of others the place does not exist."""

    def found(self) -> ExportRun:
        """The export of the address."""
        runs: QuerySet[ExportRun] = ExportRun.objects.visible_to(self.request.user)  # type: ignore[attr-defined]
        return get_object_or_404(runs, pk=self.kwargs["pk"])  # type: ignore[attr-defined]


class Order(LoginRequiredMixin, View):
    """The button of a long list."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OrderForm(request.POST)
        if not form.is_valid():
            raise Http404
        chosen = {name: value for name, value in request.session.items() if not name.startswith("_")}
        try:
            run = actions.order(by=request.user, choices=chosen, **form.cleaned_data)
        except ActionError as refusal:
            raise Http404 from refusal
        return HttpResponseRedirect(reverse("exports:run", args=[run.pk]))


def job_of(run: ExportRun) -> dict[str, Any]:
    """The progress part of an export (``components/job.html``)."""
    sign = WORK.sign_of_life(run.pk)
    words = _("waiting for a free worker")
    if run.cancel_requested:
        words = _("stopping")
    elif sign.is_fresh:
        counts = {"done": f"{sign.done:,}", "total": f"{sign.total:,}"}
        words = _("row %(done)s of %(total)s") % counts
    return {
        "title": _("Writing the list"),
        "words": _("%(words)s. You can leave this page.") % {"words": words},
        "done": sign.done if sign.is_fresh else 0,
        "total": sign.total if sign.is_fresh else 0,
        "running": run.is_underway,
        "url": reverse("exports:job", args=[run.pk]),
        "cancel_url": reverse("exports:cancel", args=[run.pk]),
        "cancel_words": _("Cancel the export"),
        "is_silent": not sign.is_fresh and (clock.now() - run.created_at).total_seconds() > SILENCE,
    }


class ExportPage(Own, TemplateView):
    """One export: how far it is, then the file."""

    template_name = "exports/run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.found()
        job = job_of(run) if run.is_underway else None
        until = run.created_at + actions.KEEP
        return super().get_context_data(run=run, job=job, until=until, as_of=clock.now(), **kwargs)


class Job(Own, View):
    """The progress part alone; the last answer reloads the page."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return job_part(request, job_of(self.found()))


class Download(Own, View):
    """The workbook."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.found()
        if not run.is_there:
            raise Http404
        return FileResponse(run.file.open(), as_attachment=True, filename=run.file_name, content_type=EXCEL)


class Cancel(Own, View):
    """Call it off."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actions.cancel(by=request.user, export_run=self.found())
        return HttpResponseRedirect(reverse("exports:run", args=[pk]))


class Again(Own, View):
    """Begin anew what a dead worker has left."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actions.begin_anew(by=request.user, export_run=self.found())
        return HttpResponseRedirect(reverse("exports:run", args=[pk]))
