"""The leadership page of an organisation, what it owes, and the lists over many organisations."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.leadership import rules
from campaign.leadership.bodies import support_gaps
from campaign.leadership.capacities import leading
from campaign.leadership.history import history_of
from campaign.leadership.leaders import cells, contact_points
from campaign.leadership.models import (
    CampaignOffice,
    ContactPoint,
    GroupSeat,
    ImplementationPlan,
    LeadFact,
    LeadingGroup,
    OfficeStaff,
    Responsibility,
    TrainingEvent,
)
from campaign.leadership.personal import chain, deeds
from campaign.leadership.sheets import may_read_sheet
from campaign.leadership.situation import Situation, owed, situation
from campaign.leadership.views.subjects import CampaignListMixin, CampaignMixin, sees_records
from campaign.leadership.words import GAPS
from campaign.plan.current import campaign_of
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.listing import Column, ListView
from enterprises.models import Account, Enterprise, Member, Organization, Post
from enterprises.tree import ancestor_paths
from enterprises.views.base import PageView

State = ImplementationPlan.State


class OrganizationPage(CampaignMixin, PageView):
    """What is in place, what is missing, what to do next, the chain of plans, leaders, and the history."""

    model = Organization
    related = ("superior", "enterprise")
    template_name = "leadership/organization.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organization, account = self.subject, self.request.user
        found = situation(self.campaign, organization, clock.today())
        inside = sees_records(account, organization)
        campaigns = Campaign.objects.visible_to(account).exclude(state=Campaign.State.PREPARED)
        return super().get_context_data(
            organization=organization,
            campaign=self.campaign,
            campaigns=campaigns.order_by("-launched_on"),
            found=found,
            inside=inside,
            owed=owed(found) if inside else [],
            leading=leading(organization),
            may_write=may_record(account, organization),
            may_name=may(account, roles.CHANGE_TREE, organization),
            levels=chain(self.campaign, organization, found.today),
            above=_chain(self.campaign, organization, account),
            as_of=clock.now(),
            **(self._records(found) if inside else {}),
            **kwargs,
        )

    def _records(self, found: Situation) -> dict[str, Any]:
        """What only readers of the organisation's records see."""
        account, organization = self.request.user, self.subject
        here = {"campaign": self.campaign, "organization": organization}
        groups = LeadingGroup.objects.visible_to(account).filter(**here)
        offices = CampaignOffice.objects.visible_to(account).filter(**here)
        seats = GroupSeat.objects.visible_to(account).filter(group__in=groups, until=None)
        staff = OfficeStaff.objects.visible_to(account).filter(office__in=offices, until=None)
        points = ContactPoint.objects.visible_to(account).filter(team=organization)
        return {
            "seats": seats.select_related("member"),
            "staff": staff,
            "trainings": TrainingEvent.objects.visible_to(account).filter(**here).annotate(n=Count("trainees"))[:5],
            "matrix": _matrix(found, account),
            "kinds": [LeadFact.Kind(kind).label for kind in rules.FIVE],
            "dual_rate": rules.dual_rate(record.dual for record in found.records),
            "points": contact_points(self.campaign, found.today, points).select_related("organization", "member"),
            "deeds": deeds(self.campaign, organization, found.standing),
            "history": history_of(self.campaign, organization),
        }


def _matrix(found: Situation, account: Account) -> list[dict[str, Any]]:
    """Leaders × five facts. Names only to those who see the member rows, sheets to the level above."""
    visible = Member.objects.visible_to(account).filter(pk__in=[record.member.pk for record in found.records])
    seen = set(visible.order_by().values_list("pk", flat=True))
    return [
        {
            "member": record.member,
            "cells": [
                (LeadFact.Kind(kind).label, state, fact) for kind, state, fact in cells(record, found.ends, found.today)
            ],
            "dual": record.dual,
            "sheet": may_read_sheet(account, record.member, found.organization),
        }
        for record in found.records
        if record.member.pk in seen
    ]


def _chain(campaign: Campaign, organization: Organization, account: Account) -> list[ImplementationPlan]:
    """The plans in force above, root first: visible down to the lowest level (item 25)."""
    plans = ImplementationPlan.objects.visible_to(account).filter(
        campaign=campaign, approved__isnull=False, organization__path__in=ancestor_paths(organization.path)
    )
    return list(plans.select_related("organization", "phase").order_by("organization__path", "phase__order"))


@login_required
@require_safe
def owed_part(request: HttpRequest, pk: int) -> HttpResponse:
    """What an organisation owes in leadership, as a part of the page where its people land."""
    visible = Organization.objects.visible_to(request.user).select_related("superior", "enterprise")
    return _owed(request, get_object_or_404(visible, pk=pk))


@login_required
@require_safe
def owed_own(request: HttpRequest) -> HttpResponse:
    """The same for the organisation of the acting post."""
    post = request.user.acting_post
    visible = Organization.objects.visible_to(request.user).select_related("superior", "enterprise")
    if post is None:
        raise Http404
    units = Enterprise.objects.visible_to(request.user).filter(pk=post.scope_id).values("leading_organization")
    pk = post.scope_id if post.scope_kind == Post.Scope.ORGANIZATION else None
    mine = visible.filter(pk=pk) if pk else visible.filter(pk__in=units)
    if post.scope_kind not in (Post.Scope.ORGANIZATION, Post.Scope.ENTERPRISE):
        raise Http404
    return _owed(request, get_object_or_404(mine))


