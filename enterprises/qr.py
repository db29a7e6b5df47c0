"""QR codes as geometry: one SVG path, no picture, no script."""

import segno

QUIET = 4  # modules of white around the code, as the standard asks


def svg_path(text: str) -> tuple[int, str]:
    """The side of the square, quiet zone included, and the ``d`` of the path that draws the dark modules."""
    code = segno.make(text, micro=False)
    rows = list(code.matrix)
    parts = []
    for y, row in enumerate(rows, start=QUIET):
        x = 0
        while x < len(row):
            run = 1
            while x + run < len(row) and row[x + run] == row[x]:
                run += 1
            if row[x]:
                parts.append(f"M{x + QUIET} {y}h{run}v1h-{run}z")
            x += run
    return len(rows) + 2 * QUIET, "".join(parts)
