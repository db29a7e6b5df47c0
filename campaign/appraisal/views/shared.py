"""What the pages share: the organisation and campaign in the address, and who was ticked."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from campaign.plan.current import campaign_of
from campaign.plan.models import Campaign
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.models import Organization


def campaign_in_hand(request: HttpRequest) -> Campaign:
    """The campaign named or chosen. 404 where none was launched."""
    campaign = campaign_of(request)
    if campaign is None:
        raise Http404
    return campaign


def campaign_name(request: HttpRequest) -> list[str]:
    """The name of the campaign in hand, as a fact of a list; nothing where none was launched."""
    campaign = campaign_of(request)
    return [campaign.name] if campaign else []


def organization_recorded_for(request: HttpRequest) -> Organization:
    """The organisation in the address: 404 out of sight, 403 where it may only be read or its members not seen."""
    visible = Organization.objects.visible_to(request.user).select_related("enterprise")
    organization = get_object_or_404(visible, pk=number(request.GET.get("organization", "")))
    if not (may_record(request.user, organization) and may(request.user, roles.READ_MEMBERS, organization)):
        raise PermissionDenied
    return organization


def branch_recorded_for(request: HttpRequest) -> Organization:
    """The same, for what only a branch records."""
    organization = organization_recorded_for(request)
    if not organization.is_branch:
        raise Http404
    return organization


def number(text: str) -> int:
    """A key from an address; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def ticked(request: HttpRequest) -> set[int]:
    """The members ticked on a form."""
    return {number(pk) for pk in request.POST.getlist("member")} - {0}
