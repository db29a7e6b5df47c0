"""Opinions as staff handle them: the list, entering many at once, importing, taking out."""

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from campaign.opinions import actions, sheets
from campaign.opinions.categories import categories_of
from campaign.opinions.forms import EntryForm, ImportForm
from campaign.opinions.models import Channel, Opinion, SourceGroup
from campaign.opinions.views.scope import campaign_of, recording_for
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Organization
from enterprises.tree import under
from enterprises.views.organizations import account_names


def _organizations(request):
    return Organization.objects.visible_to(request.user)


def _campaigns(request):
    return Campaign.objects.exclude(state=Campaign.State.PREPARED)


class OpinionFilter(django_filters.FilterSet):
    """State, channel, source group; an organisation stands for everything below it too."""

    STATES = [(value, label) for value, label in Opinion.State.choices]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES)
    channel = django_filters.ChoiceFilter(label=gettext_lazy("Channel"), choices=Channel.choices)
    source_group = django_filters.ChoiceFilter(label=gettext_lazy("Source group"), choices=SourceGroup.choices)
    category = django_filters.CharFilter(label=gettext_lazy("Category"), widget=django_forms.HiddenInput)
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )
    campaign = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Campaign"), queryset=_campaigns, to_field_name="code", widget=django_forms.HiddenInput
    )

    class Meta:
        model = Opinion
        fields: list[str] = []

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


def category_name(opinion: Opinion) -> str:
    """The name of the confirmed category."""
    found = categories_of(opinion.campaign).get(opinion.category)
    return found.name if found else ""


class OpinionList(ListView):
    """Every original in reach. Its words can be neither searched nor sorted by."""

    title = gettext_lazy("Opinions")
    model = Opinion
    permission = roles.READ_RECORDS
    columns = [
        Column("text", gettext_lazy("Opinion"), template="opinions/_text.html", css="full"),
        Column("category", gettext_lazy("Category"), value=category_name, sort="category", css="full"),
        Column("state", gettext_lazy("State"), value="standing", sort="state"),
        Column("channel", gettext_lazy("Channel"), value="get_channel_display", sort="channel"),
        Column("source_group", gettext_lazy("Source group"), value="get_source_group_display", sort="source_group"),
        Column("received_on", gettext_lazy("Received on"), sort="received_on"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
    ]
    filterset_class = OpinionFilter
    ordering = "-received_on"
    nothing = gettext_lazy("No opinion has been received yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "item", "campaign__definition")

    def actions(self):
        buttons = [
            (_("Opinions by category"), reverse("opinions:report")),
            (_("Opinion items"), reverse("opinions:item_list")),
        ]
        if roles.RECORD in self.request.user.reach.permissions:
            buttons = [
                (_("Sort"), reverse("opinions:sort")),
                (_("Enter opinions"), reverse("opinions:enter")),
                *buttons,
            ]
        return buttons


@login_required
@require_safe
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """One original: its words, where it stands, what to do next, what was done with it."""
    visible = Opinion.objects.visible_to(request.user).select_related("organization", "item", "campaign__definition")
    found = get_object_or_404(visible, pk=pk)
    history = changes(found)
    context = {
        "opinion": found,
        "category": category_name(found),
        "guess": categories_of(found.campaign).get(found.guess),
        "history": history,
        "names": account_names(history),
        "may_record": may_record(request.user, found.organization),
        "as_of": clock.now(),
    }
    return render(request, "opinions/opinion.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an opinion out: what is said against a named person is not for this system (2.12)."""
    found = get_object_or_404(Opinion.objects.visible_to(request.user).select_related("organization"), pk=pk)
    if not may_record(request.user, found.organization):
        raise PermissionDenied
    if request.method == "POST":
        actions.remove(by=request.user, opinion=found)
        messages.success(request, _("It is taken out. Its words are deleted; that there was one is still counted."))
        return redirect("opinions:opinion", pk=found.pk)
    context = {
        "title": _("Not for this system"),
        "why": _("The words of this opinion will be deleted. This cannot be taken back."),
        "consequences": [
            _("Meant for what accuses a named person: that goes to the discipline-inspection body."),
            _("Whoever looks up its number reads where such matters are received."),
            _("Only that there was one is still counted."),
        ],
        "words": _("Delete the words"),
        "back_url": reverse("opinions:opinion", args=[found.pk]),
    }
    return render(request, "components/confirm.html", context)


@login_required
@sensitive_post_parameters("texts")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter what came in otherwise, one opinion a line."""
    organization, campaign = recording_for(request), campaign_of(request)
    form = EntryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter(
                by=request.user,
                campaign=campaign,
                organization=organization,
                told=form.told(),
                submission=form.cleaned_data["submission"],
            )
            return _entered(request, organization, len(made))
        except ActionError as refusal:
            form.add_error(_field(form, refusal), refusal.message)
    return render(request, "opinions/enter.html", _context(organization, campaign) | {"form": form})


def _field(form, refusal: ActionError) -> str | None:
    field = "texts" if refusal.field == "text" else refusal.field
    return field if field in form.fields else None


def _entered(request: HttpRequest, organization: Organization, count: int) -> HttpResponse:
    words = ngettext("%(n)d opinion is entered.", "%(n)d opinions are entered.", count)
    messages.success(request, words % {"n": count})
    return redirect(reverse("opinions:opinion_list", query={"organization": organization.pk}))


def _context(organization: Organization, campaign: Campaign) -> dict:
    query = {"organization": organization.pk, "campaign": campaign.code}
    return {"organization": organization, "campaign": campaign, "query": query}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Import a file of opinions: all of it, or, where anything is wrong, nothing."""
    organization, campaign = recording_for(request), campaign_of(request)
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    problems: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > sheets.LARGEST:
            form.add_error("file", _("The file is larger than 5 MB. Split it."))
        else:
            found = sheets.read(file.read(), categories_of(campaign))
            problems = found.problems
            try:
                if not problems:
                    told, submission = found.told, form.cleaned_data["submission"]
                    made = actions.enter(
                        by=request.user, campaign=campaign, organization=organization, told=told, submission=submission
                    )
                    return _entered(request, organization, len(made))
            except ActionError as refusal:
                form.add_error(None, refusal.message)
    context = _context(organization, campaign) | {"form": form, "problems": problems[:100], "more": len(problems) - 100}
    return render(request, "opinions/import.html", context)
