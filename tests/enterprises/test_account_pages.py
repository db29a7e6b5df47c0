"""Accounts: the list, the page, the password that is shown once."""

from django.urls import reverse

from enterprises.models import Account, Post
from tests.enterprises.conftest import text


def url(name, row=None):
    return reverse(f"enterprises:{name}", args=[row.pk] if row else [])


def test_the_list_and_its_filters(cast, browse):
    client = browse("committee_secretary")
    page = text(client.get(url("account_list")))
    assert "branch_secretary" in page and "other_enterprise_office" not in page
    only = text(client.get(url("account_list"), {"role": "GROUP_LEADER"}))
    assert "group_leader" in only and "other_secretary" not in only


def test_creating_shows_the_password_once(cast, browse, today):
    client = browse("committee_secretary")
    data = {"username": "b3.secretary", "display_name": "王示一", "role": "BRANCH_SECRETARY",
            "organization": "B3", "since": "2025-09-01", "member": "M0301"}  # fmt: skip
    answer = client.post(url("account_new"), data)
    account = Account.objects.get(username="b3.secretary")
    password = answer.context["password"]
    assert password in text(answer) and account.check_password(password)
    assert answer.headers["Cache-Control"] == "no-store"
    assert account.member == cast.member["M0301"]
    assert password not in text(client.get(url("account", account)))


def test_a_role_needs_its_place(cast, browse, today):
    client = browse("administrator")
    data = {"username": "liaison", "display_name": "李示二", "role": "LOCAL_LIAISON", "since": "2025-09-01"}
    assert "Say where this post is held" in text(client.post(url("account_new"), data))
    wrong = data | {"role": "GROUP_LEADER", "party_group": "none"}
    assert "No open Party group has this code" in text(client.post(url("account_new"), wrong))
    right = data | {"role": "GROUP_LEADER", "party_group": "PG"}
    assert client.post(url("account_new"), right).status_code == 200
    assert Post.objects.get(account__username="liaison").scope_kind == "party_group"


def test_more_than_the_own_post_is_refused(cast, browse, today):
    data = {"username": "high", "display_name": "张示三", "role": "OFFICE_STAFF", "organization": "A",
            "since": "2025-09-01"}  # fmt: skip
    answer = browse("committee_secretary").post(url("account_new"), data)
    assert "does not permit giving this one" in text(answer)
    assert not Account.objects.filter(username="high").exists()


def test_posts_passwords_and_rest(cast, browse, today):
    client, account = browse("committee_secretary"), cast.account["branch_secretary"]
    client.post(
        url("account_post_new", account),
        {"role": "BRANCH_SECRETARY", "organization": "B3", "since": "2025-09-01"},
    )
    added = Post.objects.get(account=account, scope_id=cast.org["B3"].pk)
    client.post(url("account_post_end", added), {"until": "2025-09-30"})
    old = account.password
    assert "password" in client.post(url("account_password", account)).context
    client.post(url("account_deactivate", account))
    account.refresh_from_db()
    assert account.password != old and not account.is_active
    client.post(url("account_reactivate", account))
    account.refresh_from_db()
    assert account.is_active
