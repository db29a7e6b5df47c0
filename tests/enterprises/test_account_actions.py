"""Accounts: first passwords, who may give which post, and nobody rises by own hand."""

from datetime import date

import pytest

from enterprises.action import ActionError
from enterprises.actions import accounts
from enterprises.actions.permit import NotPermitted
from enterprises.models import Account, Post
from tests.cast import PASSWORD

SINCE = date(2025, 9, 1)


def create(cast, by, role="BRANCH_SECRETARY", scope=None, kind="organization", username="new"):
    return accounts.create_account(
        by=cast.fresh(by) if by else None,
        username=username,
        display_name="王示一",
        role=role,
        scope_kind=kind,
        scope_id=(scope or cast.org["B2"]).pk,
        since=SINCE,
    )


def test_the_first_password_works_once_and_must_change(cast):
    account, password = create(cast, "committee_secretary")
    assert account.check_password(password) and account.must_change_password
    assert len(password) == 19
    again = accounts.reset_password(by=cast.fresh("committee_secretary"), account=account)
    account.refresh_from_db()
    assert again != password and account.check_password(again)


@pytest.mark.parametrize(
    ("by", "role", "scope"),
    [
        ("branch_secretary", "BRANCH_SECRETARY", "B2"),  # keeps no accounts
        ("committee_secretary", "BRANCH_SECRETARY", "B5"),  # another enterprise
        ("committee_secretary", "OFFICE_STAFF", "A"),  # more than the own post
        ("committee_secretary", "ADMINISTRATOR", "A"),
        ("enterprise_office", "AUDITOR", "E01-DZ"),
        ("office", "ADMINISTRATOR", "ROOT"),
    ],
)
def test_nobody_gives_more_than_the_own_post(cast, by, role, scope):
    with pytest.raises(NotPermitted):
        create(cast, by, role, cast.org[scope])


def test_the_administrator_gives_every_post_but_not_to_the_own_account(cast):
    create(cast, "administrator", "OFFICE_STAFF", cast.org["ROOT"])
    with pytest.raises(NotPermitted):
        accounts.give_account_post(
            by=cast.fresh("administrator"),
            account=cast.account["administrator"],
            role="OFFICE_STAFF",
            scope_kind="organization",
            scope_id=cast.org["ROOT"].pk,
            since=SINCE,
        )


@pytest.mark.parametrize(("role", "kind"), [("ENTERPRISE_OFFICE", "organization"), ("AUDITOR", "party_group")])
def test_roles_stand_at_their_scopes(cast, role, kind):
    with pytest.raises(ActionError) as refusal:
        create(cast, None, role, kind=kind)
    assert refusal.value.field == "role"


def test_an_account_with_posts_beyond_reach_is_left_alone(cast):
    account, _password = create(cast, "committee_secretary")
    accounts.give_account_post(
        by=None,
        account=account,
        role="OFFICE_STAFF",
        scope_kind="organization",
        scope_id=cast.org["ROOT"].pk,
        since=SINCE,
    )
    for act in (accounts.reset_password, accounts.deactivate_account):
        with pytest.raises(NotPermitted):
            act(by=cast.fresh("committee_secretary"), account=Account.objects.get(pk=account.pk))


@pytest.mark.item(61)
@pytest.mark.parametrize("by", ["branch_secretary", "committee_secretary", "office", "administrator"])
def test_nobody_sets_the_password_of_a_members_own_page(cast, by):
    """Whoever could would read the member's analysis. Once the member holds another post, it is as any account."""
    account, keeper = cast.fresh("member"), cast.fresh(by)
    with pytest.raises(ActionError):
        accounts.reset_password(by=keeper, account=account)
    with pytest.raises(ActionError) as refusal:
        create(cast, by, "MEMBER")
    assert refusal.value.field == "role"
    assert cast.fresh("member").check_password(PASSWORD)


def test_a_member_with_a_post_gets_a_new_password_like_others(cast):
    Post.objects.create(account=cast.account["member"], role="GROUP_LEADER", scope_kind="party_group", scope_id=1)
    assert accounts.reset_password(by=None, account=cast.fresh("member"))


def test_posts_end_and_accounts_rest(cast):
    account, _password = create(cast, "committee_secretary")
    by = cast.fresh("committee_secretary")
    accounts.deactivate_account(by=by, account=account)
    assert not Account.objects.get(pk=account.pk).is_active
    accounts.reactivate_account(by=by, account=account)
    post = Post.objects.get(account=account)
    accounts.end_account_post(by=by, post=post, until=date(2025, 9, 30))
    assert Post.objects.get(pk=post.pk).until == date(2025, 9, 30)
    with pytest.raises(ActionError):
        accounts.deactivate_account(by=by, account=by)


def test_names_are_taken_once(cast):
    with pytest.raises(ActionError) as refusal:
        create(cast, None, username="office")
    assert refusal.value.field == "username"
