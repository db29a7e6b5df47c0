"""The ballot on the phone: without sign-in, without script, without a trace of who came (2.8, 2.12)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from campaign.survey import actions, codes, questionnaire, throttle
from campaign.survey.actions import BallotRefused
from campaign.survey.forms import BallotForm
from campaign.survey.models import SatisfactionSurvey, SurveyCode
from enterprises.action import ActionError


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest) -> HttpResponse:
    """Enter a code, or come with it (`?c=`), and vote. The code stands in no path, so no log line holds it."""
    typed = request.POST.get("code", "") if request.method == "POST" else request.GET.get("c", "")
    if not typed:
        return _door(request)
    if throttle.too_many(request):
        return _door(request, "wait", 429)
    row = codes.find(typed)
    if row is None:
        throttle.failed(request)
        return _door(request, "unknown")
    try:
        actions.refuse_unless_open(row.survey)
        if row.used:
            raise BallotRefused("used")
        return _vote(request, row, codes.normal(typed))
    except BallotRefused as refusal:
        return _door(request, refusal.why, survey=row.survey)


def _vote(request: HttpRequest, row: SurveyCode, code: str) -> HttpResponse:
    survey = row.survey
    form = BallotForm(
        request.POST if request.method == "POST" else None,
        asked=questionnaire.of(survey),
        initial={"code": code},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.cast_ballot(by=None, code=code, answers=form.answers(), remark=form.cleaned_data["remark"])
            return redirect("survey:thanks")
        except BallotRefused:
            raise
        except ActionError as refusal:
            form.add_error(None, refusal.message)
    context = {
        "form": form,
        "survey": survey,
        "code": code,
        "missing": form.missing() if form.is_bound else [],
        "longest": actions.LONGEST_REMARK,
        "campaign_name": survey.campaign.name,
    }
    return render(request, "survey/ballot.html", context)


def _door(
    request: HttpRequest, why: str = "", status: int = 200, survey: SatisfactionSurvey | None = None
) -> HttpResponse:
    """The page that asks for the code, with the reason why the one given does not do."""
    context = {"why": why, "survey": survey, "minutes": throttle.MINUTES}
    return render(request, "survey/door.html", context, status=status)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """After voting; it is the same page for everybody."""
    return render(request, "survey/thanks.html")
