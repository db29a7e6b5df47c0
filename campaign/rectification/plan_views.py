"""Rectification plans, and the measures of single members."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaign.progress.record_pages import (
    NewRecordView,
    RecordView,
    SubtreeFilter,
    campaigns_of,
    history_of,
    listed,
    new_actions,
)
from campaign.rectification import forms, measure_actions, plan_actions, rules, wording
from campaign.rectification.models import RectificationItem, RectificationMeasure, RectificationPlan
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.listing import Column, ListView
from enterprises.models import Account, Member


class PlanFilter(SubtreeFilter):
    """By state."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=RectificationPlan.State.choices)

    class Meta:
        model = RectificationPlan
        fields: list[str] = []


class PlanList(ListView):
    """The plans of the organizations in reach."""

    title = gettext_lazy("Rectification plans")
    model = RectificationPlan
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Title"), sort="title", link="rectification:plan"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("scope", gettext_lazy("Whose plan"), value="get_scope_display", sort="scope"),
        Column("version", gettext_lazy("Version"), sort="version", css="n"),
        Column("items", gettext_lazy("Items"), value=lambda plan: len(plan.item_ids), css="n"),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
        Column("submitted_on", gettext_lazy("Submitted on"), sort="submitted_on"),
        Column("approved_on", gettext_lazy("Approved on"), sort="approved_on"),
    ]
    filterset_class = PlanFilter
    search = ("title__contains", "organization__name__contains")
    search_label = gettext_lazy("Title or organization")
    nothing = gettext_lazy("No plan has been drafted yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "approver").defer("aims", "nothing")

    def actions(self):
        own = new_actions(self.request.user, (_("Draft a plan"), "rectification:plan_new"))
        return [*own, (_("All items"), reverse("rectification:item_list"))]


def _changed(account: Account, plan: RectificationPlan) -> dict[str, list[RectificationItem]]:
    """What the version holds that the one before did not, and the other way round."""
    versions = RectificationPlan.objects.visible_to(account).filter(
        campaign=plan.campaign_id, organization=plan.organization_id, scope=plan.scope
    )
    before = versions.filter(version=plan.version - 1).first()
    if before is None:
        return {"added": [], "dropped": []}
    now, then = set(plan.item_ids), set(before.item_ids)
    rows = {item.pk: item for item in RectificationItem.objects.visible_to(account).filter(pk__in=now ^ then)}
    return {
        "added": [rows[pk] for pk in plan.item_ids if pk in rows],
        "dropped": [rows[pk] for pk in before.item_ids if pk in rows],
    }


@login_required
@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a plan: its items, the review, the approval, what changed, its history."""
    related = ("organization__superior", "organization__enterprise", "campaign", "approver", "recorded_by")
    plan = get_object_or_404(RectificationPlan.objects.visible_to(request.user).select_related(*related), pk=pk)
    today = clock.today()
    held = RectificationItem.objects.visible_to(request.user).filter(pk__in=plan.item_ids).select_related("owner")
    lines = [(item, *wording.standing(item, today)) for item in held]
    gaps = rules.plan_gaps((item.facts for item in held if not item.withdrawn_on), plan.nothing)
    may_write = may(request.user, roles.RECORD, plan.organization)
    context = {
        "plan": plan,
        "lines": lines,
        "gaps": gaps if plan.may_be_changed else {},
        "empty": rules.Gap.RESULT in gaps,
        "changed": _changed(request.user, plan),
        "may_write": may_write,
        "may_change": may_write and plan.may_be_changed,
        "waits": plan.state == RectificationPlan.State.SUBMITTED,
        "may_approve": plan_actions.may_approve(request.user, plan),
        "may_review": plan_actions.may_review(request.user, plan),
        "back": listed("rectification:plan_list", plan.organization),
    }
    return render(request, "rectification/plan.html", context | history_of(plan))


class NewPlan(NewRecordView):
    """Draft the next version of a plan."""

    title = gettext_lazy("Draft a plan")
    form_class = forms.NewPlanForm

    def back(self) -> str:
        return listed("rectification:plan_list", self.subject)

    def act(self, form: Any) -> RectificationPlan:
        return plan_actions.draft_plan(by=self.request.user, organization=self.subject, **form.arguments())

    def shown(self, result: RectificationPlan) -> str:
        return reverse("rectification:plan", args=[result.pk])


class PlanAction(RecordView):
    """A form about one version."""

    model = RectificationPlan
    related = ("organization__superior",)

    def back(self) -> str:
        return reverse("rectification:plan", args=[self.subject.pk])


class EditPlan(PlanAction):
    """Change a version that is still on the own desk."""

    title = gettext_lazy("Change the plan")
    form_class = forms.PlanForm

    def act(self, form: Any) -> RectificationPlan:
        return plan_actions.change_plan(by=self.request.user, plan=self.subject, **form.arguments())


class SubmitPlan(PlanAction):
    """Send it to the leading organization."""

    title = gettext_lazy("Submit for approval")
    form_class = forms.EmptyForm
    notes = (gettext_lazy("Each item must have an owner and a date. After this only a new version changes the plan."),)

    def act(self, form: Any) -> RectificationPlan:
        return plan_actions.submit_plan(by=self.request.user, plan=self.subject)


class ReviewPlan(PlanAction):
    """The note of the supervision group."""

    title = gettext_lazy("Write the review note")
    form_class = forms.NoteForm
    permission = ""

    def permitted(self) -> bool:
        return plan_actions.may_review(self.request.user, self.subject)

    def act(self, form: Any) -> RectificationPlan:
        return plan_actions.review_plan(by=self.request.user, plan=self.subject, **form.arguments())


class ApprovePlan(PlanAction):
    """The leading organization approves it."""

    title = gettext_lazy("Approve the plan")
    form_class = forms.EmptyForm
    permission = ""

    def permitted(self) -> bool:
        return plan_actions.may_approve(self.request.user, self.subject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note = _("No supervision group has written a review note on it yet.")
        notes = () if self.subject.group_note else (note,)
        return super().get_context_data(**{"notes": notes} | kwargs)

    def act(self, form: Any) -> RectificationPlan:
        return plan_actions.approve_plan(by=self.request.user, plan=self.subject)


class ReturnPlan(ApprovePlan):
    """The leading organization sends it back, with the reason."""

    title = gettext_lazy("Return it for changes")
    form_class = forms.ReasonForm

    def act(self, form: Any) -> RectificationPlan:
        return plan_actions.return_plan(by=self.request.user, plan=self.subject, **form.arguments())


# Measures of single members (item 69): on the own page of the member, never in a list of others.


@login_required
@require_safe
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    """The measures of one member, for the member and the secretary of the branch."""
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("branch"), pk=pk)
    if not measure_actions.may_keep(request.user, member):
        raise PermissionDenied
    found = RectificationMeasure.objects.visible_to(request.user).filter(member=member).select_related("campaign")
    context = {"member": member, "measures": found, "today": clock.today(), "runs": campaigns_of(member.branch)}
    return render(request, "rectification/measures.html", context)


class NewMeasure(RecordView):
    """Enter what a member sets out to put right."""

    title = gettext_lazy("Enter a measure")
    form_class = forms.MeasureForm
    model = Member
    related = ("branch__enterprise",)
    permission = ""

    def permitted(self) -> bool:
        return measure_actions.may_keep(self.request.user, self.subject)

    def organization(self):
        return self.subject.branch

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"subject": self.subject.branch}

    def back(self) -> str:
        return reverse("rectification:measures", args=[self.subject.pk])

    def act(self, form: Any) -> RectificationMeasure:
        return measure_actions.set_measure(by=self.request.user, member=self.subject, **form.arguments())


class FinishMeasure(RecordView):
    """Say what was done about a measure."""

    title = gettext_lazy("Say what was done")
    form_class = forms.MeasureDoneForm
    model = RectificationMeasure
    related = ("member__branch",)
    permission = ""

    def organization(self):
        return self.subject.member.branch

    def back(self) -> str:
        return reverse("rectification:measures", args=[self.subject.member_id])

    def act(self, form: Any) -> RectificationMeasure:
        return measure_actions.finish_measure(by=self.request.user, measure=self.subject, **form.arguments())
