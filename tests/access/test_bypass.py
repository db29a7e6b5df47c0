"""Reads the source: every look-up that serves a person goes through ``visible_to``.

Looked at: views, forms, filters, lists, exports, panels and context of every room. Actions, rules, queries
and tasks are called with what a view has found, or act for the system; tasks load by id and call one action.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "enterprises", "campaign", "supervision")
WATCHED = (
    "views", "forms", "filters", "listing", "export", "exports", "panels", "context", "navigation", "boards",
    "pages", "calendars", "sheet", "tasks", "overview",
)  # fmt: skip
LOOKUPS = {"get", "filter", "all", "exclude", "first", "last", "in_bulk", "values", "values_list", "count",
           "exists", "iterator", "aggregate", "annotate", "order_by", "select_related", "open", "search",
           "on_roll", "under", "below", "in_force", "branches", "earliest", "latest", "raw"}  # fmt: skip
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
MANAGERS = {"objects", "_base_manager", "_default_manager"}

# The plan of a campaign is the same for everybody who is signed in: these have no owner to hide them from.
UNSCOPED = {"Campaign", "Phase", "Step"}

# (file, the look-up as written up to its first call) -> why it may go round ``visible_to``.
JUSTIFIED = {
    **dict.fromkeys(
        [
            ("campaign/business/panels.py", "EconomicIndicator.objects.filter"),
            ("campaign/business/panels.py", "Participation.objects.filter"),
            ("campaign/exemplars/panels.py", "ModelMember.objects.filter"),
            ("campaign/leadership/panels.py", "ContactPoint.objects.filter"),
            ("campaign/leadership/panels.py", "ImplementationPlan.objects.filter"),
            ("campaign/mechanisms/panels.py", "LongTermMechanism.objects.filter"),
            ("campaign/mechanisms/panels.py", "Regulation.objects.filter"),
            ("campaign/rectification/panels.py", "RectificationItem.objects.filter"),
            ("campaign/study/panels.py", "AppliedNote.objects.filter"),
        ],
        "what an organization's own summary starts from, or a warning on organisations in sight; their pages ask",
    ),
    ("campaign/leadership/panels.py", "PlanVersion.objects.filter"): (
        "which guiding ideas a plan lacks, for warnings on organisations in sight; no text is shown"
    ),
    ("campaign/study/panels.py", "SessionTags.objects.filter"): "the tags of a meeting that has been found already",
    ("config/context.py", "DemoNotice.objects.exists"): ("whether the installation holds demo data; no row is shown"),
    ("campaign/overview/account.py", "Organization.objects.filter"): "for the command `progress`, run by operators",
    ("campaign/overview/lookup.py", "Organization.objects.filter"): "for commands, run by operators",
    ("campaign/overview/lookup.py", "Member.objects.select_related"): "for commands, run by operators",
    ("campaign/overview/nodes.py", "FoldState.objects.values"): "the moment of the last fold, which hides nothing",
    ("campaign/overview/nodes.py", "Enterprise.objects.filter"): "a condition on rows that are themselves visible",
    ("campaign/overview/stuck.py", "Enterprise.objects.filter"): "a condition on rows that are themselves visible",
    ("campaign/plan/calendars.py", "PhaseSchedule.objects.select_related"): (
        "a prefetch of rows that are themselves visible"
    ),
    ("campaign/meetings/panels.py", "Absence.objects.filter"): (
        "figures of meetings found through visible_to, and warnings on organisations in sight"
    ),
    ("campaign/progress/record_pages.py", "Account.objects.filter"): (
        "the name beside a change that may be read; the account itself stays closed"
    ),
    ("campaign/publicity/panels.py", "PhaseSchedule.objects.filter"): (
        "dates for warnings on organisations in sight; no row is shown"
    ),
    (
        "campaign/masses/panels.py",
        "PublicComment.objects.filter",
    ): "published comments on the public page: for everybody",
    ("campaign/services/panels.py", "UserLine.objects.filter"): (
        "whether a line exists, for warnings on organisations in sight; no row is shown"
    ),
    ("campaign/services/panels.py", "Enterprise.objects.filter"): (
        "units for warnings on organisations in sight; no row is shown"
    ),
    ("campaign/membership/panels.py", "MemberSearchCase.objects.filter"): (
        "whether a search is open, for warnings on organisations in sight; no row is shown"
    ),
    ("campaign/membership/panels.py", "Member.objects.on_roll"): (
        "a count for warnings on organisations in sight; no row is shown"
    ),
    ("campaign/meetings/panels.py", "Meeting.objects.filter"): (
        "figures for warnings on organisations in sight; no row is shown"
    ),
    ("enterprises/signin/views.py", "model.objects.filter"): (
        "where one holds a post is one's own to know, whatever the acting post lets see"
    ),
    ("campaign/overview/panels.py", "MemberTally.objects.filter"): ("figures lent to rows that are themselves visible"),
    ("enterprises/views/base.py", "type(self.subject)._base_manager.select_for_update"): (
        "locks the row that was just found through visible_to"
    ),
    ("enterprises/views/organizations.py", "Organization.objects.open"): (
        "a subquery on rows that are themselves visible: whether anything stands below"
    ),
    ("enterprises/views/organizations.py", "Post.objects.filter"): (
        "who leads an organisation in sight is part of what it is"
    ),
    ("enterprises/views/organizations.py", "Account.objects.filter"): (
        "the name beside a change that may be read; the account itself stays closed"
    ),
    ("enterprises/views/organizations.py", "Organization.objects.filter"): (
        "figures of what a confirmation will move; the permission at its top was checked"
    ),
    ("enterprises/views/organization_forms.py", "Member.objects.filter"): (
        "a count for a confirmation; the permission at the organisation was checked"
    ),
    ("enterprises/views/members.py", "Organization.objects.filter"): (
        "the names of the places where a visible member holds posts"
    ),
    ("enterprises/views/units.py", "Organization.objects.open"): ("a count of branches beside a visible unit"),
    ("enterprises/views/units.py", "Organization.objects.filter"): (
        "a count for a notice; the permission at the unit was checked"
    ),
    ("enterprises/filters.py", "Exemption.objects.filter"): ("a condition on rows that are themselves visible"),
    ("enterprises/filters.py", "Post.objects.in_force"): ("a condition on rows that are themselves visible"),
    ("enterprises/forms/members.py", "Organization.objects.filter"): (
        "the chain above the own branch is known to its members"
    ),
}


@dataclass(frozen=True)
class Lookup:
    """One look-up in the source."""

    file: str
    line: int
    text: str


def watched_files() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            relative = path.relative_to(ROOT)
            if not {"migrations", "demo"} & set(relative.parts) and any(
                part.removesuffix(".py").endswith(WATCHED) for part in relative.parts
            ):
                yield path


def _through_visible_to(call: ast.Call, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether ``visible_to`` stands anywhere in the chain of calls that this one belongs to."""
    node: ast.AST = call
    while isinstance(parents.get(node), (ast.Attribute, ast.Call)):
        parent = parents[node]
        if isinstance(parent, ast.Attribute) and parent.attr == "visible_to":
            return True
        if isinstance(parent, ast.Call) and parent.func is not node:
            break
        node = parent
    return False


