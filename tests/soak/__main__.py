"""Many processes record, one follows: ``python -m tests.soak --writers 8 --events 100000``."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.harness import Soak, soak
from tests.soak.logs import KINDS
from tests.trials import Trials

REAL = ("sqlite", "sqlite-ledger", "postgres", "postgres-ledger")


def main() -> None:
    """Soak each store that was asked for; end with 1 if a reader saw anything wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--writers", type=int, default=8, help="how many processes record")
    parser.add_argument("--events", type=int, default=20_000, help="how many, together")
    parser.add_argument("--seed", type=int, default=1, help="of the sizes of batches")
    parser.add_argument("--store", choices=KINDS, action="append", help="by default each real one")
    options = parser.parse_args()
    sound = [
        report(Soak(kind=kind, writers=options.writers, events=options.events, seed=options.seed))
        for kind in options.store or REAL
    ]
    sys.exit(not all(sound))


def report(parameters: Soak) -> bool:
    """Soak one store; return whether the reader saw nothing wrong."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = soak(Path(folder), parameters)
    seconds = time.perf_counter() - start
    trials = Trials(
        harness=f"soak {parameters.kind}",
        seed=parameters.seed,
        counts={"writers": parameters.writers, "events": tally.acknowledged} | tally.faults,
        findings=sum(tally.faults.values()),
        lost=tally.missed,
        seconds=seconds,
    )
    print(trials, flush=True)
    return tally.is_sound


if __name__ == "__main__":
    main()
