"""What models put on the page of an organisation: those it has put forward."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from campaign.exemplars.models import ModelMember
from campaign.plan.models import Campaign
from campaign.progress.known import tells
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel
from enterprises.tree import under

LATEST = 3
NAMED = 5  # in a summary report


@organization_panel(order=37)
def models(request: HttpRequest, organization: Organization) -> Panel | None:
    """The models of the subtree that were put forward last, with what is still missing (item 53)."""
    if not may(request.user, roles.READ_RECORDS, organization):
        return None
    found = ModelMember.objects.visible_to(request.user).filter(under(organization.path, "organization__"))
    latest = found.exclude(state=ModelMember.State.WITHDRAWN).select_related("member", "organization")[:LATEST]
    if not latest:
        return None
    may_nominate = organization.closed_on is None and may_record(request.user, organization)
    context = {"organization": organization, "models": latest, "may_nominate": may_nominate}
    return Panel("exemplars/_panel.html", context)


@tells
def told_of(campaign: Campaign, organization: Organization, today: date) -> dict[str, str]:
    """The models that were publicised, for the summary: cases of the first sentence (items 53, 112)."""
    found = ModelMember.objects.filter(
        under(organization.path, "organization__"), campaign=campaign, state=ModelMember.State.PUBLICISED
    )
    headlines = list(found.order_by("-publicised_on", "pk").values_list("headline", flat=True)[:NAMED])
    if not headlines:
        return {}
    words = _("Models publicised: %(headlines)s.") % {"headlines": _("; ").join(headlines)}
    return {"study": words, "sentence_quality": words}
