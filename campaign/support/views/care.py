"""Care given (item 43): rows for the secretary of the branch, every showing noted; totals for whoever leads it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from campaign.appraisal.secrecy import note_read, restricted
from campaign.progress.record_pages import NewRecordView, RecordView, history_of
from campaign.support import care_actions, forms
from campaign.support.access import keeps_care, sees_totals
from campaign.support.care_totals import HELPS, NEEDS, TOTAL, Shown
from campaign.support.care_totals import totals as counted
from campaign.support.models import CareRecord
from campaign.support.rules import HIDDEN_BELOW
from campaign.support.views.subjects import organization_at
from enterprises import clock
from enterprises.actions.reads import record_reads
from enterprises.listing import EXCEL
from enterprises.models import Organization
from enterprises.sheets import workbook

ROWS = 20


def _kept(request: HttpRequest, pk: int) -> Organization:
    organization = organization_at(request, pk)
    if not keeps_care(request.user, organization):
        raise PermissionDenied
    return organization


@login_required
@require_safe
@restricted
def records(request: HttpRequest, organization: int) -> HttpResponse:
    """What the own branch has given. No search and no export; each row shown is noted as read."""
    branch = _kept(request, organization)
    rows = CareRecord.objects.visible_to(request.user).filter(organization=branch).select_related("member")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    record_reads(by=request.user, records=page.object_list, organization=branch)
    return render(request, "support/care.html", {"organization": branch, "page": page})


@login_required
@require_safe
@restricted
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record and its history; the showing is noted."""
    visible = CareRecord.objects.visible_to(request.user).select_related("organization", "member", "recorded_by")
    found = get_object_or_404(visible, pk=pk)
    note_read(request, found, found.organization)
    return render(request, "support/care_record.html", {"record": found} | history_of(found))


@method_decorator(restricted, name="dispatch")
class NewCare(NewRecordView):
    """Note that help was given."""

    title = gettext_lazy("Note help given")
    form_class = forms.CareForm
    permission = ""
    notes = (gettext_lazy("Only the kind of help. Nothing is told of anybody's thoughts, illness or circumstances."),)

    def permitted(self) -> bool:
        return keeps_care(self.request.user, self.subject)

    def back(self) -> str:
        return reverse("support:care_list", args=[self.subject.pk])

    def act(self, form: Any) -> CareRecord:
        return care_actions.note_care(by=self.request.user, organization=self.subject, **form.arguments())


@method_decorator(restricted, name="dispatch")
class WithdrawCare(RecordView):
    """Withdraw an entry; why is chosen from a list."""

    title = gettext_lazy("Withdraw the entry")
    form_class = forms.MistakeForm
    model = CareRecord
    permission = ""
    notes = (gettext_lazy("It stays to be seen, but counts nowhere."),)

    def permitted(self) -> bool:
        return keeps_care(self.request.user, self.organization())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_read(request, self.subject, self.organization())
        return super().get(request, *args, **kwargs)

    def back(self) -> str:
        return reverse("support:care", args=[self.subject.pk])

    def act(self, form: Any) -> CareRecord:
        return care_actions.withdraw_care(by=self.request.user, record=self.subject, **form.arguments())


def need_words(column: str) -> str:
    """The heading of a column of whom and need."""
    whom, _part, need = column.partition("_")
    joined = pgettext("care", "%(whom)s: %(need)s")
    return joined % {"whom": CareRecord.Whom(whom).label, "need": CareRecord.Need(need).label}


@login_required
@require_safe
def totals(request: HttpRequest, organization: int) -> HttpResponseBase:
    """Totals of a node and of those directly below it, without the figures that would tell of few persons."""
    node = organization_at(request, organization)
    if not sees_totals(request.user, node):
        raise PermissionDenied
    own, below = counted(node)
    visible = Organization.objects.visible_to(request.user).filter(superior=node, path__in=below)
    rows = [(child, below[child.path]) for child in visible.order_by("directory_order", "code")]
    if request.GET.get("export") == "xlsx":
        return _exported(request, node, own, rows)
    context = {
        "organization": node,
        "own": own,
        "needs": [(need_words(column), own.figures[column]) for column in NEEDS],
        "helps": [(CareRecord.Help(column).label, own.figures[column]) for column in HELPS],
        "headings": [need_words(column) for column in NEEDS],
        "rows": [
            (child, [(need_words(column), shown.figures[column]) for column in NEEDS], shown.total)
            for child, shown in rows
        ],
        "limit": HIDDEN_BELOW,
        "as_of": clock.now(),
    }
    return render(request, "support/care_totals.html", context)


def _exported(request: HttpRequest, node: Organization, own: Shown, rows: list) -> FileResponse:
    """Exactly what is shown: figures that are left out on the page are left out here."""
    columns = (*NEEDS, *HELPS, TOTAL)
    headings = [_("Organization"), *map(need_words, NEEDS)]
    headings += [str(CareRecord.Help(column).label) for column in HELPS] + [_("In all")]
    hidden = _("not shown")
    lines = [(node.name, own), *((child.name, shown) for child, shown in rows)]
    cells = (
        [name, *(hidden if shown.figures[c] is None else shown.figures[c] for c in columns)] for name, shown in lines
    )
    title, moment = _("Care given, totals"), clock.now()
    notes = [
        (_("List"), title),
        (_("As of"), moment.strftime("%Y-%m-%d %H:%M")),
        (_("Exported by"), str(request.user)),
        (hidden, _("fewer than %(n)d persons stand behind it, or it would give such a figure away")
         % {"n": HIDDEN_BELOW}),
    ]  # fmt: skip
    content = workbook(title, headings, cells, notes)
    return FileResponse(content, as_attachment=True, filename=f"{title}-{moment:%Y%m%d}.xlsx", content_type=EXCEL)
