"""Kills recording processes and says what was found: ``python -m tests.crash --rounds 1000``."""

import argparse
import tempfile
import time
from pathlib import Path

from tests.crash.broken import failing_recorder, hasty_recorder, tearing_recorder
from tests.crash.harness import Plan, run
from tests.crash.ledger_recorder import ledger_recorder
from tests.crash.recording import store_recorder

# A ledger replays its log when it opens: its processes live longer, and its logs stay shorter.
RECORDERS: dict[str, Plan] = {
    "ledger": Plan(open_recorder=ledger_recorder, longest_life_seconds=0.15, rounds_per_log=10),
    "store": Plan(open_recorder=store_recorder),
    "hasty": Plan(open_recorder=hasty_recorder),
    "tearing": Plan(open_recorder=tearing_recorder),
    "failing": Plan(open_recorder=failing_recorder),
}


def main() -> None:
    """Runs the harness as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000, help="how many processes to kill")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of killing")
    parser.add_argument("--recorder", choices=RECORDERS, default="ledger", help="what records")
    options = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(
            Path(folder), RECORDERS[options.recorder], rounds=options.rounds, seed=options.seed
        )
    print(f"{tally} ({time.perf_counter() - start:.0f} s, seed {options.seed})")


if __name__ == "__main__":
    main()
