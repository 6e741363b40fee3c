"""Diagrams as SVG: boxes with arrows, floors of boxes, and acts that lead from state to state.

A drawing depends on its input alone, so that a test can compare it. It brings its own background: a
page may be read on white or on black.
"""

# ruff: noqa: INP001 - scripts next to the pages, no package

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import accumulate
from typing import NamedTuple

__all__ = ["Cell", "Edge", "boxes", "floors", "transitions"]

WIDTH = 860
HEIGHT = 32  # of a box
FLAT = 24  # the height of a box among many
STOREY = 32  # from one flat box to the next below
GAP = 12
LETTER = 7.9  # the width of a letter in a box, where all are equally wide
SMALL_LETTER = 6.6  # the same for a label, where they are not: enough for most words
LINE = 14  # the height of a line of a label

TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" \
width="{width:g}" role="img">
<title>{title}</title>
<style>
.page {{ fill: #ffffff }}
.box {{ fill: #f3f6fa; stroke: #8c959f }}
.frame {{ fill: none; stroke: #afb8c1 }}
.rail {{ stroke: #d0d7de }}
.arrow {{ stroke: #0969da; stroke-width: 1.5; marker-end: url(#head) }}
.dashed {{ stroke-dasharray: 4 3 }}
.head {{ fill: #0969da }}
text {{ fill: #1f2328; font: 12px system-ui, sans-serif; text-anchor: middle }}
.name {{ font: 13px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace }}
.step {{ font-size: 13px }}
.caption {{ text-anchor: start }}
@media (prefers-color-scheme: dark) {{
.page {{ fill: #0d1117 }}
.box {{ fill: #1c2430; stroke: #768390 }}
.frame {{ stroke: #545d68 }}
.rail {{ stroke: #373e47 }}
.arrow {{ stroke: #58a6ff }}
.head {{ fill: #58a6ff }}
text {{ fill: #e6edf3 }}
}}
</style>
<marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" \
markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0.5 L8 4 L0 7.5 Z"/></marker>
<rect class="page" width="100%" height="100%" rx="6"/>
{body}
</svg>
"""


class Cell(NamedTuple):
    """Cell of a grid, over one row or several."""

    column: int
    row: int
    rows: int = 1


Edge = tuple[str, str, str]
Arrow = tuple[str, str]


class Rect(NamedTuple):
    """Rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def center(self) -> tuple[float, float]:
        """Return the point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Act(NamedTuple):
    """Column of a diagram of states: acts that lead from the same states to the same one."""

    labels: list[str]
    sources: frozenset[str]
    target: str

    @property
    def lines(self) -> list[str]:
        """Return the label with a word on each line."""
        return ", ".join(self.labels).split()

    @property
    def width(self) -> int:
        """Return the width that the label needs."""
        return max(44, round(SMALL_LETTER * max(map(len, self.lines))) + 16)


def boxes(
    title: str,
    cells: Mapping[str, Cell],
    arrows: Sequence[Arrow],
    dashed: Sequence[Arrow] = (),
    frames: Mapping[str, Arrow] | None = None,
) -> str:
    """Draw boxes in a grid with straight arrows, and frames from one box to another."""
    places = _places(cells)
    lines: list[str] = []
    for caption, (first, last) in (frames or {}).items():
        left, top = places[first][:2]
        right, bottom = places[last][2:]
        lines.append(_rect("frame", Rect(left - 10, top - 28, right + 10, bottom + 10)))
        lines.append(_text(caption, left, top - 12, "caption"))
    for name, place in places.items():
        lines += _box(name, place, "step")
    lines += [_between(places[a], places[b], "arrow") for a, b in arrows]
    lines += [_between(places[a], places[b], "arrow dashed") for a, b in dashed]
    return _page(title, WIDTH, max(place.bottom for place in places.values()) + 2 * GAP, lines)


def floors(title: str, caption: str, layers: Sequence[Sequence[str]]) -> str:
    """Draw a row of boxes for each layer, the highest first, next to an arrow with a caption."""
    widths = [[round(LETTER * len(name)) + 2 * GAP for name in names] for names in layers]
    rooms = [sum(row) + GAP * (len(row) - 1) for row in widths]
    start = 3 * GAP + round(SMALL_LETTER * len(caption))
    lines = [_text(caption, GAP, 2 * GAP, "caption")]
    for row, names in enumerate(layers):
        top = GAP + row * STOREY
        left = start + (max(rooms) - rooms[row]) / 2
        for name, width in zip(names, widths[row], strict=True):
            lines += _box(name, Rect(left, top, left + width, top + FLAT))
            left += width + GAP
    height = len(layers) * STOREY + 2 * GAP
    lines.append(_line("arrow", 2 * GAP, 3 * GAP, 2 * GAP, height - GAP))
    return _page(title, start + max(rooms) + GAP, height, lines)


def transitions(title: str, edges: Iterable[Edge], states: Iterable[str]) -> str:
    """Draw a line for each state and an upright arrow for each act, with a dot where it begins."""
    order = list(states)
    acts = _acts(edges, order)
    room = round(LETTER * max(map(len, order))) + 2 * GAP
    head = GAP + LINE * max(len(act.lines) for act in acts)
    level = {state: head + GAP + STOREY * (row + 0.5) for row, state in enumerate(order)}
    ends = list(accumulate((act.width for act in acts), initial=2 * GAP + room))
    lines: list[str] = []
    for state, y in level.items():
        lines.append(_line("rail", GAP + room, y, ends[-1], y))
        lines += _box(state, Rect(GAP, y - FLAT / 2, GAP + room, y + FLAT / 2))
    for act, start in zip(acts, ends, strict=False):
        x = start + act.width / 2
        for line, word in enumerate(reversed(act.lines)):
            lines.append(_text(word, x, head - LINE * line))
        lines += _draw(act, x, level)
    return _page(title, ends[-1] + GAP, head + GAP + STOREY * len(order) + GAP, lines)


def _acts(edges: Iterable[Edge], order: Sequence[str]) -> list[Act]:
    """Return the acts in the order of their targets, those between the same states as one."""
    sources: dict[tuple[str, str], set[str]] = {}
    for source, target, label in edges:
        sources.setdefault((label, target), set()).add(source)
    acts: dict[tuple[str, frozenset[str], bool], Act] = {}
    for (label, target), states in sources.items():
        key = target, frozenset(states), label.startswith("(")
        acts.setdefault(key, Act([], key[1], target)).labels.append(label)
    return sorted(acts.values(), key=lambda act: order.index(act.target))


def _draw(act: Act, x: float, level: Mapping[str, float]) -> list[str]:
    """Return the arrows of an act: from the farthest state on either side, with a dot for each."""
    target = level[act.target]
    starts = sorted(level[source] for source in act.sources)
    kind = "arrow dashed" if act.labels[0].startswith("(") else "arrow"
    lines = [f'<circle class="head" cx="{x:g}" cy="{y:g}" r="4"/>' for y in starts]
    if starts[0] < target:
        lines.append(_line(kind, x, starts[0], x, target - 1))
    if starts[-1] > target:
        lines.append(_line(kind, x, starts[-1], x, target + 1))
    return lines


def _places(cells: Mapping[str, Cell]) -> dict[str, Rect]:
    """Return where each box of a grid is drawn."""
    pitch = (WIDTH - GAP) / (1 + max(cell.column for cell in cells.values()))
    storey = 2.5 * HEIGHT
    places: dict[str, Rect] = {}
    for name, cell in cells.items():
        left, top = 1.5 * GAP + cell.column * pitch, 3 * GAP + cell.row * storey
        bottom = top + (cell.rows - 1) * storey + HEIGHT
        places[name] = Rect(left, top, left + pitch - 2 * GAP, bottom)
    return places


def _between(source: Rect, target: Rect, kind: str) -> str:
    """Return a straight arrow between two boxes that share a row or a column."""
    if source.left == target.left:
        x = source.center[0]
        if source.top < target.top:
            return _line(kind, x, source.bottom, x, target.top)
        return _line(kind, x, source.top, x, target.bottom)
    y = min(source, target, key=lambda box: box.bottom - box.top).center[1]
    if source.left < target.left:
        return _line(kind, source.right, y, target.left, y)
    return _line(kind, source.left, y, target.right, y)


def _box(name: str, place: Rect, kind: str = "name") -> list[str]:
    """Return a box with its name in the middle."""
    x, y = place.center
    return [_rect("box", place), _text(name, x, y + 4.5, kind)]


def _rect(kind: str, place: Rect) -> str:
    """Return a rectangle with round corners."""
    left, top, right, bottom = place
    size = f'width="{right - left:g}" height="{bottom - top:g}"'
    return f'<rect class="{kind}" x="{left:g}" y="{top:g}" {size} rx="5"/>'


def _line(kind: str, x: float, y: float, to_x: float, to_y: float) -> str:
    """Return a straight line."""
    return f'<line class="{kind}" x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}"/>'


def _text(words: str, x: float, y: float, kind: str = "label") -> str:
    """Return words on the page."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>'


def _page(title: str, width: float, height: float, lines: Iterable[str]) -> str:
    """Return the drawing as the text of its file."""
    return TEMPLATE.format(title=escape(title), width=width, height=height, body="\n".join(lines))
