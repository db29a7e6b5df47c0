"""Items that originals were merged into: their list, their page, and the answer to them."""

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaign.opinions import actions
from campaign.opinions.categories import categories_of
from campaign.opinions.forms import AnswerForm, ItemForm
from campaign.opinions.models import Opinion, OpinionItem
from campaign.progress.outcomes import outcomes_of
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Organization
from enterprises.tree import under
from enterprises.views.organizations import account_names

ORIGINALS = 200  # on the page of an item


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class ItemFilter(django_filters.FilterSet):
    """Answered or not; an organisation stands for everything below it too."""

    STATES = [("open", gettext_lazy("not answered yet")), ("answered", gettext_lazy("answered"))]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = OpinionItem
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(answered_on__isnull=value == "open")

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


def _category(item: OpinionItem) -> str:
    found = categories_of(item.campaign).get(item.category)
    return found.name if found else ""


class ItemList(ListView):
    """Items in reach, those that most originals stand behind first (item 70)."""

    title = gettext_lazy("Opinion items")
    model = OpinionItem
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Opinion in one sentence"), link="opinions:item", css="full"),
        Column("category", gettext_lazy("Category"), value=_category, sort="category", css="full"),
        Column("originals", gettext_lazy("Originals"), sort="originals", css="n"),
        Column("answered_on", gettext_lazy("Answered on"), sort="answered_on"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
    ]
    filterset_class = ItemFilter
    search = ("title__contains",)
    search_label = gettext_lazy("Words of the sentence")
    ordering = "-originals"
    nothing = gettext_lazy("No originals have been merged yet")

    def get_queryset(self):
        counted = super().get_queryset().annotate(originals=Count("opinions"))
        return counted.select_related("organization", "campaign__definition")


@login_required
@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: its originals, its answer, what was done about it, its history."""
    found = _found(request, pk)
    originals = Opinion.objects.visible_to(request.user).filter(item=found)
    history = changes(found)
    context = {
        "item": found,
        "category": _category(found),
        "originals": originals[:ORIGINALS],
        "count": originals.count(),
        "results": outcomes_of([found.pk]).get(found.pk, []),
        "history": history,
        "names": account_names(history),
        "may_record": may_record(request.user, found.organization),
        "as_of": clock.now(),
    }
    return render(request, "opinions/item.html", context)


def _found(request: HttpRequest, pk: int) -> OpinionItem:
    visible = OpinionItem.objects.visible_to(request.user).select_related("organization", "campaign__definition")
    return get_object_or_404(visible, pk=pk)


def _mine(request: HttpRequest, pk: int) -> OpinionItem:
    found = _found(request, pk)
    if not may_record(request.user, found.organization):
        raise PermissionDenied
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what becomes of an item."""
    found = _mine(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": found.answer})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(by=request.user, item=found, answer=form.cleaned_data["answer"])
            messages.success(request, _("It is answered. The authors can look it up."))
            return redirect("opinions:item", pk=found.pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {"title": _("Answer an item"), "lead": found.title, "words": _("Answer")}
    return _form(request, found, form, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the sentence or the category of an item."""
    found = _mine(request, pk)
    form = ItemForm(
        request.POST if request.method == "POST" else None,
        categories=categories_of(found.campaign),
        initial={"title": found.title, "category": found.category},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_item(by=request.user, item=found, **form.cleaned_data)
            return redirect("opinions:item", pk=found.pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _form(request, found, form, {"title": _("Correct an item"), "words": _("Save")})


def _form(request: HttpRequest, found: OpinionItem, form, context: dict) -> HttpResponse:
    back = {"back_url": reverse("opinions:item", args=[found.pk]), "back_words": found.title}
    return render(request, "components/form_page.html", context | back | {"form": form})
