"""After an interrupt at any moment the next call works, and nothing is lost or torn."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import servers

ROOT = Path(__file__).parents[2]


def interrupting(store: str, trials: int, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the harness in a process of its own, whose main thread is interrupted."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if store == "postgres":
        environment[servers.DSN_VARIABLE] = servers.address()
    command = [sys.executable, "-m", "tests.crash.interrupts", f"--store={store}"]
    return subprocess.run(
        [*command, f"--trials={trials}", *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_a_program_that_is_interrupted_goes_on(store: str) -> None:
    run = interrupting(store, 60)

    assert run.returncode == 0, run.stderr
    assert "60 calls" in run.stdout
    assert "0 findings | 0 lost" in run.stdout


def test_a_ledger_that_goes_on_with_what_was_not_stored_is_caught() -> None:
    run = interrupting("sqlite", 1000, "--careless")

    assert run.returncode == 1
    assert "Error" in run.stderr
