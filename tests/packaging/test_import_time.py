"""`import coopledger` loads what the first call needs, and no more."""

import subprocess
import sys

# Beyond what attrs and cattrs load by themselves. A module is added here when the package cannot
# be imported without it, never because it came along: pendulum waits for the first question about
# a date, sqlite3 for the first file.
ALLOWED = {
    "bisect",
    "coopledger",
    "dataclasses",
    "datetime",
    "difflib",
    "gc",
    "graphlib",
    "hashlib",
    "heapq",
    "json",
    "math",
    "string",
    "struct",
    "typing_extensions",
}

PROGRAM = """
import sys
import attrs, cattrs
before = set(sys.modules)
import coopledger
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(name for name in loaded if not name.startswith("_")))
"""


def test_importing_the_package_loads_only_what_is_allowed() -> None:
    run = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM], capture_output=True, check=True, text=True
    )
    loaded = set(run.stdout.split())

    assert loaded - ALLOWED == set()
