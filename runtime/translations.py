"""Compiles the catalogues of translations when a program starts. No gettext has to be installed."""

import os
import tempfile
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Write ``django.mo`` beside every ``django.po`` below ``locale`` that is newer; return those written.

    Several programs may start at once: each file is written aside and put in place in one step.
    """
    written = []
    for source in sorted(locale.glob("*/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            _compile(source, target)
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    import polib  # only when there is something to do: it costs every start 30 ms

    content = polib.pofile(str(source)).to_binary()
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".django.mo.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(aside, 0o644)
    os.replace(aside, target)
