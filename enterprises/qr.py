"""QR codes as the geometry of one SVG path: printable, and within a policy that forbids ``data:`` pictures."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white around the code, as the standard asks


@dataclass(frozen=True)
class Drawing:
    """A code ready for a template: ``<svg viewBox="0 0 {{ size }} {{ size }}"><path d="{{ path }}"/></svg>``."""

    path: str
    size: int


def draw(text: str) -> Drawing:
    """The QR code of a text, error correction M. Runs of dark modules become one rectangle each."""
    code = segno.make_qr(text, error="m")
    rows = [bytes(row) for row in code.matrix]
    parts = [
        f"M{QUIET + start} {QUIET + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return Drawing("".join(parts), len(rows) + 2 * QUIET)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow one another."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((x, 1))
    return found
