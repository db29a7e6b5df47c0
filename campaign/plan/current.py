"""Which campaign a person is looking at: campaigns run side by side in one installation."""

from collections.abc import Iterable

from django.http import HttpRequest

from campaign.plan.models import Campaign

SESSION_KEY = "campaign"


def default(campaigns: Iterable[Campaign]) -> Campaign | None:
    """What to show to a person who has not chosen: the campaign that has been running longest, which people
    are in the middle of; when none runs, the one launched last."""
    by_launch = sorted(campaigns, key=lambda campaign: (campaign.launched_on, campaign.pk))
    running = [campaign for campaign in by_launch if campaign.state == Campaign.State.RUNNING]
    return next(iter(running or reversed(by_launch)), None)


def campaign_of(request: HttpRequest) -> Campaign | None:
    """The campaign named in the address, else the one chosen in this session, else the one by `default`."""
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
    return default(campaigns)


def choose(request: HttpRequest, campaign: Campaign) -> None:
    """Keep the choice for this session."""
    request.session[SESSION_KEY] = campaign.code
