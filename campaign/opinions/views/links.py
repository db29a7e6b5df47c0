"""Short links of the units: opening and closing the public page, and the poster with its QR code."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaign.opinions import actions
from campaign.opinions.models import OpinionPage
from campaign.plan.models import Participation
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.action import ActionError

QUIET = 4  # modules of white around a QR code, as its standard asks


def qr_path(text: str) -> tuple[str, int]:
    """A QR code as the path of an SVG (horizontal runs of dark modules), and the length of its side."""
    rows = list(segno.make(text, error="m", micro=False).matrix)
    runs = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1h{start - x}z")
                start = None
    return "".join(runs), len(rows) + 2 * QUIET


def _participation(request: HttpRequest, pk: int) -> Participation:
    related = ("unit__leading_organization", "campaign__definition")
    found = get_object_or_404(Participation.objects.visible_to(request.user).select_related(*related), pk=pk)
    organization = found.unit.leading_organization
    if organization is None or not may(request.user, roles.READ_RECORDS, organization):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD"])
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The poster of a unit, to be printed and hung up; or how to get one, where the page is not open."""
    participation = _participation(request, pk)
    page = OpinionPage.objects.visible_to(request.user).filter(participation=participation).first()
    context = {
        "participation": participation,
        "unit": participation.unit,
        "campaign": participation.campaign,
        "page": page,
        "may_record": may_record(request.user, participation.unit.leading_organization),
    }
    if page and page.is_open:
        address = request.build_absolute_uri(reverse("opinions:send", args=[page.slug]))
        path, side = qr_path(address)
        context |= {"address": address, "short": address.split("://", 1)[-1], "path": path, "side": side}
    return render(request, "opinions/poster.html", context)


@login_required
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the public page of a unit, or close it."""
    participation = _participation(request, pk)
    if not may_record(request.user, participation.unit.leading_organization):
        raise PermissionDenied
    try:
        if request.POST.get("close"):
            page = get_object_or_404(OpinionPage.objects.visible_to(request.user), participation=participation)
            actions.close_page(by=request.user, page=page)
            messages.success(request, _("The public page is closed."))
        else:
            actions.open_page(by=request.user, participation=participation)
            messages.success(request, _("The public page is open. Print the poster and hang it up."))
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect("opinions:poster", pk=pk)
