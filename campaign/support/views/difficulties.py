"""Requests for help: the list, the page of one, and what is done with it (item 42)."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.progress.record_pages import (
    NewRecordView,
    RecordView,
    SubtreeFilter,
    history_of,
    listed,
    new_actions,
    own_organization,
)
from campaign.support import forms, request_actions, rules, wording
from campaign.support.access import leads
from campaign.support.models import DifficultyRequest
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.listing import Column, ListView

RELATED = ("organization__superior",)
STATES = [
    ("waiting", gettext_lazy("neither solved nor refused")),
    ("unanswered", gettext_lazy("waits for an answer")),
    ("long", gettext_lazy("over ten days without an answer")),
    ("overdue", gettext_lazy("overdue")),
    ("solved", pgettext_lazy("difficulty", "solved")),
    ("refused", pgettext_lazy("difficulty", "refused")),
    ("withdrawn", gettext_lazy("withdrawn")),
]


class RequestFilter(SubtreeFilter):
    """By state, kind, and whose turn it is."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind of difficulty"), choices=DifficultyRequest.Kind.choices)
    turn = django_filters.ChoiceFilter(
        label=gettext_lazy("Whose turn"),
        choices=[("mine", gettext_lazy("asked of the own organization"))],
        method="of_turn",
    )

    class Meta:
        model = DifficultyRequest
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        """Rows in one of the states of the list."""
        today = clock.today()
        return {
            "waiting": lambda: queryset.waiting(),
            "unanswered": lambda: queryset.unanswered(),
            "long": lambda: queryset.unanswered_long(today),
            "overdue": lambda: queryset.overdue(today),
            "solved": lambda: queryset.filter(state=rules.SOLVED),
            "refused": lambda: queryset.filter(state=rules.REFUSED),
            "withdrawn": lambda: queryset.filter(state=rules.WITHDRAWN),
        }[value]()

    def of_turn(self, queryset, name, value):
        """What organizations directly below ask of the one that the acting post stands for."""
        own = own_organization(self.request.user)
        return queryset.filter(organization__superior=own) if own else queryset.none()


class RequestList(ListView):
    """The requests of the organizations in reach, those that have waited longest first."""

    title = gettext_lazy("Requests for help")
    model = DifficultyRequest
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("What is lacking"), sort="title", link="support:request"),
        Column("kind", gettext_lazy("Kind of difficulty"), value="get_kind_display", sort="kind"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("superior", gettext_lazy("Asked of"), value="organization.superior.name", css="full"),
        Column("raised_on", gettext_lazy("Raised on"), sort="raised_on"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda request: wording.request_standing(request, clock.today())[1],
            sort="state",
            template="support/_state.html",
            css="full",
        ),
        Column("owner", gettext_lazy("Who answers for it"), sort="owner", css="full"),
        Column("due_on", gettext_lazy("Due on"), sort="due_on"),
        Column("closed_on", gettext_lazy("Solved or refused on"), sort="closed_on"),
    ]
    filterset_class = RequestFilter
    search = ("title__contains", "organization__name__contains", "owner__contains")
    search_label = gettext_lazy("What is lacking, organization, or who answers")
    ordering = "raised_on"
    nothing = gettext_lazy("No difficulty has been raised yet")

    def get_queryset(self):
        return super().get_queryset().select_related(*RELATED)

    def drawn(self, thing: DifficultyRequest) -> dict:
        """A row, with the mark of its state."""
        thing.mark = wording.request_standing(thing, clock.today())[0]  # type: ignore[attr-defined]
        return super().drawn(thing)

    def actions(self):
        own = new_actions(self.request.user, (_("Raise a difficulty"), "support:request_new"))
        return [*own, (_("Support in figures"), reverse("support:home"))]


