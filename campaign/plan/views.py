"""Pages of campaigns: which there are, what each asks, launching one."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from campaign.plan import actions, current, wording
from campaign.plan.forms import LaunchForm
from campaign.plan.models import Campaign, Phase, Step
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError
from enterprises.listing import Column, ListView
from enterprises.views.base import PageView, SubjectMixin, job_part


def may_launch(request: HttpRequest) -> bool:
    """Whether the acting post keeps campaigns."""
    return request.user.reach.covers(roles.CAMPAIGN, "")


def _address(campaign: Campaign) -> str:
    return reverse("plan:campaign", args=[campaign.code])


class CampaignList(ListView):
    """The campaigns, side by side."""

    title = gettext_lazy("Campaigns")
    model = Campaign
    search = ("name_zh__contains", "name_en__icontains", "code__startswith")
    ordering = "-launched_on"
    nothing = gettext_lazy("No campaign has been launched")
    columns = [
        Column("name", gettext_lazy("Campaign"), sort="name_zh", link=_address),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
        Column("launched_on", gettext_lazy("Launch date"), sort="launched_on"),
        Column("batch_number", gettext_lazy("Batch"), sort="batch_number", css="n"),
        Column("preset", gettext_lazy("Rules"), value="get_preset_display", sort="preset"),
        Column("units", gettext_lazy("Units"), sort="units", css="n"),
        Column("version", gettext_lazy("Version of the definition"), value="definition.version", css="n"),
    ]

    def get_queryset(self):
        lean = super().get_queryset().select_related("definition").defer("definition__data", "definition__source")
        return lean.annotate(units=Count("participations"))

    def actions(self) -> list:
        """Launching, for those who keep campaigns."""
        return [(_("Launch a campaign"), reverse("plan:launch"))] if may_launch(self.request) else []


class CampaignMixin(SubjectMixin):
    """A page about the campaign whose code stands in the address."""

    model = Campaign

    def find(self) -> Campaign:
        return get_object_or_404(self.queryset().select_related("definition"), code=self.kwargs["code"])


class CampaignPage(CampaignMixin, PageView):
    """What a campaign asks: phases, steps, who owes them, what proves them, for whom how much."""

    template_name = "plan/campaign.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign = self.subject
        return super().get_context_data(
            campaign=campaign,
            phases=_phases(campaign),
            matrix=wording.matrix(campaign),
            gates=wording.gates(campaign),
            makeup=campaign.data["makeup"],
            survey=campaign.data["survey"],
            scale=[wording.name_of(row) for row in (campaign.data["survey"] or {}).get("scale", [])],
            categories=[wording.name_of(row) for row in campaign.data["opinion_categories"]],
            units=campaign.participations.visible_to(self.request.user).count(),
            chosen=current.campaign_of(self.request) == campaign,
            job=starting(campaign),
            **kwargs,
        )


def starting(campaign: Campaign) -> dict[str, Any] | None:
    """The progress part while a job works out what every organization owes; nothing when it has done so."""
    if campaign.state != Campaign.State.PREPARED or campaign.launched_on > clock.today():
        return None
    return {
        "title": _("Starting the campaign"),
        "words": _("What every organization owes is being worked out. You can leave this page."),
        "running": True,
        "url": reverse("plan:starting", args=[campaign.code]),
    }


class Starting(CampaignMixin, PageView):
    """The progress part alone; the last answer reloads the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return job_part(request, starting(self.subject))


def _phases(campaign: Campaign) -> list[tuple[Phase, list[tuple[Step, str, list[tuple[str, str]]]]]]:
    """Each phase with its steps: when due, and who owes what."""
    steps: dict[int, list] = {}
    for step in campaign.steps.all():
        owed = [
            (wording.owed_words(obligation), wording.evidence_words(campaign.data, obligation.evidence))
            for obligation in step.obligations
        ]
        steps.setdefault(step.phase_id, []).append((step, wording.due_words(step), owed))
    return [(phase, steps.get(phase.pk, [])) for phase in campaign.phases.all()]


class ChooseCampaign(CampaignMixin, PageView):
    """Look at this campaign from now on."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        current.choose(request, self.subject)
        return redirect("plan:calendar")


class LaunchPage(SubjectMixin, FormView):
    """Launch a campaign."""

    template_name = "components/form_page.html"
    form_class = LaunchForm

    def permitted(self) -> bool:
        return may_launch(self.request)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.request.user}

    def form_valid(self, form: LaunchForm) -> HttpResponse:
        try:
            campaign = actions.order_launch(by=self.request.user, **form.cleaned_data)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.form_invalid(form)
        return HttpResponseRedirect(_address(campaign))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Launch a campaign"),
            words=_("Launch"),
            lead=_("Every unit of the batch gets its own dates, and every organization the list of what it owes."),
            back_url=reverse("plan:campaign_list"),
            back_words=_("Campaigns"),
            **kwargs,
        )
