"""What costs what, and how it grows, beside other ways: ``python -m tests.benchmarks``."""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import ours, peer, report
from tests.benchmarks.marks import found
from tests.benchmarks.measures import MEASURES, Plan, Work
from tests.benchmarks.page import written_page
from tests.benchmarks.picture import drawn
from tests.benchmarks.results import Results
from tests.servers import DSN_VARIABLE, wheel_server

FULL, FULL_ROUNDS = 1_000_000, 3
SHORT, SHORT_ROUNDS = 30_000, 2
LEAST = 2_000
LARGE = 100_000  # a ledger with more events is measured in one round only


def main() -> None:
    """Measure everything, round by round, and print the tables."""
    options = _options()
    plan = Plan(options.events or (SHORT if options.short else FULL))
    rounds = options.rounds or (SHORT_ROUNDS if options.short else FULL_ROUNDS)
    print(report.heading(plan, rounds=rounds), flush=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        if options.only is None:
            _use_server(Path(folder) / "server")
        lines = options.folder / "coopledger-benchmark-lines"
        results = measured(plan, Path(folder), lines, rounds=rounds, only=options.only)
        recorded = Work(Path(folder), lines, plan.recorded).recorded
        if options.only is None:
            print(report.setting("coopledger", ours.settings(recorded("coopledger"))), end="; ")
            settings = peer.settings(recorded("eventsourcing"))
            print(report.setting("eventsourcing", settings), end="\n\n")
    reached = found(results, plan)
    print(report.measures_table(results))
    print(report.marks_table(reached))
    print(report.NOTES)
    if options.json:
        values = report.as_json(results, reached, plan)
        options.json.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    if options.page:
        written_page(options.page, report.markdown(results, reached))
    if options.picture:
        options.picture.write_text(drawn(report.curves(results)), encoding="utf-8")


def measured(
    plan: Plan, folder: Path, lines: Path, *, rounds: int, only: str | None = None
) -> Results:
    """Return the results of all measures, or of those whose names match, taken in turns."""
    results = Results()
    begin = time.monotonic()
    chosen = [each for each in MEASURES if only is None or re.search(only, each.name)]
    for number in range(rounds):
        for measure in chosen:
            for size in measure.sizes(plan):
                if number == 0 or size <= LARGE:
                    results.add(measure.name, size, list(measure.sample(Work(folder, lines, size))))
                    spent = time.monotonic() - begin
                    print(f"{spent:6.0f} s  {measure.name}, {size:,}", file=sys.stderr, flush=True)
    return results


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--events", type=int, help=f"of the largest ledger, {FULL:,} if not given")
    parser.add_argument("--only", help="measures whose names this pattern finds, and no others")
    parser.add_argument("--short", action="store_true", help=f"up to {SHORT:,} events, few rounds")
    parser.add_argument("--rounds", type=int, help="each figure is a median over them")
    parser.add_argument("--json", type=Path, help="a file for all samples, as JSON")
    parser.add_argument("--picture", type=Path, help="a file for the costs by size, as SVG")
    parser.add_argument("--page", type=Path, help="a page of the documentation to bring up to date")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("/var/tmp"),  # noqa: S108 - on the disk, where /tmp is often memory
        help="where the files are made: on the disk that is to be measured; lines stay there",
    )
    options = parser.parse_args()
    if options.events is not None and options.events < LEAST:
        parser.error(f"--events: growth shows in {LEAST:,} events or more")
    return options


def _use_server(folder: Path) -> None:
    """Name a server to the processes that measure: one on the same disk, if none is given.

    What they record stays in schemas of a server that was given.
    """
    if DSN_VARIABLE not in os.environ:
        os.environ[DSN_VARIABLE] = wheel_server(folder).get_uri()


if __name__ == "__main__":
    main()
