"""The facts that the rules of 2.1, 2.5 and items 38-39 ask for, gathered in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q
from django.urls import reverse

from enterprises import remarks, rules
from enterprises.access.roles import SECRETARIES
from enterprises.models import CheckFinding, Enterprise, Member, Organization, PartyGroup, Post
from enterprises.rules import Remark, Size
from enterprises.tree import ancestor_paths
from enterprises.warnings import Warning, register

_READ = (
    "id",
    "path",
    "kind",
    "term_end",
    "extension_until",
    "secretary_name",
    "closed_on",
    "enterprise_id",
)
OFFICERS = (*SECRETARIES, "DEPUTY_SECRETARY", "COMMITTEE_MEMBER")
# Figures of whole subtrees: looked up from the last run instead of being counted for a page.
COUNTED = {"GENERAL_BRANCH_SMALL", "GENERAL_BRANCH_LARGE", "COMMITTEE_SMALL"}


def preset() -> str:
    """The rule preset of this installation for sizes and terms."""
    return settings.RULE_PRESET


@dataclass
class Facts:
    """What is on record, by organisation id."""

    members: dict[int, int] = field(default_factory=dict)
    full: dict[int, int] = field(default_factory=dict)
    officers: dict[int, int] = field(default_factory=dict)
    secretaries: set[int] = field(default_factory=set)
    vacant_since: dict[int, date] = field(default_factory=dict)
    branches_below: dict[int, int] = field(default_factory=dict)


def gather(today: date, ids: list[int] | None = None) -> Facts:
    """Own figures of these organisations (``None``: of all). Subtrees are added up by ``add_up``."""
    facts = Facts()
    rolls = Member.objects.filter(status__in=Member.ON_ROLL)
    posts = Post.objects.filter(scope_kind=Post.Scope.ORGANIZATION).exclude(member=None)
    below = Organization.objects.open().branches()
    if ids is not None:
        rolls, posts = rolls.filter(branch__in=ids), posts.filter(scope_id__in=ids)
        below = below.filter(superior__in=ids)
    counted = rolls.order_by().values_list("branch").annotate(n=Count("pk"), f=Count("pk", Q(kind="FULL")))
    for pk, members, full in counted:
        facts.members[pk], facts.full[pk] = members, full
    held = posts.in_force(today).order_by()
    facts.officers = dict(
        held.filter(role__in=OFFICERS).values_list("scope_id").annotate(n=Count("member", distinct=True))
    )
    secretaries = posts.filter(role__in=SECRETARIES).order_by()
    facts.secretaries = set(secretaries.in_force(today).values_list("scope_id", flat=True))
    facts.vacant_since = dict(secretaries.filter(until__lt=today).values_list("scope_id").annotate(last=Max("until")))
    facts.branches_below = dict(below.order_by().values_list("superior").annotate(n=Count("pk")))
    return facts


def add_up(facts: Facts, paths: dict[str, int]) -> Facts:
    """The same facts with the members of everything below added to each organisation; ``paths`` are all."""
    members: dict[int, int] = defaultdict(int)
    full: dict[int, int] = defaultdict(int)
    for path, pk in paths.items():
        own = facts.members.get(pk)
        if not own:
            continue
        for above in (*ancestor_paths(path), path):
            members[paths[above]] += own
            full[paths[above]] += facts.full[pk]
    return Facts(members, full, facts.officers, facts.secretaries, facts.vacant_since, facts.branches_below)


def remarks_on(organization: Any, facts: Facts, today: date) -> list[Remark]:
    """What the rules say about one open organisation (an ``Organization``, or a row of ``_READ``)."""
    pk, kind = organization.id, organization.kind
    size = Size(
        members=facts.members.get(pk, 0),
        full=facts.full.get(pk, 0),
        officers=facts.officers.get(pk, 0),
        branches_directly_below=facts.branches_below.get(pk, 0),
    )
    named = pk in facts.secretaries or bool(organization.secretary_name)
    found = rules.size_remarks(kind, size)
    found += rules.term_remarks(kind, organization.term_end, organization.extension_until, today, preset())
    return found + rules.vacancy_remarks(kind, named, facts.vacant_since.get(pk), today)


# (organisation, unit, code): exactly one of the first two is set.
Key = tuple[int | None, int | None, str]
NIGHTLY: list[Callable[[date], dict[Key, dict]]] = []


def nightly(source: Callable[[date], dict[Key, dict]]) -> Callable[[date], dict[Key, dict]]:
    """Ask ``source`` in every nightly run too; the rooms above bring what follows from their records.

    Its codes are those of ``enterprises.remarks``; its values are plain (days as ISO dates).
    """
    if source not in NIGHTLY:
        NIGHTLY.append(source)
    return source


def find_everything(today: date) -> dict[Key, dict]:
    """Every remark on the whole tree and all units, by (organisation, unit, code)."""
    # Plain rows: a model instance for each of 200,000 organisations would take half a gigabyte.
    organizations = list(Organization.objects.order_by("path").values_list(*_READ, named=True).iterator())
    own = gather(today)
    totals = add_up(own, {o.path: o.id for o in organizations})
    found: dict[Key, dict] = {}
    for organization in organizations:
        if organization.closed_on is None:
            for remark in remarks_on(organization, totals, today):
                found[organization.id, None, remark.code] = remarks.plain(remark.values)
        # Members belong to an open branch; whoever stands elsewhere has none (item 38).
        if organization.closed_on or organization.kind not in rules.BRANCH_KINDS:
            for remark in rules.unplaced_remarks(own.members.get(organization.id, 0)):
                found[organization.id, None, remark.code] = remark.values
    found |= _groups() | _units(organizations, own)
    for source in NIGHTLY:
        found |= source(today)
    return found


def _groups() -> dict[Key, dict]:
    """Party groups against 2.1; the remark stands at the branch, the smallest group counts."""
    groups = PartyGroup.objects.filter(closed_on=None, organization__closed_on=None).annotate(
        n=Count("members", Q(members__status__in=Member.ON_ROLL)),
        f=Count("members", Q(members__status__in=Member.ON_ROLL, members__kind="FULL")),
    )
    found: dict[Key, dict] = {}
    for branch, members, full in groups.order_by("-n").values_list("organization", "n", "f"):
        for remark in rules.group_remarks(members, full):
            found[branch, None, remark.code] = remark.values
    return found


def _units(organizations: list[Any], own: Facts) -> dict[Key, dict]:
    full: dict[int, int] = defaultdict(int)
    branches: dict[int, int] = defaultdict(int)
    for organization in organizations:
        unit = organization.enterprise_id
        if unit is None:
            continue
        full[unit] += own.full.get(organization.id, 0)
        if organization.kind in rules.BRANCH_KINDS and organization.closed_on is None:
            branches[unit] += 1
    found: dict[Key, dict] = {}
    for unit in Enterprise.objects.order_by().values_list("pk", flat=True):
        for remark in rules.coverage_remarks(full[unit], branches[unit]):
            found[None, unit, remark.code] = remark.values
    return found


@register
def own_warnings(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Size, term, vacancy and unplaced members of these organisations, as they stand now.

    Figures of whole subtrees come from the last nightly run; those of a branch are counted here.
    """
    facts = gather(today, organization_ids)
    found: dict[int, list[Warning]] = {}
    for organization in Organization.objects.filter(pk__in=organization_ids, closed_on=None):
        ours = [r for r in remarks_on(organization, facts, today) if r.code not in COUNTED]
        if not organization.is_branch:
            ours += rules.unplaced_remarks(facts.members.get(organization.pk, 0))
        found[organization.pk] = [_warning(r.code, r.values, organization.pk) for r in ours]
    stored = CheckFinding.objects.filter(organization__in=found, code__in=COUNTED)
    for pk, code, values in stored.values_list("organization__pk", "code", "values"):
        found[pk].append(_warning(code, values, pk))
    return found


_REMEDIES = {
    "TERM_OVERDUE": "enterprises:organization_election",
    "TERM_ENDS_SOON": "enterprises:organization_election",
    "SECRETARY_MISSING": "enterprises:secretary",
    "SECRETARY_VACANT": "enterprises:secretary",
    "BRANCH_COMMITTEE_DUE": "enterprises:post_new",
}


def _warning(code: str, values: dict, organization_id: int) -> Warning:
    name = _REMEDIES.get(code)
    url = reverse(name, args=[organization_id]) if name else ""
    return Warning(code, remarks.sentence(code, values), url)
