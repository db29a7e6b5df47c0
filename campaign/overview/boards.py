"""What a dashboard shows, read in a fixed number of statements whatever the size of the tree."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.overview import heat
from campaign.overview.choice import Choice
from campaign.overview.nodes import Head, Surroundings, enterprise_heads
from campaign.overview.sums import total, without
from campaign.plan.models import Campaign
from campaign.progress import queries as progress
from campaign.progress.counting import Figures, StepFigures
from campaign.progress.country import country
from campaign.progress.models import StepStatus
from campaign.progress.rules import State
from enterprises import clock
from enterprises.models import Account, Organization

PAGE = 100


@dataclass(frozen=True)
class Filters:
    """What the reader chose: only units behind, only those behind in one step, which page."""

    behind: bool = False
    step: str = ""
    page: str = "1"

    @property
    def active(self) -> bool:
        return self.behind or bool(self.step)

    @property
    def query(self) -> dict[str, str]:
        """The choice as URL parameters, without the page."""
        chosen = {"behind": "1"} if self.behind else {}
        return chosen | ({"step": self.step} if self.step else {})

    def keep(self, row: heat.Row) -> bool:
        """Whether a row passes."""
        if self.step:
            return row.is_behind_in(self.step)
        return row.is_behind if self.behind else True


@dataclass
class Board:
    """A dashboard: the figures of a node (or the whole country), and its units by steps."""

    title: str
    choice: Choice
    figures: Figures
    as_of: datetime
    today: date
    node: Organization | None = None
    ancestors: list[Organization] = field(default_factory=list)
    own: list[StepStatus] = field(default_factory=list)
    assisted: Figures | None = None
    national: Figures | None = None
    groups: list[heat.Group] = field(default_factory=list)
    heats: list[heat.Heat] = field(default_factory=list)
    filters: Filters = Filters()
    page: Page | None = None
    matching: int = 0
    units: int = 0
    idle: int = 0

    @property
    def campaign(self) -> Campaign | None:
        return self.choice.campaign

    @property
    def shown(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    def _sum(self, name: str) -> int:
        return sum(getattr(part, name) for part in self.figures.steps)

    @property
    def in_time(self) -> int:
        """Organisation-steps done in time."""
        return self._sum("done")

    @property
    def late(self) -> int:
        """Organisation-steps made up or done late."""
        return self._sum("late")

    @property
    def overdue(self) -> int:
        """Organisation-steps overdue."""
        return self._sum("overdue")

    @property
    def finished(self) -> int:
        """Organisation-steps done, in time or late."""
        return self.in_time + self.late

    @property
    def due_now(self) -> int:
        """Organisation-steps done, and those that should be by now."""
        return self.finished + self.overdue

    @property
    def steps(self) -> list[tuple[StepFigures, State]]:
        """The figures of every step with the state of the whole node."""
        own = self.figures.own
        return [
            (part, heat.make_cell(part.step, part, own.get(part.step.pk), self.today).state)
            for part in self.figures.steps
        ]

    @property
    def export_query(self) -> str:
        """URL parameters with which the export holds exactly what is shown."""
        chosen = {"campaign": self.campaign.code} if self.campaign else {}
        return urlencode(chosen | self.filters.query)


def _rows(
    organizations: Sequence[Organization | Head], figures: dict[int, Figures], campaign: Campaign | None, today: date
) -> list[heat.Row]:
    """A row for each, hard places first. A unit leads to its own dashboard."""
    # The address is asked for once and filled in: a country has a hundred units, a group many more.
    before, after = reverse("overview:node", args=[0]).split("0")
    chosen = f"?campaign={campaign.code}" if campaign else ""
    rows = [
        heat.make_row(organization, figures[organization.pk], today, f"{before}{organization.pk}{after}{chosen}")
        for organization in organizations
    ]
    return sorted(rows, key=lambda row: row.hardness)


def node_board(around: Surroundings, choice: Choice, filters: Filters, today: date) -> Board:
    """The dashboard of one organisation: its children by steps, hard places first."""
    figures = progress.figures(around.everyone, choice.campaign, today, choice.steps)
    board = Board(
        title=around.node.name,
        choice=choice,
        figures=figures[around.node.pk],
        as_of=around.folded_at or clock.now(),
        today=today,
        node=around.node,
        ancestors=around.ancestors,
        own=[StepStatus(**status._asdict()) for status in figures[around.node.pk].own.values()],
        filters=filters,
        units=len(around.children),
    )
    children = [row for row in _rows(around.children, figures, choice.campaign, today) if filters.keep(row)]
    board.page = Paginator(children, PAGE).get_page(filters.page)
    board.matching = len(children)
    board.groups = [heat.Group("", list(board.page.object_list))]
    if around.assisted:
        board.assisted = total(figures[head.pk] for head in around.assisted)
        heads = _rows(around.assisted, figures, choice.campaign, today)
        board.groups.append(assisted_group([row for row in heads if filters.keep(row)]))
    board.heats = heat.maps(choice.steps, board.groups)
    return board


def assisted_group(rows: list[heat.Row]) -> heat.Group:
    """Units led by a locality that the enterprise assists: apart, dashed, in no total (item 8)."""
    return heat.Group(
        _("Assisted units"),
        rows,
        _("led by local Party committees; counted apart, never in the total"),
        local=True,
    )


def office_board(account: Account, choice: Choice, filters: Filters, today: date) -> Board:
    """The dashboard of the whole country: top enterprises by steps, in Beijing and outside."""
    heads = enterprise_heads(account)
    tops = [head.top_enterprise for head in heads]
    found = country(heads, tops, choice.campaign, choice.steps, today)
    rows = _rows(heads, found.led, choice.campaign, today)
    taking_part = [row for row in rows if row.figures.members.organizations]
    assisted = found.assisted
    board = Board(
        title=choice.campaign.name if choice.campaign else _("Members and organizations"),
        choice=choice,
        figures=without(found.national, assisted),
        national=found.national,
        as_of=next((head.folded_at for head in heads if head.folded_at), None) or clock.now(),
        today=today,
        assisted=assisted if assisted.members.organizations else None,
        filters=filters,
        units=len(taking_part),
        idle=len(rows) - len(taking_part),
    )
    kept = [row for row in taking_part if filters.keep(row)]
    board.matching = len(kept)
    board.groups = _by_place(kept)
    board.heats = heat.maps(choice.steps, board.groups)
    return board


def _by_place(rows: list[heat.Row]) -> list[heat.Group]:
    inside = [row for row in rows if row.organization.in_beijing]
    outside = [row for row in rows if not row.organization.in_beijing]
    groups = []
    if inside:
        title = ngettext("%(n)s enterprise in Beijing", "%(n)s enterprises in Beijing", len(inside))
        groups.append(heat.Group(title % {"n": len(inside)}, inside, _("supervised by groups this office sends")))
    if outside:
        title = ngettext("%(n)s enterprise outside Beijing", "%(n)s enterprises outside Beijing", len(outside))
        note = _("supervised by local Party committees; this office communicates and coordinates")
        tag = _("supervised locally")
        groups.append(heat.Group(title % {"n": len(outside)}, outside, note, local=True, tag=tag))
    return groups
