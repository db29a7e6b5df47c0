"""Open make-up lessons, class hours of a branch, and study in figures."""

from dataclasses import replace
from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaign.meetings.models import Absence, Meeting
from campaign.plan import current
from campaign.plan.models import Campaign
from campaign.study import actions
from campaign.study.categories import by_category, sessions_by_idea, within_reach
from campaign.study.figures import slot_shares, study_figures
from campaign.study.forms import MakeUpForm, UndoForm
from campaign.study.hours import standing, study_kinds
from campaign.study.models import MakeUpLesson
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.action import ActionError
from enterprises.listing import EXCEL, Column
from enterprises.long_lists import LongList, sees_very_many
from enterprises.models import Enterprise, Member, Organization
from enterprises.panels import counts_of
from enterprises.sheets import workbook
from enterprises.tree import under

BAND_WORDS = (
    pgettext_lazy("class hours", "none"),
    gettext_lazy("under 10"),
    gettext_lazy("10 to 19"),
    gettext_lazy("20 to 29"),
    gettext_lazy("30 to 39"),
    gettext_lazy("40 and more"),
)
KEPT = 600  # seconds for which figures of millions are kept
MANY = 200  # open make-ups offered at once in the form


def _organizations(request):
    return Organization.objects.visible_to(request.user)


def _units(request):
    return Enterprise.objects.visible_to(request.user)


class MakeUpFilter(django_filters.FilterSet):
    """Open or made up, overdue; an organisation stands for everything below it too."""

    CHOICES = [
        ("open", gettext_lazy("still open")),
        ("overdue", gettext_lazy("overdue")),
        ("done", gettext_lazy("made up")),
    ]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=CHOICES, method="in_state")
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )
    unit = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Unit"),
        queryset=_units,
        field_name="meeting__organization__enterprise",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = Absence
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        if value == "done":
            return queryset.filter(makeup__isnull=False)
        open_ones = queryset.filter(makeup=None)
        return open_ones.filter(makeup_due_on__lt=clock.today()) if value == "overdue" else open_ones

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "meeting__organization__"))


class MakeUpList(LongList):
    """Who is to make up for what, by when; of those whose member rows the acting post sees."""

    title = gettext_lazy("Make-up lessons")
    model = Absence
    permission = roles.READ_MEMBERS
    columns = [
        Column(
            "member",
            gettext_lazy("Member"),
            value="member.name",
            sort="member__name_key",
        ),
        Column(
            "meeting",
            gettext_lazy("Missed"),
            value="meeting.title",
            link=lambda a: reverse("meetings:detail", args=[a.meeting_id]),
            css="full",
        ),
        Column("held_on", gettext_lazy("Held on"), value="meeting.held_on", sort="meeting__held_on"),
        Column("reason", gettext_lazy("Reason"), value="get_reason_display", sort="reason"),
        Column(
            "branch",
            gettext_lazy("Organization"),
            value="meeting.organization.name",
            sort="meeting__organization__path",
            css="full",
        ),
        Column("due_on", gettext_lazy("Due on"), value="makeup_due_on", sort="makeup_due_on"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda a: _state(a)[1],
            template="study/_state.html",
            css="full",
        ),
    ]
    filterset_class = MakeUpFilter
    search = ("member__name__contains", "member__code__startswith")
    ordering = "due_on"
    sorted_when_long = ("due_on",)
    nothing = gettext_lazy("Nobody has to make up for anything")

    def get_columns(self):
        def form_url(absence: Absence) -> str | None:
            done = hasattr(absence, "makeup") or not _mine(self.request.user, absence)
            return None if done else absence.makeup_url

        first, *others = super().get_columns()
        return [replace(first, link=form_url), *others]

    def get_queryset(self):
        user = self.request.user
        members = Member.objects.visible_to(user)
        rows = super().get_queryset().filter(meeting__state=Meeting.State.CONFIRMED, member__in=members)
        needed = Q(makeup_due_on__isnull=False) | Q(makeup__isnull=False)
        overdue = ExpressionWrapper(Q(makeup_due_on__lt=clock.today()), output_field=BooleanField())
        related = ("member", "meeting__organization", "meeting__party_group", "makeup")
        return rows.filter(needed).annotate(overdue=overdue).select_related(*related)

    def actions(self):
        if roles.RECORD not in self.request.user.reach.permissions:
            return []
        return [
            (_("Record make-up lessons"), reverse("study:makeup_new")),
            (_("Class hours"), reverse("study:hours")),
            (_("Study in figures"), reverse("study:figures")),
        ]


