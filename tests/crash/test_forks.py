"""No child of a process whose threads are at work hangs, and what it records is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import servers
from tests.needs import FORK

ROOT = Path(__file__).parents[2]

pytestmark = FORK


@pytest.mark.parametrize(("store", "forks"), [("memory", 5), ("sqlite", 5), ("postgres", 2)])
def test_children_of_a_process_whose_threads_are_at_work_do_not_hang(
    store: str, forks: int
) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if store == "postgres":
        environment[servers.DSN_VARIABLE] = servers.address()

    run = subprocess.run(
        [sys.executable, "-m", "tests.crash.forks", "--store", store, f"--forks={forks}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )

    assert run.returncode == 0, run.stderr
    assert f"{forks} forks, 0 hangs" in run.stdout
