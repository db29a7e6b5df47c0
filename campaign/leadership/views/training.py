"""Training events, who signed in, and which secretaries are still untrained (items 23, 24)."""

from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import CharField, Count, OuterRef, Subquery
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from campaign.leadership import forms
from campaign.leadership.actions import training
from campaign.leadership.models import Trainee, TrainingEvent
from campaign.leadership.training import backbone_posts, branch_secretaries, coverage_below, trained_in
from campaign.leadership.views.subjects import (
    CampaignListMixin,
    OrganizationForm,
    RecordingForm,
    changes_of,
    leadership_url,
)
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.listing import Column, ListView
from enterprises.models import Enterprise, Member, Organization, Post
from enterprises.tree import under
from enterprises.views.base import PageView

SHOWN = 100  # candidates on one page; the rest is found by name


class NewTraining(OrganizationForm):
    """Record a training event."""

    title = _("Record a training event")
    form_class = forms.TrainingForm

    def act(self, form: Any) -> Any:
        return training.record_training(**self.told(form))

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("leadership:training", args=[result.pk]))


class TrainingPage(PageView):
    """A training event: what it was, who signed in, and whom it was for."""

    model = TrainingEvent
    related = ("organization__enterprise", "campaign")
    template_name = "leadership/training.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event, account = self.subject, self.request.user
        writable = may_record(account, event.organization)
        seen = Member.objects.visible_to(account)
        trainees = Trainee.objects.visible_to(account).filter(event=event).select_related("member__branch")
        shown = list(trainees.filter(member__in=seen).order_by("member__name_key", "pk"))
        return super().get_context_data(
            event=event,
            trainees=shown,
            unseen=trainees.count() - len(shown),
            candidates=self.candidates() if writable else [],
            limit=SHOWN,
            q=self.request.GET.get("q", ""),
            coverage=coverage_below(event.campaign, event.organization, clock.today()),
            may_write=writable,
            back_url=leadership_url(event.organization, event.campaign),
            **changes_of(event),
            **kwargs,
        )

    def candidates(self) -> list[Member]:
        """Secretaries and backbone workers below who have not signed in; with ``?q=`` any member below."""
        text = self.request.GET.get("q", "").replace("\x00", "").strip()[:60]
        below = Member.objects.visible_to(self.request.user).on_roll()
        below = below.filter(under(self.subject.organization.path, "branch__"))
        if text:
            below = below.search(text)
        else:
            posts = backbone_posts(self.subject.organization, clock.today()).order_by().values("member")
            below = below.filter(pk__in=posts)
        signed = self.subject.trainees.order_by().values("member")
        return list(below.exclude(pk__in=signed).select_related("branch").order_by("branch__path", "name_key")[:SHOWN])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = [int(pk) for pk in request.POST.getlist("member") if pk.isascii() and pk.isdigit()]
        url = reverse("leadership:training", args=[self.subject.pk])
        if not chosen:
            messages.error(request, gettext("Nobody was chosen. Tick at least one member."))
            return HttpResponseRedirect(url)
        try:
            count = training.sign_in(by=request.user, event=self.subject, member_ids=chosen)
        except ActionError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(url)
        words = ngettext("%(n)d participant is entered.", "%(n)d participants are entered.", count)
        messages.success(request, words % {"n": count})
        return HttpResponseRedirect(url)

    def permitted(self) -> bool:
        return self.request.method != "POST" or may_record(self.request.user, self.subject.organization)


class SignOut(RecordingForm):
    """Take back the entry of a participant."""

    model = Trainee
    related = ("event__organization__enterprise", "member")
    title = _("Take the participant back")
    form_class = forms.ReasonForm

    def organization(self) -> Any:
        return self.subject.event.organization

    def back(self) -> str:
        return reverse("leadership:training", args=[self.subject.event_id])

    def act(self, form: Any) -> Any:
        return training.sign_out(by=self.request.user, trainee=self.subject, **form.arguments())


