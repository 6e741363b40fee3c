"""Cuts the power, lets the disk fail and takes memory away: ``python -m tests.power --cuts 3000``.

Each row tells of one operation: how many calls it makes that use files, how many processes met
which fault, how much had been acknowledged, and what was wrong afterwards. A third as many
processes meet a disk that fails, and a tenth as many have little memory.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.power.careless import CARELESS
from tests.power.harness import Tally, run, run_with_little_memory
from tests.power.operations import OPERATIONS
from tests.power.shim import CUTS, FAILURES, is_loaded, run_with_shim
from tests.trials import Trials

MOST_SHOWN = 5
KNOWN = OPERATIONS | CARELESS

# The kinds of trials, each with its part of the number that is asked for.
KINDS: dict[str, tuple[int, Callable[..., Tally]]] = {
    "cut": (1, partial(run, faults=CUTS)),
    "failing": (3, partial(run, faults=FAILURES)),
    "starved": (10, run_with_little_memory),
}


def main() -> int:
    """Run the harness as the command line asks; return 1 after a finding."""
    parser = argparse.ArgumentParser(prog="python -m tests.power", description=__doc__)
    parser.add_argument("--cuts", type=int, default=3000, help="how many processes to cut off")
    parser.add_argument("--seed", type=int, default=1, help="of what is dropped")
    parser.add_argument("--operation", choices=KNOWN, help="by default each that keeps promises")
    parser.add_argument("--kind", choices=KINDS, help="by default each")
    options = parser.parse_args()
    if not is_loaded():
        with tempfile.TemporaryDirectory() as folder:
            return run_with_shim(Path(folder))
    names = [options.operation] if options.operation else list(OPERATIONS)
    kinds = [options.kind] if options.kind else list(KINDS)
    share = max(options.cuts // len(names), 1)
    findings = sum(report(each, kind, share, options.seed) for each in names for kind in kinds)
    return 1 if findings else 0


def report(name: str, kind: str, share: int, seed: int) -> int:
    """Run one kind of trials with one operation, print what came of it; return the findings."""
    part, trial = KINDS[kind]
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = trial(KNOWN[name], Path(folder), trials=max(share // part, 1), seed=seed)
    trials = Trials(
        harness=f"power {name}",
        seed=seed,
        counts=tally.counts,
        findings=len(tally.findings),
        lost=tally.lost,
        seconds=time.perf_counter() - start,
    )
    print(trials, flush=True)
    for finding in tally.findings[:MOST_SHOWN]:
        print(f"  {finding}", flush=True)
    return trials.findings


if __name__ == "__main__":
    sys.exit(main())
