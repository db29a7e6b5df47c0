"""The reading list and its pages, what a session took up, and what was applied in work (items 34, 49, 56)."""

from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from campaign.meetings.models import Meeting
from campaign.plan import current
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign
from campaign.study import forms, material_actions
from campaign.study.models import AppliedNote, StudyMaterial
from campaign.study.reading import excesses_of, reading_list
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.codes import education_band
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Member, Organization
from enterprises.tree import under
from enterprises.views.base import RecordView


def _organizations(request):
    return Organization.objects.visible_to(request.user)


def own_organization(account) -> Organization | None:
    """The organisation of the acting post, or of the own member row."""
    paths = account.reach.paths.get(roles.READ, [])
    visible = Organization.objects.visible_to(account).select_related("enterprise")
    return visible.filter(path__in=[p for p in paths if p]).order_by("path").first()


def asked_organization(request: HttpRequest) -> Organization | None:
    """The organisation that `?organization=` names: 404 when out of sight; ``None`` when none is named."""
    asked = request.GET.get("organization", "")
    if not asked:
        return None
    visible = Organization.objects.visible_to(request.user).select_related("enterprise", "superior")
    return get_object_or_404(visible, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)


class MaterialFilter(django_filters.FilterSet):
    """By campaign, priority, whether required, for whom, and whether it stands."""

    ASKED = [("yes", pgettext_lazy("study material", "required")), ("no", gettext_lazy("optional"))]
    STATES = [("standing", gettext_lazy("on the list")), ("withdrawn", gettext_lazy("taken off"))]
    campaign = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Campaign"), queryset=Campaign.objects.exclude(state=Campaign.State.PREPARED)
    )
    priority = django_filters.ChoiceFilter(label=gettext_lazy("Priority"), choices=StudyMaterial.Priority.choices)
    required = django_filters.ChoiceFilter(label=gettext_lazy("Required"), choices=ASKED, method="is_required")
    category = django_filters.ChoiceFilter(
        label=gettext_lazy("For whom"), choices=Member.Category.choices, method="for_category"
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")

    class Meta:
        model = StudyMaterial
        fields: list[str] = []

    def is_required(self, queryset, name, value):
        return queryset.filter(required=value == "yes")

    def for_category(self, queryset, name, value):
        return queryset.filter(audiences=[]) | queryset.filter(audiences__contains=[value])

    def in_state(self, queryset, name, value):
        return queryset.filter(withdrawn_on__isnull=value == "standing")


class MaterialList(ListView):
    """Every title in sight: from above, the own, and what was added below."""

    title = gettext_lazy("Study materials")
    model = StudyMaterial
    permission = roles.READ
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link="study:material"),
        Column("priority", gettext_lazy("Priority"), value="get_priority_display", sort="priority"),
        Column("required", gettext_lazy("Required"), sort="required"),
        Column("audiences", gettext_lazy("For whom"), value=lambda m: m.audience_words or _("everybody"), css="full"),
        Column(
            "organization",
            gettext_lazy("Asked by"),
            value=lambda m: m.organization.name if m.organization else _("the whole campaign"),
            sort="organization__path",
            css="full",
        ),
        Column("campaign", gettext_lazy("Campaign"), value="campaign.name", css="full"),
        Column("source", gettext_lazy("Author or publisher")),
        Column("withdrawn_on", gettext_lazy("Taken off on")),
    ]
    filterset_class = MaterialFilter
    search = ("title__contains", "source__contains")
    search_label = gettext_lazy("Title or author")
    ordering = "title"
    nothing = gettext_lazy("No title has been put on the list yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "campaign")

    def actions(self):
        account = self.request.user
        own = own_organization(account)
        links = [(_("Reading list"), reverse("study:reading"))] if own else []
        if roles.READ_RECORDS in account.reach.permissions:
            links.append((_("Theme activities"), reverse("study:activity_list")))
            links.append((_("Applied in work"), reverse("study:note_list")))
        links.append((_("Models"), reverse("exemplars:exemplar_list")))
        if material_actions.may_list(account, None) or (own and may_record(account, own)):
            links.append((_("Add a title"), reverse("study:material_new")))
        return links


class MaterialNew(RecordView):
    """Put a title on the list: of the own organisation (`?organization=`), or of the whole campaign."""

    form_class = forms.MaterialForm
    title = gettext_lazy("Add a title")
    button = gettext_lazy("Put it on the list")
    back_words = gettext_lazy("Study materials")

    def find(self) -> None:
        """Where it is added: campaign and organisation are worked out once."""
        account = self.request.user
        self.place = asked_organization(self.request)
        if self.place is None and not material_actions.may_list(account, None):
            self.place = own_organization(account)
            if self.place is None or roles.RECORD not in account.reach.permissions:
                raise Http404
        self.campaign = current.campaign_of(self.request)
        if self.campaign is None:
            raise Http404

    def permitted(self) -> bool:
        return material_actions.may_list(self.request.user, self.place)

    @property
    def lead(self) -> Any:
        told = {"campaign": self.campaign.name, "name": self.place.name if self.place else _("the whole campaign")}
        return _("%(campaign)s, for %(name)s.") % told

    def back(self) -> str:
        return reverse("study:material_list")

    def act(self, form: Any) -> StudyMaterial:
        return material_actions.add_material(
            by=self.request.user, campaign=self.campaign, organization=self.place, **form.arguments()
        )

    def done(self, result: StudyMaterial) -> HttpResponse:
        say_excess(self.request, result)
        return redirect("study:material", result.pk)


def say_excess(request: HttpRequest, material: StudyMaterial) -> None:
    """A word when the list now asks too much of a category (item 34); never a refusal."""
    place = material.organization or own_organization(request.user)
    if place is None or not material.required:
        return
    for excess in excesses_of(material.campaign, place):
        words = _(
            "%(required)d titles are required of %(category)s members, at most %(cap)d should be. "
            "Make some of them optional."
        )
        values = {"required": excess.required, "category": excess.label, "cap": excess.cap}
        messages.warning(request, words % values)


class MaterialEdit(RecordView):
    """Say a title of the list anew."""

    model = StudyMaterial
    related = ("organization", "campaign__definition")
    form_class = forms.ChangeMaterialForm
    title = gettext_lazy("Change a title")
    button = gettext_lazy("Save")

    def permitted(self) -> bool:
        return material_actions.may_list(self.request.user, self.subject.organization)

    def back(self) -> str:
        return reverse("study:material", args=[self.subject.pk])

    def act(self, form: Any) -> StudyMaterial:
        return material_actions.change_material(by=self.request.user, material=self.subject, **form.arguments())

    def done(self, result: StudyMaterial) -> HttpResponse:
        say_excess(self.request, result)
        return redirect(self.back())


class MaterialWithdraw(RecordView):
    """Take a title off the list, with the reason."""

    model = StudyMaterial
    related = ("organization",)
    form_class = forms.WithdrawForm
    title = gettext_lazy("Take it off the list")
    lead = gettext_lazy("Sessions that took it up keep it; it is only asked of nobody any more.")

    def permitted(self) -> bool:
        return material_actions.may_list(self.request.user, self.subject.organization)

    def back(self) -> str:
        return reverse("study:material", args=[self.subject.pk])

    def act(self, form: Any) -> StudyMaterial:
        return material_actions.withdraw_material(by=self.request.user, material=self.subject, **form.arguments())


@login_required
@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """One title: for whom it is, who asks it, how many sessions took it up, its history."""
    related = ("organization", "campaign__definition", "recorded_by")
    found = get_object_or_404(StudyMaterial.objects.visible_to(request.user).select_related(*related), pk=pk)
    sessions = Meeting.objects.visible_to(request.user).filter(studied__material=found)
    context = {
        "material": found,
        "may_change": material_actions.may_list(request.user, found.organization),
        "sessions": sessions.select_related("organization").defer("gist", "due_ids", "voter_ids")[:10],
        "count": sessions.count(),
        "history": changes(found),
        "as_of": clock.now(),
    }
    return render(request, "study/material.html", context)


@login_required
@require_safe
def material_file(request: HttpRequest, pk: int) -> FileResponse:
    """Download the file of a title; it is never shown inline."""
    found = get_object_or_404(StudyMaterial.objects.visible_to(request.user).exclude(file=""), pk=pk)
    name = f"{found.title}.{found.file.name.rsplit('.', 1)[-1]}"
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )


