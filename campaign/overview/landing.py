"""Where each role lands after signing in (design section 8)."""

from django.urls import reverse

from enterprises.access import roles
from enterprises.models import Account, Enterprise, Organization, PartyGroup, Post

BRANCH_ROLES = ("BRANCH_SECRETARY", "GROUP_LEADER")
EVERYWHERE_ROLES = ("OFFICE_STAFF", "AUDITOR", "ADMINISTRATOR")


def organization_of(account: Account) -> Organization | None:
    """The organisation of the acting post: itself, the one that leads its enterprise, its group's branch."""
    post = account.acting_post
    if post is None:
        return None
    if post.scope_kind == Post.Scope.ORGANIZATION:
        own = account.reach.organization
        return own if own and account.reach.covers(roles.READ, own.path) else None
    if post.scope_kind == Post.Scope.ENTERPRISE:
        units = Enterprise.objects.visible_to(account).select_related("leading_organization")
        unit = units.filter(pk=post.scope_id).first()
        return unit.leading_organization if unit else None
    if post.scope_kind == Post.Scope.PARTY_GROUP:
        groups = PartyGroup.objects.visible_to(account).select_related("organization")
        group = groups.filter(pk=post.scope_id).first()
        return group.organization if group else None
    return None


def landing_url(account: Account) -> str:
    """The page that answers the question of the acting post."""
    post = account.acting_post
    if post is None or post.role == "MEMBER":
        return reverse("overview:me")
    if post.role in EVERYWHERE_ROLES:
        return reverse("overview:country")
    if post.role in BRANCH_ROLES:
        return reverse("overview:week")
    organization = organization_of(account)
    if organization is None:
        return reverse("overview:units")
    if organization.is_branch:
        return reverse("overview:week")
    return reverse("overview:node", args=[organization.pk])
