"""No child of a process whose threads are at work hangs, and what it records is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import servers
from tests.needs import FORK

ROOT = Path(__file__).parents[2]
UNTIL_CAUGHT = 1000  # forks; the first in the middle of a record hangs, mostly within ten

pytestmark = FORK


def forking(store: str, forks: int, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the harness in a process of its own, whose threads are only those that it starts."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if store == "postgres":
        environment[servers.DSN_VARIABLE] = servers.address()
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.crash.forks",
            f"--store={store}",
            f"--forks={forks}",
            *options,
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.parametrize(("store", "forks"), [("memory", 5), ("sqlite", 5), ("postgres", 2)])
def test_children_of_a_process_whose_threads_are_at_work_do_not_hang(
    store: str, forks: int
) -> None:
    run = forking(store, forks)

    assert run.returncode == 0, run.stderr
    assert f"{forks} forks, 0 hangs" in run.stdout


def test_a_child_that_keeps_the_locks_of_lost_threads_is_caught() -> None:
    run = forking("memory", UNTIL_CAUGHT, "--careless", "--patience=5")

    assert run.returncode == 1
    assert "failed, or hung, as it has said" in run.stderr
    assert "Timeout" in run.stderr
