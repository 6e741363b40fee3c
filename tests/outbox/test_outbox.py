"""A webhook is told of every event and acts on it once, although either side is killed."""

import os
import subprocess
import sys
from pathlib import Path

from tests.needs import FORK

ROOT = Path(__file__).parents[2]
ROUNDS = 25
TRIES = 20  # a kill meets the fault by chance; mostly the first try is enough

pytestmark = FORK


def killing(*options: str) -> subprocess.CompletedProcess[str]:
    """Run the harness in a process of its own, which has no threads that a fork would lose."""
    path = os.pathsep.join([str(ROOT), *sys.path])
    return subprocess.run(
        [sys.executable, "-m", "tests.outbox", f"--rounds={ROUNDS}", *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        check=False,
        text=True,
    )


def test_every_event_is_acted_on_once_although_either_side_is_killed() -> None:
    run = killing()

    assert run.returncode == 0, run.stderr
    assert "events acted on once | 0 findings | 0 lost" in run.stdout
    print(run.stdout)


def test_a_sender_that_saves_before_it_posts_is_caught() -> None:
    runs = (killing("--hasty", f"--seed={seed}") for seed in range(1, 1 + TRIES))

    caught = next(run for run in runs if run.returncode)

    assert caught.returncode == 1
    assert "AssertionError" in caught.stderr
