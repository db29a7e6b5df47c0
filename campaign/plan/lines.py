"""Where each key of a TOML text stands, so that an error can name its line."""

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*(\]\]?)")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=(.*)$")
_STRINGS = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")

Path = tuple[str | int, ...]


class LineIndex:
    """Line numbers (from 1) by path, e.g. ``("steps", 2, "due_days")``."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._here: Path = ()
        self._open = 0  # brackets of a value that goes on over several lines
        self._quotes = ""  # the quotes of a text that goes on over several lines
        for number, line in enumerate(text.splitlines(), start=1):
            self._read(number, line)

    def line(self, path: Path) -> int:
        """The line of ``path``, else of the nearest table or list around it, else 1."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return 1

    def _read(self, number: int, line: str) -> None:
        if self._quotes:
            _, found, line = line.partition(self._quotes)
            self._quotes = "" if found else self._quotes
            if not found:
                return
        if self._open:
            self._measure(line)
        elif header := _HEADER.match(line):
            self._enter(number, header[2], header[1] == "[[")
        elif key := _KEY.match(line):
            self.lines.setdefault((*self._here, key[1].strip('"')), number)
            self._measure(key[2])

    def _enter(self, number: int, dotted: str, is_list: bool) -> None:
        path: Path = ()
        parts = [part.strip().strip('"') for part in dotted.split(".")]
        for i, part in enumerate(parts):
            path = (*path, part)
            if i == len(parts) - 1 and is_list:
                self._counts[path] = self._counts.get(path, -1) + 1
                self.lines.setdefault(path, number)
            if path in self._counts:
                path = (*path, self._counts[path])
        self._here = path
        self.lines.setdefault(path, number)

    def _measure(self, value: str) -> None:
        for quotes in ('"""', "'''"):
            if value.count(quotes) % 2:
                self._quotes = quotes
                return
        bare = _STRINGS.sub("", value).split("#", 1)[0]
        self._open = max(0, self._open + sum(map(bare.count, "[{")) - sum(map(bare.count, "]}")))