@login_required
@require_safe
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is lacking, how it stands and why, what to do next, its history."""
    related = (*RELATED, "answerer", "recorded_by")
    found = get_object_or_404(DifficultyRequest.objects.visible_to(request.user).select_related(*related), pk=pk)
    kind, words = wording.request_standing(found, clock.today())
    writes = may(request.user, roles.RECORD, found.organization)
    may_answer = leads(request.user, found.organization)
    context = {
        "asked": found,
        "kind": kind,
        "words": words,
        "limit": rules.ANSWER_DAYS,
        "late": rules.is_unanswered_long(found.state, found.asked_on, clock.today()),
        "waits": found.state in rules.WAITING,
        "closed": found.state in (rules.SOLVED, rules.REFUSED),
        "may_write": writes,
        "may_answer": may_answer,
        "may_reopen": writes or may_answer,
        "back": listed("support:request_list", found.organization),
    }
    return render(request, "support/request.html", context | history_of(found))


class NewRequest(NewRecordView):
    """Raise a difficulty to the organization above."""

    title = gettext_lazy("Raise a difficulty")
    form_class = forms.RequestForm
    related = ("enterprise", "superior")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        above = self.subject.superior
        note = _("It goes to %(name)s, which answers within %(n)d days.") if above else ""
        notes = (note % {"name": above.name, "n": rules.ANSWER_DAYS},) if above else ()
        return super().get_context_data(**{"notes": notes} | kwargs)

    def back(self) -> str:
        return listed("support:request_list", self.subject)

    def act(self, form: Any) -> DifficultyRequest:
        return request_actions.raise_request(by=self.request.user, organization=self.subject, **form.arguments())

    def shown(self, result: DifficultyRequest) -> str:
        return reverse("support:request", args=[result.pk])


class RequestAction(RecordView):
    """A form about one request, for the organization that raised it."""

    model = DifficultyRequest
    related = RELATED
    form_class: Any = forms.ReasonForm

    def back(self) -> str:
        return reverse("support:request", args=[self.subject.pk])


class FromAbove(RequestAction):
    """A form about one request, for the organization above."""

    permission = ""

    def permitted(self) -> bool:
        return leads(self.request.user, self.organization())


class EditRequest(RequestAction):
    """Change a request that nobody has answered yet."""

    title = gettext_lazy("Change the request")
    form_class = forms.EditRequestForm

    def act(self, form: Any) -> DifficultyRequest:
        return request_actions.correct_request(by=self.request.user, request=self.subject, **form.arguments())


class AnswerRequest(FromAbove):
    """Take it on: who answers for it, until when, what will be done."""

    title = gettext_lazy("Answer the request")
    form_class = forms.AnswerForm

    def act(self, form: Any) -> DifficultyRequest:
        return request_actions.answer_request(by=self.request.user, request=self.subject, **form.arguments())


class SolveRequest(FromAbove):
    """Say how it was solved."""

    title = gettext_lazy("It is solved")
    form_class = forms.SolveForm

    def act(self, form: Any) -> DifficultyRequest:
        return request_actions.solve_request(by=self.request.user, request=self.subject, **form.arguments())


class RefuseRequest(FromAbove):
    """Refuse it, with the reason."""

    title = gettext_lazy("Refuse the request")

    def act(self, form: Any) -> DifficultyRequest:
        return request_actions.refuse_request(by=self.request.user, request=self.subject, **form.arguments())


class ReopenRequest(RequestAction):
    """Ask anew where it was not solved in truth."""

    title = gettext_lazy("Open it again")
    permission = ""
    notes = (gettext_lazy("What was answered stays in the history. The answer is awaited anew from today."),)

    def permitted(self) -> bool:
        account, organization = self.request.user, self.organization()
        return may(account, roles.RECORD, organization) or leads(account, organization)

    def act(self, form: Any) -> DifficultyRequest:
        return request_actions.reopen_request(by=self.request.user, request=self.subject, **form.arguments())


class WithdrawRequest(RequestAction):
    """Withdraw a request that is not needed any more."""

    title = gettext_lazy("Withdraw the request")
    notes = (gettext_lazy("It stays to be seen, but counts nowhere."),)

    def act(self, form: Any) -> DifficultyRequest:
        return request_actions.withdraw_request(by=self.request.user, request=self.subject, **form.arguments())
