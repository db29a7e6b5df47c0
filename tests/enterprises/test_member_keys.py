"""Keys to own pages: printed once, redeemed once, throttled, and never a way round a password (61, 66)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from enterprises import clock, qr
from enterprises.action import ActionError
from enterprises.actions.accounts import create_account
from enterprises.actions.permit import NotPermitted
from enterprises.keys import actions
from enterprises.keys.rules import ALPHABET, Code, good, new_code, read_code
from enterprises.models import Account, MemberKey, Post

BACKEND = "django.contrib.auth.backends.ModelBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts():
    cache.clear()


def slip(cast, code="M0205", by=None):
    branch = cast.member[code].branch
    [made] = actions.issue_keys(by=by, organization=branch, members=[cast.member[code]], submission=uuid4())
    return made


def test_codes_are_read_as_people_type_them():
    code = new_code()
    assert set(code.selector + code.secret) <= set(ALPHABET)
    printed = str(code)
    for typed in (printed, printed.upper(), printed.replace("-", " "), printed.replace("-", "")):
        assert read_code(typed) == code
    for typed in ("", "abc", printed[:-1], printed[:-1] + "0", "一" * 14):
        assert read_code(typed) is None
    assert str(Code("abcdef", "ghjkmnpq")) == "abcdef-ghjk-mnpq"


def test_a_key_is_good_once_and_for_a_time():
    now = clock.now()
    later, earlier = now + timedelta(days=1), now - timedelta(seconds=1)
    assert good(None, None, later, now)
    assert not any((good(now, None, later, now), good(None, now, later, now), good(None, None, earlier, now)))


@pytest.mark.item(61, 66)
def test_a_slip_opens_the_own_page_once(cast, client):
    made = slip(cast)
    url = reverse("keys:open", args=[made.code])
    assert client.get(url).status_code == 200  # looking uses up nothing
    assert MemberKey.objects.get().used_at is None
    answer = client.post(reverse("keys:door"), {"code": made.code})
    assert answer.status_code == 302
    account = Account.objects.get(member=cast.member["M0205"])
    assert not account.has_usable_password()
    assert [(p.role, p.scope_id) for p in account.posts.all()] == [("MEMBER", cast.org["B2"].pk)]
    assert cast.member["M0205"].name in client.get(reverse("overview:me")).content.decode()
    client.logout()
    again = client.post(reverse("keys:door"), {"code": made.code})
    assert again.context["form"].errors.keys() == {"code"}
    assert reverse("signin:sign_in") in client.get(reverse("overview:me")).url


def test_a_second_slip_reuses_the_account_and_revokes_the_first(cast):
    first, second = slip(cast), slip(cast)
    with pytest.raises(actions.Refused):
        actions.redeem(first.code)
    account = actions.redeem(second.code)
    assert actions.redeem(slip(cast).code) == account
    assert Post.objects.filter(account=account).count() == 1


def test_only_a_keyed_hash_is_stored(cast):
    made = slip(cast)
    secret = made.code.replace("-", "")[6:]
    row = MemberKey.objects.values().get()
    assert all(secret not in str(value) for value in row.values())
    assert row["secret_hash"] == actions.hashed(secret)
    assert not any("secret_hash" in {f.name for f in m._meta.fields} for m in MemberKey.pgh_event_models.values())


def test_five_wrong_attempts_lock_the_key(cast, client):
    made = slip(cast)
    wrong = made.code[:-1] + ("a" if made.code[-1] != "a" else "b")
    door = reverse("keys:door")
    for _attempt in range(5):
        assert client.post(door, {"code": wrong}).status_code == 200
    assert client.post(door, {"code": made.code}).status_code == 429
    assert MemberKey.objects.get().used_at is None
    other = slip(cast, "M0206")
    assert client.post(door, {"code": other.code}).status_code == 302  # others are not locked out


def test_old_keys_and_those_of_members_who_left_open_nothing(cast):
    old, left = slip(cast), slip(cast, "M0206")
    MemberKey.objects.filter(pk=old.key.pk).update(expires_at=clock.now() - timedelta(days=1))
    cast.member["M0206"].branch = cast.org["B3"]
    cast.member["M0206"].save()
    for code in (old.code, left.code):
        with pytest.raises(actions.Refused):
            actions.redeem(code)


def test_a_key_is_no_way_round_the_password_of_a_post(cast):
    made = slip(cast)
    create_account(
        by=None, username="sec", display_name="书记", role="BRANCH_SECRETARY", scope_kind="organization",
        scope_id=cast.org["B2"].pk, member=cast.member["M0205"],
    )  # fmt: skip
    with pytest.raises(actions.Refused):
        actions.redeem(made.code)
    with pytest.raises(ActionError, match=cast.member["M0205"].name):
        slip(cast)


@pytest.mark.item(61)
def test_a_post_held_by_the_account_alone_counts_too(cast):
    secretary = cast.account["committee_secretary"]
    assert not Post.objects.filter(account=secretary).exclude(member=None).exists()
    secretary.member = cast.member["M0206"]
    secretary.save(update_fields=["member"])
    assert actions.signing_in([cast.member["M0205"], cast.member["M0206"]]) == {cast.member["M0206"].pk}
    with pytest.raises(ActionError):
        slip(cast, "M0206")


@pytest.mark.parametrize("name", ["office", "committee_secretary", "group_leader", "other_secretary", "administrator"])
def test_only_the_branch_secretary_issues_keys(cast, name):
    assert slip(cast, by=cast.account["branch_secretary"])
    with pytest.raises(NotPermitted):
        slip(cast, by=cast.account[name])


def test_the_sheet_is_printed_once(cast, client):
    client.force_login(cast.account["branch_secretary"], backend=BACKEND)
    url = reverse("keys:sheet", args=[cast.org["B2"].pk])
    form = {"submission": str(uuid4()), "member": [cast.member["M0205"].pk, cast.member["M0206"].pk]}
    page = client.post(url, form)
    text = page.content.decode()
    assert text.count('<svg class="xf-qr"') == 2
    assert "no-store" in page.headers["Cache-Control"]
    codes = re.findall(r"\b[a-z2-9]{6}-[a-z2-9]{4}-[a-z2-9]{4}\b", text)
    assert len(set(codes)) == 2
    assert client.post(url, form).context["form"].non_field_errors()  # the codes are printed: not made anew
    assert actions.redeem(codes[0])


def test_a_lost_slip_is_taken_back(cast, client):
    made = slip(cast)
    client.force_login(cast.account["branch_secretary"], backend=BACKEND)
    client.post(reverse("keys:revoke", args=[made.key.pk]))
    with pytest.raises(actions.Refused):
        actions.redeem(made.code)


def test_a_qr_code_is_drawn_as_one_path():
    size, path = qr.svg_path("https://xianfeng.example/k/abcdef-ghjk-mnpq/")
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", path)
    assert path.startswith("M4 4h7v1h-7z")  # the finder's upper edge, inside the quiet zone
    assert size >= 29
