"""Switching between the posts of one account."""

import pytest

from enterprises.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_post(cast):
    return Post.objects.create(
        account=cast.account["branch_secretary"], role="COMMITTEE_SECRETARY", scope_id=cast.org["A"].pk
    )


def test_lists_the_posts_with_their_place(second_post, signed_in):
    page = signed_in("branch_secretary").get("/identity/").content.decode()
    assert "采煤一队党支部（示例）" in page and "北山矿党委（示例）" in page


def test_acts_in_the_chosen_post(second_post, signed_in):
    client = signed_in("branch_secretary")
    assert client.get("/menu/").wsgi_request.user.acting_post.role == "BRANCH_SECRETARY"
    client.post("/identity/", {"post": second_post.pk})
    assert client.get("/menu/").wsgi_request.user.acting_post == second_post


@pytest.mark.parametrize("post", ["", "x", "999999"])
def test_refuses_a_post_that_is_not_held(cast, signed_in, post):
    assert signed_in("branch_secretary").post("/identity/", {"post": post}).status_code == 404


def test_refuses_the_post_of_somebody_else(cast, signed_in):
    foreign = Post.objects.get(account=cast.account["office"])
    assert signed_in("branch_secretary").post("/identity/", {"post": foreign.pk}).status_code == 404
