"""Kills both sides and says what was found: ``python -m tests.outbox --rounds 500``."""

import argparse
import tempfile
import time
from pathlib import Path

from tests.outbox.harness import run
from tests.trials import Trials


def main() -> None:
    """Run the harness as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m tests.outbox", description=__doc__)
    parser.add_argument("--rounds", type=int, default=500, help="how many processes to kill")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of killing")
    parser.add_argument("--hasty", action="store_true", help="save first: has to be caught")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        tally = run(Path(folder), rounds=options.rounds, seed=options.seed, hasty=options.hasty)
        seconds = time.perf_counter() - start
    trials = Trials(harness="outbox", seed=options.seed, counts=tally.counts, seconds=seconds)
    print(trials)


if __name__ == "__main__":
    main()
