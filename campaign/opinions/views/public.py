"""The public pages: sending an opinion, and looking up what became of it. Light, without script."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from campaign.opinions import actions, limits
from campaign.opinions.categories import categories_of
from campaign.opinions.door import page_of, standing_of
from campaign.opinions.forms import LookUpForm, PublicForm
from campaign.opinions.models import OpinionPage
from enterprises.action import ActionError

TOO_MANY = 429


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """The unit's page: say something, without saying who you are."""
    page = page_of(slug)
    if page is None:
        raise Http404
    campaign = page.participation.campaign
    categories = categories_of(campaign)
    form = PublicForm(request.POST if request.method == "POST" else None, categories=categories)
    status = 200
    if request.method == "POST" and form.is_valid():
        if limits.allowed(request, "send", limits.SENDINGS):
            answer = _received(request, page, form)
            if answer is not None:
                return answer
        else:
            status = TOO_MANY
            form.add_error(
                None,
                _("Very many opinions have come from your network. Yours is still here: send it again in an hour."),
            )
    context = {"unit": page.participation.unit, "campaign_name": campaign.name, "form": form}
    return render(request, "opinions/public.html", context, status=status)


def _received(request: HttpRequest, page: OpinionPage, form: PublicForm) -> HttpResponse | None:
    """The page with the reference number. It answers the sending itself: no address ever holds the number."""
    told = form.cleaned_data
    submission: UUID = told["submission"]
    try:
        _opinion, reference = actions.receive(
            by=None,
            page=page,
            text=told["text"],
            submission=submission,
            guess=told["guess"],
            source_group=told["source_group"],
        )
    except ActionError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
    context = {
        "unit": page.participation.unit,
        "campaign_name": page.participation.campaign.name,
        "reference": reference,
        "slug": page.slug,
    }
    return render(request, "opinions/sent.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """What became of an opinion, for whoever has its number. The number is posted, never in an address."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    standing, status = None, 200
    if request.method == "POST" and form.is_valid():
        if not limits.allowed(request, "look", limits.LOOKUPS):
            status = TOO_MANY
            form.add_error(None, _("Very many numbers have been looked up from your network. Try again in an hour."))
        else:
            standing = standing_of(form.cleaned_data["reference"])
            if standing is None:
                form.add_error("reference", _("No opinion has this number. Compare it with what you noted down."))
    return render(request, "opinions/look_up.html", {"form": form, "standing": standing}, status=status)
