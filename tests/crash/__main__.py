"""Kills recording processes and says what was found: ``python -m tests.crash --rounds 1000``."""

import argparse
import tempfile
import time
from pathlib import Path

from tests.crash.broken import failing_recorder, hasty_recorder, tearing_recorder
from tests.crash.harness import run
from tests.crash.recording import OpenRecorder, store_recorder

RECORDERS: dict[str, OpenRecorder] = {
    "store": store_recorder,
    "hasty": hasty_recorder,
    "tearing": tearing_recorder,
    "failing": failing_recorder,
}


def main() -> None:
    """Runs the harness as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000, help="how many processes to kill")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of killing")
    parser.add_argument("--recorder", choices=RECORDERS, default="store", help="what records")
    options = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(
            Path(folder),
            rounds=options.rounds,
            seed=options.seed,
            open_recorder=RECORDERS[options.recorder],
        )
    print(f"{tally} ({time.perf_counter() - start:.0f} s, seed {options.seed})")


if __name__ == "__main__":
    main()
