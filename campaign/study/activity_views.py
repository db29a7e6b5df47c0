"""Theme practice activities: the list, the page of one, recording it, its photographs (item 51)."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign
from campaign.study import activity_actions, forms
from campaign.study.birthdays import birthdays_of
from campaign.study.material_views import asked_organization, own_organization
from campaign.study.models import ActivityParticipant, ActivityPhoto, ThemeActivity
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Member, Organization
from enterprises.tree import under
from enterprises.views.base import RecordView

NEAR_WEEKS = 9  # political birthdays offered: of the last month and of the next


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class ActivityFilter(django_filters.FilterSet):
    """By kind and state; an organisation stands for everything below it too."""

    STATES = [("standing", gettext_lazy("standing")), ("withdrawn", gettext_lazy("withdrawn"))]
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=ThemeActivity.Kind.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = ThemeActivity
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(withdrawn_on__isnull=value == "standing")

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


class ActivityList(ListView):
    """The theme activities of the organisations that the acting post reaches."""

    title = gettext_lazy("Theme activities")
    model = ThemeActivity
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link="study:activity"),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        Column("held_on", gettext_lazy("Date"), sort="held_on"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("outcome", gettext_lazy("Outcome"), css="full"),
        Column("withdrawn_on", gettext_lazy("Withdrawn on")),
    ]
    filterset_class = ActivityFilter
    search = ("title__contains", "outcome__contains")
    search_label = gettext_lazy("Title or outcome")
    ordering = "-held_on"
    nothing = gettext_lazy("No theme activity has been recorded yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization")

    def actions(self):
        own = own_organization(self.request.user)
        if own is None or not may_record(self.request.user, own):
            return []
        return [(_("Record an activity"), reverse("study:activity_new"))]


class ActivityNew(RecordView):
    """Record an activity of `?organization=`, or of the meeting that `?meeting=` names."""

    model = Organization
    form_class = forms.ActivityForm
    title = gettext_lazy("Record an activity")
    button = gettext_lazy("Record")
    back_words = gettext_lazy("Theme activities")

    def find(self) -> Organization:
        """The organisation, and the meeting it was where one is named."""
        self.meeting = self._meeting()
        found = self.meeting.organization if self.meeting else asked_organization(self.request)
        found = found or own_organization(self.request.user)
        if found is None or roles.RECORD not in self.request.user.reach.permissions and not self.request.GET:
            raise Http404
        return found

    def _meeting(self) -> Meeting | None:
        asked = self.request.GET.get("meeting", "")
        if not asked:
            return None
        visible = Meeting.objects.visible_to(self.request.user).select_related("organization", "campaign")
        pk = int(asked) if asked.isascii() and asked.isdigit() else 0
        return get_object_or_404(visible, pk=pk, kind=activity_actions.THEME, theme_activity=None)

    def permitted(self) -> bool:
        return may_record(self.request.user, self.subject)

    @property
    def lead(self) -> Any:
        if self.meeting is None:
            return self.subject.name
        told = {"title": self.meeting.title, "day": self.meeting.held_on.isoformat()}
        return _("Part of “%(title)s” on %(day)s: who took part stands there.") % told

    def get_form_kwargs(self) -> dict[str, Any]:
        members = Member.objects.visible_to(self.request.user).on_roll()
        here = members.filter(branch=self.subject) if self.subject.is_branch else members.none()
        day = self.meeting.held_on if self.meeting else clock.today()
        since = day - timedelta(weeks=NEAR_WEEKS // 2)
        near = birthdays_of(self.request.user, self.subject, since, NEAR_WEEKS) if self.subject.is_branch else []
        told = {"members": here, "near": members.filter(pk__in=[b.member.pk for b in near]), "meeting": self.meeting}
        return super().get_form_kwargs() | told

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", ""), "title": self.meeting.title if self.meeting else ""}

    def back(self) -> str:
        return reverse("study:activity_list")

    def act(self, form: Any) -> ThemeActivity:
        told = form.arguments()
        photo = told.pop("photo")
        held_on = told.pop("held_on", None) or self.meeting.held_on
        running = Campaign.objects.filter(
            state=Campaign.State.RUNNING, participations__unit=self.subject.enterprise_id
        ).order_by("-launched_on")
        with transaction.atomic():
            activity = activity_actions.record_activity(
                by=self.request.user,
                organization=self.subject,
                held_on=held_on,
                meeting=self.meeting,
                campaign=running.filter(launched_on__lte=held_on).first(),
                **told,
            )
            if photo and not activity.photos.exists():
                activity_actions.attach_photo(by=self.request.user, activity=activity, upload=photo)
        return activity

    def done(self, result: ThemeActivity) -> HttpResponse:
        return redirect("study:activity", result.pk)


@login_required
@require_safe
def birthdays(request: HttpRequest) -> HttpResponse:
    """The political birthdays of the coming weeks in a branch; for the week page only the part."""
    organization = asked_organization(request) or own_organization(request.user)
    if organization is None or not organization.is_branch or not may(request.user, roles.READ_RECORDS, organization):
        raise Http404
    context = {
        "organization": organization,
        "birthdays": birthdays_of(request.user, organization, clock.today()),
        "may_record": may_record(request.user, organization),
        "part": bool(request.htmx),
    }
    template = "study/_birthdays_part.html" if request.htmx else "study/birthdays.html"
    return render(request, template, context)


@login_required
@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an activity: what it was, who took part, what came of it, its photographs, its history."""
    related = ("organization", "campaign", "meeting", "recorded_by")
    found = get_object_or_404(ThemeActivity.objects.visible_to(request.user).select_related(*related), pk=pk)
    people = found.participants.count()
    seen = ActivityParticipant.objects.visible_to(request.user).filter(activity=found)
    context = {
        "activity": found,
        "people": seen.select_related("member").order_by("-honored", "member__name_key"),
        "count": found.meeting.present_count if found.meeting else people,
        "unseen": people - seen.count(),
        "photos": found.photos.order_by("pk"),
        "may_write": may_record(request.user, found.organization),
        "history": changes(found),
    }
    return render(request, "study/activity.html", context)


