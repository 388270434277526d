"""The geometry of the charts: numbers to coordinates."""

from collections.abc import Sequence

from msgspec import Struct

WIDTH, HEIGHT = 300, 80
_MARGIN = 6


class Line(Struct, frozen=True):
    """A trend line in a box of WIDTH by HEIGHT; `points` in SVG's form, and the last one separately."""

    points: str
    area: str
    last_x: float
    last_y: float


def trend_line(values: Sequence[float], lowest: float, highest: float) -> Line:
    """The values from left to right, between the lowest at the bottom and the highest at the top."""
    span = highest - lowest or 1
    step = (WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    places = [
        (
            round(_MARGIN + i * step, 1),
            round(HEIGHT - _MARGIN - (value - lowest) / span * (HEIGHT - 2 * _MARGIN), 1),
        )
        for i, value in enumerate(values)
    ]
    points = " ".join(f"{x},{y}" for x, y in places)
    bottom = HEIGHT - _MARGIN
    area = f"{places[0][0]},{bottom} {points} {places[-1][0]},{bottom}"
    return Line(points, area, *places[-1])


def widths(parts: Sequence[int], width: int) -> list[tuple[float, float]]:
    """The start and width of each part of a bar; no existing part is too small to be seen."""
    whole = sum(parts) or 1
    least = 2.0
    raw = [max(least, width * part / whole) if part else 0.0 for part in parts]
    shrink = width / max(width, sum(raw))
    placed, at = [], 0.0
    for each in raw:
        placed.append((round(at, 1), round(each * shrink, 1)))
        at += each * shrink
    return placed
