"""Template tags of the interface: icons, states, small helpers. Loaded in every template (a builtin)."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()

# Drawn on a 16 × 16 grid, 1.5 px strokes, our own.
ICONS = {
    "add": "M8 2.5v11M2.5 8h11",
    "building": "M3.5 13.5v-11h6v11M9.5 6.5h3v7M2 13.5h12M5.5 5h2M5.5 7.5h2M5.5 10h2",
    "calendar": "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3",
    "check": "M2.5 8.5 6 12l7.5-8",
    "close": "M4 4l8 8M12 4l-8 8",
    "down": "M4 6l4 4 4-4",
    "download": "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
    "gantt": "M2.5 3.5h6M5.5 8h6M8.5 12.5h5",
    "list": "M6.5 4h7M6.5 8h7M6.5 12h7M2.5 4l.8.8L4.8 3M2.5 8l.8.8L4.8 7M2.5 12l.8.8 1.5-1.8",
    "more": "M2.8 8h1M7.5 8h1M12.2 8h1",
    "page": "M4 2h5.5L12 4.5V14H4zM6 7.5h4M6 10h4",
    "person": "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zM2.5 13.5c.6-2.4 2.6-3.5 5.5-3.5s5 1.1 5.5 3.5",
    "print": "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
    "repeat": "M3 8a5 5 0 0 1 9-3M13 8a5 5 0 0 1-9 3M12.5 2v3h-3M3.5 14v-3h3",
    "tree": "M6 2.5h4v3H6zM2 10.5h4v3H2zM10 10.5h4v3h-4zM8 5.5V8M4 10.5V8h8v2.5",
    "upload": "M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 13.5h11",
}

# Kind of state -> what its shape means when no text is given.
STATE_CLASSES = ("ok", "late", "over", "soon", "none", "wait")
CELL_CLASSES = {"ok": "g", "late": "y", "over": "r", "soon": "b", "none": "x", "wait": "w"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a word; it is never the only thing that says what a control does."""
    return format_html('<svg class="xf-i" viewBox="0 0 16 16" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


def state_word(kind: str) -> str:
    """The plain word of a state, where nothing more precise is said."""
    return {
        "ok": _("done in time"),
        "late": _("made up"),
        "over": _("overdue"),
        "soon": _("due soon"),
        "none": _("not required"),
        "wait": _("not yet due"),
    }[kind]


def cell_mark(kind: str) -> str:
    """The one-character mark of a state inside a cell of the heat map."""
    late, over, soon = pgettext("cell", "M"), pgettext("cell", "O"), pgettext("cell", "S")
    return {"ok": "✓", "late": late, "over": over, "soon": soon, "none": "—", "wait": ""}[kind]


@register.simple_tag
def state(kind: str, text: str = "") -> SafeString:
    """A state in a line of text, ``{% state "over" "21 days overdue" %}``: shape and colour by ``kind``."""
    if kind not in STATE_CLASSES:
        raise ValueError(f"unknown state {kind!r}")
    return format_html('<span class="xf-st xf-st-{}">{}</span>', kind, text or state_word(kind))


@register.inclusion_tag("components/cell.html")
def cell(kind: str, title: str, number: object = "", url: str = "") -> dict:
    """The content of one cell of the heat map; the ``td`` around it carries ``{{ kind|cell_class }}``."""
    return {"mark": cell_mark(kind), "number": number, "title": title, "url": url}


@register.filter
def cell_class(kind: str) -> str:
    """The class of the ``td`` of a heat-map cell."""
    return CELL_CLASSES[kind]


@register.inclusion_tag("components/legend.html")
def legend() -> dict:
    """The key above every heat map."""
    words = {
        "ok": _("done in time"),
        "late": _("made up; branches late"),
        "over": _("overdue; branches missing"),
        "soon": _("due soon; days left"),
        "none": _("not required"),
        "wait": _("not yet due"),
    }
    sample = {"late": 3, "over": 3, "soon": 3}
    return {
        "items": [
            {"css": CELL_CLASSES[k], "mark": cell_mark(k), "number": sample.get(k, ""), "words": words[k]}
            for k in STATE_CLASSES
        ]
    }


@register.filter
def percent(part: int, whole: int) -> str:
    """``part`` of ``whole`` with one decimal; an empty whole has no percentage, never 0 %."""
    return f"{part * 100 / whole:.1f}%" if whole else "—"


@register.filter
def figure(number: int | None) -> str:
    """A number with its thousands parted; nothing known is a dash, never 0."""
    return "—" if number in (None, "") else f"{number:,}"