def _state(absence: Absence) -> tuple[str, str]:
    """The state of a make-up, and its words."""
    if hasattr(absence, "makeup"):
        lesson = absence.makeup
        return "late", _("made up on %(day)s (%(mode)s)") % {
            "day": lesson.held_on.isoformat(),
            "mode": lesson.get_mode_display(),
        }
    days = (absence.makeup_due_on - clock.today()).days
    if days < 0:
        return "over", ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": -days}
    return "soon", ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def makeup_new(request: HttpRequest) -> HttpResponse:
    """Record one make-up lesson (`?absence=`), or several that were held together."""
    offered = _offered(request)
    wanted = [pk for pk in request.GET.getlist("absence") if pk.isascii() and pk.isdigit()]
    chosen = get_object_or_404(offered, pk=wanted[0]) if wanted else None
    if chosen and not may_record(request.user, chosen.meeting.organization, chosen.meeting.party_group):
        raise PermissionDenied
    if roles.RECORD not in request.user.reach.permissions:
        raise Http404
    far = chosen is None and sees_very_many(request.user)
    if chosen:
        offered = offered.filter(Q(meeting=chosen.meeting_id) | Q(member=chosen.member_id))
    elif far:  # among millions nobody chooses; the list leads here with one
        offered = offered.none()
    offered = offered.filter(pk__in=[a.pk for a in offered[:MANY] if _mine(request.user, a)])
    initial = {"held_on": clock.today(), "absences": wanted}
    own = request.user.reach.organization
    form = MakeUpForm(
        request.POST if request.method == "POST" else None,
        absences=offered,
        names_branch=own is None or not own.is_branch,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            lessons = actions.record_makeups(by=request.user, **form.cleaned_data)
            words = ngettext("%(n)d make-up lesson is recorded.", "%(n)d make-up lessons are recorded.", len(lessons))
            messages.success(request, words % {"n": len(lessons)})
            return redirect("study:makeup_list")
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return render(request, "study/makeup_new.html", {"form": form, "far": far, "any": offered.exists()})


def _offered(request: HttpRequest):
    """The open absences of confirmed meetings that the account may see, members' rows included."""
    members = Member.objects.visible_to(request.user)
    found = Absence.objects.visible_to(request.user).filter(
        member__in=members, makeup=None, meeting__state=Meeting.State.CONFIRMED
    )
    related = ("member", "meeting__organization", "meeting__party_group")
    return found.select_related(*related).order_by("makeup_due_on", "pk")


def _mine(account, absence: Absence) -> bool:
    return may_record(account, absence.meeting.organization, absence.meeting.party_group)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def makeup_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a make-up lesson that was recorded by mistake, with the reason."""
    visible = MakeUpLesson.objects.visible_to(request.user)
    related = ("absence__member", "absence__meeting__organization", "absence__meeting__party_group")
    lesson = get_object_or_404(visible.select_related(*related), pk=pk)
    if not _mine(request.user, lesson.absence):
        raise PermissionDenied
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.undo_makeup(by=request.user, lesson=lesson, reason=form.cleaned_data["reason"])
            return redirect("meetings:detail", lesson.absence.meeting_id)
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    return render(request, "study/makeup_undo.html", {"lesson": lesson, "form": form})


def _chosen(request: HttpRequest) -> tuple[Organization, list[Campaign], Campaign | None]:
    """The organisation asked for (or that of the acting post) and the campaign asked for (or in hand)."""
    asked = request.GET.get("organization", "")
    visible = Organization.objects.visible_to(request.user).select_related("enterprise")
    if asked:
        organization = get_object_or_404(visible, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    else:
        organization = next(iter(_own(request.user, visible)), None)
    if organization is None:
        raise Http404
    campaigns = list(
        Campaign.objects.exclude(state=Campaign.State.PREPARED).select_related("definition").order_by("-launched_on")
    )
    code = request.GET.get("campaign", "")
    found = next((c for c in campaigns if c.code == code), None if code else current.campaign_of(request))
    if code and found is None:
        raise Http404
    return organization, campaigns, found


def _below(branches, organization):
    """The branches to choose from; their names alone do not tell them apart."""
    if organization.is_branch:
        return []
    return branches.filter(under(organization.path)).select_related("superior").order_by("path")[:300]


def _own(account, visible):
    paths = account.reach.paths.get(roles.READ_RECORDS, [])
    return visible.filter(path__in=paths).order_by("path")[:1] if paths else []


@login_required
@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """Class hours of the members of a branch, beside what is asked of each; in the order of the roll."""
    organization, campaigns, campaign = _chosen(request)
    if not may(request.user, roles.READ_MEMBERS, organization):
        raise Http404
    rows = standing(campaign, organization, study_kinds(campaign)) if campaign else []
    branches = Organization.objects.visible_to(request.user).branches().open()
    context = {
        "organization": organization,
        "campaign": campaign,
        "campaigns": campaigns,
        "rows": rows,
        "branches": _below(branches, organization),
        "as_of": clock.now(),
    }
    return render(request, "study/hours.html", context)


@login_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Study of an organisation with everything below it: persons, person-times, both rates, times of the week."""
    organization, campaigns, campaign = _chosen(request)
    if not may(request.user, roles.READ_RECORDS, organization):
        raise Http404
    context = {"organization": organization, "campaign": campaign, "campaigns": campaigns, "as_of": clock.now()}
    if campaign:
        context |= _figures(campaign, organization)
        context["members"] = counts_of([organization.pk]).get(organization.pk)
    return render(request, "study/figures.html", context)


def _figures(campaign: Campaign, organization: Organization) -> dict[str, Any]:
    """The tables of the page; among millions without persons, and kept for ten minutes with their moment."""
    span = (campaign.launched_on, clock.today(), study_kinds(campaign))
    persons = within_reach(organization)

    def counted() -> dict[str, Any]:
        kinds = study_figures(campaign, organization, *span, persons=persons)
        slots = slot_shares(campaign, organization, *span)
        return {"kinds": kinds, "slots": slots, "persons": persons, "as_of": clock.now()}

    if persons:
        return counted()
    return cache.get_or_set(f"study-figures:{campaign.pk}:{organization.pk}:{span[1]}", counted, KEPT)


@login_required
@require_safe
def categories(request: HttpRequest) -> HttpResponseBase:
    """Class hours by member category: how many took part, how the hours are spread, what was brought home."""
    organization, campaigns, campaign = _chosen(request)
    if not may(request.user, roles.READ_RECORDS, organization):
        raise Http404
    context = {"organization": organization, "campaign": campaign, "campaigns": campaigns, "as_of": clock.now()}
    if campaign and within_reach(organization):
        rows = by_category(campaign, organization, campaign.launched_on, clock.today(), study_kinds(campaign))
        if request.GET.get("export") == "xlsx":
            return _category_sheet(organization, campaign, rows)
        table = [(row, list(zip(BAND_WORDS, row.bands, strict=True))) for row in rows]
        context |= {
            "table": table,
            "retired": next((r for r in rows if r.category == "RETIRED"), None),
            "ideas": sessions_by_idea(campaign, organization),
        }
    return render(request, "study/categories.html", context | {"bands": BAND_WORDS})


def _category_sheet(organization: Organization, campaign: Campaign, rows) -> FileResponse:
    """The same table as a workbook."""
    title, moment = _("Study by category"), clock.now()
    headings = [
        _("Category"), _("On the roll"), _("Took part"), _("Person-times"), _("Home deliveries"),
        *map(str, BAND_WORDS), _("Average class hours"),
    ]  # fmt: skip
    lines = [(r.label, r.members, r.took_part, r.person_times, r.home, *r.bands, r.average) for r in rows]
    as_of = moment.strftime("%Y-%m-%d %H:%M")
    notes = [(_("Organization"), organization.name), (_("Campaign"), campaign.name), (_("As of"), as_of)]
    name = f"{title}-{moment:%Y%m%d}.xlsx"
    return FileResponse(workbook(title, headings, lines, notes), as_attachment=True, filename=name, content_type=EXCEL)
