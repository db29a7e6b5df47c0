"""The register of publications, the public notice page, and the list of publicity by channel and month."""

from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.progress import publications
from campaign.progress.publications import Subject
from campaign.progress.record_pages import (
    NewRecordView,
    RecordView,
    SubtreeFilter,
    download,
    history_of,
    listed,
    new_actions,
    own_organization,
)
from campaign.publicity import actions, forms, notice
from campaign.publicity.models import Publication, PublicityItem
from campaign.publicity.rules import by_month
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.listing import Column, ListView


class PublicationFilter(SubtreeFilter):
    """By subject, place and whether it stands."""

    STATES = [("standing", gettext_lazy("standing")), ("withdrawn", gettext_lazy("withdrawn"))]
    subject = django_filters.ChoiceFilter(label=gettext_lazy("What is published"), choices=Subject.choices)
    place = django_filters.ChoiceFilter(label=gettext_lazy("Where it is published"), choices=Publication.Place.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")

    class Meta:
        model = Publication
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(withdrawn_on__isnull=value == "standing")


class PublicationList(ListView):
    """What the organizations in reach have published."""

    title = gettext_lazy("Publications")
    model = Publication
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link="publicity:publication"),
        Column("subject", gettext_lazy("What is published"), value="get_subject_display", sort="subject"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("place", gettext_lazy("Where it is published"), value="get_place_display", sort="place"),
        Column("since", pgettext_lazy("publication", "From"), sort="since"),
        Column("until", gettext_lazy("Until"), sort="until"),
        Column("count", gettext_lazy("Things told of"), value=lambda p: len(p.thing_ids) or None, css="n"),
        Column("withdrawn_on", gettext_lazy("Withdrawn on")),
    ]
    filterset_class = PublicationFilter
    search = ("title__contains", "place_words__contains")
    search_label = gettext_lazy("Title or place")
    ordering = "-since"
    nothing = gettext_lazy("Nothing has been published yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization").defer("text")

    def actions(self):
        buttons = new_actions(self.request.user, (_("Enter a publication"), "publicity:publication_new"))
        own = own_organization(self.request.user)
        if own and notice.posted(own).exists():
            buttons.append((_("Public notice page"), reverse("publicity:notice", args=[own.pk])))
        return [*buttons, (_("Publicity"), reverse("publicity:publicity_list"))]


class NewPublication(NewRecordView):
    """Enter a publication about the subject that the address names."""

    title = gettext_lazy("Enter a publication")
    form_class = forms.PublicationForm
    template_name = "publicity/publication_new.html"

    @property
    def about(self) -> str:
        """The subject; rectification where none is named."""
        asked = self.request.GET.get("subject", Subject.RECTIFICATION)
        if asked not in Subject.values:
            raise Http404
        return asked

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"about": self.about}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subjects = [(value, label, value == self.about) for value, label in Subject.choices]
        return super().get_context_data(subjects=subjects, **kwargs)

    def back(self) -> str:
        return listed("publicity:publication_list", self.subject)

    def act(self, form: Any) -> Publication:
        return actions.publish(by=self.request.user, organization=self.subject, subject=self.about, **form.arguments())

    def shown(self, result: Publication) -> str:
        return reverse("publicity:publication", args=[result.pk])


@login_required
@require_safe
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """One publication: what it told of, where and how long, its proof and history."""
    seen = Publication.objects.visible_to(request.user).select_related("organization", "campaign", "recorded_by")
    found = get_object_or_404(seen, pk=pk)
    on_site = found.place == Publication.Place.SITE and found.withdrawn_on is None
    context = {
        "publication": found,
        "things": publications.shown(found.subject, found.thing_ids),
        "may_write": may(request.user, roles.RECORD, found.organization),
        "notice_url": reverse("publicity:notice", args=[found.organization_id]) if on_site else "",
        "back": listed("publicity:publication_list", found.organization),
    }
    return render(request, "publicity/publication.html", context | history_of(found))


