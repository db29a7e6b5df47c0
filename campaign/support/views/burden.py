"""The page of the burden meter (item 44)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from campaign.support import burden as meter
from campaign.support.views.subjects import node_at
from enterprises import clock
from enterprises.listing import EXCEL
from enterprises.models import Organization
from enterprises.sheets import workbook


@login_required
@require_safe
def burden(request: HttpRequest, organization: int) -> HttpResponseBase:
    """What the branches of a node entered in four weeks, what was sent down to them, and those directly below."""
    node = node_at(request, organization)
    today = clock.today()
    context: dict[str, Any] = {
        "organization": node,
        "weeks": meter.WEEKS,
        "as_of": clock.now(),
        "forms": meter.FORMS,
        "within_reach": meter.within_reach(node),
    }
    if context["within_reach"]:
        own = meter.load_of(node, today)
        rows = _below(request, node)
        if request.GET.get("export") == "xlsx":
            return _exported(request, node, own, rows)
        sent = meter.sent_down(node, today)
        mondays = meter.mondays(today)
        context |= {
            "load": own,
            "lines": [(form, own.records[form.code]) for form in meter.FORMS],
            "mondays": mondays,
            "sent": [(kind.label, [(day, sent[kind.code][day]) for day in mondays]) for kind in meter.REQUESTS],
            "sums": [(day, sum(weeks[day] for weeks in sent.values())) for day in mondays],
            "rows": rows,
        }
    return render(request, "support/burden.html", context)


def _below(request: HttpRequest, node: Organization) -> list[tuple[Organization, meter.Load]]:
    """The organizations directly below that have branches, with what these entered."""
    if node.is_branch:
        return []
    found = meter.loads_below(node, clock.today())
    visible = Organization.objects.visible_to(request.user).filter(superior=node, path__in=found)
    return [(child, found[child.path]) for child in visible.order_by("directory_order", "code")]


def _exported(request: HttpRequest, node: Organization, own: meter.Load, rows: list) -> FileResponse:
    """The node and those directly below it, with every kind of record."""
    headings = [_("Organization"), pgettext("burden", "Branches"), *(str(form.label) for form in meter.FORMS)]
    headings += [_("Records in all"), _("Records a branch and week"), _("Hours a branch and week, estimate")]
    cells = (
        [unit.name, load.branches, *load.records.values(), load.total, load.per_branch, load.hours]
        for unit, load in [(node, own), *rows]
    )
    title, moment = _("What branches are asked to enter"), clock.now()
    guess = ", ".join(f"{form.label} {form.minutes}" for form in meter.FORMS)
    notes = [
        (_("List"), title),
        (_("As of"), moment.strftime("%Y-%m-%d %H:%M")),
        (_("Exported by"), str(request.user)),
        (_("Weeks counted"), str(meter.WEEKS)),
        (_("Estimate, minutes a record"), guess),
        *_sent(node),
    ]
    content = workbook(title, headings, cells, notes)
    return FileResponse(content, as_attachment=True, filename=f"{title}-{moment:%Y%m%d}.xlsx", content_type=EXCEL)


def _sent(node: Organization) -> list[tuple[str, str]]:
    """What was sent down week by week, for the sheet that says what the rows are."""
    sent = meter.sent_down(node, clock.today())
    return [
        (str(kind.label), ", ".join(f"{day.isoformat()}: {count}" for day, count in sent[kind.code].items()))
        for kind in meter.REQUESTS
    ]
