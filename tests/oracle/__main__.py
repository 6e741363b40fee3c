"""Compares the ledger with the oracle: ``python -m tests.oracle --cases 5000 --seed 7``."""

import argparse
import time

from tests.keeping import KEPT
from tests.oracle.comparison import compare
from tests.oracle.minimising import smallest
from tests.trials import Trials


def main() -> None:
    """Run as many cases as the command line asks, and print what was compared."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--events", type=int, default=3000, help="recorded in each history")
    parser.add_argument("--partnerships", type=int, default=100, help="in each history")
    parser.add_argument("--cases", type=int, default=1000, help="questions asked in all")
    parser.add_argument("--histories", type=int, default=1, help="over which they are spread")
    parser.add_argument("--seed", type=int, default=1, help="of the first history")
    parser.add_argument("--kept", choices=KEPT, help="answers of the ledger; by default both ways")
    parser.add_argument(
        "--minimise", action="store_true", help="print the smallest history that still differs"
    )
    options = parser.parse_args()
    if options.minimise:
        return _minimise(options)
    differences = 0
    for kept in [options.kept] if options.kept else KEPT:
        start = time.perf_counter()
        tally = compare(
            range(options.seed, options.seed + options.histories),
            partnerships=options.partnerships,
            events=options.events,
            cases=options.cases // options.histories,
            kept=kept,
        )
        for line in tally.differences[:20]:
            print(line)
        trials = Trials(
            harness=f"oracle, {kept} kept",
            seed=options.seed,
            counts={
                "histories": options.histories,
                "events": tally.recorded,
                "refused": tally.refused,
                "cases": tally.cases,
                "values compared": tally.values,
            },
            findings=len(tally.differences),
            seconds=time.perf_counter() - start,
        )
        print(trials, flush=True)
        differences += len(tally.differences)
    raise SystemExit(bool(differences))


def _minimise(options: argparse.Namespace) -> None:
    """Print the smallest history for the first difference of each seed."""
    for seed in range(options.seed, options.seed + options.histories):
        lines = smallest(
            seed,
            partnerships=options.partnerships,
            events=options.events,
            cases=options.cases // options.histories,
            kept=options.kept or KEPT[0],
        )
        print(*lines, sep="\n")


if __name__ == "__main__":
    main()
