"""Time that an import takes, in a new interpreter."""

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measurement import Timing

PACKAGE = "import coopledger"
ALONE = "import attrs, cattrs, pendulum"
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
PROGRAM = """
import time
wall, cpu = time.perf_counter(), time.process_time()
{statement}
print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def imported(statement: str, folder: Path, *, times: int) -> list[Timing]:
    """Return what the statement takes so many times; its bytecode is kept in the folder."""
    settings = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    settings["PYTHONPYCACHEPREFIX"] = str(folder)
    program = [sys.executable, "-c", PROGRAM.format(statement=statement)]
    found: list[Timing] = []
    for _ in range(times + 1):
        run = subprocess.run(program, check=True, capture_output=True, text=True, env=settings)
        wall, cpu = map(float, run.stdout.split())
        found.append(Timing(wall, cpu))
    return found[1:]  # the first compiles
