"""Make a ledger on the command line, and ask for its board."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def run(*words: str | Path) -> str:
    """Return what a command writes."""
    command = [sys.executable, "-m", "coopledger", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


with TemporaryDirectory() as folder:
    file = Path(folder, "office.db")
    run("new", file, "--zone", "UTC", "--party", "HC", "Our Institute", "centre")
    assert "Board" in run("board", file)
