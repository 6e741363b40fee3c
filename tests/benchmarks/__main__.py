"""Speed compared with the eventsourcing package and the floor: ``python -m tests.benchmarks``."""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.benchmarks import encoders, floor, naive, ours, peer
from tests.benchmarks.measurement import Tally, alone
from tests.benchmarks.report import NOTES, Row, heading, json_lines, setting, table
from tests.servers import DSN_VARIABLE, wheel_server

SHARE_ONE_BY_ONE = 10  # only one event in ten is recorded alone: it is the disk that is slow
BATCH = 100

RECORDERS: dict[str, Callable[[Path, int, int], float]] = {
    "coopledger": ours.record,
    "eventsourcing": peer.record,
    "sqlite3 and json": floor.record,
}
ON_POSTGRES = "coopledger on PostgreSQL"
LOADING = "eventsourcing, loading the aggregate"
ONE_BY_ONE: dict[str, Callable[[Path, int, int], float]] = {
    **RECORDERS,
    ON_POSTGRES: ours.record_on_postgres,
    LOADING: peer.record_loading,
}
IN_BATCHES: dict[str, Callable[[Path, int, int], float]] = {
    **RECORDERS,
    ON_POSTGRES: ours.record_on_postgres,
}


def main() -> None:
    """Measure everything, round by round, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000, help="how long the history is")
    parser.add_argument("--rounds", type=int, default=3, help="each figure is their median")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("/var/tmp"),  # noqa: S108 - on the disk, where /tmp is often memory
        help="where the files are made: on the disk that is to be measured",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        use_server(Path(folder) / "server")
        measure(Path(folder), count=options.events, rounds=options.rounds)


def use_server(folder: Path) -> None:
    """Name a server to the processes that measure: one on the same disk, if none is given.

    What they record stays in the schema `coopledger` of a server that was given.
    """
    if DSN_VARIABLE not in os.environ:
        os.environ[DSN_VARIABLE] = wheel_server(folder).get_uri()


def measure(folder: Path, *, count: int, rounds: int) -> None:
    """Print one table after the other."""
    few = max(count // SHARE_ONE_BY_ONE, 1)
    print(heading(count, rounds=rounds), flush=True)
    single = recorded(ONE_BY_ONE, folder, count=few, batch=1, rounds=rounds)
    print(table(f"record one by one, durable (the first {few:,})", single), flush=True)
    batched = recorded(IN_BATCHES, folder, count=count, batch=BATCH, rounds=rounds)
    print(table(f"record in batches of {BATCH}, durable", batched), flush=True)
    replays = replayed(folder, count=count, rounds=rounds)
    print(table("replay from the closed file", replays))
    log, theirs = _first(folder, "coopledger"), _first(folder, "eventsourcing")
    whole = median(replays[0].seconds) / count * 1e6
    print(json_lines(alone(encoders.compare, log), whole=whole))
    print(setting("coopledger", ours.settings(log)), end="; ")
    print(setting("eventsourcing", peer.settings(theirs)))
    print(NOTES)


def recorded(
    recorders: dict[str, Callable[[Path, int, int], float]],
    folder: Path,
    *,
    count: int,
    batch: int,
    rounds: int,
) -> list[Row]:
    """Return the rows of recording, measured in turns."""
    rows = [Row(name, count) for name in recorders]
    for number in range(rounds):
        for row in rows:
            path = folder / f"{row.name}-{batch}-{number}.db"
            row.seconds.append(alone(recorders[row.name], path, count, batch))
    return rows


def replayed(folder: Path, *, count: int, rounds: int) -> list[Row]:
    """Return the rows of replay, measured in turns, from the files of the first round."""
    log, theirs, plain = (_first(folder, name) for name in RECORDERS)
    view = Row("coopledger to a view", count)
    aggregates = Row("eventsourcing to aggregates", count)
    parts = {
        "coopledger to events, indexed": (ours.read, log),
        "coopledger, decode only": (ours.decode_only, log),
        "cattrs and pendulum.parse, decode only": (naive.decode, log),
        "sqlite3 and json to dictionaries": (floor.replay, plain),
    }
    rows = [Row(name, count) for name in parts]
    found: set[Tally] = set()
    for _ in range(rounds):
        found.add(view.take(alone(ours.replay, log)))
        found.add(aggregates.take(alone(peer.replay, theirs)))
        for row in rows:
            replay, path = parts[row.name]
            assert row.take(alone(replay, path)) == count, row.name
    assert len(found) == 1, f"the two sides disagree: {found}"
    return [view, aggregates, *rows]


def _first(folder: Path, name: str) -> Path:
    """Return the file of the first round of recording in batches."""
    return folder / f"{name}-{BATCH}-0.db"


if __name__ == "__main__":
    main()
