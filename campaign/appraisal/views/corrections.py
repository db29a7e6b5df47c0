"""Requests for correction: what members ask, and the log of what the branch did (item 66)."""

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from campaign.appraisal.access import keeps_texts
from campaign.appraisal.actions.corrections import answer_correction, ask_correction
from campaign.appraisal.forms import AnswerForm, CorrectionForm
from campaign.appraisal.models import AppraisalOpinion, CorrectionEntry, CorrectionRequest
from campaign.appraisal.secrecy import note_read, restricted
from campaign.appraisal.views.shared import number
from enterprises.access import roles
from enterprises.action import ActionError
from enterprises.listing import Column, ListView


class CorrectionFilter(django_filters.FilterSet):
    """Filters by state and by what it is about."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=CorrectionRequest.State.choices)
    about = django_filters.ChoiceFilter(
        label=pgettext_lazy("request", "About"), choices=CorrectionRequest.About.choices
    )

    class Meta:
        model = CorrectionRequest
        fields: list[str] = []


class CorrectionList(ListView):
    """The requests of the own branch's members, or one's own. What they say is on their pages only."""

    title = gettext_lazy("Requests for correction")
    model = CorrectionRequest
    permission = roles.READ
    columns = [
        Column(
            "member",
            gettext_lazy("Member"),
            value="member.name",
            sort="member__name_key",
            link=lambda r: reverse("appraisal:correction", args=[r.pk]),
        ),
        Column("about", pgettext_lazy("request", "About"), value="get_about_display", sort="about"),
        Column("asked_at", gettext_lazy("Asked at"), sort="asked_at"),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
    ]
    filterset_class = CorrectionFilter
    search = ("member__name__contains",)
    search_label = gettext_lazy("Name")
    ordering = "-asked_at"
    nothing = gettext_lazy("Nobody has asked for a correction")

    def get_queryset(self):
        return super().get_queryset().select_related("member")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@restricted
def correction_new(request: HttpRequest) -> HttpResponse:
    """The member asks the branch to correct something."""
    member = request.user.member
    if member is None:
        raise Http404
    own = AppraisalOpinion.objects.visible_to(request.user).filter(member=member, withdrawn_on=None)
    appraisal = own.filter(pk=number(request.GET.get("appraisal", "")), fed_back_on__isnull=False).first()
    initial = {"about": CorrectionRequest.About.APPRAISAL} if appraisal else None
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        about_it = form.cleaned_data["about"] == CorrectionRequest.About.APPRAISAL
        try:
            asked = ask_correction(
                by=request.user, member=member, appraisal=appraisal if about_it else None, **form.cleaned_data
            )
            messages.success(request, _("Your request has gone to the secretary of your branch."))
            return redirect("appraisal:correction", asked.pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    back = reverse("appraisal:appraisal", args=[appraisal.pk]) if appraisal else reverse("overview:me")
    context = {
        "title": _("Ask for a correction"),
        "form": form,
        "words": _("Send it to the branch"),
        "back_url": back,
        "back_words": _("Back"),
        "lead": _("Only the secretary of your branch reads it. What was done about it is written below it."),
    }
    return render(request, "components/form_page.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@restricted
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """A request with the log of how it was handled; the secretary answers here."""
    visible = CorrectionRequest.objects.visible_to(request.user).select_related("member__branch", "organization")
    found = get_object_or_404(visible, pk=pk)
    secretary = keeps_texts(request.user, found.organization) or (
        found.organization.closed_on is not None and keeps_texts(request.user, found.member.branch)
    )
    if request.method == "POST" and not secretary:
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_correction(by=request.user, request=found, **form.cleaned_data)
            messages.success(request, _("The answer is kept."))
            return redirect("appraisal:correction", pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    note_read(request, found, found.organization)
    context = {
        "correction": found,
        "entries": CorrectionEntry.objects.visible_to(request.user).filter(request=found).select_related("written_by"),
        "form": form if secretary else None,
    }
    return render(request, "appraisal/correction.html", context)
