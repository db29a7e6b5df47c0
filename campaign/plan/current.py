"""Which campaign a person is looking at: campaigns run side by side in one installation."""

from django.http import HttpRequest

from campaign.plan.models import Campaign

SESSION_KEY = "campaign"


def campaign_of(request: HttpRequest) -> Campaign | None:
    """The campaign named in the address, else the one chosen in this session, else the running one launched
    last, else the one launched last; None when there is none."""
    campaigns = list(
        Campaign.objects.visible_to(request.user)
        .select_related("definition")
        .defer("definition__source")
        .order_by("-launched_on", "-pk")
    )
    by_code = {campaign.code: campaign for campaign in campaigns}
    for code in (request.GET.get("campaign", ""), request.session.get(SESSION_KEY, "")):
        if code in by_code:
            return by_code[code]
    running = [campaign for campaign in campaigns if campaign.state == Campaign.State.RUNNING]
    return next(iter(running or campaigns), None)


def choose(request: HttpRequest, campaign: Campaign) -> None:
    """Keep the choice for this session."""
    request.session[SESSION_KEY] = campaign.code
