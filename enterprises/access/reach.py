"""What an account's acting posts reach, worked out once per request from its posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enterprises.access import roles

if TYPE_CHECKING:
    from enterprises.models import Account, Organization, Post


@dataclass
class Reach:
    """Per permission: the organisation paths it covers (``""`` is every organisation).

    ``enterprise_paths``: units whose organisations' facts and figures may be read although they are led
    elsewhere (assisted units, item 8). ``groups``: Party groups led. ``member``: the own member row.
    ``organization``: that of the post, where it is held at one.
    """

    paths: dict[str, list[str]] = field(default_factory=dict)
    enterprise_paths: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    member: int | None = None
    permissions: frozenset[str] = frozenset()
    organization: Organization | None = None

    @property
    def key(self) -> tuple:
        """Equal for equal reaches, and hashable."""
        paths = tuple(sorted((permission, *covered) for permission, covered in self.paths.items()))
        return paths, tuple(self.enterprise_paths), tuple(self.groups), self.member, self.permissions

    def add(self, path: str, permissions: frozenset[str] | set[str]) -> None:
        """Let ``permissions`` cover the subtree at ``path``."""
        for permission in permissions:
            covered = self.paths.setdefault(permission, [])
            if path not in covered:
                covered.append(path)

    def covers(self, permission: str, path: str) -> bool:
        """Whether ``permission`` holds at the organisation with that path."""
        return any(path.startswith(prefix) for prefix in self.paths.get(permission, []))

    @classmethod
    def of(cls, account: Account) -> Reach:
        """Work out the reach of the account's acting posts."""
        reach = cls(member=account.member_id)
        if not account.is_active:
            return cls()
        for post in account.acting_posts:
            definition = roles.ROLES[post.role]
            reach.permissions |= definition.permissions
            register = SCOPES.get(post.scope_kind)
            if register:
                register(reach, post, definition)
        return reach


def _organization(reach: Reach, post: Post, role: type[roles.Role]) -> None:
    from enterprises.models import Organization

    organization = Organization.objects.filter(pk=post.scope_id).first()
    if organization is None:
        return
    reach.organization = organization
    found = organization.path
    if role.code == "MEMBER":
        reach.add(found, {roles.READ})
        return
    reach.add(found, role.permissions)
    if role.everywhere:
        reach.add("", role.permissions & {roles.READ, roles.CAMPAIGN, roles.AUDIT, roles.OPERATE, roles.ACCOUNTS})


def _enterprise(reach: Reach, post: Post, role: type[roles.Role]) -> None:
    from enterprises.models import Enterprise

    unit = Enterprise.objects.select_related("leading_organization").filter(pk=post.scope_id).first()
    if unit is None:
        return
    reach.enterprise_paths.append(unit.path)
    if unit.leading_organization:
        reach.add(unit.leading_organization.path, role.permissions)


def _party_group(reach: Reach, post: Post, role: type[roles.Role]) -> None:
    from enterprises.models import PartyGroup

    group = PartyGroup.objects.select_related("organization").filter(pk=post.scope_id).first()
    if group is None:
        return
    reach.groups.append(group.pk)
    reach.add(group.organization.path, role.permissions - {roles.READ_MEMBERS, roles.RECORD})


# Each app registers the visibility of the scopes it brings.
SCOPES: dict[str, Callable[[Reach, Post, type[roles.Role]], None]] = {
    "organization": _organization,
    "enterprise": _enterprise,
    "party_group": _party_group,
}


def may(account: Account, permission: str, organization) -> bool:
    """Whether ``account`` has ``permission`` at ``organization`` (an ``Organization``)."""
    return account.is_authenticated and account.reach.covers(permission, organization.path)


def may_record(account: Account, organization, party_group=None) -> bool:
    """Whether ``account`` records for ``organization``; a Party-group leader does for the own group."""
    if may(account, roles.RECORD, organization):
        return True
    if party_group is None or not account.is_authenticated:
        return False
    return roles.RECORD in account.reach.permissions and party_group.pk in account.reach.groups
