"""Pages of rosters: upload, preview with errors and remedies, progress, result, export."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View

from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError
from enterprises.listing import EXCEL
from enterprises.models import ImportRun, Organization
from enterprises.rosters import actions, export, jobs, preview
from enterprises.rosters.columns import KINDS
from enterprises.rosters.errorsheet import error_sheet
from enterprises.rosters.forms import KIND_NAMES, UploadForm
from enterprises.views.base import job_part

SHOWN = 6  # errors in the first view
SHOWN_ALL = 500
RUNS = 20
STAGES = {
    "": gettext_lazy("waiting for a free worker"),
    "reading": gettext_lazy("reading and checking"),
    "comparing": gettext_lazy("comparing with what is stored"),
    "applying": gettext_lazy("writing"),
}
State = ImportRun.State


class Importing(LoginRequiredMixin):
    """For posts that import rosters; for others the place does not exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.reach.paths.get(roles.IMPORT):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def runs(self) -> QuerySet[ImportRun]:
        """One's own runs."""
        return ImportRun.objects.visible_to(self.request.user)  # type: ignore[attr-defined]

    def found(self) -> ImportRun:
        """The run of the address."""
        return get_object_or_404(self.runs(), pk=self.kwargs["pk"])  # type: ignore[attr-defined]


