"""Searches for members: the list, the page of one, its forms; and the list of members without contact (item 37)."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.membership import forms, search_actions, wording
from campaign.membership.contact import silent_members
from campaign.membership.models import MemberSearchCase, SearchStep
from campaign.membership.place import asked_organization, too_many
from campaign.progress.record_pages import RecordView, SubtreeFilter, history_of, listed
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.listing import Column, ListView
from enterprises.models import Member, Organization


class SearchFilter(SubtreeFilter):
    """By state and result; an organisation stands for everything below it too."""

    STATES = [
        ("open", pgettext_lazy("search", "open")),
        ("closed", pgettext_lazy("search", "closed")),
        ("end", gettext_lazy("end of membership still to be recorded")),
    ]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    result = django_filters.ChoiceFilter(label=gettext_lazy("Result"), choices=MemberSearchCase.Result.choices)

    class Meta:
        model = MemberSearchCase
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        if value == "end":
            ends = [MemberSearchCase.Result.TRANSFERRED, MemberSearchCase.Result.DECEASED]
            return queryset.filter(result__in=ends, member__status__in=Member.ON_ROLL)
        return queryset.filter(closed_on__isnull=value == "open")


class SearchList(ListView):
    """The searches for members whose rows the acting post sees, open ones first."""

    title = gettext_lazy("Finding members")
    model = MemberSearchCase
    permission = roles.READ_MEMBERS
    columns = [
        Column(
            "member", gettext_lazy("Member"), value="member.name", sort="member__name_key", link="membership:search"
        ),
        Column(
            "organization", gettext_lazy("Branch"), value="member.branch.name", sort="member__branch__path", css="full"
        ),
        Column("opened_on", pgettext_lazy("search", "Opened on"), sort="opened_on"),
        Column("tries", pgettext_lazy("search", "Steps"), sort="tries", css="n"),
        Column("last_step", gettext_lazy("Last step on"), sort="last_step"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda case: wording.search_state(case, case.last_step, clock.today())[1],
            template="membership/_state.html",
            css="full",
        ),
        Column("closed_on", pgettext_lazy("search", "Closed on"), sort="closed_on"),
    ]
    filterset_class = SearchFilter
    search = ("member__name__contains", "member__code__startswith")
    nothing = gettext_lazy("Nobody has been searched for yet. A search is opened on the page of a member.")

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().select_related("member__branch")
        counted = rows.annotate(tries=Count("steps"), last_step=Max("steps__on"))
        return counted.order_by(F("closed_on").desc(nulls_first=True), "opened_on", "pk")

    def drawn(self, thing: MemberSearchCase) -> dict:
        """A row, with the mark of its state."""
        thing.mark = wording.search_state(thing, thing.last_step, clock.today())[0]  # type: ignore[attr-defined]
        return super().drawn(thing)

    def actions(self) -> list:
        own = asked_organization(self.request)
        links: list[tuple[Any, str]] = [(_("Members without contact"), reverse("membership:contact_list"))]
        if own is not None and roles.READ_RECORDS in self.request.user.reach.permissions:
            links.append((_("Coverage"), reverse("membership:report", args=[own.pk, "coverage"])))
        return links


class ContactFilter(django_filters.FilterSet):
    """By category and contact state."""

    category = django_filters.ChoiceFilter(label=gettext_lazy("Category"), choices=Member.Category.choices)
    contact = django_filters.ChoiceFilter(label=gettext_lazy("Contact"), choices=Member.Contact.choices)

    class Meta:
        model = Member
        fields: list[str] = []


class ContactList(ListView):
    """Members on the roll without any contact for 90 days: of ``?organization=`` and below, else of the own one."""

    title = gettext_lazy("Members without contact")
    model = Member
    permission = roles.READ_MEMBERS
    columns = [
        Column("name", pgettext_lazy("person", "Name"), sort="name_key", link="enterprises:member"),
        Column("branch", gettext_lazy("Branch"), value="branch.name", sort="branch__path", css="full"),
        Column("category", gettext_lazy("Category"), value="get_category_display", sort="category"),
        Column("contact", gettext_lazy("Contact"), value="get_contact_display", sort="contact"),
        Column("last", gettext_lazy("Last contact on record")),
        Column("search", pgettext_lazy("for a member", "Search")),
    ]
    filterset_class = ContactFilter
    search = "search"
    ordering = "name"
    template_name = "membership/contact.html"
    nothing = gettext_lazy("Everybody has been in contact during the last 90 days")

    @cached_property
    def node(self) -> Organization | None:
        """The organisation the list is about."""
        return asked_organization(self.request)

    @cached_property
    def too_many(self) -> bool:
        """Whether so many members are below it that they are not looked through while one waits."""
        return self.node is not None and too_many(self.node)

    @cached_property
    def last(self) -> dict[int, date | None]:
        """The last contact of each member listed, by id."""
        if self.node is None or self.too_many:
            return {}
        return silent_members(self.node, clock.today())

    @cached_property
    def searches(self) -> dict[int, int]:
        """The open searches in sight, by member."""
        found = MemberSearchCase.objects.visible_to(self.request.user).open()
        return dict(found.filter(member__in=list(self.last)).values_list("member", "pk"))

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().on_roll().filter(pk__in=list(self.last)).select_related("branch")

    def get_columns(self) -> list[Column]:
        def search_url(member: Member) -> str:
            pk = self.searches.get(member.pk)
            return reverse("membership:search", args=[pk]) if pk else reverse("membership:search_new", args=[member.pk])

        def shown(member: Member) -> str | None:
            if member.pk in self.searches:
                return _("being sought")
            return _("Open a search") if may(self.request.user, roles.CHANGE_MEMBERS, member.branch) else None

        last = replace(self.columns[-2], value=lambda member: self.last.get(member.pk))
        search = replace(self.columns[-1], value=shown, link=lambda m: search_url(m) if shown(m) else None)
        searched = replace(search, export=lambda m: _("being sought") if m.pk in self.searches else "")
        return [*self.columns[:-2], last, searched]

    def facts(self) -> list:
        return [self.node.name] if self.node else []

    def actions(self) -> list:
        links: list[tuple[Any, str]] = [(_("Searches"), reverse("membership:search_list"))]
        if self.node is not None and not self.node.is_branch:
            links.append((_("By organization"), reverse("membership:report", args=[self.node.pk, "contact"])))
        return links

    def context(self) -> dict:
        return {"too_many": self.too_many}


@login_required
@require_safe
def search_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One search: whom, since when, the trail of attempts, how it ended and what follows, its history."""
    seen = MemberSearchCase.objects.visible_to(request.user)
    case = get_object_or_404(seen.select_related("member__branch", "organization", "recorded_by"), pk=pk)
    steps = list(SearchStep.objects.visible_to(request.user).filter(case=case).select_related("recorded_by"))
    kind, words = wording.search_state(case, steps[-1].on if steps else None, clock.today())
    may_write = may(request.user, roles.CHANGE_MEMBERS, case.member.branch)
    others = seen.filter(member=case.member).exclude(pk=case.pk)
    context = {
        "case": case,
        "steps": steps,
        "kind": kind,
        "words": words,
        "may_write": may_write,
        "may_reopen": may_write and not case.is_open and case.member.is_on_roll and not others.open().exists(),
        "others": others,
        "back": listed("membership:search_list", case.member.branch),
    }
    return render(request, "membership/search.html", context | (_history(case, steps) if may_write else {}))


