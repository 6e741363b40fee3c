"""Real processes of the command line, as a shell starts them."""

import os
import subprocess
import sys
from pathlib import Path
from time import time_ns
from typing import Protocol

from coopledger import Ledger, events
from tests.builders import restore_unchecked

COMMAND = (sys.executable, "-W", "error", "-m", "coopledger")
# What a shell has at least; nothing of the settings of whoever runs the tests.
KEPT = ("HOME", "PATH", "PYTHONPATH")
MEASURING = ("COVERAGE_FILE", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")


def environment(**variables: str) -> dict[str, str]:
    """Return an environment with UTF-8, and with the variables."""
    measuring = {name: os.environ[name] for name in MEASURING if name in os.environ}
    return {**measuring, **unmeasured(**variables)}


def unmeasured(**variables: str) -> dict[str, str]:
    """Return an environment without the coverage, for programs that are interrupted.

    Coverage takes a lock of its own as it measures; an interrupt there would wait for it for ever.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "PYTHONUTF8": "1", **variables}


def run(*words: str | Path, text: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with a text on its standard input; return what it wrote, and its exit code."""
    return subprocess.run(  # noqa: S603 - it starts only itself
        [*COMMAND, *map(str, words)],
        input=text,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment(**variables),
    )


class RunHere(Protocol):
    """Call that runs a command in this very process: for many mistakes, each told in an instant."""

    def __call__(self, *words: str | Path, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Return what the command wrote, and its exit code."""
        ...


def make_office(path: Path | str, *, name: str = "ledger") -> None:
    """Make a ledger of two partners, a text, and two promises, of which one is late.

    It was begun with an older version, which refused no control character.
    """
    with Ledger.open(path, name=name, timezone="Asia/Ho_Chi_Minh") as ledger:
        restore_unchecked(
            ledger,
            events.PartyRegistered(id="r1", party="HC", name="Viện Hải Châu", kind="centre"),
            events.PartyRegistered(id="r2", party="NU", name="Nordhavn [red]", kind="university"),
            events.PartnershipOpened(id="r3", partnership="north", parties=["HC", "NU"]),
            events.InstrumentRegistered(
                id="r4", instrument="north-mou", partnership="north", kind="mou"
            ),
            events.InstrumentSigned(id="s1", instrument="north-mou", when="2022-05-20"),
            events.CommitmentMade(
                id="c1",
                commitment="buoys",
                partnership="north",
                when="2022-05-20",
                debtors="HC",
                creditors="NU",
                what="send the \x1b[2J data",
                due="2022-09",
            ),
            events.CommitmentMade(
                id="c2",
                commitment="visit",
                partnership="north",
                when="2022-05-20",
                debtors="NU",
                creditors="HC",
                what="arrange a visit",
                due="2023-03",
            ),
            clock_us=time_ns() // 1000,
        )