class WithdrawPublication(RecordView):
    """Take a publication back, with the reason."""

    title = gettext_lazy("Withdraw the publication")
    model = Publication
    form_class = forms.WithdrawForm
    notes = (gettext_lazy("It stays to be seen here, but counts for nothing and leaves the public page."),)

    def back(self) -> str:
        return reverse("publicity:publication", args=[self.subject.pk])

    def act(self, form: Any) -> Publication:
        return actions.withdraw_publication(by=self.request.user, publication=self.subject, **form.arguments())


@login_required
@require_safe
def proof(request: HttpRequest, pk: int) -> FileResponse:
    """Download the proof of a publication."""
    found = get_object_or_404(Publication.objects.visible_to(request.user).exclude(file=""), pk=pk)
    return download(found.file, found.title)


@require_safe
def notice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The public notice page of an organization: for everybody, without signing in (items 71, 102).

    Not found while nothing hangs there, so that nobody can list the organizations by it.
    """
    page = notice.page_of(pk, clock.today())
    if page is None:
        raise Http404
    context = {"page": page, "panels": notice.panels_of(request, page.organization)}
    return render(request, "publicity/notice.html", context)


class PublicityFilter(SubtreeFilter):
    """By channel and time."""

    channel = django_filters.ChoiceFilter(label=gettext_lazy("Channel"), choices=PublicityItem.Channel.choices)
    month = django_filters.CharFilter(
        label=gettext_lazy("Month"),
        method="in_month",
        widget=django_forms.TextInput(attrs={"type": "month"}),
    )

    class Meta:
        model = PublicityItem
        fields: list[str] = []

    def in_month(self, queryset, name, value):
        year, _dash, month = value.partition("-")
        if not (year.isdecimal() and month.isdecimal()):
            return queryset.none()
        return queryset.filter(appeared_on__year=int(year[:4]), appeared_on__month=int(month[:2]))


class PublicityList(ListView):
    """What the media told of the campaign, by channel and month (item 104)."""

    title = gettext_lazy("Publicity")
    model = PublicityItem
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link=lambda item: item.change_url),
        Column("channel", gettext_lazy("Channel"), value="get_channel_display", sort="channel"),
        Column("outlet", gettext_lazy("Station, paper or site"), sort="outlet"),
        Column("appeared_on", gettext_lazy("Appeared on"), sort="appeared_on"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("note", gettext_lazy("Note"), css="full"),
    ]
    filterset_class = PublicityFilter
    search = ("title__contains", "outlet__contains")
    search_label = gettext_lazy("Title or outlet")
    ordering = "-appeared_on"
    template_name = "publicity/publicity.html"
    nothing = gettext_lazy("No publicity has been entered yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization")

    def drawn(self, thing: PublicityItem) -> dict:
        """A row; its title leads to the form of those who may correct it."""
        may_write = may(self.request.user, roles.RECORD, thing.organization)
        thing.change_url = reverse("publicity:publicity_edit", args=[thing.pk]) if may_write else None
        return super().drawn(thing)

    def actions(self):
        own = new_actions(self.request.user, (_("Enter a piece"), "publicity:publicity_new"))
        return [*own, (_("Publications"), reverse("publicity:publication_list"))]

    def context(self) -> dict:
        """The table of channels by months, of exactly the rows listed."""
        months, counts = by_month(self.rows.order_by().values_list("channel", "appeared_on"))
        names = dict(PublicityItem.Channel.choices)
        lines = [
            (names[channel], [counts[channel][month] for month in months], sum(counts[channel].values()))
            for channel in PublicityItem.Channel.values
            if channel in counts
        ]
        return {"months": months, "lines": lines}


class NewPublicity(NewRecordView):
    """Enter a piece that appeared."""

    title = gettext_lazy("Enter a piece")
    form_class = forms.PublicityForm

    def back(self) -> str:
        return listed("publicity:publicity_list", self.subject)

    def act(self, form: Any) -> PublicityItem:
        return actions.record_publicity(by=self.request.user, organization=self.subject, **form.arguments())


class CorrectPublicity(RecordView):
    """Correct what was entered about a piece."""

    title = gettext_lazy("Correct the entry")
    model = PublicityItem
    form_class = forms.CorrectPublicityForm

    def back(self) -> str:
        return listed("publicity:publicity_list", self.subject.organization)

    def act(self, form: Any) -> PublicityItem:
        return actions.correct_publicity(by=self.request.user, item=self.subject, **form.arguments())
