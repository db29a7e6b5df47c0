"""Geometry of the Gantt chart: positions in per cent of the width, so that it fits any screen and paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.plan.rules import Span

NARROW = 0.13  # of the whole width: less does not hold the name of a month
FILLS = ("c1", "c2", "c3")  # phases in turn; shape, order and words tell them apart as well


def day_words(day: date) -> str:
    """A day without its year, in the reader's language."""
    return date_format(day, pgettext("format of a day without its year", "j N"))


def span_words(span: Span) -> str:
    """A stretch of days in words."""
    return f"{day_words(span.starts_on)}–{day_words(span.ends_on)}"


@dataclass(frozen=True)
class Bar:
    """A rectangle of the chart; ``x`` and ``width`` are per cent, as SVG writes them."""

    x: str
    width: str
    css: str
    words: str


@dataclass(frozen=True)
class Drawing:
    """One line of the chart. ``label`` says the same in words."""

    bars: list[Bar]
    peaks: list[Bar]
    months: list[tuple[str, str]]
    today: str
    days: str
    label: str


class Scale:
    """From the first to the last day that is shown."""

    def __init__(self, spans: Iterable[Span], today: date) -> None:
        days = [day for span in spans for day in (span.starts_on, span.ends_on)] or [today]
        self.first, self.last, self.today = min(days), max(days), today
        self.total = (self.last - self.first).days + 1

    def at(self, day: date) -> str:
        """Where a day begins."""
        return f"{(day - self.first).days * 100 / self.total:.2f}%"

    def bar(self, span: Span, css: str, words: str) -> Bar | None:
        """A span on the scale, cut at its ends; None when it lies outside."""
        start, end = max(span.starts_on, self.first), min(span.ends_on, self.last)
        if end < start:
            return None
        return Bar(self.at(start), f"{Span(start, end).days * 100 / self.total:.2f}%", css, words)

    def months(self) -> list[tuple[str, str]]:
        """Where each month begins, and its name; a stub too narrow for a name goes without."""
        found = []
        day = self.first
        while day <= self.last:
            following = (day.replace(day=1) + timedelta(32)).replace(day=1)
            wide = (min(following, self.last) - day).days >= self.total * NARROW
            found.append((self.at(day), date_format(day, pgettext("format of a month", "N")) if wide else ""))
            day = following
        return found

    def draw(self, names: Mapping[str, str], spans: Mapping[str, Span], peaks: Iterable[Span] = ()) -> Drawing:
        """The line of a unit."""
        words = {code: f"{names[code]} {span_words(span)}" for code, span in spans.items()}
        fills = {code: FILLS[i % len(FILLS)] for i, code in enumerate(names)}
        bars = [self.bar(span, fills[code], words[code]) for code, span in spans.items()]
        busy = [self.bar(peak, "xf-peak", _("full production %s") % span_words(peak)) for peak in peaks]
        within = self.first <= self.today <= self.last
        return Drawing(
            bars=[bar for bar in bars if bar],
            peaks=[bar for bar in busy if bar],
            months=self.months(),
            today=self.at(self.today) if within else "",
            days=_days(list(spans.values())),
            label="; ".join([*words.values(), *(bar.words for bar in busy if bar)]),
        )


def _days(spans: list[Span]) -> str:
    if not spans:
        return ""
    total = Span(spans[0].starts_on, spans[-1].ends_on).days
    return ngettext("%d day", "%d days", total) % total


def key(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Fill and name of each phase, for the key above the chart."""
    return [(FILLS[i % len(FILLS)], name) for i, name in enumerate(names.values())]
