"""The house rules that can be read from the source: import floors, sizes, and the one clock."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("enterprises", "campaign", "supervision")
CODE = (*APPS, "config", "runtime", "tests")
MAX_FILE, MAX_FUNCTION = 500, 60

# Floors of design section 2; a module imports only what lies below (its own room included).
FLOORS = {
    "enterprises": 0,
    "campaign.plan": 1,
    "campaign.progress": 2,
    "campaign.meetings": 3,
    "campaign.study": 3,
    "campaign.filings": 3,
    "campaign.survey": 3,
    "campaign.summary": 3,
    "campaign.gates": 3,
    "campaign.rectification": 3,
    "campaign.publicity": 3,
    "campaign.masses": 3,
    "campaign.services": 3,
    "campaign.requirements": 3,
    "campaign.exemplars": 3,
    "campaign.appraisal": 3,
    "campaign.opinions": 3,
    "campaign.leadership": 3,
    "campaign.support": 3,
    "campaign.membership": 3,
    "campaign.business": 3,
    "campaign.mechanisms": 3,
    "campaign.overview": 4,
    "supervision": 5,
}
# Modules of ``campaign`` itself (models, apps, commands, demo) stand above the rooms and belong to none.
# Steps sideways: rooms of one floor use each other's models only where the records themselves refer to each other.
SIDEWAYS = {
    ("campaign.mechanisms", "campaign.filings"),  # a filed register meets the gate's condition too
    ("campaign.masses", "campaign.meetings"),  # representatives take part in a meeting
    ("campaign.masses", "campaign.opinions"),  # a comment that is an opinion is handed over
    ("campaign.masses", "campaign.publicity"),  # comments stand under the notices
    ("campaign.study", "campaign.meetings"),  # class hours and materials are counted from the sessions
    ("campaign.summary", "campaign.survey"),  # the summary report starts from what the survey found
    ("campaign.gates", "campaign.filings"),  # a condition of a gate that no room keeps is met by a document
    ("campaign.exemplars", "campaign.meetings"),  # models are presented at report meetings
    ("campaign.appraisal", "campaign.meetings"),  # an appraisal names the meeting that agreed it
    ("campaign.appraisal", "campaign.requirements"),  # what was adopted is the checklist of an analysis (61)
    ("campaign.rectification", "campaign.opinions"),  # an item takes up what opinions said
    ("campaign.leadership", "campaign.meetings"),  # leaders' facts are read from what proves them: meetings
    ("campaign.support", "campaign.appraisal"),  # records of care are kept from logs and caches as texts are
    ("campaign.leadership", "campaign.appraisal"),  # ... and analyses handed in, without their texts (item 26)
}


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def room(module: str) -> str | None:
    """The room a dotted name belongs to."""
    for name in FLOORS:
        if module == name or module.startswith(f"{name}."):
            return name
    return None


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every imported module, with the names taken from it where they may be modules themselves."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def breaches(module: str, tree: ast.AST) -> list[str]:
    """The imports of a module that lead up or sideways."""
    here = room(module)
    if here is None:
        return []
    found = set()
    for line, name in imports(tree):
        there = room(name)
        # Rooms of one floor register with the floors below; they do not know each other.
        upward = there and there != here and FLOORS[there] >= FLOORS[here]
        if upward and (here, there) not in SIDEWAYS:
            found.add(f"{module}:{line} imports {there}")
        if name == "config" or name.startswith("config."):
            found.add(f"{module}:{line} imports config")
        if here == "enterprises" and (name == "campaign" or name.startswith("campaign.")):
            found.add(f"{module}:{line} imports campaign")
    return sorted(found)


def test_imports_run_one_way():
    found = [b for p in python_files(*APPS) for b in breaches(dotted(p), ast.parse(p.read_text()))]
    assert not found, "\n".join(found)


def test_a_breach_is_seen():
    assert breaches("campaign.plan.views", ast.parse("from campaign import meetings"))
    assert breaches("campaign.study.views", ast.parse("from campaign.filings.models import Filing"))
    assert breaches("enterprises.views", ast.parse("import campaign.plan"))
    assert not breaches("campaign.meetings.views", ast.parse("from campaign.plan.models import Step"))


def test_no_file_is_too_long():
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in python_files(*CODE)
        if (lines := len(path.read_text().splitlines())) > MAX_FILE
    ]
    assert not long, "\n".join(long)


def test_no_function_is_too_long():
    long = []
    for path in python_files(*CODE):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines}")
    assert not long, "\n".join(long)


# Days come from ``enterprises.clock``: the connection is UTC, and at 06:30 in Shanghai it is still yesterday.
OTHER_CLOCKS = re.compile(
    r"\bdate\.today\(|\bdatetime\.(now|utcnow|today)\(|\btimezone\.(now|localdate|localtime)\("
    r"|\bTruncDate\(|\bNow\(\)|(?i:\bCURRENT_DATE\b|\bCURRENT_TIMESTAMP\b)"
    r"|(?<!\)s)::date\b"  # a parameter may be cast: it is a day already
)
THE_CLOCK = "enterprises/clock.py"


def test_there_is_one_clock():
    found = []
    for path in python_files(*APPS, "config", "runtime"):
        file = path.relative_to(ROOT).as_posix()
        if file == THE_CLOCK:
            continue
        strings = code_of(path.read_text())
        found += [f"{file}: {match.group(0)}" for match in OTHER_CLOCKS.finditer(strings)]
    assert not found, "\n".join(found)


def code_of(source: str) -> str:
    """The source without comments and docstrings; other strings stay, they may be SQL."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def test_another_clock_is_seen():
    for source in ("date.today()", "timezone.now()", "'SELECT CURRENT_DATE'", "'at::date'"):
        assert OTHER_CLOCKS.search(code_of(f"x = {source}"))
    assert not OTHER_CLOCKS.search(code_of('"""CURRENT_DATE is forbidden."""\nclock.today()'))


def test_no_room_is_a_cupboard():
    """No ``utils``, ``helpers`` or ``misc``: a module says what it is about."""
    names = {p.stem for p in python_files(*CODE)}
    assert not names & {"utils", "helpers", "misc", "common"}
