"""Middleware that belongs to no single room: language, a password that must change, compression."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

View = Callable[[HttpRequest], HttpResponse]
LANGUAGES = dict(settings.LANGUAGES)
PASSWORD_FREE = ("signin:password", "signin:sign_out", "signin:language")


def chosen_language(request: HttpRequest) -> str:
    """The language of the signed-in account, else of the visitor's cookie, else Chinese.

    The browser's own wish is not asked: Chinese is the default, and a person chooses once.
    """
    choice = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if request.user.is_authenticated:
        choice = request.user.language
    return choice if choice in LANGUAGES else settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Draws the page in the chosen language."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PasswordChangeMiddleware:
    """Sends an account whose password was set by somebody else to the page that changes it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password:
            allowed = {reverse(name) for name in PASSWORD_FREE}
            if request.path not in allowed and not request.path.startswith(settings.STATIC_URL):
                return redirect("signin:password")
        return self.get_response(request)


class PageCompression(GZipMiddleware):
    """Compresses pages. Files that are sent (workbooks, pictures) are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(("text/", "application/json")):
            return response
        return super().process_response(request, response)
