"""Report of a run: tables to read, and the same for machines."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

import attrs

from tests.benchmarks.marks import Found
from tests.benchmarks.measures import MEASURES, Measure, Plan
from tests.benchmarks.results import Results, exponent

__all__ = ["as_json", "curves", "heading", "markdown", "marks_table", "measures_table"]

PEER = "eventsourcing"
SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
NOTES = """\
Each measure runs in a process of its own, in turns. Ratios are of medians of CPU time, with several
writers on PostgreSQL of wall time. All sides begin with the same plain values and make their own
events of them. eventsourcing has one aggregate per partnership and one event class per act, with
the same fields; it holds its aggregates in memory unless it says "loading", and saves the events
of all aggregates of a batch in one transaction. It reads no dates, has no rules, chains nothing."""


def heading(plan: Plan, *, rounds: int) -> str:
    """Return the programs and how much is measured."""
    return (
        f"{programs()}\n"
        f"ledgers of {', '.join(f'{size:,}' for size in plan.sizes)} events; "
        f"{rounds} rounds, one of the largest\n"
    )


def programs() -> str:
    """Return what was measured, and on what."""
    return (
        f"coopledger beside eventsourcing {version(PEER)}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{os.cpu_count()} processors"
    )


def setting(name: str, found: tuple[str, int]) -> str:
    """Return how durable a side is, as SQLite says."""
    journal, synchronous = found
    return f"{name}: journal_mode {journal}, synchronous {SYNCHRONOUS[synchronous]}"


def measures_table(results: Results) -> str:
    """Return the medians of CPU and wall time with their spread, and how the cost grows with n."""
    columns = "  ".join(f"{name:>9} {'lowest to highest':>21}" for name in ("CPU", "wall"))
    lines = [f"{'measure':<60}{'n':>10}  {columns}  growth"]
    for measure in MEASURES:
        sizes = results.sizes(measure.name)
        for place, size in enumerate(sizes):
            name = f"{measure.name}, {measure.unit}" if place == 0 else ""
            figures = "  ".join(_figures(results, measure, size))
            note = _note(results, measure, size)
            lines.append(f"{name:<60}{size:>10,}  {figures}  {note}".rstrip())
    return "\n".join([*lines, ""])


def marks_table(found: Iterable[Found]) -> str:
    """Return what was reached of every mark."""
    lines = [f"{'mark':<60}{'found':>10}{'must':>10}  reached  {'beyond':>8}  reached"]
    for each in found:
        mark = each.mark
        must = f"{_bound(each, mark.must):>10}  {_word(each.must):<7}"
        beyond = f"{_bound(each, mark.beyond):>8}  {_word(each.beyond)}"
        lines.append(f"{mark.name:<60}{_short(each.value):>10}{must}  {beyond}".rstrip())
    return "\n".join([*lines, ""])


def markdown(results: Results, found: Iterable[Found]) -> str:
    """Return the medians by size, and the marks, as tables of a page."""
    grown = [measure for measure in MEASURES if _grown(results, measure)]
    sizes = results.sizes(grown[0].name)
    titles = ["what", "is to grow with", *(f"n = {size:,}" for size in sizes), "grows with"]
    rows = [
        [
            measure.name,
            measure.grows_with,
            *(_median(results, measure, size) for size in sizes),
            f"n^{_growth(results, measure):.2f}",
        ]
        for measure in grown
    ]
    marks = [
        [
            each.mark.name,
            _short(each.value),
            _bound(each, each.mark.must),
            _word(each.must),
            _bound(each, each.mark.beyond),
        ]
        for each in found
    ]
    marked = _markdown(["mark", "found", "must", "reached", "beyond"], marks)
    return f"{programs()}:\n\n{_markdown(titles, rows)}\n\n{marked}"


def as_json(results: Results, found: Sequence[Found], plan: Plan) -> dict[str, object]:
    """Return everything as plain values."""
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "eventsourcing": version(PEER),
        "sizes": plan.sizes,
        "measures": [
            {
                "measure": name,
                "size": size,
                "samples": samples,
                "medians": {
                    key: attrs.asdict(results.spread(name, size, key)) for key in samples[0]
                },
            }
            for (name, size), samples in results.samples.items()
        ],
        "growth": {
            measure.name: _growth(results, measure)
            for measure in MEASURES
            if _grown(results, measure)
        },
        "marks": [
            {
                "mark": each.mark.name,
                "value": each.value,
                "must": each.mark.must,
                "is_least": each.mark.is_least,
                "reached": each.must,
                "beyond": each.mark.beyond,
                "beyond_reached": each.beyond,
            }
            for each in found
        ],
    }


def curves(results: Results) -> dict[str, dict[int, float]]:
    """Return the CPU seconds by size of each measure at several sizes, for the picture."""
    return {
        measure.name: results.medians(measure.name, "cpu")
        for measure in MEASURES
        if _grown(results, measure) and _figure_of(results, measure) == "cpu"
    }


def _markdown(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown."""
    cells = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _median(results: Results, measure: Measure, size: int) -> str:
    """Return the median by which a measure is judged."""
    figure = _figure_of(results, measure)
    return _amount(results.median(measure.name, size, figure), figure)