@login_required
@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    """The reading list of an organisation; of one category with `?category=`, of a member with the own one."""
    organization = asked_organization(request) or own_organization(request.user)
    if organization is None:
        raise Http404
    member = request.user.member if roles.READ_RECORDS not in request.user.reach.permissions else None
    category = request.GET.get("category", member.category if member else "")
    category = category if category in Member.Category.values else ""
    # A member finds the own titles; which education they were chosen for is said of no person (item 31).
    band = education_band(member.education) if member else ""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING, participations__unit=organization.enterprise_id)
    lists = [
        (campaign, reading_list(campaign, organization, category, band), excesses_of(campaign, organization))
        for campaign in running.select_related("definition").order_by("-launched_on")
    ]
    context = {
        "organization": organization,
        "lists": lists,
        "category": category,
        "categories": Member.Category.choices,
        "own": member is not None,
        "may_add": roles.RECORD in request.user.reach.permissions and may_record(request.user, organization),
        "as_of": clock.now(),
    }
    return render(request, "study/reading.html", context)


class Studied(RecordView):
    """Which titles a study session took up, and what it led to in work."""

    model = Meeting
    related = ("organization__enterprise", "organization__superior", "party_group", "campaign__definition")
    form_class = forms.StudiedForm
    title = gettext_lazy("What was studied")
    button = gettext_lazy("Save")

    def find(self) -> Meeting:
        meeting = super().find()
        if not meeting.is_confirmed or not MEETING_KINDS[meeting.kind].is_study:
            raise Http404
        return meeting

    def permitted(self) -> bool:
        return may_record(self.request.user, self.subject.organization, self.subject.party_group)

    def get_form_kwargs(self) -> dict[str, Any]:
        campaign = self.subject.campaign
        titles = reading_list(campaign, self.subject.organization) if campaign else []
        return super().get_form_kwargs() | {"titles": titles}

    def get_initial(self) -> dict[str, Any]:
        note = AppliedNote.objects.visible_to(self.request.user).filter(meeting=self.subject).first()
        studied = list(self.subject.studied.values_list("material", flat=True))
        return {"materials": studied, "text": note.text if note else ""}

    def back(self) -> str:
        return reverse("meetings:detail", args=[self.subject.pk])

    def act(self, form: Any) -> None:
        told = form.arguments()
        if "materials" in told:
            account, titles = self.request.user, told["materials"]
            material_actions.name_studied(by=account, meeting=self.subject, materials=titles)
        material_actions.note_applied(by=self.request.user, meeting=self.subject, text=told["text"])