def _owed(request: HttpRequest, organization: Organization) -> HttpResponse:
    campaign = campaign_of(request)
    inside = campaign is not None and sees_records(request.user, organization)
    listed = owed(situation(campaign, organization, clock.today())) if inside else []
    context = {"organization": organization, "campaign": campaign, "owed": listed, "inside": inside}
    template = "leadership/_owed_part.html" if request.htmx else "leadership/owed.html"
    return render(request, template, context)


class OrganizationFilter(django_filters.FilterSet):
    """Filters of the list of organisations."""

    GAPS = [
        ("group", _("no leading group")),
        ("office", _("no campaign office")),
        ("plan", _("implementation plan not in force")),
    ]
    gap = django_filters.ChoiceFilter(label=_("What is missing"), choices=GAPS, method="in_gap")

    class Meta:
        model = Organization
        fields: list[str] = []

    def in_gap(self, queryset, name, value):
        return queryset.filter(**{f"has_{value}": False})


class OrganizationList(CampaignListMixin, ListView):
    """The committees in sight: responsible person, group, office, plan."""

    title = _("Leadership and preparation")
    model = Organization
    permission = roles.READ_RECORDS
    columns = [
        Column("name", _("Organization"), sort="path", link="leadership:organization"),
        Column("responsible", _("Responsible person"), value=lambda o: _holder(o)),
        Column("group_on", _("Leading group founded"), sort="group_on"),
        Column("office_on", _("Campaign office founded"), sort="office_on"),
        Column("plan_state", _("Implementation plan"), value=lambda o: _state_words(o.plan_state)),
        Column("in_force", _("In force"), value=lambda o: o.has_plan),
    ]
    filterset_class = OrganizationFilter
    search = ("name__contains", "code__startswith")
    ordering = "name"

    def get_queryset(self):
        account, here = self.request.user, {"campaign": self.campaign, "organization": OuterRef("pk")}
        groups = LeadingGroup.objects.visible_to(account).filter(**here)
        offices = CampaignOffice.objects.visible_to(account).filter(**here)
        plans = ImplementationPlan.objects.visible_to(account).filter(phase=None, **here).order_by()
        named = Responsibility.objects.visible_to(account).filter(organization=OuterRef("pk"), kind="FIRST", until=None)
        rows = super().get_queryset().open().filter(kind__in=rules.BODY_KINDS)
        return rows.annotate(
            has_group=Exists(groups),
            has_office=Exists(offices),
            has_plan=Exists(plans.filter(approved__isnull=False)),
            group_on=Subquery(groups.order_by().values("founded_on")[:1]),
            office_on=Subquery(offices.order_by().values("founded_on")[:1]),
            plan_state=Subquery(plans.values("state")[:1]),
            stand_in=Subquery(named.values("name")[:1]),
        )

    def facts(self):
        return [self.campaign.name]

    def actions(self):
        names = (
            ("plan_list", pgettext_lazy("leadership", "Plans")),
            ("training_list", _("Training")),
            ("leader_list", _("Leaders")),
            ("point_list", _("Contact points")),
            ("support_list", _("Working conditions")),
        )
        return [(words, reverse(f"leadership:{name}")) for name, words in names]


def _holder(organization: Any) -> str | None:
    """The secretary, or who stands in for a vacant one."""
    return organization.secretary_name or organization.stand_in


def _state_words(state: str | None) -> Any:
    return State(state).label if state else None


class SupportFilter(django_filters.FilterSet):
    """Filters of the support conditions."""

    gap = django_filters.ChoiceFilter(
        label=_("What is missing"),
        choices=[("staff", _("no staff")), ("budget", _("no budget")), ("premises", _("no premises"))],
        method="in_gap",
    )

    class Meta:
        model = CampaignOffice
        fields: list[str] = []

    def in_gap(self, queryset, name, value):
        if value == "staff":
            return queryset.filter(n=0)
        if value == "premises":
            return queryset.filter(has_premises=False)
        return queryset.filter(Q(budget_allocated=None) | Q(budget_allocated=0))


class SupportList(CampaignListMixin, ListView):
    """Working conditions of the campaign offices in sight: staff, funds, premises (item 22)."""

    title = _("Working conditions")
    model = CampaignOffice
    permission = roles.READ_RECORDS
    columns = [
        Column("organization", _("Organization"), value="organization.name", sort="organization__path",
               link=lambda office: reverse("leadership:organization", args=[office.organization_id])),
        Column("staff", _("Staff"), value="n", sort="n", css="n"),
        Column("allocated", _("Allocated, yuan"), value="budget_allocated", sort="budget_allocated", css="n"),
        Column("used", _("Used, yuan"), value="budget_used", sort="budget_used", css="n"),
        Column("premises", _("Premises"), value=lambda o: o.premises or bool(o.has_premises)),
        Column("gaps", _("What is missing"), value=lambda o: _gaps(o), css="full"),
    ]  # fmt: skip
    filterset_class = SupportFilter
    search = ("organization__name__contains", "organization__code__startswith")
    ordering = "organization"
    nothing = _("No campaign office has been founded yet")

    def get_queryset(self):
        today = clock.today()
        working = Q(staff__until=None) | Q(staff__until__gte=today)
        rows = super().get_queryset().filter(campaign=self.campaign).select_related("organization")
        return rows.annotate(n=Count("staff", filter=working & Q(staff__isnull=False)))

    def facts(self):
        return [self.campaign.name]


def _gaps(office: Any) -> str | None:
    return " ".join(str(GAPS[code]) for code in support_gaps(office, office.n)) or None