def lookups(tree: ast.AST, file: str) -> Iterator[Lookup]:
    """The look-ups of a module that go round ``visible_to``."""
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        func = node.func
        if isinstance(func, ast.Name) and func.id in SHORTCUTS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id[:1].isupper():
                yield Lookup(file, node.lineno, f"{func.id}({first.id})")
        elif (
            isinstance(func, ast.Attribute)
            and isinstance(func.value, ast.Attribute)
            and func.value.attr in MANAGERS
            and (func.attr in LOOKUPS or func.attr.startswith("select_"))
            and ast.unparse(func.value.value) not in UNSCOPED
            and not _through_visible_to(node, parents)
        ):
            yield Lookup(file, node.lineno, ast.unparse(func))


def found() -> list[Lookup]:
    result: list[Lookup] = []
    for path in watched_files():
        file = path.relative_to(ROOT).as_posix()
        result += lookups(ast.parse(path.read_text()), file)
    return result


def test_no_lookup_goes_round_visible_to():
    loose = [f"{x.file}:{x.line} {x.text}" for x in found() if (x.file, x.text) not in JUSTIFIED]
    assert not loose, "\n".join(loose)


def test_every_justification_is_still_needed():
    assert set(JUSTIFIED) <= {(x.file, x.text) for x in found()}


@pytest.mark.parametrize(
    ("source", "bypass"),
    [
        ("Member.objects.get(pk=1)", True),
        ("Member.objects.all().visible_to(a)", False),
        ("Member.objects.visible_to(a).filter(x=1)", False),
        ("Member.objects.filter(pk__in=Member.objects.visible_to(a))", True),
        ("get_object_or_404(Member, pk=1)", True),
        ("get_object_or_404(Member.objects.visible_to(a), pk=1)", False),
        ("Member._base_manager.select_for_update().get(pk=1)", True),
    ],
)
def test_the_reader_tells_them_apart(source, bypass):
    assert bool(list(lookups(ast.parse(source), "x.py"))) is bypass
