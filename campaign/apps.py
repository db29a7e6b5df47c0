from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# The rooms whose evidence.py registers what proves a step, and how conditions of gates are judged.
EVIDENCE_ROOMS = (
    "meetings",
    "study",
    "filings",
    "survey",
    "summary",
    "rectification",
    "publicity",
    "requirements",
    "appraisal",
    "opinions",
    "leadership",
    "mechanisms",
)
# The rooms whose panels.py puts parts on pages of the floor below.
PANEL_ROOMS = (
    "plan",
    "gates",
    "meetings",
    "study",
    "survey",
    "summary",
    "rectification",
    "publicity",
    "masses",
    "services",
    "requirements",
    "exemplars",
    "appraisal",
    "opinions",
    "leadership",
    "support",
    "membership",
    "business",
    "mechanisms",
    "overview",
)


class CampaignConfig(AppConfig):
    """WHAT: definition -> calendar -> records -> progress."""

    name = "campaign"
    verbose_name = _("Campaign")

    def ready(self) -> None:
        for room in EVIDENCE_ROOMS:
            import_module(f"campaign.{room}.evidence")
        for room in PANEL_ROOMS:
            import_module(f"campaign.{room}.panels")
