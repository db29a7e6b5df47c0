"""What every page knows: the menu, the campaign's name, whether the data is the demo's."""

import time

from django.conf import settings
from django.http import HttpRequest

from campaign.plan.models import Campaign
from config.navigation import entries
from enterprises.models import Enterprise

FACTS_SECONDS = 60
_kept: dict[str, tuple[float, dict]] = {}


def _facts() -> dict:
    latest = Campaign.objects.exclude(state=Campaign.State.PREPARED).order_by("-launched_on", "-pk").first()
    return {
        "names": {"zh-hans": latest.name_zh, "en": latest.name_en} if latest else {},
        "demo": Enterprise.objects.filter(name__endswith="（示例）").exists(),
    }


def installation_facts() -> dict:
    """The latest campaign's names and whether demo data is loaded; asked once a minute by each process."""
    kept = _kept.get("facts")
    if kept is None or time.monotonic() - kept[0] > FACTS_SECONDS:
        kept = _kept["facts"] = (time.monotonic(), _facts())
    return kept[1]


def forget_facts() -> None:
    """Ask anew at the next page."""
    _kept.clear()


def page(request: HttpRequest) -> dict:
    """Variables of ``base.html``."""
    facts = installation_facts()
    menu = entries(request) if hasattr(request, "user") else []
    tabs = [entry for entry in menu if entry.tab][:3]
    return {
        "menu": menu,
        "tabs": tabs,
        "campaign_name": facts["names"].get(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE), ""),
        "is_demo": facts["demo"],
        "languages": settings.LANGUAGES,
    }
