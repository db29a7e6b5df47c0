"""Pages of services: what there is in figures, and the lists."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.progress.record_pages import SubtreeFilter, new_actions
from campaign.services import figures
from campaign.services.models import (
    ComplianceCheck,
    HotIssue,
    PostRule,
    ServiceActivity,
    ServiceCommitment,
    UserLine,
)
from campaign.services.rules import Kept
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.listing import Column, ListView
from enterprises.models import Organization

_ORGANIZATION = Column(
    "organization", gettext_lazy("Organization"), value="organization.name", sort="organization__path", css="full"
)


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything about services in figures, each with the way to its list."""
    if roles.READ_RECORDS not in request.user.reach.permissions:
        raise Http404
    solved, issues = figures.solved(HotIssue.objects.visible_to(request.user))
    context = {
        "help": figures.help_of(ServiceActivity.objects.visible_to(request.user)),
        "kept": figures.kept(ComplianceCheck.objects.visible_to(request.user)),
        "commitments": ServiceCommitment.objects.visible_to(request.user).count(),
        "solved": solved,
        "issues": issues,
        "lines": UserLine.objects.visible_to(request.user).filter(closed_on=None).count(),
        "rules": PostRule.objects.visible_to(request.user).filter(repealed_on=None).count(),
    }
    return render(request, "services/home.html", context)


class ServiceList(ListView):
    """A list of this room: those who may correct a record find the form behind its title."""

    permission = roles.READ_RECORDS
    ordering = ""
    new: tuple[Any, str] = ("", "")
    page = ""  # url name of the page or form of one record

    def get_queryset(self):
        return super().get_queryset().select_related("organization")

    def actions(self):
        return [*new_actions(self.request.user, self.new), (_("Services in figures"), reverse("services:home"))]

    def drawn(self, thing: Any) -> dict:
        """A row; its title leads to the form of those who may correct it."""
        may_write = may(self.request.user, roles.RECORD, thing.organization)
        thing.change_url = reverse(self.page, args=[thing.pk]) if may_write else None
        return super().drawn(thing)


def change_url(thing: Any) -> str | None:
    """Where the row leads for those who may correct it; nowhere in an export."""
    return getattr(thing, "change_url", None)


class CommitmentFilter(SubtreeFilter):
    """By kind."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=ServiceCommitment.Kind.choices)

    class Meta:
        model = ServiceCommitment
        fields: list[str] = []


class CommitmentList(ServiceList):
    """Sets of commitments with what was kept and broken (item 77)."""

    title = gettext_lazy("Service commitments")
    model = ServiceCommitment
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link="services:commitment"),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        _ORGANIZATION,
        Column("valid_from", gettext_lazy("Valid from"), sort="valid_from"),
        Column("valid_until", gettext_lazy("Valid until"), sort="valid_until"),
        Column("published_on", gettext_lazy("Published on"), sort="published_on"),
        Column("cases", gettext_lazy("Cases"), sort="cases", css="n"),
        Column("broken", gettext_lazy("Broken"), sort="broken", css="n"),
        Column("rate", gettext_lazy("Kept, %"), value=lambda c: Kept(c.cases or 0, c.broken or 0).rate, css="n"),
    ]
    filterset_class = CommitmentFilter
    search = ("title__contains", "organization__name__contains")
    search_label = gettext_lazy("Title or organization")
    ordering = "-valid_from"
    nothing = gettext_lazy("No commitments have been entered yet")
    new = (gettext_lazy("Enter commitments"), "services:commitment_new")
    page = "services:commitment"

    def get_queryset(self):
        return super().get_queryset().annotate(cases=Sum("checks__cases"), broken=Sum("checks__broken"))


class IssueFilter(SubtreeFilter):
    """By state."""

    STATES = [
        ("open", gettext_lazy("not solved yet")),
        ("overdue", gettext_lazy("overdue")),
        ("solved", gettext_lazy("solved")),
    ]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")

    class Meta:
        model = HotIssue
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        """Issues in one of the states of the list."""
        if value == "solved":
            return queryset.filter(state=HotIssue.State.SOLVED)
        left = queryset.exclude(state=HotIssue.State.SOLVED)
        return left.filter(due_on__lt=clock.today()) if value == "overdue" else left


class IssueList(ServiceList):
    """Hot issues of service, the open ones first (item 78)."""

    title = gettext_lazy("Hot issues of service")
    model = HotIssue
    columns = [
        Column("title", gettext_lazy("Problem"), sort="title", link="services:issue"),
        _ORGANIZATION,
        Column("department", gettext_lazy("Responsible department"), sort="department"),
        Column("raised_on", gettext_lazy("Raised on"), sort="raised_on"),
        Column("due_on", gettext_lazy("Due on"), sort="due_on"),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
        Column("solved_on", gettext_lazy("Solved on"), sort="solved_on"),
    ]
    filterset_class = IssueFilter
    search = ("title__contains", "department__contains")
    search_label = gettext_lazy("Problem or department")
    nothing = gettext_lazy("No hot issue has been entered yet")
    new = (gettext_lazy("Enter a hot issue"), "services:issue_new")
    page = "services:issue"

    def facts(self):
        solved, total = figures.solved(self.rows)
        return [_("%(solved)d of %(total)d solved") % {"solved": solved, "total": total}]


class LineFilter(SubtreeFilter):
    """By kind."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=UserLine.Kind.choices)

    class Meta:
        model = UserLine
        fields: list[str] = []


