"""The door: signing in and out, the throttle, the forced password change, where one lands."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from enterprises.models import Account

pytestmark = pytest.mark.django_db
DOOR = "/sign-in/"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["language"] = "en"


def enter(client, name, password, **more):
    return client.post(DOOR, {"username": name, "password": password, **more})


def test_signs_in_and_goes_on_to_the_page_asked_for(cast, client, password):
    response = enter(client, "office", password, next="/account/")
    assert response.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://example.invalid/", "//example.invalid", "javascript:alert(1)"])
def test_never_goes_on_to_another_site(cast, client, password, elsewhere):
    assert enter(client, "office", password, next=elsewhere).headers["Location"] == "/"


def test_never_says_which_was_wrong(cast, client, password):
    Account.objects.filter(username="auditor").update(is_active=False)
    answers = set()
    for name, word in (("office", "wrong"), ("nobody", "wrong"), ("auditor", password)):
        response = enter(client, name, word)
        assert "_auth_user_id" not in client.session
        answers.add(str(response.context["form"].errors))
    assert len(answers) == 1
    assert "The account or the password is not right" in response.content.decode()


def test_keeps_the_account_typed_but_not_the_password(cast, client):
    page = enter(client, "office", "my-secret").content.decode()
    assert 'value="office"' in page and "my-secret" not in page


@pytest.mark.parametrize("name", ["office", "nobody"])
def test_five_failures_lock_the_name_whether_it_exists_or_not(cast, client, password, name):
    for _ in range(4):
        assert enter(client, name, "wrong").status_code == 200
    for word in ("wrong", password):
        response = enter(client, name, word)
        assert response.status_code == 429
        assert "locked for 15 minutes" in response.content.decode()
    assert enter(client, "auditor", password).status_code == 302


def test_the_lock_opens_after_a_quarter_of_an_hour(cast, client, password):
    for _ in range(5):
        enter(client, "office", "wrong")
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=16))
    assert enter(client, "office", password).status_code == 302


def test_signs_out_by_post_only(signed_in):
    client = signed_in("office")
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert "_auth_user_id" not in client.session


def test_a_password_set_by_others_must_change_first(cast, signed_in):
    Account.objects.filter(username="office").update(must_change_password=True)
    client = signed_in("office")
    for page in ("account", "identity", "menu"):
        assert client.get(reverse(f"signin:{page}")).headers["Location"] == "/password/"
    assert client.get("/password/").status_code == 200


def test_changes_the_password_and_stays_signed_in(cast, signed_in, password):
    Account.objects.filter(username="office").update(must_change_password=True)
    client = signed_in("office")
    new = "another long phrase"
    client.post("/password/", {"present": password, "new": new, "again": new})
    account = cast.fresh("office")
    assert account.check_password(new) and not account.must_change_password
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("present", "new", "again"),
    [
        ("wrong", "another long phrase", "another long phrase"),
        (None, "short", "short"),
        (None, "12345678901234", "12345678901234"),
        (None, "another long phrase", "another long phrasf"),
    ],
)
def test_refuses_a_poor_or_mistyped_password(cast, signed_in, password, present, new, again):
    page = signed_in("office").post("/password/", {"present": present or password, "new": new, "again": again})
    assert page.status_code == 200 and b"xf-errors" in page.content and b"invalid-feedback" in page.content
    assert cast.fresh("office").check_password(password)


def test_pages_of_the_account_ask_for_signing_in(db, client):
    for page in ("account", "identity", "menu", "password"):
        assert client.get(reverse(f"signin:{page}")).headers["Location"].startswith(DOOR)
