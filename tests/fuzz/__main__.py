"""Hostile bytes, led by what they reach: ``python -m tests.fuzz --runs 20000 --target decode``.

Without a target each is run in turn. The fuzzer is atheris, in the dependency group ``fuzz``.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import atheris  # type: ignore[import-untyped]

from tests.trials import Trials

instrument: Callable[..., AbstractContextManager[object]] = getattr(atheris, "instrument_imports")  # noqa: B009 - atheris tells type checkers nothing of itself

with instrument(include=["coopledger"]):
    from tests.fuzz.targets import TARGETS

MOST_MEGABYTES = 1024  # what a process may take, the fuzzer itself and its tables among it
MOST_AT_ONCE_MEGABYTES = 256
LONGEST_SECONDS = 20  # for one input


def main() -> None:
    """Run one target in this process, or each in one of its own; ends with 1 at what is found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000, help="how many inputs for each target")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's choices")
    parser.add_argument("--target", choices=TARGETS, help="by default each")
    parser.add_argument("--found", type=Path, default=Path(), help="where a finding is put")
    options = parser.parse_args()
    if options.target is None:
        sys.exit(max(_run_apart(target, options) for target in TARGETS))
    with tempfile.TemporaryDirectory() as folder:
        _fuzz(options, Path(folder))


def _run_apart(target: str, options: argparse.Namespace) -> int:
    """Return the exit code of an own process for the target: libFuzzer ends its process."""
    print(f"--- {target}", flush=True)
    start = time.perf_counter()
    command = [sys.executable, "-m", "tests.fuzz", *sys.argv[1:], "--target", target]
    code = subprocess.run(command, check=False, env=os.environ).returncode
    trials = Trials(
        harness=f"fuzz {target}",
        seed=options.seed,
        counts={"inputs at most": options.runs},
        findings=bool(code),
        seconds=time.perf_counter() - start,
    )
    print(trials, flush=True)
    return code


def _fuzz(options: argparse.Namespace, folder: Path) -> None:
    target = TARGETS[options.target]
    seeds = list(target.seeds())
    for number, seed in enumerate(seeds):
        (folder / str(number)).write_bytes(seed)
    limits = {
        # A seed is run once before the choices begin.
        "runs": options.runs + len(seeds),
        "seed": options.seed,
        "max_len": max(target.longest, *map(len, seeds)),
        "rss_limit_mb": MOST_MEGABYTES,
        "malloc_limit_mb": MOST_AT_ONCE_MEGABYTES,
        "timeout": LONGEST_SECONDS,
        "artifact_prefix": f"{options.found}/{options.target}-",
        "print_final_stats": 1,
        "verbosity": 1,
    }
    flags = [f"-{name}={value}" for name, value in limits.items()]
    atheris.Setup([sys.argv[0], *flags, str(folder)], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
