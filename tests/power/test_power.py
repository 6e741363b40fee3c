"""Nothing that was acknowledged is lost when the power is cut, the disk fails or memory ends."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import FORK
from tests.power.careless import CARELESS
from tests.power.operations import OPERATIONS
from tests.power.shim import COMPILER

ROOT = Path(__file__).parents[2]
COUNTS = re.compile(r"(\d+) (acknowledged|findings|lost)")

pytestmark = [FORK, COMPILER]


def power(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the harness in a process of its own, which has no threads that a fork would lose."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, "-m", "tests.power", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=False, text=True
    )


def told(report: str) -> dict[str, int]:
    """Return the sums of the numbers that the rows give."""
    sums: dict[str, int] = {}
    for number, word in COUNTS.findall(report):
        sums[word] = sums.get(word, 0) + int(number)
    return sums


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_ends_or_fails_nothing_acknowledged_is_lost(operation: str) -> None:
    run = power(f"--operation={operation}", "--cuts=3")

    assert run.returncode == 0, run.stdout + run.stderr
    assert told(run.stdout)["acknowledged"] > 0
    assert told(run.stdout)["lost"] == 0


@pytest.mark.parametrize(
    ("bug", "kind", "finding"),
    [
        ("hasty", "cut", "LostError: 1 of "),
        ("never synced", "cut", "power cut at call [0-9]+, seed [0-9]+: LostError"),
        ("unsynced files", "cut", "power cut at call [0-9]+, seed [0-9]+: LostError: new.jsonl"),
        ("in place", "cut", "new.jsonl is neither the old nor the new file"),
        ("failures ignored", "failing", "fails once ENOSPC at call [0-9]+, seed [0-9]+: LostError"),
        ("raw", "failing", "the process ended by itself"),
    ],
)
def test_a_bug_that_is_switched_on_is_told(bug: str, kind: str, finding: str) -> None:
    run = power(f"--operation={bug}", "--cuts=72", f"--kind={kind}")

    assert bug in CARELESS
    assert run.returncode == 1, run.stdout + run.stderr
    assert re.search(finding, run.stdout), run.stdout