class Start(Importing, FormView):
    """Upload a roster, take one home, and one's last uploads."""

    template_name = "rosters/start.html"
    form_class = UploadForm

    def form_valid(self, form: UploadForm) -> HttpResponse:
        try:
            run = actions.upload(by=self.request.user, **form.cleaned_data)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("rosters:run", args=[run.pk]))

    def _order(self, kind: str) -> dict[str, Any] | None:
        """What orders the workbook of a long roster (``components/export_order.html``)."""
        account: Any = self.request.user
        if not export.is_long(kind, account):
            return None
        address = reverse("rosters:export", args=[kind, "xlsx"])
        return {"token": uuid4(), "address": address, "title": export.TITLES[kind]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [(name, KIND_NAMES[name], kind.columns, self._order(name)) for name, kind in KINDS.items()]
        return super().get_context_data(runs=self.runs()[:RUNS], kinds=kinds, **kwargs)


def job_of(run: ImportRun) -> dict[str, Any]:
    """The progress part of a run (``components/job.html``)."""
    sign = jobs.WORK.sign_of_life(run.pk)
    writing = run.state in (State.ORDERED, State.APPLYING)
    words = str(STAGES[sign.stage if sign.is_fresh else ""])
    if sign.is_fresh and sign.total and sign.stage == "reading":
        done = min(sign.done, sign.total)
        words = _("row %(done)s of about %(total)s, %(percent)d%%") % {
            "done": f"{done:,}",
            "total": f"{sign.total:,}",
            "percent": done * 100 // sign.total,
        }
    if run.cancel_requested:
        words = _("stopping")
    return {
        "title": _("Writing the roster") if writing else _("Reading the roster"),
        "words": _("%(words)s. You can leave this page.") % {"words": words},
        "done": min(sign.done, sign.total) if sign.stage == "reading" else 0,
        "total": sign.total if sign.is_fresh and sign.stage == "reading" else 0,
        "running": run.is_underway,
        "url": reverse("rosters:job", args=[run.pk]),
        "cancel_url": reverse("rosters:cancel", args=[run.pk]),
        "cancel_words": _("Cancel, not one row is written"),
        "is_silent": not sign.is_fresh,
    }


class Job(Importing, View):
    """The progress part alone; the last answer reloads the page."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return job_part(request, job_of(self.found()))


class RunPage(Importing, TemplateView):
    """One upload: progress, preview or result."""

    def get_template_names(self) -> list[str]:
        return ["rosters/run.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.found()
        context = super().get_context_data(run=run, as_of=clock.now(), **kwargs)
        if run.is_underway:
            return context | {"job": job_of(run), "steps": _steps(run)}
        if not run.report:
            return context | {"steps": _steps(run)}
        return context | self._preview(run)

    def _preview(self, run: ImportRun) -> dict[str, Any]:
        report = run.report
        everything = "all" in self.request.GET
        limit = SHOWN_ALL if everything else SHOWN
        branches = [row[3] for row in report["absent"]]
        names = dict(
            Organization.objects.visible_to(self.request.user).filter(pk__in=branches).values_list("pk", "name")  # type: ignore[attr-defined]
        )
        return {
            "report": report,
            "steps": _steps(run),
            "errors": preview.problems(report["errors"][:limit]),
            "errors_left": report["error_count"] - min(limit, len(report["errors"])),
            "warnings": preview.problems(report["warnings"][:limit]),
            "warnings_left": report["warning_count"] - min(limit, len(report["warnings"])),
            "everything": everything,
            "changes": preview.changes(run.kind, report["groups"]),
            "absent": [(pk, code, name, names.get(branch, "")) for pk, code, name, branch in report["absent"]],
            "skipped": [(words, count) for words, count in preview.skipped_words(report["skipped"])],
            "right_rows": report["created"] + report["updated"],
            "sum_words": _sum(report),
            "kind_name": KIND_NAMES[run.kind],
            "blocked": _blocked(report) if report["error_count"] else "",
        }


def _sum(report: dict[str, Any]) -> str:
    """The parts and what they add up to."""
    parts = [report[name] for name in ("created", "updated", "unchanged", "wrong", "left_out")]
    while parts and not parts[-1]:
        parts.pop()
    return _("%(parts)s = %(sum)s rows.") % {
        "parts": " ＋ ".join(f"{part:,}" for part in parts) or "0",
        "sum": f"{report['read']:,}",
    }


def _blocked(report: dict[str, Any]) -> str:
    count = report["wrong"]
    return ngettext(
        "%(count)d row has errors, nothing can be written now",
        "%(count)d rows have errors, nothing can be written now",
        count,
    ) % {"count": count}


def _steps(run: ImportRun) -> list[tuple[str, str]]:
    """The steps of an import: words, and ``done``, ``now`` or nothing."""
    words = [_("Upload"), _("Read and check"), _("Preview"), _("Write")]
    here = {
        State.WAITING: 1,
        State.READING: 1,
        State.READY: 2,
        State.ORDERED: 3,
        State.APPLYING: 3,
        State.DONE: 4,
    }.get(State(run.state), 1)
    return [(word, "done" if i < here else "now" if i == here else "") for i, word in enumerate(words)]


class _Order(Importing, View):
    """A button of the run's page."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.found()
        try:
            self.act(run)
        except ActionError as refusal:
            run.refresh_from_db()
            page = RunPage()
            page.setup(request, pk=pk)
            context = page.get_context_data(pk=pk) | {"refusal": refusal.message}
            return render(request, "rosters/run.html", context, status=409)
        return HttpResponseRedirect(reverse("rosters:run", args=[pk]))

    def act(self, run: ImportRun) -> None:
        """Do what the button says. Raises ``ActionError``."""
        raise NotImplementedError


class Write(_Order):
    """Write all rows, or by a second button only the right ones."""

    def act(self, run: ImportRun) -> None:
        skip = self.request.POST.get("skip_errors") == "1"
        actions.order_writing(by=self.request.user, import_run=run, skip_errors=skip)  # type: ignore[arg-type]


class Cancel(_Order):
    """Not one row is written."""

    def act(self, run: ImportRun) -> None:
        actions.cancel(by=self.request.user, import_run=run)  # type: ignore[arg-type]


class Again(_Order):
    """Begin a run anew whose worker has died."""

    def act(self, run: ImportRun) -> None:
        actions.begin_anew(by=self.request.user, import_run=run)  # type: ignore[arg-type]


class ErrorSheet(Importing, View):
    """The uploaded file, with what to do in a last column."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.found()
        if not run.file or not run.report.get("error_count"):
            raise Http404
        path = Path(run.file.path)
        remedies: dict[tuple[str, int], str] = {}
        for problem in preview.problems(run.report["errors"]):
            key = (problem.sheet, problem.row)
            said = f"{problem.column}：{problem.what}。{problem.remedy}"
            remedies[key] = f"{remedies[key]} {said}" if key in remedies else said
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / f"errors{path.suffix}"
            error_sheet(path, remedies, target)
            opened = open(target, "rb")  # noqa: SIM115 - the response closes it; the name may go before
        name = f"{Path(run.file_name).stem}-{_('errors')}{path.suffix}"
        return FileResponse(opened, as_attachment=True, filename=name)


class Export(Importing, View):
    """A roster of everything in reach, in the layout in which it is imported; a long workbook to the worker only."""

    is_exported = True

    def get(self, request: HttpRequest, kind: str, ending: str) -> HttpResponse:
        if kind not in KINDS or ending not in ("xlsx", "csv"):
            raise Http404
        name = f"{export.TITLES[kind]}-{clock.today():%Y%m%d}.{ending}"
        account: Any = request.user
        watched = getattr(request, "watched", None)
        if ending == "csv":
            response = StreamingHttpResponse(export.csv_lines(kind, account), content_type="text/csv; charset=utf-8")
            response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
            return response
        if watched is None and export.is_long(kind, account):
            return HttpResponseRedirect(reverse("rosters:start"))
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        export.write_workbook(kind, account, target, watched)
        target.seek(0)
        return FileResponse(target, as_attachment=True, filename=name, content_type=EXCEL)
