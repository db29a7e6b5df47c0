"""What every page knows: the menu, the name of the campaign in hand, whether the data is the demo's."""

import time

from django.conf import settings
from django.http import HttpRequest

from campaign.demo.models import DemoNotice
from campaign.plan.current import SESSION_KEY, default
from campaign.plan.models import Campaign
from config.navigation import entries

FACTS_SECONDS = 60
_kept: dict[str, tuple[float, dict]] = {}


def _facts() -> dict:
    launched = list(Campaign.objects.exclude(state=Campaign.State.PREPARED))
    proposed = default(launched)
    names = {campaign.code: {"zh-hans": campaign.name_zh, "en": campaign.name_en} for campaign in launched}
    return {"names": names, "proposed": proposed.code if proposed else "", "demo": DemoNotice.objects.exists()}


def installation_facts() -> dict:
    """The names of the campaigns and whether demo data is loaded; asked once a minute by each process."""
    kept = _kept.get("facts")
    if kept is None or time.monotonic() - kept[0] > FACTS_SECONDS:
        kept = _kept["facts"] = (time.monotonic(), _facts())
    return kept[1]


def forget_facts() -> None:
    """Ask anew at the next page."""
    _kept.clear()


def _campaign_name(request: HttpRequest, facts: dict) -> str:
    """The name of the campaign chosen by address or session, else of the one that pages propose."""
    session = getattr(request, "session", {})
    chosen = (request.GET.get("campaign", ""), session.get(SESSION_KEY, ""), facts["proposed"])
    code = next((code for code in chosen if code in facts["names"]), None)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return facts["names"][code].get(language, "") if code else ""


def page(request: HttpRequest) -> dict:
    """Variables of ``base.html``."""
    facts = installation_facts()
    menu = entries(request) if hasattr(request, "user") else []
    return {
        "menu": menu,
        "tabs": [entry for entry in menu if entry.tab][:3],
        "campaign_name": _campaign_name(request, facts),
        "is_demo": facts["demo"],
        "languages": settings.LANGUAGES,
    }
