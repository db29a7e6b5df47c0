"""Leaders: facts, contact points, visits, the fact sheet, and their lists (items 21, 26-29)."""

from typing import Any

import django_filters
from django.db.models import CharField, OuterRef, Q, Subquery
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.leadership import forms, rules
from campaign.leadership.actions import leaders as actions
from campaign.leadership.capacities import APPROVE, leading
from campaign.leadership.leaders import (
    cells,
    contact_points,
    leader_posts,
    phase_ends,
    records,
    unvisited,
    with_dual_life,
    without_point,
)
from campaign.leadership.limits import unvisited_days
from campaign.leadership.models import ContactPoint, ContactPointVisit, LeadFact
from campaign.leadership.sheets import may_read_sheet, team_for_sheet
from campaign.leadership.views.subjects import (
    CampaignListMixin,
    CampaignMixin,
    OrganizationForm,
    RecordingForm,
    changes_of,
    leadership_url,
)
from campaign.progress.deeds import deeds_of
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.listing import Column, ListView
from enterprises.models import Member, Organization, Post
from enterprises.views.base import PageView

Status = ContactPoint.Status


class NewFact(OrganizationForm):
    """Enter a dated fact of a leader."""

    title = _("Enter a fact of a leader")
    form_class = forms.FactForm

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        return {name: asked[name] for name in ("member", "kind") if asked.get(name, "").isascii() and name in asked}

    def act(self, form: Any) -> Any:
        return actions.enter_fact(**self.told(form))


class WithdrawFact(RecordingForm):
    """Withdraw a fact."""

    model = LeadFact
    related = ("organization__enterprise", "member")
    title = _("Withdraw the fact")
    form_class = forms.ReasonForm

    def organization(self) -> Any:
        return self.subject.organization

    def act(self, form: Any) -> Any:
        return actions.withdraw_fact(by=self.request.user, fact=self.subject, **form.arguments())


class NewPoint(OrganizationForm):
    """Give a leader a contact point."""

    title = _("Choose a contact point")
    form_class = forms.PointForm

    def act(self, form: Any) -> Any:
        told = self.told(form) | {"organization": form.cleaned_data["organization"], "team": self.subject}
        return actions.choose_point(**told)

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("leadership:point", args=[result.pk]))


class PointPage(PageView):
    """A contact point: whose it is, the visits, problems found and solved, and whether others learn from it."""

    model = ContactPoint
    related = ("team__enterprise", "team__superior", "organization", "member", "campaign__definition")
    template_name = "leadership/point.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        point, account, today = self.subject, self.request.user, clock.today()
        visits = list(ContactPointVisit.objects.visible_to(account).filter(point=point))
        last = visits[0].visited_on if visits else None
        running = point.until is None or point.until >= today
        decides = may(account, APPROVE, leading(point.team))
        return super().get_context_data(
            point=point,
            visits=visits,
            found=sum(v.found for v in visits),
            solved=sum(v.solved for v in visits),
            unvisited=rules.unvisited_days(point.since, last, today, unvisited_days(point.campaign))
            if running
            else None,
            running=running,
            may_write=may_record(account, point.team) and running,
            may_decide=decides and point.status == Status.CANDIDATE,
            is_candidate=point.status == Status.CANDIDATE,
            is_ordinary=point.status == Status.ORDINARY,
            leading=leading(point.team),
            back_url=leadership_url(point.team, point.campaign),
            **changes_of(point),
            **kwargs,
        )


class PointForm(RecordingForm):
    """A form about one contact point."""

    model = ContactPoint
    related = ("team__enterprise", "team__superior", "organization", "member", "campaign")

    def organization(self) -> Any:
        return self.subject.team

    def back(self) -> str:
        return reverse("leadership:point", args=[self.subject.pk])


class NewVisit(PointForm):
    title = _("Record a visit")
    form_class = forms.VisitForm

    def act(self, form: Any) -> Any:
        return actions.record_visit(by=self.request.user, point=self.subject, **form.arguments())


class EndPoint(PointForm):
    title = _("End the contact point")
    form_class = forms.EndForm

    def act(self, form: Any) -> Any:
        return actions.end_point(by=self.request.user, point=self.subject, **form.arguments())


class PutForward(PointForm):
    title = _("Put forward as demonstration point")
    form_class = forms.ReasonForm

    def act(self, form: Any) -> Any:
        return actions.put_forward(by=self.request.user, point=self.subject, **form.arguments())


class Decide(PointForm):
    title = _("Decide about the demonstration point")
    form_class = forms.DecisionForm

    def permitted(self) -> bool:
        return may(self.request.user, APPROVE, leading(self.subject.team))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(notes=[self.subject.status_reason], **kwargs)

    def act(self, form: Any) -> Any:
        return actions.decide_demonstration(by=self.request.user, point=self.subject, **form.arguments())


class Sheet(CampaignMixin, PageView):
    """A leader's fact sheet (item 21): dated facts only, no mark. For the organization department above and the
    person; anybody else does not find it."""

    model = Member
    related = ("branch__enterprise",)
    template_name = "leadership/sheet.html"

    def queryset(self) -> Any:
        # Not the member list of one's reach: who may read a sheet is decided by the leader's post.
        return Member.objects.visible_to(self.request.user)

    def find(self) -> Any:
        member = super().find()
        self.team = team_for_sheet(member, clock.today())
        if not may_read_sheet(self.request.user, member, self.team):
            raise Http404
        return member

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member, today = self.subject, clock.today()
        record = records(self.campaign, [member], self.team)[0]
        points = ContactPoint.objects.visible_to(self.request.user).filter(campaign=self.campaign, member=member)
        return super().get_context_data(
            member=member,
            campaign=self.campaign,
            team=self.team,
            record=record,
            cells=cells(record, phase_ends(self.campaign, self.team), today) if self.team else [],
            kinds=[(LeadFact.Kind(kind).label, record.facts[kind]) for kind in rules.FIVE],
            deeds=deeds_of(self.request.user, self.campaign, member, self.team),
            points=points.select_related("organization").prefetch_related("visits"),
            as_of=clock.now(),
            **kwargs,
        )


