"""Template tags of the dashboards. A country's map has 1,400 cells, so that cells are drawn in one go."""

import html
from datetime import date

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from campaign.overview import charts
from campaign.overview.heat import Heat, HeatCell, Line
from campaign.overview.week import state_words
from campaign.progress.models import StepStatus
from campaign.progress.rules import State
from enterprises.templatetags.interface import cell_mark

register = template.Library()

_INSIDE = '<b aria-hidden="true">{}</b>{}<span class="visually-hidden">{}</span>'
PHONE_COLUMNS = 12


@register.simple_tag(takes_context=True)
def heat_cells(context: Context, line: Line) -> SafeString:
    """The cells of one unit's row. What stands inside a cell is drawn once for all units alike."""
    known = context.render_context.setdefault("heat cells", {})
    drawn = []
    for item, gap in line.cells:
        key = (item.step.pk, item.state, item.number)
        inside = known.get(key)
        if inside is None:
            inside = known[key] = _inside(item)
        # The address is escaped here, the inside is safe already: format_html costs a third of the page.
        first = " p1" if gap else ""
        drawn.append(f'<td class="{item.letter}{first}"><a href="{html.escape(item.url)}">{inside}</a></td>')
    return mark_safe("".join(drawn))


def _inside(item: HeatCell) -> SafeString:
    figure = format_html('<i aria-hidden="true">{}</i>', item.figure) if item.figure else ""
    return format_html(_INSIDE, cell_mark(item.state.value), figure, item.sentence)


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
