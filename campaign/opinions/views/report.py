"""Opinions in figures: shares by category, source group, channel, organisation (item 60)."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.opinions import queries
from campaign.opinions.models import Opinion
from campaign.opinions.queries import Figures
from campaign.opinions.rules import HIDDEN_BELOW
from campaign.opinions.views.scope import campaign_of, organization_of
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access import roles
from enterprises.models import Organization
from enterprises.sheets import workbook


@login_required
@require_safe
def report(request: HttpRequest) -> HttpResponse | FileResponse:
    """Figures of an organisation with everything below it; of assisted units too, which are figures only."""
    if roles.READ_RECORDS not in request.user.reach.permissions:
        raise Http404
    organization, campaign = organization_of(request), campaign_of(request)
    found = queries.figures(campaign, organization)
    if request.GET.get("export") == "xlsx":
        return _exported(campaign, organization, found)
    query = {"organization": organization.pk, "campaign": campaign.code}
    mine = Opinion.objects.visible_to(request.user).filter(organization=organization, campaign=campaign)
    context = {
        "organization": organization,
        "campaign": campaign,
        "figures": found,
        "below": queries.below(campaign, organization),
        "assisted": queries.assisted(campaign, organization),
        "hidden_below": HIDDEN_BELOW,
        "export_url": reverse("opinions:report", query=query | {"export": "xlsx"}),
        "list_url": reverse("opinions:opinion_list", query=query),
        "sees_words": mine.exists(),
        "as_of": clock.now(),
    }
    return render(request, "opinions/report.html", context)


def _exported(campaign: Campaign, organization: Organization, found: Figures) -> FileResponse:
    headings = [
        _("Table"), _("Row"), _("Originals"), _("After merging"), _("Share, per cent"), _("Batch one, per cent"),
    ]  # fmt: skip
    title = _("Opinions by category")
    notes = [
        (_("Organization"), organization.name),
        (_("Campaign"), campaign.name),
        (_("As of"), clock.now().strftime("%Y-%m-%d %H:%M")),
        (_("Base of the shares"), _("sorted originals: %(n)d") % {"n": found.base}),
        (_("Not sorted yet"), str(found.raw)),
        (_("Small cells"), _("numbers under %(n)d are not given") % {"n": HIDDEN_BELOW}),
        (_("Batch one"), _("for comparison, not a target")),
    ]
    file = workbook(title, headings, list(_rows(found)), notes)
    return FileResponse(file, as_attachment=True, filename=f"{title} {organization.name}.xlsx")


def _rows(found: Figures):
    if found.too_few:
        return
    for row in found.rows:
        yield [
            _("By category"), row.category.name, row.originals, row.merged, row.share,
            row.category.reference_percent,
        ]  # fmt: skip
    tables = ((_("By source group"), found.by_source), (_("By channel"), found.by_channel))
    for name, rows in tables:
        for row in rows:
            yield [name, row.label or _("not said"), _("not given") if row.total.hidden else row.total.number]
