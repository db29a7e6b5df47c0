"""Accounts: the list, the page of one account, and the forms about it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from enterprises import clock
from enterprises.access import roles
from enterprises.actions import accounts
from enterprises.filters import AccountFilter
from enterprises.forms import accounts as forms
from enterprises.forms.base import ActionForm
from enterprises.listing import Column, ListView
from enterprises.models import Account, Enterprise, Organization, PartyGroup, Post
from enterprises.views.base import ActionView, PageView


class AccountList(ListView):
    """The accounts one looks after, and the own one."""

    title = gettext_lazy("Accounts")
    model = Account
    permission = roles.ACCOUNTS
    columns = [
        Column("username", gettext_lazy("account"), sort="username", link="enterprises:account"),
        Column("display_name", pgettext_lazy("person", "name"), sort="display_name"),
        Column("member", gettext_lazy("member"), value="member.name"),
        Column("is_active", gettext_lazy("active"), sort="is_active"),
        Column("last_login", gettext_lazy("last sign-in"), sort="last_login"),
    ]
    filterset_class = AccountFilter
    search = ("username__icontains", "display_name__contains")
    ordering = "username"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("member")

    def actions(self) -> list:
        return [(gettext_lazy("Create an account"), reverse("enterprises:account_new"))]


SCOPES = {
    Post.Scope.ORGANIZATION: Organization,
    Post.Scope.ENTERPRISE: Enterprise,
    Post.Scope.PARTY_GROUP: PartyGroup,
}


class _Keeper:
    """Only for those who keep accounts at all; to everybody else these pages do not exist."""

    request: Any

    def queryset(self) -> Any:
        if roles.ACCOUNTS not in self.request.user.reach.permissions:
            raise Http404
        return super().queryset()  # type: ignore[misc]


class AccountPage(_Keeper, PageView):
    """Who it is, which posts it holds, and what may be done with it."""

    model = Account
    related = ("member",)
    template_name = "enterprises/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account, by = self.subject, self.request.user
        return super().get_context_data(
            account=account,
            posts=self._posts(account, by),
            may_manage=accounts.may_manage(by, account),
            members_own=accounts.is_members_own(account),
            is_self=by.pk == account.pk,
            as_of=clock.now(),
            **kwargs,
        )

    @staticmethod
    def _posts(account: Account, by: Account) -> list[dict[str, Any]]:
        held = list(Post.objects.visible_to(by).filter(account=account).order_by("-since", "-pk"))
        names: dict[tuple[str, int], str] = {}
        for kind, model in SCOPES.items():
            ids = [p.scope_id for p in held if p.scope_kind == kind]
            seen = model.objects.visible_to(by).filter(pk__in=ids)
            names |= {(kind, pk): name for pk, name in seen.values_list("pk", "name")}
        today = clock.today()
        return [
            {
                "post": p,
                "scope": names.get((p.scope_kind, p.scope_id), ""),
                "ended": p.until is not None and p.until < today,
                "may_end": accounts.may_grant(by, p.role, p.scope_kind, p.scope_id),
            }
            for p in held
        ]


class NewAccount(ActionView):
    """Create an account; the first password is shown once, on the page that follows."""

    title = gettext_lazy("Create an account")
    form_class = forms.NewAccountForm

    def find(self) -> Any:
        if roles.ACCOUNTS not in self.request.user.reach.permissions:
            raise Http404
        return None

    def back(self) -> str:
        return reverse("enterprises:account_list")

    def act(self, form: Any) -> Any:
        return accounts.create_account(by=self.request.user, **form.arguments())

    def done(self, result: Any) -> HttpResponse:
        return password_page(self.request, *result)


def password_page(request: Any, account: Account, password: str) -> HttpResponse:
    """The first password, once: it is stored nowhere, not even in the session."""
    response = render(request, "enterprises/password.html", {"account": account, "password": password})
    response.headers["Cache-Control"] = "no-store"
    return response


class AccountForm(_Keeper, ActionView):
    """A form about one account."""

    model = Account
    related = ("member",)
    form_class: Any = ActionForm

    def permitted(self) -> bool:
        return accounts.may_manage(self.request.user, self.subject)

    def back(self) -> str:
        return reverse("enterprises:account", args=[self.subject.pk])


class ResetPassword(AccountForm):
    title = gettext_lazy("Reset the password")

    def act(self, form: Any) -> Any:
        return self.subject, accounts.reset_password(by=self.request.user, account=self.subject)

    def done(self, result: Any) -> HttpResponse:
        return password_page(self.request, *result)


class Deactivate(AccountForm):
    title = gettext_lazy("Deactivate the account")

    def act(self, form: Any) -> Any:
        return accounts.deactivate_account(by=self.request.user, account=self.subject)


class Reactivate(AccountForm):
    title = gettext_lazy("Activate the account again")

    def act(self, form: Any) -> Any:
        return accounts.reactivate_account(by=self.request.user, account=self.subject)


class GivePost(AccountForm):
    title = gettext_lazy("Give the account a post")
    form_class = forms.GivePostForm

    def act(self, form: Any) -> Any:
        return accounts.give_account_post(by=self.request.user, account=self.subject, **form.arguments())


class EndPost(_Keeper, ActionView):
    """End a post of an account."""

    model = Post
    related = ("account",)
    title = gettext_lazy("End the account's post")
    form_class = forms.EndPostForm

    def queryset(self) -> Any:
        return super().queryset().exclude(account=None)

    def permitted(self) -> bool:
        post = self.subject
        return accounts.may_grant(self.request.user, post.role, post.scope_kind, post.scope_id)

    def back(self) -> str:
        return reverse("enterprises:account", args=[self.subject.account_id])

    def act(self, form: Any) -> Any:
        return accounts.end_account_post(by=self.request.user, post=self.subject, **form.arguments())
