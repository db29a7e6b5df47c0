"""The organizer's pages: prepare, open, print codes, count paper, close."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.plan.models import Campaign
from campaign.survey import actions, codes, counting, evidence, notes, questionnaire
from campaign.survey.forms import CodesForm, PaperForm, SurveyForm
from campaign.survey.models import CodeIssue, PaperCount, Respondents, SatisfactionSurvey
from enterprises import clock, qr
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError
from enterprises.history import changes
from enterprises.models import Organization

RELATED = ("organization__enterprise", "organizer", "campaign__definition", "earlier", "created_by")


def found_survey(request: HttpRequest, pk: int) -> SatisfactionSurvey:
    """A survey in sight, else 404."""
    return get_object_or_404(SatisfactionSurvey.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def _organized(request: HttpRequest, pk: int) -> SatisfactionSurvey:
    """A survey that the acting post organizes: 404 out of sight, 403 when it may only be read."""
    survey = found_survey(request, pk)
    if not organizes(request, survey):
        raise PermissionDenied
    return survey


def organizes(request: HttpRequest, survey: SatisfactionSurvey) -> bool:
    """Whether the acting post acts for the organizer."""
    return may(request.user, roles.SURVEY, survey.organizer)


@login_required
@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a survey: its state and why, what to do next, what came in, its history."""
    found = found_survey(request, pk)
    mine = organizes(request, found)
    papers = {p.respondents: p for p in PaperCount.objects.visible_to(request.user).filter(survey=found)}
    counted = counting.counted(found) if mine and not found.is_closed else {}
    context = {
        "survey": found,
        "mine": mine,
        "words": evidence.state_words(found),
        "groups": [(g, counted.get(g.value), papers.get(g.value)) for g in found.groups],
        "issues": CodeIssue.objects.visible_to(request.user).filter(survey=found).select_related("issued_by"),
        "warnings": notes.warnings(found),
        "later": SatisfactionSurvey.objects.visible_to(request.user).filter(earlier=found).first(),
        "history": changes(found),
        "today": clock.today(),
        "asked": questionnaire.of(found),
    }
    return render(request, "survey/survey.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_new(request: HttpRequest) -> HttpResponse:
    """Prepare the survey of what `?organization=&campaign=` names; the unit itself reads why it may not."""
    asked = request.GET.get("organization", "")
    visible = Organization.objects.visible_to(request.user).select_related("superior", "enterprise")
    organization = get_object_or_404(visible, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    if roles.SURVEY not in request.user.reach.permissions:
        raise PermissionDenied
    running = Campaign.objects.filter(state=Campaign.State.RUNNING).select_related("definition")
    campaign = get_object_or_404(running, code=request.GET.get("campaign", ""))
    window = bool(organization.enterprise and organization.enterprise.is_window_unit)
    form = SurveyForm(request.POST if request.method == "POST" else None, window=window)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.prepare_survey(
                by=request.user, campaign=campaign, organization=organization, **form.cleaned_data
            )
            messages.success(request, _("The survey is prepared. Next: print the codes, then open it."))
            return redirect("survey:survey", made.pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    organizer = organization.superior
    context = {
        "form": form,
        "organization": organization,
        "campaign": campaign,
        "organizer": organizer,
        "may": organizer is not None and may(request.user, roles.SURVEY, organizer),
        "window": window,
        "early": notes.early_words(campaign, organization),
    }
    return render(request, "survey/new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change groups and dates; enter what the unit reported."""
    found = _organized(request, pk)
    form = SurveyForm(request.POST if request.method == "POST" else None, survey=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_survey(by=request.user, survey=found, **form.arguments())
            return redirect("survey:survey", pk)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {
        "form": form,
        "title": _("Change the survey of %(name)s") % {"name": found.organization.name},
        "words": _("Save the changes"),
        "back_url": reverse("survey:survey", args=[pk]),
        "back_words": _("Back to the survey"),
    }
    return render(request, "components/form_page.html", context)


def _act(request: HttpRequest, pk: int, act: Callable, done: str) -> HttpResponse:
    try:
        act(by=request.user, survey=_organized(request, pk))
        messages.success(request, done)
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect("survey:survey", pk)


@login_required
@require_POST
def survey_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the box."""
    return _act(request, pk, actions.open_survey, _("The survey is open; people can vote."))


@login_required
@require_POST
def survey_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what was only prepared."""
    try:
        actions.discard_survey(by=request.user, survey=_organized(request, pk))
    except ActionError as refusal:
        messages.error(request, refusal.message)
        return redirect("survey:survey", pk)
    messages.success(request, _("The survey is discarded."))
    return redirect("survey:survey_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the box: a page of its own says what came in and that it is for good."""
    found = _organized(request, pk)
    if request.method == "POST":
        try:
            actions.close_survey(by=request.user, survey=found)
            return redirect("survey:result", pk)
        except ActionError as refusal:
            messages.error(request, refusal.message)
        return redirect("survey:survey", pk)
    if not found.is_open:
        return redirect("survey:survey", pk)
    counted = counting.counted(found)
    line = _("%(group)s: %(issued)d issued, %(returned)d returned, %(valid)d valid")
    context = {
        "title": _("Close the survey of %(name)s") % {"name": found.organization.name},
        "why": _("The result is computed now and stays as it is. Nobody can vote afterwards."),
        "consequences": [
            line % {"group": g.label, "issued": c.issued, "returned": c.returned, "valid": c.valid}
            for g in found.groups
            for c in [counted[g.value]]
        ],
        "words": _("Close the box and compute the result"),
        "back_url": reverse("survey:survey", args=[pk]),
        "form": "",
    }
    return render(request, "components/confirm.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make codes and show the sheet to print: the only time that they can be seen."""
    found = _organized(request, pk)
    form = CodesForm(
        request.POST if request.method == "POST" else None,
        survey=found,
        initial={"respondents": request.GET.get("group", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.issue_codes(by=request.user, survey=found, **form.cleaned_data)
            return _sheet(request, found, form.cleaned_data["respondents"], made)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return render(request, "survey/codes.html", {"form": form, "survey": found})


def _sheet(request: HttpRequest, found: SatisfactionSurvey, group: str, made: list[str]) -> HttpResponse:
    address = request.build_absolute_uri(reverse("survey:ballot"))
    slips = [(codes.shown(code), *qr.svg_path(f"{address}?c={code}")) for code in made]
    context = {"survey": found, "slips": slips, "group": Respondents(group), "address": address}
    return render(request, "survey/sheet.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: int, respondents: str) -> HttpResponse:
    """Enter the paper ballots of one group as counted."""
    found = _organized(request, pk)
    if respondents not in found.respondents or not found.is_open:
        raise Http404
    present = PaperCount.objects.visible_to(request.user).filter(survey=found, respondents=respondents).first()
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        asked=questionnaire.of(found),
        answers=present.answers if present else {},
        initial={name: getattr(present, name) for name in ("issued", "returned", "valid")} if present else {},
    )
    if request.method == "POST" and form.is_valid():
        numbers = {name: form.cleaned_data[name] for name in ("issued", "returned", "valid")}
        try:
            actions.enter_paper(
                by=request.user, survey=found, respondents=respondents, answers=form.answers(), **numbers
            )
            messages.success(request, _("The paper ballots are entered."))
            return redirect("survey:survey", pk)
        except ActionError as refusal:
            form.refuse(refusal.field, refusal.message)
    return render(request, "survey/paper.html", {"form": form, "survey": found, "group": Respondents(respondents)})


@login_required
@require_safe
def paper_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The ballot as a form to be printed and filled in by hand."""
    found = _organized(request, pk)
    return render(request, "survey/paper_form.html", {"survey": found, "asked": questionnaire.of(found)})
