"""The tables of a node: coverage, contact, categories, applicants and admissions, new organizations.

Each is a builder that gets the node, what stands directly below it, the campaign and the period, and gives a
``Sheet``: the same for the page, for print and for the Excel file.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from campaign.membership import figures, rules
from campaign.membership.contact import Silent, silent_below
from campaign.membership.place import too_many
from campaign.plan.models import Campaign
from campaign.progress import queries
from campaign.progress.record_pages import listed
from enterprises.models import Member, Organization

Words = str | Promise
MONTHS_BACK = 11  # where no campaign has been launched: the last twelve months
NEW_FORMS = (
    Organization.Kind.JOINT_BRANCH,
    Organization.Kind.TEMPORARY_BRANCH,
    Organization.Form.MOBILE,
    Organization.Form.RETIRED,
)


@dataclass(frozen=True)
class Line:
    """A row: its name, where it leads, and its cells; numbers are numbers, shares are words."""

    name: str
    cells: list[Any]
    url: str = ""


@dataclass
class Sheet:
    """A table; ``first`` heads the names, ``notes`` say what counts as what."""

    first: str
    headings: list[str]
    lines: list[Line] = field(default_factory=list)
    total: Line | None = None
    notes: list[str] = field(default_factory=list)
    too_many: bool = False


@dataclass(frozen=True)
class Asked:
    """What a table is about."""

    node: Organization
    below: Sequence[Organization]
    campaign: Campaign | None
    since: date
    until: date

    @property
    def places(self) -> Sequence[Organization]:
        """The rows: what stands directly below; a branch is its own row."""
        return self.below or [self.node]

    @property
    def too_many(self) -> bool:
        """Whether the subtree is too large to be counted member by member."""
        return too_many(self.node)


def share(part: int, whole: int) -> str:
    """A share with one decimal; of nothing there is none."""
    return f"{part * 100 / whole:.1f}%" if whole else "—"


def _line(place: Organization, asked: Asked, report: str, cells: list[Any]) -> Line:
    """The row of a place: what stands below leads to its own table."""
    url = reverse("membership:report", args=[place.pk, report]) if place.pk != asked.node.pk else ""
    return Line(place.name, cells, url)


def _summed(lines: Iterable[Line]) -> list[int]:
    return [sum(column) for column in zip(*(line.cells for line in lines), strict=True)]


def coverage(asked: Asked) -> Sheet:
    """Coverage = taking part / all, with found, still sought and excused beside it (item 37)."""
    counted = queries.figures([asked.node, *asked.below], asked.campaign, asked.until, steps=[])
    by_path = figures.searches(asked.node, asked.campaign, asked.since, asked.until)

    def cells(members: Any, found: figures.Searches) -> list[Any]:
        rate = share(members.covered, members.total)
        parts = [members.covered, rate, found.found, members.sought, members.excused]
        return [members.total, *parts, found.open, found.partly, found.not_found, found.gone]

    none = figures.Searches()
    headings = [
        _("Members in total"), _("Taking part"), _("Coverage"), _("of them found"), _("Still sought"),
        _("Excused with approval"), _("Searches open"), _("Partly found"), _("Not found"), _("Moved or deceased"),
    ]  # fmt: skip
    sheet = Sheet(_("Organization"), headings)
    for place in asked.places:
        own = cells(counted[place.pk].members, by_path.get(place.path, none))
        sheet.lines.append(_line(place, asked, "coverage", own))
    if asked.below:
        everything = sum(by_path.values(), none)
        sheet.total = Line(_("In all"), cells(counted[asked.node.pk].members, everything))
    sheet.notes = [
        _("Members in total = taking part + still sought + excused."),
        _("Found are those of the members taking part whom a search found in this period."),
    ]
    return sheet


def contact(asked: Asked) -> Sheet:
    """Members without any contact for 90 days, by organization (item 37)."""
    sheet = Sheet(_("Organization"), [_("Without contact"), _("of them with no contact on record"), _("Searches open")])
    if asked.too_many:
        sheet.too_many = True
        return sheet
    silent = silent_below(asked.node, asked.until)
    by_path = figures.searches(asked.node, None, asked.since, asked.until)
    for place in asked.places:
        own = silent.get(place.path, Silent())
        url = (
            listed("membership:contact_list", place)
            if place.is_branch
            else reverse("membership:report", args=[place.pk, "contact"])
        )
        cells = [own.members, own.never, by_path.get(place.path, figures.Searches()).open]
        sheet.lines.append(Line(place.name, cells, url))
    sheet.total = Line(_("In all"), _summed(sheet.lines)) if asked.below else None
    sheet.notes = [
        _(
            "Without contact: for 90 days present at no meeting, no make-up lesson, no talk, no activity, not reached "
            "by a search, and no contact entered. Silence counts from the first campaign on."
        )
    ]
    return sheet


def categories(asked: Asked) -> Sheet:
    """Members on the roll by main category (item 30)."""
    named = list(Member.Category)
    labels = [str(category.label) for category in named]
    service = len(figures.IN_SERVICE)
    sheet = Sheet(_("Organization"), [_("On the roll"), _("in service"), *labels[:service], *labels[service:]])
    if asked.too_many:
        sheet.too_many = True
        return sheet
    by_path = figures.categories(asked.node)
    for place in asked.places:
        own = by_path.get(place.path, {})
        cells = [sum(own.values()), sum(own.get(c, 0) for c in figures.IN_SERVICE), *(own.get(c, 0) for c in named)]
        sheet.lines.append(_line(place, asked, "categories", cells))
    if asked.below:
        sums = _summed(sheet.lines)
        sheet.total = Line(_("In all"), sums)
    sheet.notes = [
        _("On the roll = in service + retired + laid-off or unemployed + mobile. In service are the four before them."),
    ]
    return sheet


def joining(asked: Asked) -> Sheet:
    """Applications and admissions by month, with the age band up to 35 (item 45)."""
    found = figures.joining(asked.node, asked.since, asked.until)
    sheet = Sheet(
        _("Month"),
        [
            _("Applications"), _("of them 35 or younger"), _("of them of unknown age"),
            _("Admissions"), _("of them 35 or younger"), _("of them of unknown age"),
        ],
    )  # fmt: skip
    for first in rules.months(asked.since, asked.until):
        month = f"{first:%Y-%m}"
        applied, admitted = (found.get((month, what), figures.Age()) for what in ("applied", "admitted"))
        sheet.lines.append(Line(month, [*applied, *admitted]))
    sheet.total = Line(_("In all"), _summed(sheet.lines))
    now = figures.stages(asked.node)
    told = {stage: now.get(stage, 0) for stage in (rules.APPLICANT, rules.ACTIVIST, rules.CANDIDATE)}
    on_the_way = _("On the way today: applicants %(APPLICANT)d, activists %(ACTIVIST)d, candidates %(CANDIDATE)d.")
    sheet.notes = [
        on_the_way % told,
        _("The age is that on the day of applying, or of being admitted by the general meeting."),
    ]
    return sheet


def type_name(code: str) -> str:
    """The words for a type of organization: its form, else its kind."""
    labels = dict(Organization.Kind.choices) | dict(Organization.Form.choices)
    return str(labels[code])


def founded(asked: Asked) -> Sheet:
    """Newly founded organizations by month and type; the new forms always have their columns (item 40)."""
    found = figures.founded(asked.node, asked.since, asked.until)
    order = [*NEW_FORMS, *(kind for kind in Organization.Kind if kind not in NEW_FORMS and kind in found)]
    sheet = Sheet(_("Month"), [*(type_name(kind) for kind in order), pgettext("sum of a row", "All types")])
    for first in rules.months(asked.since, asked.until):
        cells = [found.get(kind, {}).get(f"{first:%Y-%m}", 0) for kind in order]
        sheet.lines.append(Line(f"{first:%Y-%m}", [*cells, sum(cells)]))
    sheet.total = Line(_("In all"), _summed(sheet.lines))
    sheet.notes = [
        _("By the day of founding. A branch of mobile or of retired members counts under its form, not its kind.")
    ]
    return sheet


@dataclass(frozen=True)
class Report:
    """A table with its title."""

    title: Words
    build: Callable[[Asked], Sheet]
    dated: bool = True


REPORTS: dict[str, Report] = {
    "coverage": Report(gettext_lazy("Coverage and finding members"), coverage),
    "contact": Report(gettext_lazy("Members without contact"), contact, dated=False),
    "categories": Report(gettext_lazy("Members by category"), categories, dated=False),
    "joining": Report(gettext_lazy("Applicants and newly admitted members"), joining),
    "founded": Report(gettext_lazy("Newly founded organizations"), founded),
}
