"""Puts the chosen post on the signed-in account."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SESSION_KEY = "post_id"


class ActingPostMiddleware:
    """``request.user.acting_post``: the post chosen on the identity page, else the first in force."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            posts = user.posts_in_force
            chosen = request.session.get(SESSION_KEY)
            user.act_as(next((p for p in posts if p.pk == chosen), posts[0] if posts else None))
        return self.get_response(request)
