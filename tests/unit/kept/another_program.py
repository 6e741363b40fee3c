"""Program that records, and keeps answers, while a test asks for them.

``python -m tests.unit.kept.another_program <log> <rounds>``
"""

import os
import subprocess
import sys

from coopledger import Ledger, events
from tests.builders import NAME, Clock, numbered
from tests.unit.kept.growing import TODAY
from tests.unit.stores.processes import ROOT, open_log

PARTNERSHIPS = 12


def start(log: str, *, rounds: int) -> subprocess.Popen[bytes]:
    """Start the program on the log."""
    path = os.pathsep.join([str(ROOT), *sys.path])
    command = [sys.executable, "-m", __name__, log, str(rounds)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path})  # noqa: S603


def opened(log: str, *, ids: str) -> Ledger:
    """Return the ledger in the log; the programs give ids of their own."""
    return Ledger(open_log(log), name=NAME, clock=Clock(TODAY), ids=numbered(ids))


def go_on(log: str, rounds: int) -> None:
    """Make a promise in each round, fulfil the one before the last, and ask for both lists."""
    with opened(log, ids="another") as ledger:
        for number in range(rounds):
            promise = events.CommitmentMade(
                commitment=f"new{number}",
                partnership=f"ps{number % PARTNERSHIPS}",
                debtors="vn",
                creditors="fr",
                what="a",
                when="2020-01-01",
            )
            ledger.record(promise)
            if number > 1:
                ledger.record(
                    events.CommitmentFulfilled(commitment=f"new{number - 2}", when="2020-06-01")
                )
            view = ledger.view()
            view.commitments(open=None)
            view.commitments()


if __name__ == "__main__":
    go_on(sys.argv[1], int(sys.argv[2]))
