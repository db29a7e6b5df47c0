"""Weak organizations: the list, the page of one, and what is done with it (item 41)."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.progress.record_pages import NewRecordView, RecordView, SubtreeFilter, history_of, listed
from campaign.support import forms, rules, weak_actions, wording
from campaign.support.access import LEAD, leads
from campaign.support.models import Reason, WeakMeasure, WeakOrganization
from enterprises.access import roles
from enterprises.listing import Column, ListView
from enterprises.remarks import SENTENCES

RELATED = ("organization__superior",)


class WeakFilter(SubtreeFilter):
    """By state and reason."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=WeakOrganization.State.choices)
    reason = django_filters.ChoiceFilter(label=pgettext_lazy("weak organization", "Reason"), choices=Reason.choices)

    class Meta:
        model = WeakOrganization
        fields: list[str] = []


class WeakList(ListView):
    """The weak organizations in reach and how far each has come; those still open are found by their state."""

    title = gettext_lazy("Weak organizations")
    model = WeakOrganization
    permission = roles.READ_RECORDS
    columns = [
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            link="support:weak",
        ),
        Column("reason", pgettext_lazy("weak organization", "Reason"), value="get_reason_display", sort="reason"),
        Column("opened_on", gettext_lazy("Found weak on"), sort="opened_on"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda weak: wording.weak_standing(weak)[1],
            sort="state",
            template="support/_state.html",
            css="full",
        ),
        Column("reported_on", gettext_lazy("Reported improved on"), sort="reported_on"),
        Column("accepted_on", gettext_lazy("Accepted on"), sort="accepted_on"),
        Column("superior", gettext_lazy("Led by"), value="organization.superior.name", css="full"),
    ]
    filterset_class = WeakFilter
    search = ("organization__name__contains", "organization__code__startswith")
    ordering = "-opened_on"
    nothing = gettext_lazy("No organization has been taken in hand as weak yet")

    def get_queryset(self):
        return super().get_queryset().select_related(*RELATED)

    def drawn(self, thing: WeakOrganization) -> dict:
        """A row, with the mark of its state."""
        thing.mark = wording.weak_standing(thing)[0]  # type: ignore[attr-defined]
        return super().drawn(thing)

    def actions(self):
        found = [(_("Support in figures"), reverse("support:home"))]
        if LEAD in self.request.user.reach.permissions:
            found.insert(0, (_("Proposals from the checks"), reverse("support:proposal_list")))
        return found


@login_required
@require_safe
def weak_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One weak organization: why, how it stands, what was done, what comes next, its history."""
    related = (*RELATED, "recorded_by")
    weak = get_object_or_404(WeakOrganization.objects.visible_to(request.user).select_related(*related), pk=pk)
    kind, words = wording.weak_standing(weak)
    measures = WeakMeasure.objects.visible_to(request.user).filter(weak=weak)
    works = weak_actions.may_work_on(request.user, weak.organization)
    context = {
        "weak": weak,
        "kind": kind,
        "words": words,
        "measures": measures,
        "standing": [m for m in measures if m.withdrawn_on is None],
        "may_work": works and weak.state in rules.OPEN,
        "may_lead": leads(request.user, weak.organization),
        "proposal": SENTENCES[weak.proposal][0] if weak.proposal in SENTENCES else "",
        "back": listed("support:weak_list", weak.organization),
    }
    return render(request, "support/weak.html", context | history_of(weak))


class OpenWeak(NewRecordView):
    """Take an organization in hand as weak, of one's own accord or after a proposal."""

    title = gettext_lazy("Take in hand as weak")
    form_class = forms.WeakForm
    permission = ""
    related = ("enterprise", "superior")
    notes = (gettext_lazy("It is taken in hand until the organization that leads it has accepted it as improved."),)

    def permitted(self) -> bool:
        return leads(self.request.user, self.subject)

    def get_initial(self) -> dict[str, Any]:
        """What a proposal says, where one is taken up (``?proposal=``)."""
        code = self.request.GET.get("proposal", "")
        told = {"proposal": code, "reason": rules.PROPOSED[code]} if code in rules.PROPOSED else {}
        return super().get_initial() | told

    def back(self) -> str:
        return reverse("enterprises:organization", args=[self.subject.pk])

    def act(self, form: Any) -> WeakOrganization:
        return weak_actions.open_weak(by=self.request.user, organization=self.subject, **form.arguments())

    def shown(self, result: WeakOrganization) -> str:
        return reverse("support:weak", args=[result.pk])


