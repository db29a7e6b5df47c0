"""Pages of mechanisms and regulations: lists, a node's matrix, one mechanism, the forms (items 84, 85)."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.mechanisms import actions, forms, rules
from campaign.mechanisms.models import LongTermMechanism, Regulation
from campaign.progress.record_pages import (
    NewRecordView,
    RecordView,
    SubtreeFilter,
    history_of,
    listed,
    new_actions,
)
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.listing import Column, ListView

_ORGANIZATION = Column(
    "organization", gettext_lazy("Organization"), value="organization.name", sort="organization__path", css="full"
)
Kind, Status = LongTermMechanism.Kind, LongTermMechanism.Status


class MechanismFilter(SubtreeFilter):
    """By kind and status."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Kind.choices)
    status = django_filters.ChoiceFilter(label=gettext_lazy("Status"), choices=Status.choices)

    class Meta:
        model = LongTermMechanism
        fields: list[str] = []


class MechanismList(ListView):
    """The mechanisms in reach, with the matrix of kinds by status."""

    title = gettext_lazy("Long-term mechanisms")
    model = LongTermMechanism
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link="mechanisms:mechanism", css="full"),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        _ORGANIZATION,
        Column("status", gettext_lazy("Status"), value="get_status_display", sort="status"),
        Column("since", gettext_lazy("Since"), sort="since"),
        Column("number", gettext_lazy("Document number"), sort="number"),
        Column("review_on", gettext_lazy("To be reviewed on"), sort="review_on"),
    ]
    filterset_class = MechanismFilter
    search = ("title__contains", "number__contains")
    search_label = gettext_lazy("Title or number")
    ordering = "kind"
    template_name = "mechanisms/list.html"
    nothing = gettext_lazy("No mechanism has been entered yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization")

    def actions(self):
        own = new_actions(self.request.user, (_("Enter a mechanism"), "mechanisms:mechanism_new"))
        return [*own, (_("Regulations"), reverse("mechanisms:regulation_list"))]

    def context(self) -> dict:
        """Kinds by status, of exactly the mechanisms listed."""
        counted = self.rows.order_by().values("kind", "status").annotate(n=Count("pk"))
        cells = {(row["kind"], row["status"]): row["n"] for row in counted}
        lines = [(kind.label, [(s.label, cells.get((kind.value, s.value), 0)) for s in Status]) for kind in Kind]
        return {"statuses": [s.label for s in Status], "lines": lines if cells else []}


@login_required
@require_safe
def mechanism(request: HttpRequest, pk: int) -> HttpResponse:
    """One mechanism: what it is, where it stands, what to do next, which regulations serve it, its history."""
    seen = LongTermMechanism.objects.visible_to(request.user).select_related("organization", "campaign")
    found = get_object_or_404(seen, pk=pk)
    writes = may(request.user, roles.RECORD, found.organization)
    context = {
        "mechanism": found,
        "due": rules.review_due(found.review_on, bool(found.review), clock.today()),
        "may_write": writes,
        "may_review": writes and found.status in rules.IN_FORCE,
        "regulations": Regulation.objects.visible_to(request.user).filter(mechanism=found),
        "back": listed("mechanisms:mechanism_list", found.organization),
    }
    return render(request, "mechanisms/mechanism.html", context | history_of(found))


class NewMechanism(NewRecordView):
    """Begin a mechanism."""

    title = gettext_lazy("Enter a mechanism")
    form_class = forms.MechanismForm

    def back(self) -> str:
        return listed("mechanisms:mechanism_list", self.subject)

    def act(self, form: Any) -> LongTermMechanism:
        return actions.start_mechanism(by=self.request.user, organization=self.subject, **form.arguments())

    def shown(self, result: LongTermMechanism) -> str:
        return reverse("mechanisms:mechanism", args=[result.pk])


