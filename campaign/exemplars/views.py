"""Models: the list, the page of one, the steps from nomination to publicity, the collection (item 53)."""

from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaign.exemplars import actions, forms
from campaign.exemplars.models import ModelMember, ModelReport
from campaign.meetings.models import Meeting
from campaign.plan import current
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.history import changes
from enterprises.listing import EXCEL, Column, ListView
from enterprises.models import Organization
from enterprises.sheets import workbook
from enterprises.tree import under
from enterprises.views.base import RecordView

COLLECTED = 200  # models in one collection


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class ModelFilter(django_filters.FilterSet):
    """By state; an organisation stands for everything below it too."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=ModelMember.State.choices)
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = ModelMember
        fields: list[str] = []

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


class ModelList(ListView):
    """The models in sight, in no order of merit: those put forward last come first."""

    title = gettext_lazy("Models")
    model = ModelMember
    permission = roles.READ
    columns = [
        Column("headline", gettext_lazy("Headline"), sort="headline", link="exemplars:exemplar", css="full"),
        Column("member", gettext_lazy("Member"), value="member.name", sort="member__name_key"),
        Column(
            "organization",
            gettext_lazy("Branch"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
        Column("nominated_on", gettext_lazy("Nominated on"), sort="nominated_on"),
        Column("verified_on", gettext_lazy("Verified on"), sort="verified_on"),
        Column("consent_on", gettext_lazy("Consent on")),
        Column("publicised_on", gettext_lazy("Publicised on"), sort="publicised_on"),
    ]
    filterset_class = ModelFilter
    search = ("headline__contains", "member__name__contains")
    search_label = gettext_lazy("Headline or name")
    ordering = "-nominated_on"
    nothing = gettext_lazy("Nobody has been put forward yet")

    def get_queryset(self):
        return super().get_queryset().select_related("member", "organization")

    def actions(self):
        links = [(_("The collection"), reverse("exemplars:collection"))]
        if roles.READ_RECORDS in self.request.user.reach.permissions:
            links.append((_("Report meetings"), f"{reverse('meetings:meeting_list')}?kind={actions.REPORT}"))
        if _may_nominate(self.request.user):
            links.append((_("Put a member forward"), reverse("exemplars:nominate")))
        return links


def _may_nominate(account) -> bool:
    return {roles.RECORD, roles.READ_MEMBERS} <= account.reach.permissions and bool(
        account.reach.paths.get(roles.RECORD)
    )


@login_required
@require_safe
def exemplar(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a model: deeds, state and what is still missing, report meetings, history."""
    related = ("organization", "member", "campaign", "recorded_by")
    found = get_object_or_404(ModelMember.objects.visible_to(request.user).select_related(*related), pk=pk)
    reports = ModelReport.objects.visible_to(request.user).filter(exemplar=found)
    context = {
        "exemplar": found,
        "reports": reports.select_related("meeting__organization"),
        "may_write": may_record(request.user, found.organization) and found.state != ModelMember.State.WITHDRAWN,
        "history": changes(found),
        "as_of": clock.now(),
    }
    return render(request, "exemplars/exemplar.html", context)


@login_required
@require_safe
def collection(request: HttpRequest) -> HttpResponseBase:
    """The compiled deeds of the publicised models: a page to print, or a workbook (`?export=xlsx`)."""
    if roles.READ not in request.user.reach.permissions:
        raise Http404
    publicised = ModelMember.objects.visible_to(request.user).filter(state=ModelMember.State.PUBLICISED)
    found = publicised.select_related("member", "organization").order_by("organization__path", "publicised_on", "pk")
    if request.GET.get("export") == "xlsx":
        return _collection_sheet(found.iterator(chunk_size=COLLECTED))
    context = {"models": found[:COLLECTED], "count": publicised.count(), "as_of": clock.now()}
    return render(request, "exemplars/collection.html", context)


