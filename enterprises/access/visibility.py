"""The filters behind ``visible_to``: one for each kind of thing that can be seen."""

from django.db.models import Q, QuerySet

from enterprises.access import roles
from enterprises.tree import under

NOTHING = Q(pk__in=[])


class VisibleQuerySet(QuerySet):
    """A queryset whose model says, in ``visibility(account)``, what an account may see of it."""

    def visible_to(self, account):
        """Only the rows that the acting posts of ``account`` may see; none for a visitor."""
        if not account.is_authenticated:
            return self.none()
        return self.filter(self.model.visibility(account))


def _covered(account, permission: str, prefix: str) -> Q:
    paths = account.reach.paths.get(permission, [])
    if "" in paths:
        return Q(**{f"{prefix}pk__isnull": False}) if prefix else Q(pk__isnull=False)
    q = NOTHING
    for path in paths:
        q |= under(path, prefix)
    return q


def organization_q(account, prefix: str = "") -> Q:
    """Organisations led, and those of assisted units (read only)."""
    q = _covered(account, roles.READ, prefix)
    for path in account.reach.enterprise_paths:
        q |= under(path, f"{prefix}enterprise__")
    return q


def enterprise_q(account, prefix: str = "") -> Q:
    """Units: the own enterprise with its subsidiaries, and the units of organisations led."""
    if "" in account.reach.paths.get(roles.READ, []):
        return Q(**{f"{prefix}pk__isnull": False})
    q = NOTHING
    for path in account.reach.enterprise_paths:
        q |= under(path, prefix)
    from enterprises.models import Organization

    led = Organization.objects.filter(_covered(account, roles.READ, "")).order_by().values("enterprise")
    return q | Q(**{f"{prefix}pk__in": led})


def member_q(account, prefix: str = "") -> Q:
    """Member rows: along the affiliation chain only, the own Party group, and oneself."""
    q = _covered(account, roles.READ_MEMBERS, f"{prefix}branch__")
    if account.reach.groups:
        q |= Q(**{f"{prefix}party_group__in": account.reach.groups})
    if account.reach.member:
        q |= Q(**{f"{prefix}pk": account.reach.member})
    return q


def person_q(account, prefix: str = "organization__") -> Q:
    """Persons who are no members: as members of that organisation are seen along the affiliation chain."""
    return _covered(account, roles.READ_MEMBERS, prefix)


def record_q(account, prefix: str = "organization__") -> Q:
    """Records (meetings, make-ups, filings): of organisations led, and of assisted units."""
    q = _covered(account, roles.READ_RECORDS, prefix)
    if roles.READ_RECORDS in account.reach.permissions:
        for path in account.reach.enterprise_paths:
            q |= under(path, f"{prefix}enterprise__")
    return q


def account_q(account) -> Q:
    """Accounts: oneself; those with a post in the organisations whose accounts one keeps."""
    q = Q(pk=account.pk)
    paths = account.reach.paths.get(roles.ACCOUNTS, [])
    if "" in paths:
        return Q(pk__isnull=False)
    from enterprises.models import Post

    if paths:
        q |= Q(pk__in=Post.objects.filter(_post_scopes(account, paths)).values("account"))
    return q


def post_q(account) -> Q:
    """Posts: the own ones, and those at organisations, units and groups that can be seen."""
    from enterprises.models import Enterprise, Organization, PartyGroup

    own = Q(account=account.pk)
    if account.reach.member:
        own |= Q(member=account.reach.member)
    visible = Organization.objects.filter(organization_q(account)).order_by().values("pk")
    units = Enterprise.objects.filter(enterprise_q(account)).order_by().values("pk")
    groups = PartyGroup.objects.filter(organization_q(account, "organization__")).order_by().values("pk")
    return (
        own
        | Q(scope_kind="organization", scope_id__in=visible)
        | Q(scope_kind="enterprise", scope_id__in=units)
        | Q(scope_kind="party_group", scope_id__in=groups)
    )


def audit_q(account) -> Q:
    """What auditors read: everything about the organisations whose logs they keep."""
    return _covered(account, roles.AUDIT, "organization__")


def secretary_scopes(account, role: str) -> list[int]:
    """The organisations at which the acting post is that of the secretary itself: no deputy, no office above.

    Texts about persons are for the secretary of the one organisation, so reach along the tree is not asked.
    """
    held = [post for post in account.acting_posts if post.role == role and post.scope_kind == "organization"]
    return [post.scope_id for post in held] if account.is_active else []


def member_key_q(account) -> Q:
    """Keys to own pages: the secretary of the member's branch, and the member. Whoever issues a key could use it."""
    q = Q(member__branch__in=secretary_scopes(account, "BRANCH_SECRETARY"))
    return q | Q(member=account.reach.member) if account.reach.member else q


def _post_scopes(account, paths: list[str]) -> Q:
    from enterprises.models import Organization, PartyGroup

    inside = NOTHING
    in_group = NOTHING
    for path in paths:
        inside |= under(path)
        in_group |= under(path, "organization__")
    organizations = Organization.objects.filter(inside).order_by()
    return (
        Q(scope_kind="organization", scope_id__in=organizations.values("pk"))
        | Q(scope_kind="party_group", scope_id__in=PartyGroup.objects.filter(in_group).order_by().values("pk"))
        | Q(scope_kind="enterprise", scope_id__in=organizations.values("enterprise"))
    )
