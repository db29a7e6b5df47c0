"""Applicants for membership: the list, the page of one, and its forms (item 45)."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.membership import applicant_actions, forms, rules, wording
from campaign.membership.models import Applicant
from campaign.membership.place import asked_organization
from campaign.progress.record_pages import (
    NewRecordView,
    RecordView,
    SubtreeFilter,
    history_of,
    listed,
    own_organization,
)
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.listing import Column, ListView
from enterprises.models import Member, Organization


class ApplicantFilter(SubtreeFilter):
    """By stage and end; an organisation stands for everything below it too."""

    STAGES = [
        (rules.APPLICANT, pgettext_lazy("stage", "applicant")),
        (rules.ACTIVIST, pgettext_lazy("stage", "activist")),
        (rules.CANDIDATE, pgettext_lazy("stage", "candidate for development")),
    ]
    stage = django_filters.ChoiceFilter(label=gettext_lazy("Stage"), choices=STAGES, method="at_stage")
    ended = django_filters.ChoiceFilter(label=gettext_lazy("Ended"), choices=Applicant.Ended.choices)

    class Meta:
        model = Applicant
        fields: list[str] = []

    def at_stage(self, queryset, name, value):
        return queryset.at(value)


class ApplicantList(ListView):
    """Applicants of the branches whose member rows the acting post sees, those still on the way first."""

    title = gettext_lazy("Applicants")
    model = Applicant
    permission = roles.READ_MEMBERS
    columns = [
        Column("name", pgettext_lazy("person", "Name"), sort="name", link="membership:applicant"),
        Column(
            "organization", gettext_lazy("Branch"), value="organization.name", sort="organization__path", css="full"
        ),
        Column("stage", gettext_lazy("Stage"), value=wording.stage_words),
        Column("applied_on", gettext_lazy("Applied on"), sort="applied_on"),
        Column("activist_on", gettext_lazy("Activist since"), sort="activist_on"),
        Column("candidate_on", gettext_lazy("Candidate since"), sort="candidate_on"),
        Column(
            "age", gettext_lazy("Age band"), value=lambda a: wording.age_band(a.born_on, a.applied_on), sort="born_on"
        ),
        Column("ended_on", gettext_lazy("Ended on"), sort="ended_on"),
    ]
    filterset_class = ApplicantFilter
    search = ("name__contains",)
    search_label = pgettext_lazy("person", "Name")
    nothing = gettext_lazy("Nobody has been entered yet. Enter who applies for membership.")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization").order_by("ended", "-applied_on", "-pk")

    def actions(self) -> list:
        user = self.request.user
        own = own_organization(user)
        links: list[tuple[Any, str]] = []
        if own is not None and own.is_branch and not own.closed_on and may(user, roles.CHANGE_MEMBERS, own):
            links.append((_("Enter an applicant"), reverse("membership:applicant_new", args=[own.pk])))
        node = asked_organization(self.request)
        if node is not None and roles.READ_RECORDS in user.reach.permissions:
            links.append((_("By month"), reverse("membership:report", args=[node.pk, "joining"])))
        return links


@login_required
@require_safe
def applicant_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One applicant: the stages with their days, what comes next, how it ended, its history."""
    seen = Applicant.objects.visible_to(request.user).select_related("organization", "member")
    applicant = get_object_or_404(seen, pk=pk)
    member = applicant.member
    sees_member = member is not None and Member.objects.visible_to(request.user).filter(pk=member.pk).exists()
    may_write = may(request.user, roles.CHANGE_MEMBERS, applicant.organization)
    context = {
        "applicant": applicant,
        "stage": wording.stage_words(applicant),
        "age_band": wording.age_band(applicant.born_on, applicant.applied_on),
        "short": rules.trained_too_short(applicant.stages),
        "may_write": may_write and not applicant.ended,
        "sees_member": sees_member,
        "is_candidate": applicant.stages.stage == rules.CANDIDATE,
        "back": listed("membership:applicant_list", applicant.organization),
        "as_of": clock.now(),
    }
    return render(request, "membership/applicant.html", context | history_of(applicant))


class NewApplicant(NewRecordView):
    """Enter somebody who applies."""

    permission = roles.CHANGE_MEMBERS
    title = gettext_lazy("Enter an applicant")
    form_class = forms.ApplicantForm
    notes = (gettext_lazy("Only what the branch needs: no ID number, no ethnic group, no religion."),)

    def back(self) -> str:
        return listed("membership:applicant_list", self.subject)

    def act(self, form: Any) -> Applicant:
        return applicant_actions.enter_applicant(by=self.request.user, organization=self.subject, **form.arguments())

    def shown(self, result: Applicant) -> str:
        return reverse("membership:applicant", args=[result.pk])


class ApplicantAction(RecordView):
    """A form about one applicant."""

    model = Applicant
    permission = roles.CHANGE_MEMBERS

    def organization(self) -> Organization:
        return self.subject.organization

    def back(self) -> str:
        return reverse("membership:applicant", args=[self.subject.pk])


class CorrectApplicant(ApplicantAction):
    """Enter the next stage, or correct."""

    title = gettext_lazy("Enter a stage or correct")
    form_class = forms.CorrectApplicantForm

    def act(self, form: Any) -> Applicant:
        return applicant_actions.correct_applicant(by=self.request.user, applicant=self.subject, **form.arguments())


class AdmitApplicant(ApplicantAction):
    """Enter a candidate in the roll as a probationary member."""

    title = gettext_lazy("Admit as a probationary member")
    form_class = forms.AdmitApplicantForm
    notes = (
        gettext_lazy(
            "Only after the branch general meeting has decided. Probation counts from the day of that meeting."
        ),
    )

    def act(self, form: Any) -> Member:
        return applicant_actions.admit_applicant(by=self.request.user, applicant=self.subject, **form.arguments())

    def done(self, result: Member) -> HttpResponse:
        return HttpResponseRedirect(reverse("enterprises:member", args=[result.pk]))


class WithdrawApplicant(ApplicantAction):
    """The application was taken back."""

    title = gettext_lazy("The application was taken back")
    form_class = forms.WithdrawApplicantForm

    def act(self, form: Any) -> Applicant:
        return applicant_actions.withdraw_applicant(by=self.request.user, applicant=self.subject, **form.arguments())
