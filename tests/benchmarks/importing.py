"""Time that an import takes, in a new interpreter."""

import subprocess
import sys

from tests.benchmarks.measurement import Timing

PACKAGE = "import coopledger"
ALONE = "import attrs, cattrs, pendulum"
PROGRAM = """
import time
wall, cpu = time.perf_counter(), time.process_time()
{statement}
print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def imported(statement: str) -> Timing:
    """Return what the statement takes."""
    program = [sys.executable, "-c", PROGRAM.format(statement=statement)]
    run = subprocess.run(program, check=True, capture_output=True, text=True)
    wall, cpu = map(float, run.stdout.split())
    return Timing(wall, cpu)
