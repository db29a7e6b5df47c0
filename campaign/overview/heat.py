"""The heat map: units by steps. Pure: figures in, cells out (design section 2, "States")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from campaign.overview.nodes import Head
from campaign.plan.models import Phase, Step
from campaign.progress.counting import Figures
from campaign.progress.rules import Cell, Counts, State, StatusLike, cell, own_cell
from enterprises.models import Organization

MAX_COLUMNS = 14
# The letters of the stylesheet.
LETTERS = {
    State.OK: "g",
    State.LATE: "y",
    State.OVER: "r",
    State.SOON: "b",
    State.NONE: "x",
    State.WAIT: "w",
}


WORDS = {
    State.OK: _lazy("done in time"),
    State.LATE: _lazy("made up or late"),
    State.OVER: _lazy("overdue"),
    State.SOON: _lazy("due soon"),
    State.NONE: _lazy("not expected"),
    State.WAIT: _lazy("not due yet"),
}


def figure(state: State, number: int | None) -> str:
    """The number as the cell shows it; days carry their unit."""
    if number is None:
        return ""
    return _("%(n)s d") % {"n": number} if state is State.SOON else str(number)


def spoken(step: str, state: State, number: int | None) -> str:
    """What a cell says, in words: for screen readers and the hover text."""
    return _("%(step)s: %(state)s") % {"step": step, "state": sentence(state, number)}


def sentence(state: State, number: int | None) -> str:
    """State and number in words."""
    if number is None:
        return str(WORDS[state])
    n = {"n": number}
    if state is State.OVER:
        return ngettext("overdue, %(n)s organization behind", "overdue, %(n)s organizations behind", number) % n
    if state is State.LATE:
        return ngettext("made up or late, %(n)s organization", "made up or late, %(n)s organizations", number) % n
    if state is State.SOON:
        return ngettext("due in %(n)s day", "due in %(n)s days", number) % n
    return _("done in time, %(n)s still behind within the tolerance") % n


@dataclass
class Row:
    """One unit of the heat map; ``cells`` in the order of the steps of ``figures``."""

    organization: Organization | Head
    name: str
    url: str
    figures: Figures
    cells: list[Cell]

    @property
    def is_behind(self) -> bool:
        return any(item.state is State.OVER for item in self.cells)

    def is_behind_in(self, code: str) -> bool:
        """Whether the step with that code is overdue in this unit."""
        states = zip(self.figures.steps, self.cells, strict=True)
        return any(part.step.code == code and item.state is State.OVER for part, item in states)

    @property
    def hardness(self) -> tuple[int, int, int]:
        """Sort key: most overdue steps first, then most organisations behind, then most that came late."""
        overdue = [item.number or 0 for item in self.cells if item.state is State.OVER]
        late = sum(item.state is State.LATE for item in self.cells)
        return (-len(overdue), -sum(overdue), -late)


@dataclass
class Group:
    """Rows under one heading. ``local``: of the locality's concern, drawn with a dashed rule and ``tag``."""

    title: str | Promise
    rows: list[Row]
    note: str | Promise = ""
    local: bool = False
    tag: str | Promise = ""


@dataclass(frozen=True)
class Column:
    """One step as a column; ``opens_phase`` leaves the gap before a new phase."""

    step: Step
    name: str  # in the reader's language, asked for once for all the rows
    opens_phase: bool

    @property
    def focus(self) -> str:
        """What leads from a unit's address to its units behind in this step."""
        return f"&focus={self.step.code}"

    @property
    def anchor(self) -> str:
        """What leads from a branch's address to the place of this step on its page."""
        return f"#step-{self.step.code}"


class Line(NamedTuple):
    """A row as one map shows it: of its cells only those of the map's columns."""

    row: Row
    cells: Sequence[Cell]


@dataclass
class Heat:
    """A heat map of at most ``MAX_COLUMNS`` columns; ``blocks`` are groups with their lines."""

    phases: list[tuple[Phase, int]]
    columns: list[Column]
    blocks: list[tuple[Group, list[Line]]]

    @property
    def span(self) -> int:
        """Columns of the table, the unit's name included."""
        return len(self.columns) + 1


def maps(steps: Sequence[Step], groups: Sequence[Group]) -> list[Heat]:
    """The groups as heat maps: one, or several where the campaign has more steps than fit side by side."""
    drawn = []
    start = 0
    for window in windows(steps):
        columns = _columns(window)
        blocks = [(group, _lines(group, start, columns)) for group in groups]
        drawn.append(Heat(_phases(window), columns, blocks))
        start += len(window)
    return drawn


def _phases(steps: Sequence[Step]) -> list[tuple[Phase, int]]:
    return [(phase, len(list(inside))) for phase, inside in groupby(steps, key=lambda step: step.phase)]


def _columns(steps: Sequence[Step]) -> list[Column]:
    return [
        Column(step, step.name, opens_phase=i > 0 and step.phase_id != steps[i - 1].phase_id)
        for i, step in enumerate(steps)
    ]


def _lines(group: Group, start: int, columns: Sequence[Column]) -> list[Line]:
    return [Line(row, row.cells[start : start + len(columns)]) for row in group.rows]


def make_cell(step: Step, counts: Counts, own: StatusLike | None, today: date) -> Cell:
    """The cell of a node: what its subtree shows, or what it owes itself where that is worse."""
    return own_cell(step, own, counts, today) if own and own.applicable else cell(step, counts, today)


def make_row(organization: Organization | Head, figures: Figures, today: date, url: str) -> Row:
    """The row of one organisation from its figures; ``url`` is its own dashboard, the campaign chosen."""
    own = figures.own
    cells = [make_cell(part.step, part, own.get(part.step.pk), today) for part in figures.steps]
    return Row(organization, organization.name, url, figures, cells)


def windows(steps: Sequence[Step]) -> list[list[Step]]:
    """Whole phases packed into maps of at most ``MAX_COLUMNS`` steps (a phase is never torn apart)."""
    packed: list[list[Step]] = []
    for _phase, inside in groupby(steps, key=lambda step: step.phase_id):
        chunk = list(inside)
        if packed and len(packed[-1]) + len(chunk) <= MAX_COLUMNS:
            packed[-1].extend(chunk)
        else:
            packed.append(chunk)
    return packed
