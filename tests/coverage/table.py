"""Which tests prove which item of the dossier: read from the marks in the tests, written to docs/coverage.md.

``python -m tests.coverage.table`` writes the file anew.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.coverage.items import ITEMS, REPORTS, SUPERVISION

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "coverage.md"
HEAD = """# Coverage

Every item of the dossier and the tests that prove it. Made from the marks `@pytest.mark.item(n)` in the tests by
`python -m tests.coverage.table`; a test holds it up to date. *Later* names the work an item belongs to that is
not built yet.

| item | | proved by | later |
|---|---|---|---|
"""


def marked() -> dict[int, list[str]]:
    """For each item the tests that carry its mark, as ``file::test``."""
    found: dict[int, list[str]] = {number: [] for number in ITEMS}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        name = path.relative_to(ROOT / "tests").as_posix()
        for test, number in _marks(ast.parse(path.read_text())):
            found[number].append(f"{name}::{test}")
    return found


def _marks(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.item":
                    yield from ((node.name, ast.literal_eval(argument)) for argument in decorator.args)


def later(number: int) -> str:
    """The work an item belongs to that is not built yet, where it is known."""
    if number in SUPERVISION:
        return "supervision"
    return "reports" if number in REPORTS else ""


def page() -> str:
    """The text of docs/coverage.md."""
    tests = marked()
    rows = []
    for number, title in ITEMS.items():
        proofs = "<br>".join(f"`{test}`" for test in tests[number])
        rows.append(f"| {number} | {title} | {proofs} | {later(number) or ('' if proofs else 'open')} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
