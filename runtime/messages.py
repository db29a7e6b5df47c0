"""Keeps the catalogues in step with the sources, and says what is wrong with them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from runtime.catalogs import AREAS, LOCALE, catalogue_path
from runtime.extraction import Found, Message, extract

WRAP = 100
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sdif]|\{(\w*)\}")
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": LOCALE,
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True)
class Problem:
    """Something that keeps a catalogue from being complete."""

    area: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.area}: {self.kind}: {self.text!r}"


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _translation(entry: polib.POEntry) -> str:
    return (entry.msgstr_plural.get(0) or "") if entry.msgid_plural else entry.msgstr


def read(area: str, root: Path) -> dict[Message, polib.POEntry]:
    """The entries of a catalogue; empty where there is none yet."""
    path = catalogue_path(area, root)
    if not path.exists():
        return {}
    return {_key(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def _entry(message: Message, files: Iterable[str], translation: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context or None,
        msgid_plural=message.plural,
        occurrences=[(name, "") for name in sorted(set(files))],
        flags=["python-format"] if "%(" in message.text + message.plural else [],
    )
    if message.plural:
        entry.msgstr_plural = {0: translation}
    else:
        entry.msgstr = translation
    return entry


def _files(found: Iterable[Found]) -> dict[Message, list[str]]:
    files: dict[Message, list[str]] = {}
    for item in found:
        files.setdefault(item.message, []).append(item.path)
    return files


def update(area: str, root: Path, found: dict[str, list[Found]] | None = None) -> int:
    """Write the catalogue of ``area`` anew from the sources; the number of strings without translation.

    Translations are kept, strings that are gone are dropped, new ones take over the translation that the
    same string has in another area. Nothing is ever guessed (no fuzzy entries).
    """
    files = _files((found or extract(root, [area]))[area])
    kept = read(area, root)
    elsewhere = {key: entry for other in AREAS if other != area for key, entry in read(other, root).items()}
    catalogue = polib.POFile(wrapwidth=WRAP)
    catalogue.metadata = HEADER
    for message in sorted(files):
        known = kept.get(message)
        if known is None or not _translation(known):
            known = elsewhere.get(message)
        fuzzy = known is not None and "fuzzy" in known.flags
        translation = _translation(known) if known is not None and not fuzzy else ""
        catalogue.append(_entry(message, files[message], translation))
    path = catalogue_path(area, root)
    if files or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
    return sum(not _translation(entry) for entry in catalogue)


def placeholders(text: str) -> set[str]:
    """The placeholders of a string, ``%%`` left aside."""
    return {match[0] for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _entry_problem(entry: polib.POEntry) -> str | None:
    translation = _translation(entry)
    if "fuzzy" in entry.flags:
        return "fuzzy"
    if not translation:
        return "untranslated"
    allowed = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    needed = placeholders(entry.msgid) & placeholders(entry.msgid_plural or entry.msgid)
    used = placeholders(translation)
    return None if needed <= used <= allowed else "placeholders differ"


def area_problems(area: str, root: Path, found: dict[str, list[Found]]) -> list[Problem]:
    """What is missing, stale, untranslated, fuzzy or formatted differently in one area."""
    wanted = {item.message for item in found[area]}
    entries = read(area, root)
    problems = [Problem(area, "missing", message.text) for message in sorted(wanted - set(entries))]
    problems += [Problem(area, "stale", message.text) for message in sorted(set(entries) - wanted)]
    for message in sorted(wanted & set(entries)):
        kind = _entry_problem(entries[message])
        if kind:
            problems.append(Problem(area, kind, message.text))
    return problems


def conflicts(root: Path) -> list[Problem]:
    """The same string translated differently in two areas: only one of them would ever be shown."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    problems = []
    for area in AREAS:
        for message, entry in read(area, root).items():
            key, translation = (message.context, message.text), _translation(entry)
            first, words = seen.setdefault(key, (area, translation))
            if translation and words and words != translation:
                problems.append(Problem(area, f"differs from {first} ({words} / {translation})", message.text))
            elif not words:
                seen[key] = (area, translation)
    return problems


def problems(root: Path, areas: Iterable[str] = AREAS) -> list[Problem]:
    """Everything that is wrong with the catalogues of ``areas``."""
    areas = list(areas)
    found = extract(root, areas)
    listed = [problem for area in areas for problem in area_problems(area, root, found)]
    return listed + [problem for problem in conflicts(root) if problem.area in areas]