@login_required
@require_safe
def training_file(request: HttpRequest, pk: int) -> FileResponse:
    """Download the materials of an event; they are never shown inline."""
    event = get_object_or_404(TrainingEvent.objects.visible_to(request.user).exclude(file=""), pk=pk)
    name = f"{event.title}.{event.file.name.rsplit('.', 1)[-1]}"
    return FileResponse(
        event.file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )


class TrainingFilter(django_filters.FilterSet):
    """Filters of the list of events."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=TrainingEvent.Kind.choices)

    class Meta:
        model = TrainingEvent
        fields: list[str] = []


class TrainingList(CampaignListMixin, ListView):
    """The training events in sight."""

    title = _("Training")
    model = TrainingEvent
    permission = roles.READ_RECORDS
    columns = [
        Column("title", _("Title"), sort="title", link="leadership:training"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind", css="full"),
        Column("held_on", _("Date"), sort="held_on"),
        Column("organization", _("Held by"), value="organization.name", sort="organization__path", css="full"),
        Column("count", pgettext_lazy("leadership", "Participants"), css="n"),
    ]
    filterset_class = TrainingFilter
    search = ("title__contains", "organization__name__contains")
    search_label = _("Title or organization")
    ordering = "-held_on"
    nothing = _("No training has been recorded yet")

    def get_queryset(self):
        rows = super().get_queryset().filter(campaign=self.campaign)
        return rows.select_related("organization").annotate(count=Count("trainees"))

    def facts(self):
        return [self.campaign.name]

    def actions(self):
        return [(_("Untrained secretaries"), reverse("leadership:untrained_list"))]


def _organizations(request):
    return Organization.objects.visible_to(request.user)


def _units(request):
    return Enterprise.objects.visible_to(request.user)


class SecretaryFilter(django_filters.FilterSet):
    """Filters of the list of untrained secretaries."""

    organization = django_filters.ModelChoiceFilter(
        label=_("Organization"), queryset=_organizations, method="in_subtree", widget=django_forms.HiddenInput
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Enterprise"), queryset=_units, method="in_unit", widget=django_forms.HiddenInput
    )

    class Meta:
        model = Post
        fields: list[str] = []

    def in_subtree(self, queryset, name, value):
        below = Organization.objects.visible_to(self.request.user).filter(under(value.path))
        return queryset.filter(scope_id__in=below.order_by().values("pk"))

    def in_unit(self, queryset, name, value):
        ours = Organization.objects.visible_to(self.request.user).filter(enterprise=value)
        return queryset.filter(scope_id__in=ours.order_by().values("pk"))


class UntrainedList(CampaignListMixin, ListView):
    """Secretaries of branches who have been in no training class yet."""

    title = _("Untrained secretaries")
    model = Post
    permission = roles.READ_MEMBERS
    columns = [
        Column("name", _("Secretary"), value="member.name", sort="member__name_key"),
        Column("branch", _("Branch"), sort="branch", link=lambda post: _branch_url(post)),
        Column("superior", _("Superior"), css="full"),
        Column("since", _("In office since"), sort="since"),
    ]
    filterset_class = SecretaryFilter
    search = ("member__name__contains", "branch__contains")
    search_label = _("Name or branch")
    ordering = "branch"
    nothing = _("Every secretary has been trained")

    def get_queryset(self):
        led = Member.objects.visible_to(self.request.user).order_by().values("pk")
        ours = Organization.objects.visible_to(self.request.user)
        posts = branch_secretaries(clock.today(), ours, super().get_queryset())
        rows = posts.exclude(trained_in(self.campaign)).filter(member__in=led)
        own = ours.filter(pk=OuterRef("scope_id")).order_by()
        return rows.select_related("member").annotate(
            branch=Subquery(own.values("name")[:1], output_field=CharField()),
            superior=Subquery(own.values("superior__name")[:1], output_field=CharField()),
        )

    def facts(self):
        return [self.campaign.name]

    def actions(self):
        return [(_("Training"), reverse("leadership:training_list"))]


def _branch_url(post: Post) -> str:
    return reverse("leadership:organization", args=[post.scope_id])
