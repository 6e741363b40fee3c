"""Mutates the tables of the rules: ``python -m tests.mutation --tables stage conduct``."""

import argparse
import sys
import time
from collections.abc import Iterator

from tests.mutation.running import Outcome, run
from tests.mutation.survivors import reason
from tests.mutation.tables import Mutant, mutants, tables
from tests.trials import Trials


def main() -> None:
    """Try the mutants that the command line asks for, and print each that no test kills."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--tables", nargs="*", default=[""], help="beginnings of their names")
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth mutant")
    parser.add_argument("--seed", type=int, default=0, help="the first of them")
    parser.add_argument("--tests", nargs="*", default=[], help="as pytest takes them")
    options = parser.parse_args()
    start = time.perf_counter()
    chosen = list(_chosen(tuple(options.tables)))[options.seed % options.every :: options.every]
    outcomes = run(chosen, *options.tests, heard=_tell)
    survivors = [outcome for outcome in outcomes if outcome.killer is None]
    unexplained = [each for each in survivors if reason(str(each.mutant)) is None]
    trials = Trials(
        harness="mutation of tables",
        seed=options.seed,
        counts={
            "mutants": len(outcomes),
            "killed": len(outcomes) - len(survivors),
            "explained": len(survivors) - len(unexplained),
        },
        findings=len(unexplained),
        seconds=time.perf_counter() - start,
    )
    print(trials)
    sys.exit(bool(unexplained))


def _tell(outcome: Outcome) -> None:
    """Print the mutant at once if no test kills it."""
    if outcome.killer is None:
        print(
            "survives:",
            outcome.mutant,
            f"({reason(str(outcome.mutant)) or 'unexplained'})",
            flush=True,
        )


def _chosen(beginnings: tuple[str, ...]) -> Iterator[Mutant]:
    """Yield the mutants of the tables whose names begin so."""
    for table in tables():
        if table.name.startswith(beginnings):
            yield from mutants(table)


if __name__ == "__main__":
    main()