class LineList(ServiceList):
    """Lines on which users say whether they are satisfied (item 78)."""

    title = gettext_lazy("User lines")
    model = UserLine
    columns = [
        Column("words", gettext_lazy("Number, address or place"), sort="words", link=change_url),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        _ORGANIZATION,
        Column("opened_on", pgettext_lazy("services", "Opened on"), sort="opened_on"),
        Column("closed_on", pgettext_lazy("services", "Closed on"), sort="closed_on"),
    ]
    filterset_class = LineFilter
    search = ("words__contains", "organization__name__contains")
    search_label = gettext_lazy("Line or organization")
    ordering = "-opened_on"
    nothing = gettext_lazy("No user line has been entered yet")
    new = (gettext_lazy("Enter a user line"), "services:line_new")
    page = "services:line_edit"


class ActivityFilter(SubtreeFilter):
    """By kind."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=ServiceActivity.Kind.choices)

    class Meta:
        model = ServiceActivity
        fields: list[str] = []


class ActivityList(ServiceList):
    """Service activities with their totals (item 80)."""

    title = gettext_lazy("Service activities")
    model = ServiceActivity
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link=change_url),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        _ORGANIZATION,
        Column("held_on", gettext_lazy("Date"), sort="held_on"),
        Column("place", gettext_lazy("Place")),
        Column("participants", gettext_lazy("Participants"), sort="participants", css="n"),
        Column("households", gettext_lazy("Households"), sort="households", css="n"),
        Column("funds", gettext_lazy("Funds in yuan"), sort="funds", css="n"),
    ]
    filterset_class = ActivityFilter
    search = ("title__contains", "place__contains")
    search_label = gettext_lazy("Title or place")
    ordering = "-held_on"
    template_name = "services/activities.html"
    nothing = gettext_lazy("No activity has been entered yet")
    new = (gettext_lazy("Enter an activity"), "services:activity_new")
    page = "services:activity_edit"

    def context(self) -> dict:
        """The totals of exactly the rows listed."""
        return {"help": figures.help_of(self.rows)}


class RuleFilter(SubtreeFilter):
    """By kind, and at headquarters only."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=PostRule.Kind.choices)
    at = django_filters.ChoiceFilter(
        label=gettext_lazy("Where"), choices=[("hq", gettext_lazy("at headquarters"))], method="at_headquarters"
    )

    class Meta:
        model = PostRule
        fields: list[str] = []

    def at_headquarters(self, queryset, name, value):
        """Rules of headquarters and their Party organizations (item 79)."""
        own = Q(organization__is_headquarters=True) | Q(organization__kind=Organization.Kind.HQ_COMMITTEE)
        return queryset.filter(own)


class RuleList(ServiceList):
    """Rules by which work style improves, those of headquarters above all (item 79)."""

    title = gettext_lazy("Rules of posts and promises")
    model = PostRule
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link=change_url),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        _ORGANIZATION,
        Column("number", gettext_lazy("Document number"), sort="number"),
        Column("adopted_on", gettext_lazy("Adopted on"), sort="adopted_on"),
        Column("repealed_on", gettext_lazy("Repealed on"), sort="repealed_on"),
        Column("effect", gettext_lazy("What got better"), css="full"),
    ]
    filterset_class = RuleFilter
    search = ("title__contains", "number__contains")
    search_label = gettext_lazy("Title or number")
    ordering = "-adopted_on"
    nothing = gettext_lazy("No rule has been entered yet")
    new = (gettext_lazy("Enter a rule"), "services:rule_new")
    page = "services:rule_edit"
