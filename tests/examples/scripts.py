"""Example scripts, run as a user runs them, and their expected output."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
EXPECTED = Path(__file__).parent / "expected"
# Those that read other examples, and so run as modules.
MODULES = {"one_office"}


def run_example(example: Path, *arguments: str) -> str:
    """Run the script from the root of the project in a Python of its own; return its output."""
    script = ["-m", f"examples.{example.stem}"] if example.stem in MODULES else [example]
    run = subprocess.run(  # noqa: S603 - our own scripts, by this Python
        [sys.executable, *script, *arguments],
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error"},
    )
    assert run.stderr == ""
    return run.stdout


def expected_file(example: Path) -> Path:
    """Return the file with the output that somebody has looked at."""
    return EXPECTED / f"{example.stem}.txt"
