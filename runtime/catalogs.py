"""Where translations live: one catalogue for each area, compiled at start; nothing binary is committed."""

import logging
import os
import tempfile
from pathlib import Path

import polib
from django.conf import settings

logger = logging.getLogger(__name__)

LOCALE = "zh_Hans"
ROOMS = ("plan", "progress", "meetings", "study", "filings", "overview")
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


def _compile(source: Path, target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    os.close(handle)
    try:
        polib.pofile(str(source)).save_as_mofile(name)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def compile_stale(root: Path | None = None) -> list[str]:
    """Compile the catalogues that changed since they were last compiled; the areas compiled.

    Safe when several processes start at once. A folder that may not be written is reported, not fatal:
    the pages are then in English.
    """
    done = []
    for area in AREAS:
        source = catalogue_path(area, root)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            _compile(source, target)
        except OSError as error:
            logger.error("Translations of %s are not compiled: %s", area, error)
            continue
        done.append(area)
    return done
