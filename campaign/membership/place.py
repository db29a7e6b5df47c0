"""Which organization a page of this room is about."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from campaign.progress.record_pages import own_organization
from enterprises.models import Organization
from enterprises.panels import counts_of

MOST = 150_000  # members of a subtree up to which they are looked through one by one while the reader waits


def asked_organization(request: HttpRequest) -> Organization | None:
    """The one that ``?organization=`` names (404 out of sight); else that of the acting post."""
    seen = Organization.objects.visible_to(request.user).select_related("enterprise")
    asked = request.GET.get("organization", "")
    if asked:
        return get_object_or_404(seen, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    reach = request.user.reach
    if reach.organization is not None:
        return seen.filter(pk=reach.organization.pk).first()
    if reach.groups:
        return seen.filter(party_groups__in=reach.groups).first()
    return own_organization(request.user)


def too_many(organization: Organization) -> bool:
    """Whether the subtree is too large to be looked through member by member while the reader waits."""
    counts = counts_of([organization.pk]).get(organization.pk)
    return counts is not None and counts.members > MOST
