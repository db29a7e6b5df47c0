"""Which organisation and campaign a page of staff is about."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from campaign.plan import current
from campaign.plan.models import Campaign
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.models import Organization


def organization_of(request: HttpRequest) -> Organization:
    """The organisation in the address, else the one the acting post stands at. Raises ``Http404``."""
    visible = Organization.objects.visible_to(request.user).select_related("enterprise")
    asked = request.GET.get("organization", "")
    if asked:
        return get_object_or_404(visible, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    paths = request.user.reach.paths.get(roles.READ_RECORDS, [])
    found = visible.filter(path__in=paths).order_by("path").first()
    if found is None:
        raise Http404
    return found


def recording_for(request: HttpRequest) -> Organization:
    """The same, for writing: 403 where the post may only read."""
    organization = organization_of(request)
    if not may_record(request.user, organization):
        raise PermissionDenied
    return organization


def campaign_of(request: HttpRequest) -> Campaign:
    """The campaign in the address, else the one in hand. Raises ``Http404`` where there is none."""
    code = request.GET.get("campaign", "")
    found = current.campaign_of(request)
    if found is None or code and found.code != code:
        raise Http404
    return found
