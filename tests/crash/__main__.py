"""Kills recording processes and says what was found: ``python -m tests.crash --rounds 1000``."""

import argparse
import tempfile
import time
from pathlib import Path

import attrs

from tests.crash.backups import backup_recorder, careless_recorder, check_backup
from tests.crash.harness import Plan, run
from tests.crash.old_logs import write_format_1_file, write_format_1_schema
from tests.crash.postgres import (
    kill_server,
    open_postgres,
    postgres_recorder,
    start_own_server,
    start_server,
)
from tests.crash.projection import FILE, SERVER
from tests.crash.recorders import (
    check_names,
    failing_recorder,
    hasty_recorder,
    ledger_recorder,
    store_recorder,
    tearing_recorder,
)
from tests.trials import Trials

# A process connects to the server, and looks for the tables, in about 20 ms; making them takes 50.
ON_SERVER = Plan(
    open_recorder=postgres_recorder,
    open_store=open_postgres,
    longest_life_seconds=0.2,
    longest_creation_seconds=0.1,
    prepare=start_server,
)
# A ledger replays its log when it opens: its processes live longer, and its logs stay shorter.
WITH_LEDGER = Plan(open_recorder=ledger_recorder, longest_life_seconds=0.15, rounds_per_log=10)
# Processes that do more than record live longer still.
WITH_MORE = attrs.evolve(WITH_LEDGER, longest_life_seconds=0.4)

# What the processes keep beside the log.
ROWS, BACKUPS = "rows of a table", "backups"

RECORDERS: dict[str, Plan] = {
    "ledger": WITH_LEDGER,
    "store": Plan(open_recorder=store_recorder, check=check_names),
    # Each process finds a log of an older format, and is killed while it lifts it or soon after.
    "lifting": Plan(
        open_recorder=store_recorder,
        lay=write_format_1_file,
        rounds_between_creations=1,
        longest_creation_seconds=0.04,
    ),
    "projection": attrs.evolve(
        WITH_MORE, open_recorder=FILE.recorder, check=FILE.check, beside=ROWS
    ),
    "backup": attrs.evolve(
        WITH_MORE, open_recorder=backup_recorder, check=check_backup, beside=BACKUPS
    ),
    "postgres": ON_SERVER,
    "postgres-lifting": attrs.evolve(
        ON_SERVER,
        lay=write_format_1_schema,
        rounds_between_creations=1,
        longest_creation_seconds=0.2,
    ),
    "postgres-projection": attrs.evolve(
        ON_SERVER,
        open_recorder=SERVER.recorder,
        check=SERVER.check,
        beside=ROWS,
        longest_life_seconds=1.5,
        rounds_per_log=10,
    ),
    # The server is killed while a process records, which goes on once it is there again.
    "restart": attrs.evolve(
        ON_SERVER,
        longest_life_seconds=1.0,
        longest_creation_seconds=0.4,
        prepare=start_own_server,
        interfere=kill_server,
    ),
    # Those that break a promise.
    "hasty": Plan(open_recorder=hasty_recorder),
    "tearing": Plan(open_recorder=tearing_recorder),
    "failing": Plan(open_recorder=failing_recorder),
    "careless-projection": attrs.evolve(
        WITH_MORE, open_recorder=FILE.careless_recorder, check=FILE.check, beside=ROWS
    ),
    "careless-backup": attrs.evolve(
        WITH_MORE, open_recorder=careless_recorder, check=check_backup, beside=BACKUPS
    ),
}

# Of so many rounds in all, one of these: a server takes its time, above all to start again.
SHARES = {
    "ledger": 4,
    "store": 4,
    "lifting": 10,
    "projection": 5,
    "backup": 10,
    "postgres": 20,
    "postgres-lifting": 50,
    "postgres-projection": 40,
    "restart": 50,
}


def main() -> None:
    """Run the harness as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000, help="how many processes to kill")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of killing")
    parser.add_argument("--recorder", choices=RECORDERS, help="what records; by default each")
    options = parser.parse_args()
    shares = {options.recorder: 1} if options.recorder else SHARES
    for recorder, share in shares.items():
        report(recorder, rounds=max(options.rounds // share, 1), seed=options.seed)


def report(recorder: str, *, rounds: int, seed: int) -> None:
    """Run the harness on one recorder."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), RECORDERS[recorder], rounds=rounds, seed=seed)
    seconds = time.perf_counter() - start
    trials = Trials(harness=f"crash {recorder}", seed=seed, counts=tally.counts, seconds=seconds)
    print(trials, flush=True)


if __name__ == "__main__":
    main()
