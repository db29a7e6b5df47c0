"""Where translations live: one catalogue for each area (compiled at start by ``runtime.translations``)."""

from pathlib import Path

from django.conf import settings

LOCALE = "zh_Hans"
ROOMS = (
    "plan",
    "progress",
    "meetings",
    "study",
    "filings",
    "survey",
    "summary",
    "gates",
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
AREAS = ("base", "enterprises", "rosters", *ROOMS)
# Parts of the door and of the shared interface that stand in the enterprises package.
SHARED = ("enterprises/signin/", "enterprises/templatetags/", "enterprises/listing", "enterprises/sheets")


def catalogue_path(area: str, root: Path | None = None) -> Path:
    """The file that holds the translations of ``area``."""
    return (root or settings.BASE_DIR) / "locale" / area / LOCALE / "LC_MESSAGES" / "django.po"


def area_of(path: str) -> str:
    """The area of a source file, from its path in the checkout (``/`` between its parts)."""
    parts = path.split("/")
    if parts[0] == "templates":
        return parts[1] if len(parts) > 2 and parts[1] in AREAS else "base"
    if path.startswith(SHARED):
        return "base"
    if parts[0] == "enterprises":
        return "rosters" if parts[1] == "rosters" else "enterprises"
    if parts[0] == "campaign" and len(parts) > 1:
        room = parts[1].removesuffix(".py")
        return room if room in ROOMS else "base"
    return "base"