def in_campaign(filterset_class: Any) -> Any:
    """The filters, with the campaign of the list as ``campaign``."""

    def bound(view: Any, data: Any, **kwargs: Any) -> Any:
        filterset = filterset_class(data, **kwargs)
        filterset.campaign = view.campaign
        return filterset

    return bound


class LeaderFilter(django_filters.FilterSet):
    """Filters of the list of leaders."""

    GAPS = [("point", _("without a contact point")), ("dual", _("dual organizational life incomplete"))]
    gap = django_filters.ChoiceFilter(label=_("What is missing"), choices=GAPS, method="in_gap")

    class Meta:
        model = Post
        fields: list[str] = []

    def in_gap(self, queryset, name, value):
        if value == "dual":
            return queryset.filter(Q(at_team=False) | Q(at_branch=False))
        return without_point(queryset, self.campaign, clock.today())


def _yes(value: bool) -> Any:
    return _("attended") if value else None


class LeaderList(CampaignListMixin, ListView):
    """Members of leading teams in sight, with dual organizational life (item 27). No order of merit."""

    title = _("Leaders")
    model = Post
    permission = roles.READ_MEMBERS
    columns = [
        Column("name", _("Leader"), value="member.name", sort="member__name_key"),
        Column("team", _("Leading team"), sort="team", css="full", link=lambda post: _team_url(post)),
        Column("branch", _("Own branch"), value="member.branch.name", css="full"),
        Column("at_team", _("Democratic life meeting"), value=lambda post: _yes(post.at_team)),
        Column("at_branch", _("Organizational life meeting"), value=lambda post: _yes(post.at_branch)),
    ]
    filterset_class = in_campaign(LeaderFilter)
    search = ("member__name__contains", "team__contains")
    search_label = _("Name or organization")
    ordering = "team"
    nothing = _("No leading team is on record")

    def get_queryset(self):
        led = Member.objects.visible_to(self.request.user).order_by().values("pk")
        ours = Organization.objects.visible_to(self.request.user)
        posts = leader_posts(clock.today(), super().get_queryset()).filter(role="TEAM_MEMBER")
        own = ours.filter(pk=OuterRef("scope_id")).order_by()
        rows = posts.filter(member__in=led, scope_id__in=ours.order_by().values("pk")).select_related("member__branch")
        named = rows.annotate(team=Subquery(own.values("name")[:1], output_field=CharField()))
        return with_dual_life(named, self.campaign)

    def facts(self):
        rate = rules.coverage(self.all_rows.filter(at_team=True, at_branch=True).count(), self.all_rows.count())
        if rate is None:
            return [self.campaign.name]
        return [self.campaign.name, _("dual organizational life: %(rate)s%%") % {"rate": rate}]

    def actions(self):
        return [(_("Contact points"), reverse("leadership:point_list"))]


def _team_url(post: Post) -> str:
    return reverse("leadership:organization", args=[post.scope_id])


class PointFilter(django_filters.FilterSet):
    """Filters of the list of contact points."""

    state = django_filters.ChoiceFilter(
        label=_("Visits"), choices=[("unvisited", _("unvisited for too long"))], method="in_state"
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Status.choices)

    class Meta:
        model = ContactPoint
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return unvisited(queryset, self.campaign, clock.today())


class PointList(CampaignListMixin, ListView):
    """Contact points in force in sight."""

    title = _("Contact points")
    model = ContactPoint
    permission = roles.READ_RECORDS
    columns = [
        Column("organization", _("Contact point"), value="organization.name", sort="organization__path",
               link="leadership:point"),
        Column("member", _("Leader"), value="member.name", sort="member__name_key"),
        Column("team", _("Leading team"), value="team.name", sort="team__path", css="full"),
        Column("since", _("Since"), sort="since"),
        Column("visited", _("Last visit"), value=lambda p: p.last_visit, sort="seen_on"),
        Column("days", _("Days without a visit"), value=lambda p: _days(p), css="n"),
        Column("status", _("Status"), value="get_status_display", sort="status"),
    ]  # fmt: skip
    filterset_class = in_campaign(PointFilter)
    search = ("organization__name__contains", "member__name__contains")
    search_label = _("Leader or contact point")
    ordering = "visited"
    nothing = _("No contact point has been chosen yet")

    def get_queryset(self):
        rows = contact_points(self.campaign, clock.today(), super().get_queryset())
        visits = ContactPointVisit.objects.visible_to(self.request.user).filter(point=OuterRef("pk")).order_by()
        latest = visits.order_by("-visited_on").values("visited_on")[:1]
        return rows.select_related("organization", "member", "team", "campaign__definition").annotate(
            last_visit=Subquery(latest)
        )

    def facts(self):
        return [self.campaign.name]

    def actions(self):
        return [(_("Leaders"), reverse("leadership:leader_list"))]


def _days(point: ContactPoint) -> int | None:
    return rules.unvisited_days(point.since, point.last_visit, clock.today(), unvisited_days(point.campaign))