def _grown(results: Results, measure: Measure) -> list[int]:
    """Return the sizes of a measure that has several."""
    sizes = results.sizes(measure.name)
    return sizes if len(sizes) > 1 else []


def _growth(results: Results, measure: Measure) -> float:
    """Return the exponent in n of a cost at several sizes; memory counts for the whole ledger."""
    figure = _figure_of(results, measure)
    medians = results.medians(measure.name, figure)
    if figure == "bytes":
        medians = {size: max(each * size, 1) for size, each in medians.items()}
    return exponent(medians)


def _figure_of(results: Results, measure: Measure) -> str:
    """Return the figure by which the measure is judged."""
    first = results.samples[measure.name, results.sizes(measure.name)[0]][0]
    return next(figure for figure in ("cpu", "bytes", "wall") if figure in first)


def _note(results: Results, measure: Measure, size: int) -> str:
    """Return how the cost grows, at the last of several sizes, or what readers missed."""
    if "missed" in results.samples[measure.name, size][0]:
        return f"missed {results.spread(measure.name, size, 'missed').high:.0f}"
    grown = _grown(results, measure)
    return f"n^{_growth(results, measure):.2f}" if grown and size == grown[-1] else ""


def _figures(results: Results, measure: Measure, size: int) -> Iterator[str]:
    """Yield the columns of a measure at a size."""
    sample = results.samples[measure.name, size][0]
    for figure in ("cpu", "wall"):
        kind = "bytes" if figure == "cpu" and "bytes" in sample else figure
        if kind not in sample:
            yield f"{'':>9} {'':>21}"
            continue
        spread = results.spread(measure.name, size, kind)
        low, high = _amount(spread.low, kind), _amount(spread.high, kind)
        yield f"{_amount(spread.median, kind):>9} {f'{low} to {high}':>21}"


def _amount(value: float, figure: str) -> str:
    """Return a figure in a unit in which it is easy to read."""
    if figure == "bytes":
        return f"{value:,.0f} B"
    for unit, factor in (("s", 1.0), ("ms", 1e3)):
        if value * factor >= 1:
            return f"{_short(value * factor)} {unit}"
    return f"{_short(value * 1e6)} us"


def _short(value: float) -> str:
    """Return a number with three digits that tell something."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def _bound(found: Found, bound: float | None) -> str:
    if bound is None:
        return ""
    return f"{'>=' if found.mark.is_least else '<='} {bound:,g}"


def _word(is_reached: bool | None) -> str:  # noqa: FBT001 - one word for each
    return {None: "-", True: "yes", False: "no"}[is_reached]
