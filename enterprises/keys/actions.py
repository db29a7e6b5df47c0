"""Issuing keys to own pages, and redeeming one (items 61, 66).

Only the secretary of the branch issues them, and for nobody who signs in with a password: a key opens what
the member and that secretary may read anyway, and nothing else.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from enterprises import clock
from enterprises.access import roles
from enterprises.access.visibility import secretary_scopes
from enterprises.action import ActionError, action
from enterprises.actions.permit import DAY, NotPermitted, locked
from enterprises.actions.posts import end_posts
from enterprises.keys import rules
from enterprises.keys.throttle import clear, fail, is_locked
from enterprises.models import Account, Member, MemberKey, Organization, Post


@dataclass(frozen=True)
class Slip:
    """What is printed for one member. The code exists nowhere else."""

    member: Member
    code: str
    key: MemberKey


class Refused(ActionError):
    """The code opens nothing. One message for every reason, as at the door; ``locked``: too many were wrong."""

    locked = False


def hashed(secret: str) -> str:
    """The keyed hash of the proving half of a code."""
    return salted_hmac("enterprises.keys", secret, algorithm="sha256").hexdigest()


def may_issue(account: Account, organization: Organization) -> bool:
    """Whether the acting post is that of this branch's own secretary."""
    return organization.pk in secretary_scopes(account, "BRANCH_SECRETARY")


def signing_in(members: Collection[Member]) -> set[int]:
    """Who of them holds a post that permits more than the own page, by key: those sign in with a password.

    Posts are looked for by the member and by the account apart: together no index leads to them.
    """
    accounts = dict(Account.objects.filter(member__in=members).values_list("pk", "member"))
    with_more = [code for code, role in roles.ROLES.items() if role.permissions and code != "MEMBER"]
    posts = Post.objects.in_force(clock.today()).filter(role__in=with_more).order_by()
    found = set(posts.filter(member__in=members).values_list("member", flat=True))
    return found | {accounts[pk] for pk in posts.filter(account__in=accounts).values_list("account", flat=True)}


@action
def issue_keys(
    *, by: Account | None, organization: Organization, members: Collection[Member], submission: UUID
) -> list[Slip]:
    """A fresh key for each of these members of the branch; the one before is revoked.

    The same `submission` twice is refused: the codes of the first time are printed already. Raises `ActionError`.
    """
    if by is not None and not may_issue(by, organization):
        raise NotPermitted(_("Only the secretary of the branch hands out keys."))
    # One sheet of a branch at a time: the second of two clicks waits, and is then told apart.
    locked(organization)
    if MemberKey.objects.filter(submission=submission).exists():
        raise ActionError(_("This sheet was printed already. Its codes are not kept; make a new sheet if it is lost."))
    here = {m.pk for m in Member.objects.on_roll().filter(branch=organization)}
    if not members or {m.pk for m in members} - here:
        raise ActionError(_("Choose members who are on the roll of this branch."))
    signing = signing_in(members)
    with_password = [m.name for m in members if m.pk in signing]
    if with_password:
        raise ActionError(
            _("%(names)s signs in with account and password. Take the name off the sheet.")
            % {"names": _(", ").join(with_password)}
        )
    MemberKey.objects.filter(member__in=[m.pk for m in members], used_at=None, revoked_at=None).update(
        revoked_at=clock.now()
    )
    return [_issue(by, organization, member, submission) for member in members]


def _issue(by: Account | None, organization: Organization, member: Member, submission: UUID) -> Slip:
    code = rules.new_code()
    while MemberKey.objects.filter(selector=code.selector).exists():
        code = rules.new_code()
    key = MemberKey.objects.create(
        member=member,
        organization=organization,
        selector=code.selector,
        secret_hash=hashed(code.secret),
        submission=submission,
        issued_by=by,
        issued_at=clock.now(),
        expires_at=clock.now() + rules.GOOD_FOR,
    )
    return Slip(member, str(code), key)


@action
def revoke_key(*, by: Account | None, key: MemberKey) -> MemberKey:
    """Let a key that was lost open nothing any more. Twice is once."""
    if by is not None and not may_issue(by, key.organization):
        raise NotPermitted(_("Only the secretary of the branch takes keys back."))
    key = locked(key)
    if key.revoked_at is None and key.used_at is None:
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
    return key


def redeem(text: str) -> Account:
    """Use up a key and give the account of its member. Wrong attempts count against the key they name.

    Raises `Refused`: one message whatever the reason, and another after five wrong attempts.
    """
    code = rules.read_code(text)
    if code is None:
        raise _refused()
    if is_locked(code.selector):
        refusal = Refused(_("Five attempts with this code were wrong. Wait 15 minutes, then try again."), "code")
        refusal.locked = True
        raise refusal
    account = redeem_code(by=None, code=code)
    if account is None:
        fail(code.selector)
        raise _refused()
    clear(code.selector)
    return account


def _refused() -> Refused:
    text = _("This code opens nothing: mistyped, used, replaced or too old. Ask the branch secretary for another one.")
    return Refused(text, "code")


@action
def redeem_code(*, by: None, code: rules.Code) -> Account | None:
    """The account of the member whose key this is, created where there is none; ``None``: the code is not good."""
    key = MemberKey.objects.select_for_update(of=("self",)).filter(selector=code.selector).first()
    if key is None or not hmac.compare_digest(key.secret_hash, hashed(code.secret)):
        return None
    if not rules.good(key.used_at, key.revoked_at, key.expires_at, clock.now()):
        return None
    member = locked(key.member)
    if not member.is_on_roll or member.branch_id != key.organization_id or signing_in([member]):
        return None
    account = _account_of(member)
    if not account.is_active:
        return None
    key.used_at = clock.now()
    key.save(update_fields=["used_at"])
    return account


def _account_of(member: Member) -> Account:
    """The member's account, without a password, with the post of a member at the present branch."""
    account = Account.objects.filter(member=member).first()
    if account is None:
        account = Account.objects.create_user(f"m.{member.code}"[:60], display_name=member.name, member=member)
    if account.must_change_password:  # a first password that nobody has used: the key stands in its place
        account.set_unusable_password()
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
    posts = Post.objects.filter(account=account, role="MEMBER", scope_kind=Post.Scope.ORGANIZATION)
    end_posts(posts.exclude(scope_id=member.branch_id), clock.today() - DAY)
    if not posts.filter(scope_id=member.branch_id).in_force(clock.today()).exists():
        Post.objects.create(
            account=account, member=member, role="MEMBER", scope_id=member.branch_id, since=clock.today()
        )
    return account
