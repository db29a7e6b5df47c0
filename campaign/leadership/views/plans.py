"""Plans: the page of one with its whole chain, writing, deciding, and their list (item 25)."""

from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.db.models import Max, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from campaign.leadership import forms, rules
from campaign.leadership.actions import plans
from campaign.leadership.capacities import APPROVE, capacities, leading
from campaign.leadership.models import ImplementationPlan, PlanEntry, PlanVersion
from campaign.leadership.views.subjects import (
    CampaignListMixin,
    OrganizationForm,
    RecordingForm,
    leadership_url,
    sees_records,
)
from campaign.plan.frames import lacking, tags_of
from campaign.plan.models import Phase
from enterprises.access import roles
from enterprises.listing import Column, ListView
from enterprises.models import Organization
from enterprises.tree import under
from enterprises.views.base import PageView

State = ImplementationPlan.State
NEIGHBORS = 100  # plans of the same superior that a plan is compared with
RELATED = ("organization__enterprise", "organization__superior", "campaign", "phase", "approved")


class PlanPage(PageView):
    """What the plan says, where it stands in the chain and why, what changed since it was approved."""

    model = ImplementationPlan
    related = RELATED
    template_name = "leadership/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, account = self.subject, self.request.user
        inside = sees_records(account, plan.organization)
        versions = list(PlanVersion.objects.visible_to(account).filter(plan=plan))
        shown = versions[0] if inside else plan.approved
        mine = capacities(account, plan.organization)
        acts = rules.possible_acts(plan.state, mine)
        entries = PlanEntry.objects.visible_to(account).filter(version__plan=plan)
        changed = inside and plan.approved is not None and shown.pk != plan.approved_id
        return super().get_context_data(
            plan=plan,
            version=shown,
            versions=versions if inside else [plan.approved],
            entries=entries.select_related("version", "account", "organization") if inside else self._chain(entries),
            lines=rules.compare(plan.approved.text, shown.text) if changed else [],
            changed=changed,
            leading=leading(plan.organization),
            acts=acts,
            form=kwargs.pop("form", None) or self.move_form(acts),
            ideas=[tag.name for code, tag in tags_of(plan.campaign).items() if code in shown.tags],
            lacking=[tag.name for tag in lacking(plan.campaign, shown.tags)] if plan.phase_id else [],
            alike=self.alike(shown) if {rules.LEADING, rules.GROUP} & mine else [],
            may_write=rules.OWN in mine and plan.state not in (State.SUBMITTED, State.REVIEWED),
            back_url=leadership_url(plan.organization, plan.campaign),
            **kwargs,
        )

    def alike(self, version: PlanVersion) -> list[tuple[ImplementationPlan, Any]]:
        """Plans of neighbors that say much the same, for whoever reviews (item 25): plan and per cent."""
        plan = self.subject
        others = ImplementationPlan.objects.visible_to(self.request.user).filter(
            campaign=plan.campaign, phase=plan.phase, organization__superior=plan.organization.superior_id
        )
        latest = PlanVersion.objects.visible_to(self.request.user).filter(plan__in=others.exclude(pk=plan.pk))
        rows = latest.order_by("plan_id", "-number").distinct("plan_id").select_related("plan__organization")
        found = [(row.plan, rules.likeness(version.text, row.text)) for row in rows[:NEIGHBORS]]
        return sorted((pair for pair in found if pair[1] >= rules.COPIED_PERCENT), key=lambda pair: -pair[1])

    def _chain(self, entries: Any) -> Any:
        """Readers below see how the version in force came about."""
        approved = entries.filter(version=self.subject.approved)
        return approved.select_related("version", "account", "organization")

    def move_form(self, acts: list[str], data: Any = None) -> Any:
        """The form of what may be done now; ``None`` where it is nobody's turn here."""
        latest = self.subject.versions.first()
        if not acts:
            return None
        initial = {"version": latest.number}
        told = {"account": self.request.user, "subject": self.subject, "campaign": self.subject.campaign}
        return forms.MoveForm(data, acts=acts, initial=initial, **told)


class MovePlan(RecordingForm):
    """Hand in, review, approve, file or return. Refusals come back on the plan's own page."""

    model = ImplementationPlan
    related = RELATED
    title = _("Decide about the plan")
    form_class = forms.MoveForm

    def organization(self) -> Any:
        return self.subject.organization

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The form stands on the plan's page; what it says is read there first.
        return HttpResponseRedirect(self.back())

    def acts(self) -> list[str]:
        return rules.possible_acts(self.subject.state, capacities(self.request.user, self.subject.organization))

    def permitted(self) -> bool:
        return bool(capacities(self.request.user, self.subject.organization))

    def get_form_kwargs(self) -> dict[str, Any]:
        latest = self.subject.versions.first()
        return super().get_form_kwargs() | {"acts": self.acts(), "initial": {"version": latest.number}}

    def back(self) -> str:
        return reverse("leadership:plan", args=[self.subject.pk])

    def act(self, form: Any) -> Any:
        return plans.move_plan(by=self.request.user, plan=self.subject, **form.arguments())


