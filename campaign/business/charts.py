"""Geometry of a small line: values in, points out; colour comes from the stylesheet."""

from collections.abc import Sequence
from decimal import Decimal

WIDTH, HEIGHT, EDGE = 280, 56, 4


def line(values: Sequence[int | Decimal]) -> str:
    """The points of a polyline over ``WIDTH`` by ``HEIGHT``, the smallest value at the bottom; nothing for none."""
    if not values:
        return ""
    values = values if len(values) > 1 else [*values, *values]  # one alone is a level line
    low, high = min(values), max(values)
    span = Decimal(high - low) or Decimal(1)
    step = Decimal(WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    room = HEIGHT - 2 * EDGE
    heights = [(Decimal(value) - low) / span * room for value in values]
    points = [(EDGE + step * place, HEIGHT - EDGE - height) for place, height in enumerate(heights)]
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
