"""What the pages share: the organization in the address, and that of the acting post."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from campaign.support.access import sees_records
from enterprises.models import Account, Enterprise, Organization, Post


def own_node(account: Account) -> Organization | None:
    """The organization of the acting post: itself, or the one that leads its enterprise."""
    post = account.acting_post
    if post is None:
        return None
    visible = Organization.objects.visible_to(account).select_related("superior", "enterprise")
    if post.scope_kind == Post.Scope.ORGANIZATION:
        return visible.filter(pk=post.scope_id).first()
    units = Enterprise.objects.visible_to(account).filter(pk=post.scope_id)
    if post.scope_kind == Post.Scope.ENTERPRISE:
        return visible.filter(pk__in=units.values("leading_organization")).first()
    return None


def organization_at(request: HttpRequest, pk: int) -> Organization:
    """The organization in the address; 404 out of sight."""
    visible = Organization.objects.visible_to(request.user).select_related("superior", "enterprise")
    return get_object_or_404(visible, pk=pk)


def node_at(request: HttpRequest, pk: int) -> Organization:
    """The same, for whoever reads its records; 403 for those who only know that it exists."""
    organization = organization_at(request, pk)
    if not sees_records(request.user, organization):
        raise PermissionDenied
    return organization


def own_node_or_404(request: HttpRequest) -> Organization:
    """The organization of the acting post; 404 where the post has none."""
    own = own_node(request.user)
    if own is None:
        raise Http404
    return own