class WritePlan(OrganizationForm):
    """Write the implementation plan, or with ``?phase=`` the plan for one phase."""

    title = _("Implementation plan")
    button = _("Save as draft")
    form_class = forms.PlanForm

    def find(self) -> Any:
        organization = super().find()
        code = self.request.GET.get("phase", "")
        self.phase = None
        if code:
            self.phase = get_object_or_404(Phase.objects.filter(campaign=self.campaign), code=code)
        return organization

    def plan(self) -> ImplementationPlan | None:
        found = ImplementationPlan.objects.visible_to(self.request.user)
        return found.filter(campaign=self.campaign, organization=self.subject, phase=self.phase).first()

    def get_title(self) -> Any:
        return str(ImplementationPlan(campaign=self.campaign, organization=self.subject, phase=self.phase))

    def get_initial(self) -> dict[str, Any]:
        plan = self.plan()
        latest = plan.versions.first() if plan else None
        if latest is None:
            return {"title": f"{self.subject.name}{self.get_title()}"[:200]}
        return {"title": latest.title, "text": latest.text, "tags": latest.tags}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan()
        latest = plan.versions.first() if plan else None
        notes = []
        if plan and plan.state in ImplementationPlan.IN_FORCE:
            notes.append(_("The version in force stays in force until this one is approved."))
        if latest and latest.file:
            notes.append(_("The attached file is kept unless another one is chosen."))
        returned = PlanEntry.objects.visible_to(self.request.user).filter(version=latest, act="RETURNED").first()
        if returned:
            notes.append(gettext("Returned: %(remark)s") % {"remark": returned.remark})
        return super().get_context_data(notes=notes, **kwargs)

    def act(self, form: Any) -> Any:
        return plans.write_plan(phase=self.phase, **self.told(form))

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("leadership:plan", args=[result.plan_id]))


@login_required
@require_safe
def plan_file(request: HttpRequest, pk: int) -> FileResponse:
    """Download the file of a version; it is never shown inline. Drafts only to those who read the records."""
    found = (
        PlanVersion.objects.visible_to(request.user).exclude(file="").select_related("plan__organization__enterprise")
    )
    version = get_object_or_404(found, pk=pk)
    if version.pk != version.plan.approved_id and not sees_records(request.user, version.plan.organization):
        raise Http404
    name = f"{version.title}.{version.file.name.rsplit('.', 1)[-1]}"
    return FileResponse(
        version.file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class PlanFilter(django_filters.FilterSet):
    """Filters of the list; an organisation stands for everything below it too."""

    TURNS = [("mine", _("waiting for us"))]
    turn = django_filters.ChoiceFilter(label=_("Whose turn"), choices=TURNS, method="in_turn")
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    organization = django_filters.ModelChoiceFilter(
        label=_("Organization"), queryset=_organizations, method="in_subtree", widget=django_forms.HiddenInput
    )

    class Meta:
        model = ImplementationPlan
        fields: list[str] = []

    def in_turn(self, queryset, name, value):
        return queryset.filter(waiting_q(self.request.user))

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


def waiting_q(account) -> Any:
    """Plans that wait for the acting post's own organisation: to be reviewed, approved or filed there.

    Those of lower levels wait for the organisation between, one level at a time (item 20).
    """
    own = account.reach.paths.get(APPROVE, [])
    led = Q(organization__superior__path__in=own) | Q(organization__superior=None, organization__path__in=own)
    return led & Q(state__in=(State.SUBMITTED, State.REVIEWED, State.APPROVED))


class PlanList(CampaignListMixin, ListView):
    """The plans in sight, with their place in the chain."""

    title = pgettext_lazy("leadership", "Plans")
    model = ImplementationPlan
    permission = roles.READ_RECORDS
    columns = [
        Column("plan", _("Plan"), value=str, sort="phase__order", link="leadership:plan"),
        Column("organization", _("Organization"), value="organization.name", sort="organization__path", css="full"),
        Column("state", _("State"), value="get_state_display", sort="state"),
        Column("version", pgettext_lazy("leadership", "Version"), value=lambda plan: plan.latest_number, css="n"),
        Column("approved", _("In force"), value=lambda plan: plan.approved.number if plan.approved else None, css="n"),
        Column("leading", _("Approved by"), value=lambda plan: leading(plan.organization).name, css="full"),
    ]
    filterset_class = PlanFilter
    search = ("organization__name__contains", "organization__code__startswith")
    ordering = "organization"
    nothing = _("No plan has been written yet")

    def get_queryset(self):

        rows = super().get_queryset().filter(campaign=self.campaign)
        related = ("organization__superior", "phase", "approved")
        return rows.select_related(*related).annotate(latest_number=Max("versions__number"))

    def facts(self):
        return [self.campaign.name]
