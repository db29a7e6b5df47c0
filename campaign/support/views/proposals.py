"""Proposals from the checks: taken up or dismissed by a person, never labels (item 41)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from campaign.progress.record_pages import RecordView, SubtreeFilter
from campaign.support import forms, rules, weak_actions
from campaign.support.access import LEAD, leads, led_q
from campaign.support.models import ProposalDismissal, Reason
from campaign.support.proposals import proposals
from enterprises.listing import Column, ListView
from enterprises.models import CheckFinding
from enterprises.remarks import SENTENCES, short_name

CODES = [(code, SENTENCES[code][0]) for code in rules.PROPOSED]


class ProposalFilter(SubtreeFilter):
    """By check."""

    code = django_filters.ChoiceFilter(label=gettext_lazy("Check"), choices=CODES)

    class Meta:
        model = CheckFinding
        fields: list[str] = []


class ProposalList(ListView):
    """What the last nightly checks found that may speak for weakness. Nothing here is said of an organization yet."""

    title = gettext_lazy("Proposals from the checks")
    model = CheckFinding
    permission = LEAD
    columns = [
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            link=lambda finding: reverse("enterprises:organization", args=[finding.organization_id]),
        ),
        Column("name", gettext_lazy("Check"), sort="code"),
        Column("words", gettext_lazy("What was found"), value=str, css="full"),
        Column("since", gettext_lazy("Found on"), sort="since"),
        Column(
            "speaks_for",
            gettext_lazy("May speak for"),
            value=lambda finding: Reason(rules.PROPOSED[finding.code]).label,
        ),
        Column(
            "take_up",
            pgettext_lazy("proposal", "Decide"),
            value=lambda finding: _("Look at it and decide"),
            template="support/_decide.html",
            export=lambda finding: "",
            css="full",
        ),
    ]
    filterset_class = ProposalFilter
    search = ("organization__name__contains", "organization__code__startswith")
    ordering = "since"
    nothing = gettext_lazy("The last checks propose nothing")

    def get_queryset(self) -> QuerySet:
        return proposals(self.request.user).select_related("organization")

    def facts(self):
        return [_("Hints from the nightly checks. Only a person takes an organization in hand.")]

    def actions(self):
        return [
            (_("Dismissed proposals"), reverse("support:dismissed_list")),
            (_("Weak organizations"), reverse("support:weak_list")),
        ]


class Dismiss(RecordView):
    """Do not take a proposal up, with the reason."""

    title = gettext_lazy("Do not take it up")
    form_class = forms.DismissForm
    model = CheckFinding
    related = ("organization__superior",)
    permission = ""
    notes = (gettext_lazy("It is not proposed again, unless the check finds it anew after it was mended."),)

    def queryset(self) -> QuerySet:
        return super().queryset().filter(code__in=rules.PROPOSED).exclude(organization=None)

    def permitted(self) -> bool:
        return leads(self.request.user, self.organization())

    def back(self) -> str:
        return reverse("support:proposal_list")

    def act(self, form: Any) -> ProposalDismissal:
        return weak_actions.dismiss_proposal(by=self.request.user, finding=self.subject, **form.arguments())


class DismissedFilter(SubtreeFilter):
    """By check, and whether it still holds."""

    code = django_filters.ChoiceFilter(label=gettext_lazy("Check"), choices=CODES)

    class Meta:
        model = ProposalDismissal
        fields: list[str] = []


class DismissedList(ListView):
    """Proposals that were not taken up, and why."""

    title = gettext_lazy("Dismissed proposals")
    model = ProposalDismissal
    permission = LEAD
    columns = [
        Column("organization", gettext_lazy("Organization"), value="organization.name", sort="organization__path"),
        Column("code", gettext_lazy("Check"), value=lambda row: short_name(row.code), sort="code"),
        Column("why", gettext_lazy("Why it is not taken up"), css="full"),
        Column("dismissed_on", gettext_lazy("Dismissed on"), sort="dismissed_on"),
        Column("by", pgettext_lazy("support", "Decided by"), value="recorded_by.display_name"),
        Column("undone_on", gettext_lazy("Taken back on"), sort="undone_on"),
        Column(
            "undo",
            gettext_lazy("What can be done"),
            value=lambda row: None if row.undone_on else _("Propose it again"),
            link=lambda row: None if row.undone_on else reverse("support:dismissal_undo", args=[row.pk]),
            export=lambda row: "",
        ),
    ]
    filterset_class = DismissedFilter
    search = ("organization__name__contains", "organization__code__startswith")
    ordering = "-dismissed_on"
    nothing = gettext_lazy("No proposal has been dismissed")

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().filter(led_q(self.request.user, "organization__"))
        return rows.select_related("organization", "recorded_by")

    def actions(self):
        return [(_("Proposals from the checks"), reverse("support:proposal_list"))]


class UndoDismissal(RecordView):
    """Propose it again, with the reason."""

    title = gettext_lazy("Propose it again")
    form_class = forms.ReasonForm
    model = ProposalDismissal
    related = ("organization__superior",)
    permission = ""

    def permitted(self) -> bool:
        return leads(self.request.user, self.organization())

    def back(self) -> str:
        return reverse("support:dismissed_list")

    def act(self, form: Any) -> ProposalDismissal:
        return weak_actions.undo_dismissal(by=self.request.user, dismissal=self.subject, **form.arguments())
