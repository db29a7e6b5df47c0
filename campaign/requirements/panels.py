"""What concrete requirements put on the page of an organisation: what is in force there, or the own draft."""

from django.http import HttpRequest

from campaign.requirements.models import ConcreteRequirements
from campaign.requirements.queries import adopted_for
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.models import Organization
from enterprises.panels import Panel, organization_panel


@organization_panel(order=36)
def requirements(request: HttpRequest, organization: Organization) -> Panel | None:
    """The version in force, the own document, and the form that writes one (item 52)."""
    if not may(request.user, roles.READ, organization):
        return None
    own = ConcreteRequirements.objects.visible_to(request.user).filter(organization=organization)
    version = adopted_for(organization)
    writes = not organization.is_branch and organization.closed_on is None and may_record(request.user, organization)
    document = own.order_by("-campaign__launched_on").first()
    if version is None and document is None and not writes:
        return None
    context = {"organization": organization, "version": version, "document": document, "may_write": writes}
    return Panel("requirements/_panel.html", context)
