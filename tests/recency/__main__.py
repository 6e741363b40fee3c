"""Looks for views that are not recent: ``python -m tests.recency --reads 10000 --store sqlite``."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.recency.bugs import BUGS, seed_bug
from tests.recency.harness import HOSTS, run
from tests.trials import Trials


def main() -> None:
    """Run the harness on each store that was asked for; end with 1 if a view was stale."""
    parser = argparse.ArgumentParser(prog="python -m tests.recency", description=__doc__)
    parser.add_argument("--reads", type=int, default=10_000, help="how many views on each store")
    parser.add_argument("--seed", type=int, default=1, help="of what is done and paused when")
    parser.add_argument("--store", choices=[*HOSTS, "both"], default="both")
    parser.add_argument("--bug", choices=BUGS, help="put it in: it has to be caught")
    options = parser.parse_args()
    if options.bug:
        seed_bug(options.bug)
    stores = list(HOSTS) if options.store == "both" else [options.store]
    trials = [look_for_stale(store, reads=options.reads, seed=options.seed) for store in stores]
    sys.exit(not all(each.is_sound for each in trials))


def look_for_stale(store: str, *, reads: int, seed: int) -> Trials:
    """Run the harness on one store, and print what was found."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(HOSTS[store](Path(folder)), reads=reads, seed=seed)
    trials = Trials(
        harness=f"recency {store}",
        seed=seed,
        counts=tally.counts,
        findings=len(tally.stale),
        seconds=time.perf_counter() - start,
    )
    for stale in tally.stale[:5]:
        print(stale)
    print(trials, flush=True)
    return trials


if __name__ == "__main__":
    main()
