"""What every page knows: the menu, the campaign's name, whether the data is the demo's."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from campaign.plan.models import Campaign
from config.navigation import entries
from enterprises.models import Enterprise

FACTS_SECONDS = 60


def _facts() -> dict:
    latest = Campaign.objects.exclude(state=Campaign.State.PREPARED).order_by("-launched_on", "-pk").first()
    return {
        "names": {"zh-hans": latest.name_zh, "en": latest.name_en} if latest else {},
        "demo": Enterprise.objects.filter(name__endswith="（示例）").exists(),
    }


def installation_facts() -> dict:
    """The latest campaign's names and whether demo data is loaded; asked once a minute at most."""
    facts = cache.get("installation_facts")
    if facts is None:
        facts = _facts()
        cache.set("installation_facts", facts, FACTS_SECONDS)
    return facts


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
