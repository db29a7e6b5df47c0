"""Finds translatable strings in Python and in templates, without the system's gettext."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

from runtime.catalogs import AREAS, area_of

# Name of the function -> positions of context, singular, plural among its arguments.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
PACKAGES = ("campaign", "config", "enterprises", "runtime", "supervision")
TEMPLATE_CALL = re.compile(r"\b(npgettext|pgettext|ngettext|gettext|_)\(")


@dataclass(frozen=True, order=True)
class Message:
    """A translatable string. ``plural`` is empty where there is one form only."""

    context: str
    text: str
    plural: str = ""


@dataclass(frozen=True)
class Found:
    """A message and the file it stands in."""

    message: Message
    path: str


class NotConstant(ValueError):
    """A string that cannot be extracted because it is put together at run time."""


def _canonical(name: str) -> str | None:
    name = name.removesuffix("_lazy").removesuffix("_noop")
    return name if name in CALLS else None


def _aliases(tree: ast.AST) -> dict[str, str]:
    names = {"_": "gettext"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                function = _canonical(alias.name)
                if function:
                    names[alias.asname or alias.name] = function
    return names


def _constant(node: ast.expr, where: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise NotConstant(f"{where}:{node.lineno}: a translated string must be written out, not put together")


def _is_marked_elsewhere(call: ast.Call, function: str) -> bool:
    """A variable: its strings are marked where they are written out, with ``gettext_noop``."""
    return isinstance(call.args[CALLS[function][1]], (ast.Name, ast.Attribute, ast.Subscript))


def _message(call: ast.Call, function: str, where: str) -> Message:
    context, text, plural = CALLS[function]
    return Message(
        _constant(call.args[context], where) if context is not None else "",
        _constant(call.args[text], where),
        _constant(call.args[plural], where) if plural is not None else "",
    )


def from_python(source: str, where: str) -> Iterator[Message]:
    """Messages of a module. Raises ``NotConstant`` for a call whose string is not written out."""
    tree = ast.parse(source, filename=where)
    names = _aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        function = names.get(name) if isinstance(called, ast.Name) else _canonical(name)
        if not function or len(node.args) <= max(p for p in CALLS[function] if p is not None):
            continue
        if not _is_marked_elsewhere(node, function):
            yield _message(node, function, where)


def _closing(text: str, start: int) -> int:
    """The place after the call that begins before ``start``: the shortest piece that parses."""
    end = start
    while True:
        end = text.index(")", end) + 1
        try:
            ast.parse(text[start:end].strip(), mode="eval")
        except SyntaxError:
            continue
        return end


def from_template(source: str, where: str) -> Iterator[Message]:
    """Messages of a template: translate, blocktranslate with plural and context, and ``_("...")``."""
    text = templatize(source, origin=where)
    for match in TEMPLATE_CALL.finditer(text):
        end = _closing(text, match.start())
        call = ast.parse(text[match.start() : end], mode="eval").body
        function = "gettext" if match[1] == "_" else match[1]
        assert isinstance(call, ast.Call)
        yield _message(call, function, where)


def sources(root: Path) -> Iterator[Path]:
    """Every file that may hold translatable strings, in a fixed order."""
    for package in PACKAGES:
        files = sorted((root / package).rglob("*.py"))
        yield from (path for path in files if "migrations" not in path.parts)
    yield from sorted(path for path in (root / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def extract(root: Path, areas: Iterable[str] = AREAS) -> dict[str, list[Found]]:
    """The messages of ``areas`` in the checkout; files of other areas are not opened."""
    found: dict[str, list[Found]] = {area: [] for area in areas}
    for path in sources(root):
        where = path.relative_to(root).as_posix()
        if area_of(where) not in found:
            continue
        reader = from_python if path.suffix == ".py" else from_template
        for message in reader(path.read_text(encoding="utf-8"), where):
            found[area_of(where)].append(Found(message, where))
    return found
