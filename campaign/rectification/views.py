"""The list of rectification items, the ten of most opinions, and the page of one item."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.opinions.models import OpinionItem
from campaign.plan.frames import sentences_of
from campaign.progress.record_pages import (
    NewRecordView,
    RecordView,
    SubtreeFilter,
    download,
    history_of,
    listed,
    new_actions,
)
from campaign.rectification import actions, figures, forms, rules, wording
from campaign.rectification.models import Feasibility, RectificationItem, RectificationPlan, RectificationProof
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.listing import Column, ListView

STATES = [
    ("open", gettext_lazy("still to do")),
    ("overdue", gettext_lazy("overdue")),
    ("soon", gettext_lazy("due within seven days or overdue")),
    ("lacking", gettext_lazy("conditions lacking")),
    ("done", gettext_lazy("rectified")),
    ("unpublished", gettext_lazy("rectified, not published yet")),
    ("withdrawn", gettext_lazy("withdrawn")),
]


class ItemFilter(SubtreeFilter):
    """By state, source, priority and effect."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    priority = django_filters.ChoiceFilter(
        label=gettext_lazy("Priority reason"), choices=RectificationItem.Priority.choices
    )
    source = django_filters.ChoiceFilter(
        label=pgettext_lazy("rectification", "Source"), choices=RectificationItem.Source.choices
    )
    outcome = django_filters.ChoiceFilter(label=gettext_lazy("Effect"), choices=RectificationItem.Outcome.choices)
    early = django_filters.ChoiceFilter(
        label=gettext_lazy("When it was done"),
        choices=[("1", gettext_lazy("before the last phase"))],
        method="done_early",
    )

    class Meta:
        model = RectificationItem
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        """Rows in one of the states of the list."""
        today = clock.today()
        return {
            "open": lambda: queryset.open(),
            "overdue": lambda: queryset.overdue(today),
            "soon": lambda: figures.near(queryset, today),
            "lacking": lambda: queryset.standing().filter(feasibility=Feasibility.LACKING),
            "done": lambda: queryset.standing().filter(state__in=rules.CLOSED),
            "unpublished": lambda: queryset.unpublished(),
            "withdrawn": lambda: queryset.exclude(withdrawn_on=None),
        }[value]()

    def done_early(self, queryset, name, value):
        """Items done before the last phase of their unit began (item 68)."""
        return queryset.standing().filter(state__in=rules.CLOSED, done_on__lt=F("last_phase_from"))


class ItemList(ListView):
    """The items of the organizations in reach, those of most opinions first (item 70)."""

    title = gettext_lazy("Rectification")
    model = RectificationItem
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("What is to be put right"), link="rectification:item"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("opinions", gettext_lazy("Opinions behind it"), sort="opinions", css="n"),
        Column(
            "priority", pgettext_lazy("rectification", "Priority"), value=wording.priority, sort="priority", css="full"
        ),
        Column("owner", gettext_lazy("Owner"), value="public_owner", css="full"),
        Column("due_on", gettext_lazy("Due on"), sort="due_on"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda item: wording.standing(item, clock.today())[1],
            sort="state",
            template="rectification/_state.html",
        ),
        Column("phase", gettext_lazy("Raised in phase"), value="raised_phase", sort="raised_on"),
        Column("done_on", gettext_lazy("Done on"), sort="done_on"),
    ]
    filterset_class = ItemFilter
    search = ("title__contains", "department__contains", "source_code__contains")
    search_label = gettext_lazy("Item, department or number")
    ordering = "-opinions"
    template_name = "rectification/items.html"
    nothing = gettext_lazy("No item has been raised yet")

    def get_queryset(self):
        rows = super().get_queryset().select_related("organization", "owner").defer("measure", "explanation", "done")
        return rows.with_phase()

    def drawn(self, thing: RectificationItem) -> dict:
        """A row, with the mark of its state."""
        thing.mark = wording.standing(thing, clock.today())[0]
        return super().drawn(thing)

    def actions(self):
        own = new_actions(
            self.request.user,
            (_("Raise an item"), "rectification:item_new"),
            (_("Enter a publication"), "publicity:publication_new"),
        )
        return [
            *own,
            (_("Plans"), reverse("rectification:plan_list")),
            (_("The ten of most opinions"), reverse("rectification:top")),
            (_("Publications"), reverse("publicity:publication_list")),
        ]

    def context(self) -> dict:
        """The figures of exactly the rows listed."""
        return {"totals": figures.totals(self.rows, clock.today())}


class TopList(ItemList):
    """The ten items with the most opinions behind them (item 70)."""

    title = gettext_lazy("The ten of most opinions")
    nothing = gettext_lazy("No item has opinions behind it yet")
    filterset_class = None
    search = ()

    def get_queryset(self):
        return figures.top(super().get_queryset())

    def actions(self):
        return [(_("All items"), reverse("rectification:item_list"))]


