"""Party organisations: the list, the tree level by level, and the page of one organisation."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from enterprises import clock, panels
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.actions.posts import AT_BRANCH
from enterprises.codes import place_name
from enterprises.filters import OrganizationFilter
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Account, Enterprise, Member, Organization, PartyGroup, Post
from enterprises.tree import ancestor_paths, under
from enterprises.views.base import PageView
from enterprises.warnings import warnings_of

LEVEL = 200  # children of one node on a page of the tree
CHILDREN = 50  # on the page of an organisation
HISTORY = 10


class OrganizationList(ListView):
    """Every organisation in sight."""

    title = gettext_lazy("Organizations")
    model = Organization
    columns = [
        Column("name", gettext_lazy("name"), sort="name", link="enterprises:organization"),
        Column("code", gettext_lazy("code"), sort="code"),
        Column("kind", gettext_lazy("kind"), value="get_kind_display", sort="kind"),
        Column("superior", gettext_lazy("superior"), value="superior.name", sort="superior__name", css="full"),
        Column("enterprise", gettext_lazy("owning enterprise"), value="enterprise.name", css="full"),
        Column("affiliation", gettext_lazy("Party affiliation"), value="get_affiliation_display", css="full"),
        Column("secretary_name", gettext_lazy("secretary"), sort="secretary_name"),
        Column("term_end", gettext_lazy("term ends on"), sort="term_end"),
        Column("closed_on", gettext_lazy("closed on"), sort="closed_on"),
    ]
    filterset_class = OrganizationFilter
    search = ("name__contains", "code__startswith")
    ordering = "code"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("superior", "enterprise")

    def actions(self) -> list:
        return [(_("Browse the tree"), reverse("enterprises:tree"))]


def tops(account: Account) -> QuerySet[Organization]:
    """The uppermost organisations in sight."""
    seen = Organization.objects.visible_to(account)
    if "" in account.reach.paths.get(roles.READ, []):
        return seen.filter(superior=None)
    return seen.filter(~Exists(seen.filter(pk=OuterRef("superior"))))


def level(rows: QuerySet[Organization], page: int) -> tuple[list[Organization], bool]:
    """One page of one level of the tree, open organisations in directory order; whether there are more."""
    below = Organization.objects.open().filter(superior=OuterRef("pk"))
    ordered = rows.open().annotate(has_below=Exists(below)).order_by("directory_order", "code")
    start = (page - 1) * LEVEL
    found = list(ordered[start : start + LEVEL + 1])
    nodes = found[:LEVEL]
    lent = panels.counts_of(node.pk for node in nodes)
    for node in nodes:
        node.counts = lent.get(node.pk)  # type: ignore[attr-defined]
    return nodes, len(found) > LEVEL


def page_number(request: HttpRequest) -> int:
    """The page asked for; anything else than a number from 1 is the first."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


class TreeView(LoginRequiredMixin, View):
    """The affiliation tree, one level at a time. With htmx a level opens in place, else on its own page."""

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        seen = Organization.objects.visible_to(request.user)
        node = get_object_or_404(seen, pk=pk) if pk else None
        if node and request.htmx and request.GET.get("fold"):
            node.has_below, node.counts = True, panels.counts_of([node.pk]).get(node.pk)
            return render(request, "enterprises/_node.html", {"node": node})
        page = page_number(request)
        nodes, more = level(seen.filter(superior=node) if node else tops(request.user), page)
        context = {"node": node, "nodes": nodes, "page": page, "next_page": page + 1 if more else None}
        if node and request.htmx:
            return self._opened(request, node, context)
        above = list(seen.ancestors_of(node)) if node else []
        return render(request, "enterprises/tree.html", context | {"above": above, "as_of": clock.now()})

    @staticmethod
    def _opened(request: HttpRequest, node: Any, context: dict) -> HttpResponse:
        if context["page"] > 1:
            return render(request, "enterprises/_level.html", context)
        node.has_below, node.counts = True, panels.counts_of([node.pk]).get(node.pk)
        return render(request, "enterprises/_node.html", context | {"opened": True})


class OrganizationPage(PageView):
    """What it is, who leads it, its people, its warnings, what is due, what to do next, its history."""

    model = Organization
    related = ("superior", "enterprise", "successor")
    template_name = "enterprises/organization.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organization, account = self.subject, self.request.user
        today = clock.today()
        posts = posts_in_force(organization)
        for post in posts:
            post.may_end = may(account, settled_by(post, organization), organization)  # type: ignore[attr-defined]
        entries = changes(organization, HISTORY)
        return super().get_context_data(
            organization=organization,
            above=above_in_sight(organization, account),
            counts=panels.counts_of([organization.pk]).get(organization.pk),
            posts=posts,
            has_secretary_post=any(post.role in roles.SECRETARIES for post in posts),
            sees_unit=Enterprise.objects.visible_to(account).filter(pk=organization.enterprise_id).exists(),
            place=place_name(organization.division_code),
            warnings=warnings_of([organization.pk], today)[organization.pk],
            panels=panels.organization_panels(self.request, organization),
            next_actions=next_actions(organization, account),
            history=entries,
            names=account_names(entries),
            overdue=organization.term_overdue(today),
            as_of=clock.now(),
            **self._people(organization, account),
            **kwargs,
        )

    @staticmethod
    def _people(organization: Organization, account: Account) -> dict[str, Any]:
        if not organization.is_branch:
            nodes, more = level(Organization.objects.visible_to(account).filter(superior=organization), 1)
            return {"nodes": nodes[:CHILDREN], "more_nodes": more or len(nodes) > CHILDREN}
        groups = PartyGroup.objects.visible_to(account).filter(organization=organization, closed_on=None)
        members = Member.objects.visible_to(account).on_roll().filter(branch=organization)
        return {
            "members": list(members.select_related("party_group")),
            "groups": list(groups),
            "may_group": may(account, roles.CHANGE_MEMBERS, organization),
            "sees_members": may(account, roles.READ_MEMBERS, organization) or members.exists(),
        }


