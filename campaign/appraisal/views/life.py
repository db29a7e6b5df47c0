"""Special life meetings held and not held, and the remark of an attending group member (items 62, 63)."""

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from campaign.appraisal import life
from campaign.appraisal.actions.notices import may_remark, remark_on_quality
from campaign.appraisal.forms import QualityForm
from campaign.appraisal.models import MeetingQuality
from campaign.appraisal.views.shared import campaign_name
from campaign.meetings.models import Meeting
from campaign.plan.current import campaign_of
from campaign.progress.models import StepStatus
from campaign.progress.rules import state_of
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError
from enterprises.listing import Column, ListView
from enterprises.models import Organization
from enterprises.templatetags.interface import state_word
from enterprises.tree import under


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class LifeFilter(django_filters.FilterSet):
    """Filters by what is held; an organisation stands for everything below it too."""

    STATES = [("held", gettext_lazy("held")), ("not_held", gettext_lazy("not held yet"))]
    TEAMS = [("branch", gettext_lazy("Organisational life meeting")), ("team", gettext_lazy("Democratic life meeting"))]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=TEAMS, method="of_kind")
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = StepStatus
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(done_on__isnull=value == "not_held")

    def of_kind(self, queryset, name, value):
        kinds = [kind.value for kind in Organization.BRANCH_KINDS]
        by_kind = {"organization__kind__in": kinds}
        return queryset.filter(**by_kind) if value == "branch" else queryset.exclude(**by_kind)

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


def _kind(status: StepStatus) -> str:
    return _("Organisational life meeting") if status.organization.is_branch else _("Democratic life meeting")


def _state(status: StepStatus) -> str:
    return state_of(status.step, status, clock.today()).value


class LifeMeetingList(ListView):
    """Which organisations have held their special life meeting, and what was remarked on it."""

    title = gettext_lazy("Special life meetings")
    model = StepStatus
    permission = roles.READ_RECORDS
    filterset_class = LifeFilter
    search = ("organization__name__contains", "organization__code__startswith")
    ordering = "due_on"
    nothing = gettext_lazy("No special life meeting is asked of these organizations")

    columns = [
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__name",
            link=lambda s: reverse("meetings:detail", args=[s.meeting_pk]) if s.meeting_pk else None,
        ),
        Column("kind", gettext_lazy("Meeting"), value=_kind),
        Column("due_on", gettext_lazy("Due on"), sort="due_on"),
        Column("held_on", gettext_lazy("Held on"), value="meeting_on"),
        Column(
            "state",
            gettext_lazy("State"),
            value=_state,
            template="appraisal/_state.html",
            export=lambda s: state_word(_state(s)),
        ),
        Column("remarks", gettext_lazy("Remarks on quality"), css="n"),
        Column("pro_forma", gettext_lazy("Of them pro forma"), css="n"),
    ]

    def get_queryset(self):
        campaign, owed = campaign_of(self.request), super().get_queryset()
        if campaign is None:
            return owed.none()
        steps = life.life_steps(campaign.steps.order_by("order"))
        owed = owed.filter(step__in=steps, applicable=True).select_related("organization", "step")
        return life.with_meetings(owed, campaign)

    def facts(self):
        return campaign_name(self.request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quality(request: HttpRequest, meeting: int) -> HttpResponse:
    """The remark of a group member who attended a life meeting."""
    visible = Meeting.objects.visible_to(request.user).filter(state=Meeting.State.CONFIRMED)
    found = get_object_or_404(visible.select_related("organization"), pk=meeting)
    if found.kind not in life.LIFE_MEETINGS:
        raise Http404
    if not may_remark(request.user, found):
        raise PermissionDenied
    own = MeetingQuality.objects.visible_to(request.user).filter(meeting=found, recorded_by=request.user).first()
    initial = {"quality": own.quality, "remark": own.remark} if own else None
    form = QualityForm(request.POST if request.method == "POST" else None, initial=initial)
    back = reverse("meetings:detail", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            remark_on_quality(by=request.user, meeting=found, **form.cleaned_data)
            messages.success(request, _("The remark is kept with the meeting."))
            return redirect(back)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {
        "title": _("Remark on the quality of the meeting"),
        "form": form,
        "words": _("Keep the remark"),
        "back_url": back,
        "back_words": found.title,
        "lead": _("Did people say what is true and what they think? The remark is on the meeting, not on a person."),
    }
    return render(request, "components/form_page.html", context)
