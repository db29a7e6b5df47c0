"""Template tags of the dashboards. A country's map has 1,400 cells, so that cells are drawn in one go."""

import html
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.overview import charts
from campaign.overview.heat import LETTERS, Column, Heat, Line, figure, spoken
from campaign.overview.week import state_words
from campaign.progress.counting import StepFigures
from campaign.progress.models import StepStatus
from campaign.progress.rules import State
from enterprises.templatetags.interface import cell_mark

register = template.Library()

_INSIDE = '<b aria-hidden="true">{}</b>{}<span class="visually-hidden">{}</span>'
PHONE_COLUMNS = 12


@register.simple_tag
def heat_rows(lines: Iterable[Line], columns: Sequence[Column]) -> SafeString:
    """The units of one block as rows of the map."""
    language = get_language() or ""
    # Escaped here and drawn in one go: format_html or a template's variables cost a third of the page.
    places = [(c.name, " p1" if c.opens_phase else "", html.escape(c.focus), html.escape(c.anchor)) for c in columns]
    return mark_safe("\n".join(_row(language, line, places) for line in lines))


def _row(language: str, line: Line, places: list[tuple[str, str, str, str]]) -> str:
    url, of_branch = html.escape(line.row.url), line.row.organization.is_branch
    drawn = [f'<tr><th scope="row"><a href="{url}">{html.escape(line.row.name)}</a></th>']
    for (state, number), (step, gap, focus, anchor) in zip(line.cells, places, strict=True):
        inside = _inside(language, step, state, number)
        address = url + (anchor if of_branch else focus)
        drawn.append(f'<td class="{LETTERS[state]}{gap}"><a href="{address}">{inside}</a></td>')
    drawn.append("</tr>")
    return "".join(drawn)


@lru_cache(maxsize=8192)  # of maps in use: steps by states by numbers, in both languages
def _inside(language: str, step: str, state: State, number: int | None) -> SafeString:
    """What stands inside a cell: alike wherever step, state and number are."""
    shown = figure(state, number)
    mark = format_html('<i aria-hidden="true">{}</i>', shown) if shown else ""
    return format_html(_INSIDE, cell_mark(state.value), mark, spoken(step, state, number))


@register.simple_tag
def step_figures(part: StepFigures) -> SafeString:
    """The counts of one step as cells of a table, each with the label that phones show."""
    persons = f"{part.persons_done} / {part.persons_due}" if part.persons_due else "—"
    cells: tuple[tuple[str, int | str], ...] = (
        (_("Expected"), part.expected),
        (_("Done in time"), part.done),
        (_("Made up or late"), part.late),
        (_("Overdue"), part.overdue),
        (_("Not due yet"), part.pending),
        (_("Not expected"), part.not_applicable),
        (_("Persons done / due"), persons),
    )
    drawn = [f'<td data-l="{html.escape(label)}" class="n">{number}</td>' for label, number in cells]
    return mark_safe("".join(drawn))


@register.filter
def phone_grid(heat: Heat) -> str:
    """The class that gives the heat map its strip on a phone: as many cells as steps, or half of them."""
    steps = len(heat.columns)
    return f"xf-strip-{max(steps, 4) if steps <= PHONE_COLUMNS else (steps + 1) // 2}"


@register.inclusion_tag("overview/_bar.html")
def parts_bar(label: str, *pairs: str | int) -> dict:
    """A bar cut into parts: ``{% parts_bar label "c1" 90 "c2" 10 %}``; the label says the figures in words."""
    return {"label": label, "rects": charts.bar(list(zip(pairs[::2], pairs[1::2], strict=True)))}


@register.filter
def share(part: int, whole: int) -> str:
    """``part`` of ``whole`` in per cent, one decimal; only all of it is 100.0, and only nothing is 0.0."""
    return charts.percent(part, whole)


@register.filter
def overdue_days(status: StepStatus, today: date) -> str:
    """How long a status has been overdue."""
    return state_words(status, State.OVER, today)
