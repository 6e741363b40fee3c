"""Picture of how costs grow: time against the size of the ledger, both logarithmic, as SVG."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from math import ceil, floor, log10
from xml.sax.saxutils import escape

import attrs

__all__ = ["drawn"]

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 270, 20, 50
LABEL_HEIGHT = 15
COLOURS = (
    "#1b6ca8",
    "#c8553d",
    "#2d7d46",
    "#8e44ad",
    "#b7791f",
    "#00808a",
    "#a02c5d",
    "#555555",
    "#7a5230",
)


@attrs.frozen
class _Axes:
    """Powers of ten between which the picture lies: of the sizes, and of the seconds."""

    sizes: tuple[int, int]
    seconds: tuple[int, int]

    def x(self, size: float) -> float:
        """Return how far from the left a size is."""
        low, high = self.sizes
        return LEFT + (log10(size) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, seconds: float) -> float:
        """Return how far from the top a time is."""
        low, high = self.seconds
        return TOP + (high - log10(seconds)) / (high - low) * (HEIGHT - TOP - BOTTOM)


def drawn(lines: Mapping[str, Mapping[int, float]]) -> str:
    """Return the picture of lines, each with seconds by size."""
    axes = _Axes(
        _powers([size for line in lines.values() for size in line]),
        _powers([seconds for line in lines.values() for seconds in line.values()]),
    )
    box, style = f"0 0 {WIDTH} {HEIGHT}", "font: 12px sans-serif"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" style="{style}">',
            "<title>CPU time against the number of events in the ledger</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            *_grid(axes),
            *_curves(lines, axes),
            "</svg>",
            "",
        ]
    )


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten between which the values are, at least one apart."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _grid(axes: _Axes) -> Iterator[str]:
    """Yield a line and a label for each power of ten."""
    for power in range(axes.sizes[0], axes.sizes[1] + 1):
        x = axes.x(10**power)
        yield _line((x, TOP), (x, HEIGHT - BOTTOM), "#dddddd")
        yield _text(x, HEIGHT - BOTTOM + 18, f"{10**power:,}", anchor="middle")
    for power in range(axes.seconds[0], axes.seconds[1] + 1):
        y = axes.y(10.0**power)
        yield _line((LEFT, y), (WIDTH - RIGHT, y), "#dddddd")
        yield _text(LEFT - 8, y + 4, _duration(power), anchor="end")
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield _text(middle, HEIGHT - 12, "events in the ledger", anchor="middle")


def _curves(lines: Mapping[str, Mapping[int, float]], axes: _Axes) -> Iterator[str]:
    """Yield a line with points and a label for each measure, labels one below the other."""
    ordered = sorted(lines.items(), key=lambda line: -line[1][max(line[1])])
    label_y = 0.0
    for (name, line), colour in zip(ordered, cycle(COLOURS), strict=False):
        points = [(axes.x(size), axes.y(seconds)) for size, seconds in sorted(line.items())]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        x, y = points[-1]
        label_y = max(label_y + LABEL_HEIGHT, y + 4)
        yield _line((x + 4, y), (WIDTH - RIGHT + 14, label_y - 4), colour)
        yield _text(WIDTH - RIGHT + 18, label_y, name, colour=colour)


def _line(start: tuple[float, float], end: tuple[float, float], colour: str) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#333333") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}">{escape(text)}</text>'


def _duration(power: int) -> str:
    """Return ten to the power, in seconds, in words."""
    for least, unit in ((0, "s"), (-3, "ms"), (-6, "us")):
        if power >= least:
            return f"{10 ** (power - least):,} {unit}"
    return f"1e{power} s"