class WeakAction(RecordView):
    """A form about one weak organization."""

    model = WeakOrganization
    related = RELATED
    permission = ""
    form_class: Any = forms.ReasonForm

    def permitted(self) -> bool:
        return leads(self.request.user, self.organization())

    def back(self) -> str:
        return reverse("support:weak", args=[self.subject.pk])


class AddMeasure(WeakAction):
    """Enter what was done."""

    title = pgettext_lazy("weak organization", "Enter a measure")
    form_class = forms.MeasureForm

    def permitted(self) -> bool:
        return weak_actions.may_work_on(self.request.user, self.organization())

    def act(self, form: Any) -> WeakMeasure:
        return weak_actions.add_measure(by=self.request.user, weak=self.subject, **form.arguments())


class ReportImproved(AddMeasure):
    """Report it as improved."""

    title = gettext_lazy("Report it as improved")
    form_class = forms.ReportForm
    notes = (gettext_lazy("The organization that leads it accepts the report, or sends it back with the reason."),)

    def act(self, form: Any) -> WeakOrganization:
        return weak_actions.report_improved(by=self.request.user, weak=self.subject, **form.arguments())


class AcceptImproved(WeakAction):
    """Accept it as improved."""

    title = gettext_lazy("Accept it as improved")
    form_class = forms.EmptyForm
    notes = (gettext_lazy("From now on it counts as improved. It can be opened again with the reason."),)

    def act(self, form: Any) -> WeakOrganization:
        return weak_actions.accept_improved(by=self.request.user, weak=self.subject)


class SendBack(WeakAction):
    """Send the report back, with the reason."""

    title = gettext_lazy("Send it back")

    def act(self, form: Any) -> WeakOrganization:
        return weak_actions.send_back(by=self.request.user, weak=self.subject, **form.arguments())


class ReopenWeak(WeakAction):
    """Take it in hand again, with the reason."""

    title = gettext_lazy("Take it in hand again")
    notes = (gettext_lazy("What was reported stays in the history. It has to be reported and accepted anew."),)

    def act(self, form: Any) -> WeakOrganization:
        return weak_actions.reopen_weak(by=self.request.user, weak=self.subject, **form.arguments())


class WithdrawWeak(WeakAction):
    """Withdraw a case that was opened by mistake, with the reason."""

    title = gettext_lazy("Withdraw the case")
    notes = (gettext_lazy("It stays to be seen, but counts nowhere."),)

    def act(self, form: Any) -> WeakOrganization:
        return weak_actions.withdraw_weak(by=self.request.user, weak=self.subject, **form.arguments())


class WithdrawMeasure(RecordView):
    """Withdraw a measure that was entered by mistake, with the reason."""

    title = gettext_lazy("Withdraw the measure")
    form_class = forms.ReasonForm
    model = WeakMeasure
    related = ("weak__organization__superior",)
    permission = ""

    def organization(self):
        return self.subject.weak.organization

    def permitted(self) -> bool:
        return weak_actions.may_work_on(self.request.user, self.organization())

    def back(self) -> str:
        return reverse("support:weak", args=[self.subject.weak_id])

    def act(self, form: Any) -> WeakMeasure:
        return weak_actions.withdraw_measure(by=self.request.user, measure=self.subject, **form.arguments())