def _collection_sheet(found: Any) -> FileResponse:
    """The collection as a workbook."""
    title, moment = _("Collection of deeds of outstanding Party members"), clock.now()
    headings = [_("Branch"), _("Member"), _("Headline"), _("Deeds"), _("Publicised on"), _("Publicised where")]
    rows = (
        (m.organization.name, m.member.name, m.headline, m.deeds, m.publicised_on, m.publicised_where) for m in found
    )
    notes = [(_("As of"), moment.strftime("%Y-%m-%d %H:%M"))]
    name = f"{title}-{moment:%Y%m%d}.xlsx"
    return FileResponse(workbook(title, headings, rows, notes), as_attachment=True, filename=name, content_type=EXCEL)


class Nominate(RecordView):
    """Put a member forward."""

    form_class = forms.NominateForm
    title = gettext_lazy("Put a member forward")
    button = gettext_lazy("Put forward")
    back_words = gettext_lazy("Models")

    def find(self) -> None:
        if not _may_nominate(self.request.user):
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("member", "")
        return {"member": int(asked)} if asked.isascii() and asked.isdigit() else {}

    def back(self) -> str:
        return reverse("exemplars:exemplar_list")

    def act(self, form: Any) -> ModelMember:
        campaign = current.campaign_of(self.request)
        return actions.nominate(by=self.request.user, campaign=campaign, **form.arguments())

    def done(self, result: ModelMember) -> HttpResponse:
        return redirect("exemplars:exemplar", result.pk)


class ExemplarPage(RecordView):
    """What the forms about one model share."""

    model = ModelMember
    related = ("organization", "member")

    def permitted(self) -> bool:
        return may_record(self.request.user, self.subject.organization)

    def back(self) -> str:
        return reverse("exemplars:exemplar", args=[self.subject.pk])


class TellDeeds(ExemplarPage):
    """Say the deeds anew."""

    form_class = forms.DeedsForm
    title = gettext_lazy("Change the deeds")
    button = gettext_lazy("Save")
    lead = gettext_lazy("After a change the branch verifies the facts again.")

    def act(self, form: Any) -> ModelMember:
        return actions.tell_deeds(by=self.request.user, exemplar=self.subject, **form.arguments())


class Verify(ExemplarPage):
    """Record that the branch verified the facts."""

    form_class = forms.VerifyForm
    title = gettext_lazy("Facts verified by the branch")
    button = gettext_lazy("Record")

    def act(self, form: Any) -> ModelMember:
        return actions.verify(by=self.request.user, exemplar=self.subject, **form.arguments())


class Consent(ExemplarPage):
    """Record the member's consent."""

    form_class = forms.ConsentForm
    title = gettext_lazy("Record the member's consent")
    button = gettext_lazy("Record")
    lead = gettext_lazy("Nobody is publicised who has not agreed; the consent may be taken back at any time.")

    def act(self, form: Any) -> ModelMember:
        return actions.record_consent(by=self.request.user, exemplar=self.subject, **form.arguments())


class Publicise(ExemplarPage):
    """Record the publicity."""

    form_class = forms.PubliciseForm
    title = gettext_lazy("Record the publicity")
    button = gettext_lazy("Record")

    def act(self, form: Any) -> ModelMember:
        return actions.publicise(by=self.request.user, exemplar=self.subject, **form.arguments())


class Present(ExemplarPage):
    """Record at which report meeting the model was presented."""

    form_class = forms.PresentForm
    title = gettext_lazy("Presented at a report meeting")
    button = gettext_lazy("Record")

    def get_form_kwargs(self) -> dict[str, Any]:
        visible = Meeting.objects.visible_to(self.request.user).filter(
            kind=actions.REPORT, state=Meeting.State.CONFIRMED
        )
        meetings = visible.select_related("organization").order_by("-held_on")
        return super().get_form_kwargs() | {"meetings": meetings}

    def act(self, form: Any) -> ModelReport:
        return actions.present(by=self.request.user, exemplar=self.subject, **form.arguments())


class Withdraw(ExemplarPage):
    """Withdraw a model, with the reason."""

    form_class = forms.WithdrawForm
    title = gettext_lazy("Withdraw the model")
    lead = gettext_lazy("It is then no longer shown to others, and no longer in the collection.")

    def act(self, form: Any) -> ModelMember:
        return actions.withdraw(by=self.request.user, exemplar=self.subject, **form.arguments())
