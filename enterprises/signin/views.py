"""The door, the acting post, the own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enterprises.access.middleware import SESSION_KEY
from enterprises.models import Enterprise, Organization, PartyGroup, Post
from enterprises.signin import actions
from enterprises.signin.forms import LanguageForm, PasswordForm, SignInForm

SCOPES = {
    Post.Scope.ORGANIZATION: Organization,
    Post.Scope.ENTERPRISE: Enterprise,
    Post.Scope.PARTY_GROUP: PartyGroup,
}


def _next(request: HttpRequest, otherwise: str = "/") -> str:
    """The page to go on to, never another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else otherwise


def _door(request: HttpRequest, form: SignInForm, status: int = 200, locked: bool = False) -> HttpResponse:
    context = {"form": form, "next": _next(request, ""), "locked": locked}
    return render(request, "registration/sign_in.html", context, status=status)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form of the door; five failures lock the account's name for 15 minutes."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        login(request, form.account)
        return redirect(_next(request))
    return _door(request, form)


def locked(request: HttpRequest, response: HttpResponse | None = None, credentials=None) -> HttpResponse:
    """What the throttle answers: the door with the reason, the same for names that do not exist."""
    form = SignInForm(initial={"username": request.POST.get("username", "")})
    return _door(request, form, status=429, locked=True)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("signin:sign_in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language: kept on the account, and in a cookie for the door after signing out."""
    form = LanguageForm(request.POST)
    response = HttpResponseRedirect(_next(request))
    if not form.is_valid():
        return response
    choice = form.cleaned_data["language"]
    if request.user.is_authenticated:
        actions.choose_language(by=request.user, language=choice)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        choice,
        max_age=365 * 24 * 3600,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


@sensitive_post_parameters()
@never_cache
@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password."""
    form = PasswordForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(by=request.user, password=form.cleaned_data["new"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed."))
        return redirect("signin:account")
    return render(request, "registration/password.html", {"form": form})


def _scope_names(posts: list[Post]) -> dict[tuple[str, int], str]:
    names: dict[tuple[str, int], str] = {}
    for kind, model in SCOPES.items():
        ids = [post.scope_id for post in posts if post.scope_kind == kind]
        # Where one holds a post is one's own to know, whatever the acting post lets see.
        for pk, name in model.objects.filter(pk__in=ids).values_list("pk", "name"):
            names[kind, pk] = name
    return names


def _posts(request: HttpRequest) -> list[dict]:
    posts = request.user.posts_in_force
    names = _scope_names(posts)
    acting = request.user.acting_post
    return [
        {
            "post": p,
            "scope": names.get((p.scope_kind, p.scope_id), ""),
            "acting": acting and p.pk == acting.pk,
        }
        for p in posts
    ]


@login_required
def identity(request: HttpRequest) -> HttpResponse:
    """List the posts of the account and act as one of them."""
    if request.method == "POST":
        chosen = next((p for p in request.user.posts_in_force if str(p.pk) == request.POST.get("post")), None)
        if chosen is None:
            raise Http404
        request.session[SESSION_KEY] = chosen.pk
        return redirect("/")
    return render(request, "registration/identity.html", {"posts": _posts(request)})


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The own account: name, language, password, posts in force."""
    return render(request, "registration/account.html", {"posts": _posts(request)})


@require_safe
@login_required
def menu(request: HttpRequest) -> HttpResponse:
    """Every place of the acting post on one page: the last entry of the phone's bottom bar."""
    return render(request, "registration/menu.html")
