"""Geometry of our small SVG charts: numbers in, rectangles out; colour comes from the stylesheet."""

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 3


@dataclass(frozen=True)
class Rect:
    """One part of a bar: its class in the stylesheet, its left edge and its width."""

    css: str
    x: int
    width: int


def bar(parts: Sequence[tuple[str, int]], width: int = 1000) -> list[Rect]:
    """A horizontal bar of ``width`` units, cut in proportion to the values; parts of nothing are left out.

    A part that is not nothing is at least ``GAP`` wide, so that one in ten thousand can still be seen.
    """
    shown = [(css, value) for css, value in parts if value > 0]
    whole = sum(value for _css, value in shown)
    room = width - GAP * max(len(shown) - 1, 0)
    sizes = [max(GAP, room * value // whole) for _css, value in shown]
    if sizes:
        sizes[sizes.index(max(sizes))] += room - sum(sizes)
    rects = []
    x = 0
    for (css, _value), size in zip(shown, sizes, strict=True):
        rects.append(Rect(css, x, size))
        x += size + GAP
    return rects


def percent(part: int, whole: int) -> str:
    """One decimal; a part that is not the whole never shows as 100.0, nor as 0.0 when it is not nothing."""
    if not whole:
        return ""
    tenths = (2000 * part + whole) // (2 * whole)
    if part < whole:
        tenths = min(tenths, 999)
    if part:
        tenths = max(tenths, 1)
    return f"{tenths // 10}.{tenths % 10}"
