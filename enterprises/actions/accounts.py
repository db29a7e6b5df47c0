"""Accounts and the posts that let them act (design section 4).

Nobody gives a post that permits more than the own one, and nobody gives a post to the own account.
"""

import secrets
from datetime import date

from django.utils.translation import gettext as _

from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.actions.posts import end_posts
from enterprises.models import Account, Enterprise, Member, Organization, PartyGroup, Post

# Which role may stand at which kind of scope. Rooms above add their own. Not the member's: whoever set that password
# would read the member's own analysis; members come in by a code from their branch secretary (`enterprises.keys`).
SCOPE_ROLES: dict[str, tuple[str, ...]] = {
    Post.Scope.ORGANIZATION: (
        "OFFICE_STAFF",
        "COMMITTEE_SECRETARY",
        "BRANCH_SECRETARY",
        "LOCAL_LIAISON",
        "AUDITOR",
        "ADMINISTRATOR",
    ),
    Post.Scope.ENTERPRISE: ("ENTERPRISE_OFFICE",),
    Post.Scope.PARTY_GROUP: ("GROUP_LEADER",),
}
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read wrongly on paper


def first_password() -> str:
    """A random password of four groups of four (about 79 bits), shown once."""
    return "-".join("".join(secrets.choice(ALPHABET) for _i in range(4)) for _j in range(4))


def scope_path(scope_kind: str, scope_id: int) -> str | None:
    """The path of the organisation a scope belongs to; ``None`` where no organisation leads it."""
    if scope_kind == Post.Scope.ORGANIZATION:
        return Organization.objects.filter(pk=scope_id).values_list("path", flat=True).first()
    if scope_kind == Post.Scope.ENTERPRISE:
        units = Enterprise.objects.filter(pk=scope_id)
        return units.values_list("leading_organization__path", flat=True).first()
    if scope_kind == Post.Scope.PARTY_GROUP:
        return PartyGroup.objects.filter(pk=scope_id).values_list("organization__path", flat=True).first()
    return None


def may_grant(by: Account | None, role: str, scope_kind: str, scope_id: int) -> bool:
    """Whether ``by`` may give (or take away) that role there."""
    if by is None or roles.OPERATE in by.reach.permissions:
        return True
    path = scope_path(scope_kind, scope_id)
    definition = roles.ROLES[role]
    if path is None or not by.reach.covers(roles.ACCOUNTS, path):
        return False
    return all(by.reach.covers(permission, path) for permission in definition.permissions)


def _require_grant(by: Account | None, role: str, scope_kind: str, scope_id: int) -> None:
    if role not in SCOPE_ROLES.get(scope_kind, ()):
        raise ActionError(_("This role does not exist there. Choose another one."), "role")
    if not may_grant(by, role, scope_kind, scope_id):
        raise NotPermitted(_("Your post does not permit giving this one. Ask the administrator."), "role")


def may_manage(by: Account | None, account: Account) -> bool:
    """Whether ``by`` may reset, deactivate or give posts to ``account``: all its posts lie within reach."""
    if by is None or roles.OPERATE in by.reach.permissions:
        return True
    held = account.posts_in_force
    return bool(held) and all(may_grant(by, p.role, p.scope_kind, p.scope_id) for p in held)


def is_members_own(account: Account) -> bool:
    """Whether the account opens the own page of its member and nothing else."""
    held = [post.role for post in account.posts_in_force]
    return account.member_id is not None and not any(roles.ROLES[role].permissions for role in held if role != "MEMBER")


def _require_manage(by: Account | None, account: Account) -> None:
    if not may_manage(by, account):
        raise NotPermitted(_("This account has posts outside your reach. Ask the administrator."))


@action
def create_account(
    *,
    by: Account | None,
    username: str,
    display_name: str,
    role: str,
    scope_kind: str,
    scope_id: int,
    member: Member | None = None,
    since: date | None = None,
) -> tuple[Account, str]:
    """Create an account with its first post. Returns it and the first password, which is shown once."""
    _require_grant(by, role, scope_kind, scope_id)
    if Account.objects.filter(username=username).exists():
        raise ActionError(_("The account name %(name)s is taken. Enter another one.") % {"name": username}, "username")
    if member and Account.objects.filter(member=member).exists():
        raise ActionError(_("%(name)s has an account already. Give it a post.") % {"name": member}, "member")
    password = first_password()
    account = Account.objects.create_user(
        username, password, display_name=display_name, member=member, must_change_password=True
    )
    Post.objects.create(
        account=account,
        member=member,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        since=since or clock.today(),
    )
    return account, password


@action
def give_account_post(
    *,
    by: Account | None,
    account: Account,
    role: str,
    scope_kind: str,
    scope_id: int,
    since: date,
    until: date | None = None,
) -> Post:
    """Give an account a further post from ``since`` to ``until``, both days included."""
    if by is not None and by.pk == account.pk:
        raise NotPermitted(_("Nobody gives a post to the own account. Ask a colleague."))
    _require_grant(by, role, scope_kind, scope_id)
    if until and until < since:
        raise ActionError(_("The last day is before the first. Correct one of them."), "until")
    same = Post.objects.filter(account=account, role=role, scope_kind=scope_kind, scope_id=scope_id)
    if same.in_force(since).exists():
        raise ActionError(_("The account holds this post already."), "role")
    return Post.objects.create(
        account=account,
        member=account.member,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        since=since,
        until=until,
    )


@action
def end_account_post(*, by: Account | None, post: Post, until: date) -> None:
    """End an account's post; ``until`` is its last day. One that never came into force is removed."""
    if not may_grant(by, post.role, post.scope_kind, post.scope_id):
        raise NotPermitted(_("Your post does not permit ending this one. Ask the administrator."))
    if post.until and post.until < until:
        raise ActionError(_("This post has already ended."), "until")
    end_posts(Post.objects.filter(pk=post.pk), until)


@action
def reset_password(*, by: Account | None, account: Account) -> str:
    """Set a new first password and return it. Whoever is signed in with the account is signed out.

    Not for an account that opens the own page of a member alone (items 61, 64). Raises `ActionError`.
    """
    _require_manage(by, account)
    if is_members_own(account):
        raise ActionError(
            _(
                "This account opens a member's own page: nobody else sets its password. "
                "The branch secretary hands out a code."
            )
        )
    account = locked(account)
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    return password


@action
def deactivate_account(*, by: Account | None, account: Account, reason: str = "") -> Account:
    """Let nobody sign in with the account any more. What was done with it stays."""
    if by is not None and by.pk == account.pk:
        raise ActionError(_("This is your own account. Ask a colleague."))
    _require_manage(by, account)
    return _set_active(account, False)


@action
def reactivate_account(*, by: Account | None, account: Account, reason: str = "") -> Account:
    """Let the account be used again."""
    _require_manage(by, account)
    return _set_active(account, True)


def _set_active(account: Account, active: bool) -> Account:
    account = locked(account)
    account.is_active = active
    account.save(update_fields=["is_active"])
    return account
