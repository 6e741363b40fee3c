"""`import coopledger` loads what the first call needs, and no more."""

import subprocess
import sys

import pytest

# Beyond what attrs and cattrs load by themselves. A module is added here when the package cannot
# be imported without it, never because it came along: pendulum waits for the first question about
# a date, sqlite3 for the first file.
ALLOWED = {
    "array",
    "bisect",
    "coopledger",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "gc",
    "graphlib",
    "hashlib",
    "heapq",
    "json",
    "math",
    "numbers",
    "string",
    "struct",
    "typing_extensions",
}

# Rooms of the package that wait for the call that needs them.
WAITING = (
    "coopledger._display.markup",
    "coopledger._log.strict",
    "coopledger.aio",
    "coopledger.answers._arrow",
    "coopledger.answers._notebook",
    "coopledger.calendar",
    "coopledger.cli",
    "coopledger.letter",
    "coopledger.packs.vietnam",
    "coopledger.plain",
    "coopledger.render",
    "coopledger.report",
    "coopledger.stores.postgres",
    "coopledger.stores.sqlite",
    "coopledger.testing",
    "coopledger.web",
)

PROGRAM = """
import sys
import attrs, cattrs
before = set(sys.modules)
import coopledger
print(*sorted(set(sys.modules) - before))
"""


@pytest.fixture(scope="module")
def loaded() -> list[str]:
    """Return the names of the modules that the package loads."""
    run = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM], capture_output=True, check=True, text=True
    )
    return run.stdout.split()


def test_importing_the_package_loads_only_what_is_allowed(loaded: list[str]) -> None:
    packages = {name.partition(".")[0] for name in loaded}

    assert {name for name in packages if not name.startswith("_")} - ALLOWED == set()


def test_importing_the_package_loads_no_room_that_its_calls_load(loaded: list[str]) -> None:
    assert [name for name in loaded if name.startswith(WAITING)] == []