class ActivityPage(RecordView):
    """What the forms about one activity share."""

    model = ThemeActivity
    related = ("organization",)

    def permitted(self) -> bool:
        return may_record(self.request.user, self.subject.organization)

    def back(self) -> str:
        return reverse("study:activity", args=[self.subject.pk])


class ActivityOutcome(ActivityPage):
    """Say what came of it."""

    form_class = forms.OutcomeForm
    title = gettext_lazy("What came of it")
    button = gettext_lazy("Save")

    def act(self, form: Any) -> ThemeActivity:
        return activity_actions.change_outcome(by=self.request.user, activity=self.subject, **form.arguments())


class ActivityPhotoNew(ActivityPage):
    """Keep one more photograph."""

    form_class = forms.PhotoForm
    title = gettext_lazy("Add a photograph")
    button = gettext_lazy("Add")

    def act(self, form: Any) -> ActivityPhoto:
        upload = form.cleaned_data["upload"]
        return activity_actions.attach_photo(by=self.request.user, activity=self.subject, upload=upload)


class ActivityWithdraw(ActivityPage):
    """Withdraw an activity recorded by mistake, with the reason."""

    form_class = forms.WithdrawForm
    title = gettext_lazy("Withdraw the activity")
    lead = gettext_lazy("It stays to be seen, but counts no more.")

    def act(self, form: Any) -> ThemeActivity:
        return activity_actions.withdraw_activity(by=self.request.user, activity=self.subject, **form.arguments())


@login_required
@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """Download a photograph or file of an activity; it is never shown inline."""
    found = get_object_or_404(ActivityPhoto.objects.visible_to(request.user), pk=pk)
    ending = found.file.name.rsplit(".", 1)[-1]
    name = found.name if found.name.lower().endswith(f".{ending}") else f"{found.name}.{ending}"
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