def settled_by(post: Post, organization: Organization) -> str:
    """The permission that ends a post: a branch settles its committee and groups itself."""
    own = organization.is_branch and post.role in AT_BRANCH
    return roles.CHANGE_MEMBERS if own else roles.CHANGE_TREE


def above_in_sight(organization: Organization, account: Account) -> list[Organization]:
    """The chain above, root first, as far as the account sees it."""
    seen = Organization.objects.visible_to(account)
    return list(seen.filter(path__in=ancestor_paths(organization.path)).order_by("path"))


def posts_in_force(organization: Organization) -> list[Post]:
    """Who holds which post here today, the secretary first. Who leads an organisation is no secret."""
    held = Post.objects.filter(scope_kind=Post.Scope.ORGANIZATION, scope_id=organization.pk)
    rows = held.exclude(member=None).in_force(clock.today()).select_related("member")
    order = [*roles.SECRETARIES, "DEPUTY_SECRETARY", "COMMITTEE_MEMBER", "TEAM_MEMBER", "ADMIN_HEAD"]
    return sorted(rows, key=lambda p: (order.index(p.role) if p.role in order else 99, p.since is None, p.pk))


def account_names(entries: list) -> dict[int, str]:
    """Who made the changes. A name beside a change one may read is no account one may open."""
    ids = {entry.account_id for entry in entries if entry.account_id}
    return {a.pk: str(a) for a in Account.objects.filter(pk__in=ids)}


# Url name, words, permission, and when it makes sense.
_ACTIONS = [
    ("member_admit", gettext_lazy("Admit a member"), roles.CHANGE_MEMBERS, "branch"),
    ("group_new", gettext_lazy("Found a Party group"), roles.CHANGE_MEMBERS, "branch"),
    ("post_new", gettext_lazy("Give a post"), roles.CHANGE_MEMBERS, "branch"),
    ("organization_found", gettext_lazy("Found an organization below"), roles.CHANGE_TREE, "above"),
    ("post_new", gettext_lazy("Give a post"), roles.CHANGE_TREE, "above"),
    ("secretary", gettext_lazy("Enter the secretary"), roles.CHANGE_TREE, "open"),
    ("organization_election", gettext_lazy("Record an election"), roles.CHANGE_TREE, "elected"),
    ("organization_extension", gettext_lazy("Extend the term"), roles.CHANGE_TREE, "term"),
    ("organization_rename", gettext_lazy("Rename"), roles.CHANGE_TREE, "open"),
    ("organization_correct", gettext_lazy("Correct the facts"), roles.CHANGE_TREE, "open"),
    ("organization_kind", gettext_lazy("Change the kind"), roles.CHANGE_TREE, "open"),
    ("organization_move", gettext_lazy("Move"), roles.CHANGE_TREE, "open"),
    ("organization_merge", gettext_lazy("Merge"), roles.CHANGE_TREE, "open"),
    ("organization_close", gettext_lazy("Close"), roles.CHANGE_TREE, "open"),
    ("organization_undo", gettext_lazy("Take back the last move or renaming"), roles.CHANGE_TREE, "open"),
    ("organization_reopen", gettext_lazy("Reopen"), roles.CHANGE_TREE, "closed"),
]


def next_actions(organization: Organization, account: Account) -> list[tuple[Any, str]]:
    """What the acting post may do here: words and address."""
    is_open = organization.closed_on is None
    appointed = ("LEADING_GROUP_DZ", "TEMPORARY_BRANCH")
    state = {
        "open": is_open,
        "closed": not is_open,
        "branch": is_open and organization.is_branch,
        "above": is_open and not organization.is_branch,
        "elected": is_open and organization.kind not in appointed,
        "term": is_open and organization.term_end is not None,
    }
    return [
        (words, reverse(f"enterprises:{name}", args=[organization.pk]))
        for name, words, permission, when in _ACTIONS
        if state[when] and may(account, permission, organization)
    ]


class SuggestView(LoginRequiredMixin, View):
    """Options for a field that is typed into: at most ten, by beginning of the code or part of the name."""

    model: Any = Organization
    limit = 10

    def rows(self, text: str) -> QuerySet:
        """The rows that match."""
        seen = self.model.objects.visible_to(self.request.user)
        if hasattr(self.model, "closed_on"):
            seen = seen.open()
        return seen.filter(Q(code__startswith=text) | Q(name__contains=text))

    def get(self, request: HttpRequest) -> HttpResponse:
        field = request.headers.get("HX-Trigger-Name", "q")
        text = request.GET.get(field, "").replace("\x00", "").strip()[:60]
        rows = self.rows(text)[: self.limit] if len(text) > 1 else []
        return render(request, "enterprises/_options.html", {"rows": rows})


class OrganizationSuggest(SuggestView):
    """Open organisations."""


class MemberSuggest(SuggestView):
    """Members on the roll."""

    model = Member

    def rows(self, text: str) -> QuerySet:
        return Member.objects.visible_to(self.request.user).on_roll().search(text)


def below(organization: Organization) -> QuerySet[Organization]:
    """Everything below, for the figures of a confirmation."""
    return Organization.objects.filter(under(organization.path)).exclude(pk=organization.pk)
