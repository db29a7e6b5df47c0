"""Figures of opinions for an organisation with everything below it: numbers only, never words (item 60).

They are also read by those who may see an organisation's figures without its records (assisted units).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q

from campaign.opinions.categories import Category, categories_of
from campaign.opinions.models import Channel, Opinion, OpinionItem, SourceGroup
from campaign.opinions.rules import HIDDEN_BELOW, hidden, hidden_cells, shares
from campaign.plan.models import Campaign
from enterprises.models import Organization
from enterprises.tree import WIDTH, under


@dataclass(frozen=True)
class CategoryRow:
    """One category: originals, what they became after merging, its share, and the line of batch one."""

    category: Category
    originals: int
    merged: int
    share: Decimal


@dataclass(frozen=True)
class Cell:
    """A number of a cross table; ``hidden`` when it might tell who wrote (2.12)."""

    number: int
    hidden: bool = False


@dataclass(frozen=True)
class CrossRow:
    """One source group or channel by category."""

    label: str
    cells: list[Cell]
    total: Cell


@dataclass
class Figures:
    """Everything the report shows. ``base`` are the sorted originals that shares are taken of."""

    received: int = 0
    raw: int = 0
    removed: int = 0
    merged: int = 0
    answered: int = 0
    rows: list[CategoryRow] = field(default_factory=list)
    by_source: list[CrossRow] = field(default_factory=list)
    by_channel: list[CrossRow] = field(default_factory=list)

    @property
    def base(self) -> int:
        return sum(row.originals for row in self.rows)

    @property
    def too_few(self) -> bool:
        """So few that even the categories might tell who wrote."""
        return 0 < self.received < HIDDEN_BELOW


@dataclass(frozen=True)
class UnitRow:
    """An organisation below with everything under it."""

    organization: Organization
    received: int
    raw: int
    shares: list[Decimal]

    @property
    def too_few(self) -> bool:
        return 0 < self.received < HIDDEN_BELOW


def figures(campaign: Campaign, organization: Organization) -> Figures:
    """The figures of an organisation with everything below it."""
    inside = Opinion.objects.filter(under(organization.path, "organization__"), campaign=campaign).order_by()
    counted = inside.values_list("state", "category", "source_group", "channel").annotate(n=Count("pk"))
    rows = list(counted)
    states: Counter[str] = Counter()
    for state, _category, _source, _channel, n in rows:
        states[state] += n
    known = categories_of(campaign)
    placed = [row for row in rows if row[1] in known and row[0] in ("SORTED", "MERGED")]
    by_category: Counter[str] = Counter()
    loose: Counter[str] = Counter()
    for state, category, _source, _channel, n in placed:
        by_category[category] += n
        loose[category] += n if state == "SORTED" else 0
    items = _items(campaign, organization)
    shared = shares({code: by_category[code] for code in known})
    found = Figures(
        received=sum(states.values()) - states["REMOVED"],
        raw=states["RAW"],
        removed=states["REMOVED"],
        merged=sum(n for n, _done in items.values()),
        answered=sum(done for _n, done in items.values()),
    )
    found.rows = [
        CategoryRow(known[code], by_category[code], loose[code] + items.get(code, (0, 0))[0], shared[code])
        for code in known
    ]
    found.by_source = _cross(placed, 2, {"": "", **_labels(SourceGroup)}, known)
    found.by_channel = _cross(placed, 3, _labels(Channel), known)
    return found


def _items(campaign: Campaign, organization: Organization) -> dict[str, tuple[int, int]]:
    """By category: the items that originals were merged into, and how many of them are answered."""
    inside = OpinionItem.objects.filter(under(organization.path, "organization__"), campaign=campaign)
    used = inside.filter(opinions__isnull=False).order_by()
    answered = Count("pk", filter=Q(answered_on__isnull=False), distinct=True)
    rows = used.values_list("category").annotate(n=Count("pk", distinct=True), answered=answered)
    return {category: (n, done) for category, n, done in rows}


def _labels(choices) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _cross(placed, place: int, labels: Mapping[str, str], known: Mapping[str, Category]) -> list[CrossRow]:
    """Rows of a cross table; what might tell who wrote is marked as hidden."""
    counts: dict[str, Counter[str]] = {}
    for row in placed:
        counts.setdefault(row[place], Counter())[row[1]] += row[4]
    values = [value for value in labels if value in counts]
    table = [[counts[value][code] for code in known] for value in values]
    totals = hidden({value: sum(row) for value, row in zip(values, table, strict=True)})
    secret = hidden_cells(table)
    return [
        CrossRow(
            labels[value],
            [Cell(n, (r, c) in secret) for c, n in enumerate(row)],
            Cell(sum(row), value in totals),
        )
        for r, (value, row) in enumerate(zip(values, table, strict=True))
    ]


_BELOW = """
SELECT left(o.path, %(length)s), p.category, count(*), count(*) FILTER (WHERE p.state = 'RAW')
FROM enterprises_organization o JOIN campaign_opinion p ON p.organization_id = o.id
WHERE o.path LIKE %(path)s AND length(o.path) >= %(length)s AND p.campaign_id = %(campaign)s
  AND p.state <> 'REMOVED'
GROUP BY 1, 2
"""


def below(campaign: Campaign, organization: Organization) -> list[UnitRow]:
    """The organisations directly below that received opinions, or something under them did."""
    length = len(organization.path) + WIDTH
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"length": length, "path": organization.path + "%", "campaign": campaign.pk})
        return unit_rows(campaign, cursor.fetchall())


_ASSISTED = """
SELECT lead.path, p.category, count(*), count(*) FILTER (WHERE p.state = 'RAW')
FROM enterprises_enterprise unit
JOIN enterprises_organization lead ON lead.id = unit.leading_organization_id AND lead.assisted
JOIN enterprises_organization o ON o.path >= lead.path AND o.path < lead.path || '~'
JOIN campaign_opinion p ON p.organization_id = o.id AND p.campaign_id = %(campaign)s AND p.state <> 'REMOVED'
WHERE unit.path >= %(path)s AND unit.path < %(path)s || '~'
GROUP BY 1, 2
"""


def assisted(campaign: Campaign, organization: Organization) -> list[UnitRow]:
    """The assisted units of the enterprise that this organisation leads, beside its totals (item 8)."""
    unit = organization.enterprise
    if unit is None or unit.leading_organization_id != organization.pk:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ASSISTED, {"path": unit.path, "campaign": campaign.pk})
        return unit_rows(campaign, cursor.fetchall())


def unit_rows(campaign: Campaign, counted: list[tuple[str, str, int, int]]) -> list[UnitRow]:
    """Rows of (path, category, received, raw) as one row for each organisation, in order of the tree."""
    known = categories_of(campaign)
    by_path: dict[str, Counter[str]] = {}
    received: Counter[str] = Counter()
    raw: Counter[str] = Counter()
    for path, category, n, unsorted in counted:
        by_path.setdefault(path, Counter())[category] += n
        received[path] += n
        raw[path] += unsorted
    organizations = Organization.objects.filter(path__in=list(by_path)).order_by("directory_order", "code")
    return [
        UnitRow(
            organization,
            received[organization.path],
            raw[organization.path],
            list(shares({code: by_path[organization.path][code] for code in known}).values()),
        )
        for organization in organizations
    ]