class _OfMechanism(RecordView):
    """A form about one mechanism."""

    model = LongTermMechanism

    def back(self) -> str:
        return reverse("mechanisms:mechanism", args=[self.subject.pk])


class MoveMechanism(_OfMechanism):
    """Bring a mechanism forward."""

    title = gettext_lazy("Where the mechanism stands")
    button = gettext_lazy("Save")
    form_class = forms.MoveForm

    def act(self, form: Any) -> LongTermMechanism:
        return actions.move_mechanism(by=self.request.user, mechanism=self.subject, **form.arguments())


class ReviewMechanism(_OfMechanism):
    """Say what a review found."""

    title = gettext_lazy("Review of the mechanism")
    button = gettext_lazy("Save")
    form_class = forms.ReviewForm

    def act(self, form: Any) -> LongTermMechanism:
        return actions.review_mechanism(by=self.request.user, mechanism=self.subject, **form.arguments())


class RegulationFilter(SubtreeFilter):
    """By change."""

    change = django_filters.ChoiceFilter(label=pgettext_lazy("regulation", "Change"), choices=Regulation.Change.choices)

    class Meta:
        model = Regulation
        fields: list[str] = []


class RegulationList(ListView):
    """The register of regulations in reach, with their counts."""

    title = gettext_lazy("Regulations")
    model = Regulation
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link=lambda row: row.change_url, css="full"),
        Column("change", pgettext_lazy("regulation", "Change"), value="get_change_display", sort="change"),
        Column("number", gettext_lazy("Document number"), sort="number"),
        Column("decided_on", pgettext_lazy("regulation", "Decided on"), sort="decided_on"),
        _ORGANIZATION,
        Column("mechanism", gettext_lazy("Mechanism that it serves"), value="mechanism.title", css="full"),
        Column("note", gettext_lazy("Note"), css="full"),
    ]
    filterset_class = RegulationFilter
    search = ("title__contains", "number__contains")
    search_label = gettext_lazy("Title or number")
    ordering = "-decided_on"
    template_name = "mechanisms/regulations.html"
    nothing = gettext_lazy("No regulation has been entered yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "mechanism")

    def drawn(self, thing: Regulation) -> dict:
        writes = may(self.request.user, roles.RECORD, thing.organization)
        thing.change_url = reverse("mechanisms:regulation", args=[thing.pk]) if writes else None  # type: ignore[attr-defined]
        return super().drawn(thing)

    def actions(self):
        own = new_actions(self.request.user, (_("Enter a regulation"), "mechanisms:regulation_new"))
        mechanisms = (_("Long-term mechanisms"), reverse("mechanisms:mechanism_list"))
        return [*own, mechanisms, (_("Rules of posts and promises"), reverse("services:rule_list"))]

    def context(self) -> dict:
        """How many of each change, of exactly the lines listed."""
        counted = dict(self.rows.order_by().values_list("change").annotate(n=Count("pk")))
        return {"counts": [(change.label, counted.get(change.value, 0)) for change in Regulation.Change]}


class NewRegulation(NewRecordView):
    """Enter a line of the register."""

    title = gettext_lazy("Enter a regulation")
    form_class = forms.RegulationForm

    def back(self) -> str:
        return listed("mechanisms:regulation_list", self.subject)

    def act(self, form: Any) -> Regulation:
        return actions.enter_regulation(by=self.request.user, organization=self.subject, **form.arguments())


class CorrectRegulation(RecordView):
    """Correct a line of the register."""

    title = gettext_lazy("Correct the regulation")
    button = gettext_lazy("Save")
    model = Regulation
    form_class = forms.CorrectionForm
    template_name = "mechanisms/regulation.html"

    def back(self) -> str:
        return listed("mechanisms:regulation_list", self.subject.organization)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | history_of(self.subject)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.subject, name) for name in forms.CorrectionForm.versioned}

    def act(self, form: Any) -> Regulation:
        return actions.correct_regulation(by=self.request.user, regulation=self.subject, **form.arguments())
