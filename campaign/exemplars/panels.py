"""What models put on the page of an organisation: those it has put forward."""

from django.http import HttpRequest

from campaign.exemplars.models import ModelMember
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel
from enterprises.tree import under

LATEST = 3


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