class NoteFilter(django_filters.FilterSet):
    """All notes or the selected cases; an organisation stands for everything below it too."""

    CHOICES = [("selected", gettext_lazy("selected cases")), ("other", gettext_lazy("not selected"))]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=CHOICES, method="in_state")
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = AppliedNote
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(selected_on__isnull=value != "selected")

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "meeting__organization__"))


class NoteList(ListView):
    """What study led to in work; the selected cases are for others to learn from."""

    title = gettext_lazy("Applied in work")
    model = AppliedNote
    permission = roles.READ_RECORDS
    columns = [
        Column("text", gettext_lazy("What was done"), css="full"),
        Column(
            "meeting",
            gettext_lazy("Study session"),
            value="meeting.title",
            link=lambda n: reverse("meetings:detail", args=[n.meeting_id]),
        ),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="meeting.organization.name",
            sort="meeting__organization__path",
            css="full",
        ),
        Column("held_on", gettext_lazy("Date"), value="meeting.held_on", sort="meeting__held_on"),
        Column(
            "selected_on",
            gettext_lazy("Selected as a case on"),
            # Never empty: on a phone an empty cell is left out, and with it the button.
            value=lambda n: n.selected_on.isoformat() if n.selected_on else _("not selected"),
            template="study/_select.html",
        ),
    ]
    filterset_class = NoteFilter
    search = ("text__contains", "meeting__title__contains")
    search_label = gettext_lazy("Words of the note")
    ordering = "-held_on"
    nothing = gettext_lazy("No session has said yet what it led to in work")

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__organization__superior")

    def drawn(self, thing: Any) -> dict:
        """A row, with whether the account selects cases there."""
        thing.may_select = material_actions.may_select(self.request.user, thing)
        return super().drawn(thing)


@login_required
@require_POST
def note_select(request: HttpRequest, pk: int) -> HttpResponse:
    """Select a note as a case, or no longer (`do=unselect`)."""
    related = ("meeting__organization__superior",)
    note = get_object_or_404(AppliedNote.objects.visible_to(request.user).select_related(*related), pk=pk)
    if not material_actions.may_select(request.user, note):
        raise PermissionDenied
    try:
        material_actions.select_case(by=request.user, note=note, selected=request.POST.get("do") != "unselect")
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('study:note_list')}?state=selected")