def _history(case: MemberSearchCase, steps: list[SearchStep]) -> dict[str, Any]:
    """What was changed of the search and of its steps, the latest first."""
    parts = [history_of(record) for record in (case, *steps)]
    entries = [entry for part in parts for entry in part["history"]]
    names = {pk: name for part in parts for pk, name in part["names"].items()}
    return {"history": sorted(entries, key=lambda entry: entry.at, reverse=True), "names": names}


class OpenSearch(RecordView):
    """Open the search for a member."""

    model = Member
    related = ("branch",)
    permission = roles.CHANGE_MEMBERS
    title = gettext_lazy("Open a search")
    form_class = forms.OpenSearchForm
    notes = (gettext_lazy("From now on the member counts as being sought, and stays on the roll."),)

    def organization(self) -> Organization:
        return self.subject.branch

    def back(self) -> str:
        return reverse("enterprises:member", args=[self.subject.pk])

    def act(self, form: Any) -> MemberSearchCase:
        return search_actions.open_search(by=self.request.user, member=self.subject, **form.arguments())

    def done(self, result: MemberSearchCase) -> HttpResponse:
        return HttpResponseRedirect(reverse("membership:search", args=[result.pk]))


class SearchForm(RecordView):
    """A form about one search."""

    model = MemberSearchCase
    related = ("member__branch",)
    permission = roles.CHANGE_MEMBERS

    def organization(self) -> Organization:
        return self.subject.member.branch

    def back(self) -> str:
        return reverse("membership:search", args=[self.subject.pk])


class CorrectSearch(SearchForm):
    """Correct when the search began and what is known."""

    title = gettext_lazy("Correct the entry")
    form_class = forms.CorrectSearchForm

    def act(self, form: Any) -> MemberSearchCase:
        return search_actions.correct_search(by=self.request.user, case=self.subject, **form.arguments())


class EnterStep(SearchForm):
    """Enter one attempt."""

    title = gettext_lazy("Enter a step")
    form_class = forms.StepForm

    def act(self, form: Any) -> SearchStep:
        return search_actions.enter_step(by=self.request.user, case=self.subject, **form.arguments())


class CorrectStep(RecordView):
    """Correct one attempt of an open search."""

    model = SearchStep
    related = ("case__member__branch",)
    permission = roles.CHANGE_MEMBERS
    title = gettext_lazy("Correct the entry")
    form_class = forms.CorrectStepForm

    def organization(self) -> Organization:
        return self.subject.case.member.branch

    def back(self) -> str:
        return reverse("membership:search", args=[self.subject.case_id])

    def act(self, form: Any) -> SearchStep:
        return search_actions.correct_step(by=self.request.user, step=self.subject, **form.arguments())


class CloseSearch(SearchForm):
    """Close the search with its result."""

    title = gettext_lazy("Close the search")
    form_class = forms.CloseSearchForm
    notes = (
        gettext_lazy(
            "Found: the member is in contact again. Partly found: still being sought. Not found: out of contact. "
            "Moved or deceased: the member stays on the roll until you record the end of membership."
        ),
    )

    def act(self, form: Any) -> MemberSearchCase:
        return search_actions.close_search(by=self.request.user, case=self.subject, **form.arguments())


class ReopenSearch(SearchForm):
    """Open a closed search again, with the reason."""

    title = gettext_lazy("Open it again")
    form_class = forms.ReasonForm
    notes = (gettext_lazy("The result stays in the history. The member counts as being sought again."),)

    def act(self, form: Any) -> MemberSearchCase:
        return search_actions.reopen_search(by=self.request.user, case=self.subject, **form.arguments())
