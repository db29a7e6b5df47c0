"""Notices of how the appraisal went (item 65)."""

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaign.appraisal.actions.notices import give_notice, withdraw_notice
from campaign.appraisal.forms import NoticeForm, ReasonForm
from campaign.appraisal.models import AppraisalNotice
from campaign.appraisal.views.shared import campaign_in_hand, organization_recorded_for
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Organization
from enterprises.tree import under


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class NoticeFilter(django_filters.FilterSet):
    """Filters of the list; an organisation stands for everything below it too."""

    scope = django_filters.ChoiceFilter(label=gettext_lazy("Told to"), choices=AppraisalNotice.Scope.choices)
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = AppraisalNotice
        fields: list[str] = []

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


class NoticeList(ListView):
    """The notices given. Nobody is named in any of them."""

    title = gettext_lazy("Notices of appraisal results")
    model = AppraisalNotice
    permission = roles.READ
    columns = [
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            link=lambda n: reverse("appraisal:notice", args=[n.pk]),
            css="full",
        ),
        Column("given_on", gettext_lazy("Date"), sort="given_on"),
        Column("scope", gettext_lazy("Told to"), value="get_scope_display", sort="scope"),
        Column("form", pgettext_lazy("notice", "Form"), value="get_form_display"),
        Column("withdrawn_on", gettext_lazy("Withdrawn on")),
    ]
    filterset_class = NoticeFilter
    search = ("organization__name__contains",)
    search_label = gettext_lazy("Name of the organization")
    ordering = "-given_on"
    nothing = gettext_lazy("No notice has been given yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_new(request: HttpRequest) -> HttpResponse:
    """Note the notice that was given."""
    organization = organization_recorded_for(request)
    campaign = campaign_in_hand(request)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            given = give_notice(by=request.user, campaign=campaign, organization=organization, **form.cleaned_data)
            messages.success(request, _("The notice is recorded."))
            return redirect("appraisal:notice", given.pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {
        "title": _("Record a notice of appraisal results"),
        "form": form,
        "words": _("Enter it"),
        "back_url": f"{reverse('appraisal:notices')}?organization={organization.pk}",
        "back_words": _("Notices of appraisal results"),
        "lead": organization.name,
    }
    return render(request, "components/form_page.html", context)


def _notice(request: HttpRequest, pk: int) -> AppraisalNotice:
    visible = AppraisalNotice.objects.visible_to(request.user).select_related("organization", "campaign", "recorded_by")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice: to whom, how, when, and what was told in general terms."""
    found = _notice(request, pk)
    may_write = may_record(request.user, found.organization)
    context = {"notice": found, "may_write": may_write, "history": changes(found) if may_write else []}
    return render(request, "appraisal/notice.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a notice, with the reason."""
    found = _notice(request, pk)
    if not may_record(request.user, found.organization):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = reverse("appraisal:notice", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_notice(by=request.user, notice=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is withdrawn."))
            return redirect(back)
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    context = {"title": _("Withdraw a notice"), "what": str(found), "form": form, "back_url": back}
    return render(request, "appraisal/withdraw.html", context)
