"""A process that ends before any statement by which it keeps answers leaves no wrong answer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import servers
from tests.needs import FORK

ROOT = Path(__file__).parents[2]
ENDED = re.compile(r": (\d+) processes ended")

pytestmark = FORK


def end_before_each(where: str, *how: str) -> subprocess.CompletedProcess[str]:
    """Run all scenes in a process of its own, which has no threads that a fork would lose."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if where == "database":
        environment[servers.DSN_VARIABLE] = servers.address()
    command = [sys.executable, "-m", "tests.crash.statements", where, *how]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=False, text=True
    )


@pytest.mark.parametrize("where", ["file", "database"])
def test_a_process_that_ends_while_it_keeps_answers_leaves_no_wrong_answer(where: str) -> None:
    run = end_before_each(where)

    assert run.returncode == 0, run.stderr
    ended = [int(number) for number in ENDED.findall(run.stdout)]
    assert len(ended) == 4
    assert min(ended) > 10
    print(run.stdout)


@pytest.mark.parametrize("where", ["file", "database"])
def test_answers_that_are_kept_without_a_transaction_are_caught(where: str) -> None:
    run = end_before_each(where, "what is kept cannot be read", "careless")

    assert run.returncode == 1
    assert "a wrong answer" in run.stderr
