"""The tables of a node, as a page and as an Excel file (items 30, 37, 40, 45)."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.membership.reports import MONTHS_BACK, REPORTS, Asked, Report, Sheet, type_name
from campaign.plan.current import campaign_of
from enterprises import clock
from enterprises.access import roles
from enterprises.listing import EXCEL
from enterprises.models import Organization
from enterprises.rules import add_months
from enterprises.sheets import workbook
from enterprises.tree import under

NAMED = 50  # newly founded organizations that are named below the table


@login_required
@require_safe
def report(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One of the tables of a node, by what stands directly below it or by month."""
    if roles.READ_RECORDS not in request.user.reach.permissions or name not in REPORTS:
        raise Http404
    seen = Organization.objects.visible_to(request.user)
    node = get_object_or_404(seen.select_related("superior"), pk=pk)
    campaign, today = campaign_of(request), clock.today()
    since = campaign.launched_on if campaign else add_months(today.replace(day=1), -MONTHS_BACK)
    below = list(seen.filter(superior=node).open().order_by("directory_order", "code"))
    asked = Asked(node, below, campaign, min(since, today), today)
    kind = REPORTS[name]
    sheet = kind.build(asked)
    if request.GET.get("export") == "xlsx" and not sheet.too_many:
        return _export(request, asked, kind, sheet)
    lines = [*sheet.lines, *([sheet.total] if sheet.total else [])]
    above = seen.filter(pk=node.superior_id).first() if node.superior_id else None
    context = {
        "node": node,
        "name": name,
        "report": kind,
        "sheet": sheet,
        "rows": [(line, list(zip(sheet.headings, line.cells, strict=True))) for line in lines],
        "asked": asked,
        "up": (reverse("membership:report", args=[above.pk, name]), above.name) if above else None,
        "others": [
            (other.title, reverse("membership:report", args=[node.pk, n]), n == name) for n, other in REPORTS.items()
        ],
        "export_url": f"{request.path}?export=xlsx" + (f"&campaign={campaign.code}" if campaign else ""),
        "founded": _founded(seen, asked) if name == "founded" else [],
        "as_of": clock.now(),
    }
    return render(request, "membership/report.html", context)


def _founded(seen: QuerySet, asked: Asked) -> list[tuple[Organization, str]]:
    """The organizations founded in the period, the latest first, each with the words for its type (item 40)."""
    inside = seen.filter(under(asked.node.path), founded_on__range=(asked.since, asked.until))
    return [(o, type_name(o.form or o.kind)) for o in inside.order_by("-founded_on", "code")[:NAMED]]


def _export(request: HttpRequest, asked: Asked, kind: Report, sheet: Sheet) -> FileResponse:
    lines = [*sheet.lines, *([sheet.total] if sheet.total else [])]
    moment = clock.now()
    notes = [
        (_("List"), str(kind.title)),
        (_("Organization"), asked.node.name),
        (_("As of"), moment.strftime("%Y-%m-%d %H:%M")),
        (_("Exported by"), str(request.user)),
        *((_("Note"), note) for note in sheet.notes),
    ]
    if kind.dated:
        notes.insert(2, (_("Period"), f"{asked.since} – {asked.until}"))
    rows = ([line.name, *line.cells] for line in lines)
    content = workbook(str(kind.title), [sheet.first, *sheet.headings], rows, notes)
    name = f"{kind.title}-{asked.node.code}-{moment:%Y%m%d}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=EXCEL)
