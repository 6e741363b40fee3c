"""No view is older than what its program holds, and a view that is older is caught.

"A view is at least as new as every receipt that the program holds, in any of its threads;
`view(at_least=position)` for what another program was told."
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import servers
from tests.needs import FORK

ROOT = Path(__file__).parents[2]

pytestmark = FORK


def recency(store: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the harness in a process of its own, which has no threads that a fork would lose."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if store == "postgres":
        environment[servers.DSN_VARIABLE] = servers.address()
    return subprocess.run(
        [sys.executable, "-m", "tests.recency", f"--store={store}", "--reads=300", *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_no_view_is_older_than_what_its_program_holds(store: str) -> None:
    run = recency(store)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 stale | 0 findings" in run.stdout


@pytest.mark.parametrize(
    ("bug", "broken"),
    [("cached", "own receipt"), ("deaf", "told position"), ("back", "earlier view")],
)
def test_a_view_that_is_older_is_caught(bug: str, broken: str) -> None:
    run = recency("sqlite", f"--bug={bug}")

    assert run.returncode == 1, run.stderr
    assert f"behind {broken}" in run.stdout