@login_required
@require_safe
def item_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: where it comes from, how it stands and why, what to do next, its history."""
    related = ("organization__enterprise", "campaign", "owner", "verifier", "recorded_by")
    item = get_object_or_404(RectificationItem.objects.visible_to(request.user).select_related(*related), pk=pk)
    today = clock.today()
    kind, words = wording.standing(item, today)
    slogan = rules.is_slogan(item.facts) if not rules.is_settled(item.facts) and not item.withdrawn_on else []
    plans = RectificationPlan.objects.visible_to(request.user).filter(item_ids__contains=[item.pk])
    context = {
        "item": item,
        "kind": kind,
        "words": words,
        "slogan": wording.missing(slogan),
        "phase": item.raised_in_phase(),
        "plans": plans.order_by("version"),
        "proofs": RectificationProof.objects.visible_to(request.user).filter(item=item),
        "sees_names": may(request.user, roles.READ_MEMBERS, item.organization),
        "may_write": may(request.user, roles.RECORD, item.organization) and not item.withdrawn_on,
        "closed": item.state in rules.CLOSED,
        "filed_under": [name for code, name in sentences_of(item.campaign).items() if code in item.sentences],
        "lacking": item.feasibility == Feasibility.LACKING,
        "proof_form": forms.ProofForm(account=request.user),
        "back": listed("rectification:item_list", item.organization),
    }
    hidden = () if context["sees_names"] else ("owner", "verifier")
    return render(request, "rectification/item.html", context | history_of(item, hidden))


class NewItem(NewRecordView):
    """Raise an item, in whatever phase (item 68)."""

    title = gettext_lazy("Raise an item")
    form_class = forms.NewItemForm

    def back(self) -> str:
        return listed("rectification:item_list", self.subject)

    def get_initial(self) -> dict[str, Any]:
        """What an opinion item said, where it is taken up from its page (``?opinion_item=``)."""
        asked = self.request.GET.get("opinion_item", "")
        own = OpinionItem.objects.visible_to(self.request.user).filter(organization=self.subject)
        found = own.filter(pk=int(asked) if asked.isascii() and asked.isdigit() else 0).first()
        if found is None:
            return super().get_initial()
        told = {"opinion_item": found, "campaign": found.campaign_id, "title": found.title}
        return super().get_initial() | told | {"source": "OPINION", "opinions": found.opinions.count()}

    def act(self, form: Any) -> RectificationItem:
        return actions.raise_item(by=self.request.user, organization=self.subject, **form.arguments())

    def shown(self, result: RectificationItem) -> str:
        return reverse("rectification:item", args=[result.pk])


class ItemAction(RecordView):
    """A form about one item."""

    model = RectificationItem

    def back(self) -> str:
        return reverse("rectification:item", args=[self.subject.pk])


class EditItem(ItemAction):
    """Change an item that is not closed."""

    title = gettext_lazy("Change the item")
    form_class = forms.ItemForm

    def act(self, form: Any) -> RectificationItem:
        return actions.correct_item(by=self.request.user, item=self.subject, **form.arguments())


class StartItem(ItemAction):
    """Begin with an item."""

    title = gettext_lazy("Begin with it")
    form_class = forms.EmptyForm
    notes = (gettext_lazy("From now on the item counts as being rectified."),)

    def act(self, form: Any) -> RectificationItem:
        return actions.start_item(by=self.request.user, item=self.subject)


class FinishItem(ItemAction):
    """Say what was done; with priority, prove it and name who verified it."""

    title = gettext_lazy("It is rectified")
    form_class = forms.FinishForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note = _("This item has priority: it closes only with a proof, and with somebody who verified it.")
        notes = (note,) if self.subject.priority else ()
        return super().get_context_data(**{"notes": notes} | kwargs)

    def act(self, form: Any) -> RectificationItem:
        return actions.finish_item(by=self.request.user, item=self.subject, **form.arguments())


class ReopenItem(ItemAction):
    """Open a closed item again, with the reason."""

    title = gettext_lazy("Open it again")
    form_class = forms.ReasonForm
    notes = (gettext_lazy("What was entered as done stays in the history. A publication has to be made anew."),)

    def act(self, form: Any) -> RectificationItem:
        return actions.reopen_item(by=self.request.user, item=self.subject, **form.arguments())


class WithdrawItem(ItemAction):
    """Withdraw an item that should not have been entered, with the reason."""

    title = gettext_lazy("Withdraw the item")
    form_class = forms.ReasonForm
    notes = (gettext_lazy("It stays to be seen, but asks nothing and proves nothing."),)

    def act(self, form: Any) -> RectificationItem:
        return actions.withdraw_item(by=self.request.user, item=self.subject, **form.arguments())


class AddProof(ItemAction):
    """Keep one more file with an item."""

    title = gettext_lazy("Add a file")
    form_class = forms.ProofForm

    def act(self, form: Any) -> RectificationProof:
        return actions.add_proof(by=self.request.user, item=self.subject, **form.arguments())


@login_required
@require_safe
def proof(request: HttpRequest, pk: int) -> FileResponse:
    """Download a file kept with an item."""
    found = get_object_or_404(RectificationProof.objects.visible_to(request.user), pk=pk)
    return download(found.file, found.name)
