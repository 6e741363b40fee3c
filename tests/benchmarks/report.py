"""Report of the measurements: tables, notes and the form for machines."""

import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from statistics import median
from typing import TypeVar

import attrs

from tests.benchmarks.encoders import Encoders

T = TypeVar("T")

PEER = "eventsourcing"
SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
NOTES = """\
All sides begin with the same plain values and make their own events of them. eventsourcing has
one aggregate per partnership and one event class per act, with the same fields; it holds its
aggregates in memory unless it says "loading", and saves the events of all aggregates of a batch
in one transaction, in the order of aggregates. It reads no dates, checks no rules and chains
nothing. The clock runs from opening the file to its closing."""


@attrs.frozen
class Row:
    """One thing measured: over how many events, and the seconds of each round."""

    name: str
    events: int
    seconds: list[float] = attrs.field(factory=list[float])

    @property
    def speed(self) -> float:
        """Return the events per second in the median round."""
        return self.events / median(self.seconds)

    def take(self, measured: tuple[float, T]) -> T:
        """Note the seconds of one round, and pass on its result."""
        self.seconds.append(measured[0])
        return measured[1]


def heading(count: int, *, rounds: int) -> str:
    """Return the heading: the programs, the server and the settings."""
    return (
        f"coopledger beside eventsourcing {version(PEER)}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n"
        f"{count:,} events; medians of {rounds} rounds in turns, each in a fresh process\n"
    )


def table(title: str, rows: Sequence[Row]) -> str:
    """Return the rows, aligned, with their speed next to that of the peer."""
    peer = next(row for row in rows if row.name.startswith(PEER)).speed
    lines = [f"{title:<48}  events/s  to peer  us each  lowest to highest"]
    for row in rows:
        low, high = (row.events / pick(row.seconds) for pick in (max, min))
        lines.append(
            f"  {row.name:<46}{row.speed:>10,.0f}{row.speed / peer:>8.2f}x{1e6 / row.speed:>9.1f}"
            f"  {low:>7,.0f} to {high:,.0f}"
        )
    return "\n".join([*lines, ""])


def setting(name: str, found: tuple[str, int]) -> str:
    """Return how durable a side is, as SQLite says."""
    journal, synchronous = found
    return f"{name}: journal_mode {journal}, synchronous {SYNCHRONOUS[synchronous]}"


def json_lines(cost: Encoders, *, whole: float) -> str:
    """Return what another encoder would save of the microseconds of a replay per event."""
    saved = cost.json_reads - cost.orjson_reads
    return (
        f"JSON, us per event of {cost.payload_bytes:.0f} bytes; a replay takes {whole:.1f}\n"
        f"  read   json {cost.json_reads:.2f}, orjson {cost.orjson_reads:.2f}: "
        f"{saved / whole:.1%} of a replay saved\n"
        f"  write  json {cost.json_writes:.2f}, orjson {cost.orjson_writes:.2f}\n"
    )
