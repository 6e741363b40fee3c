"""Processes keep their locks on a log, in spite of all that they do with the file.

Where POSIX holds, closing any descriptor of a file gives up all locks that the process has on it,
unless SQLite closes it. The next process that closes the log then takes itself for the last: it
removes the WAL, and what the first one records later goes where nobody looks.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coopledger import Ledger, Verification
from coopledger.errors import CoopledgerError
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, drafts

LEDGER = "l"
OTHER = """
import sys
from coopledger.stores.sqlite import SqliteStore
from tests.contracts.drafts import append, drafts

with SqliteStore(sys.argv[1]) as store:
    append(store, "l", drafts("l", sys.argv[2]))
"""


def another_process_appends(path: Path, event_id: str) -> None:
    command = [sys.executable, "-c", OTHER, str(path), event_id]
    subprocess.run(command, check=True)  # noqa: S603 - it starts only this Python


def opens_again(path: Path) -> None:
    SqliteStore(path).close()


def opens_a_ledger(path: Path) -> None:
    with Ledger.open(path, name="another") as ledger:
        assert ledger.verify() == Verification(0, None)


def imports_by_mistake(path: Path) -> None:
    with Ledger.open(path, name="another") as ledger:
        for take_in in (ledger.import_jsonl, ledger.restore_jsonl):
            with pytest.raises(CoopledgerError, match="where this ledger is kept"):
                take_in(path)


@pytest.mark.parametrize("does", [opens_again, opens_a_ledger, imports_by_mistake])
def test_what_a_process_does_beside_an_open_log_does_not_loosen_its_hold(
    does: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "log.db"
    with SqliteStore(path) as store:
        append(store, LEDGER, drafts(LEDGER, "e1"))
        does(path)

        another_process_appends(path, "e2")
        append(store, LEDGER, drafts(LEDGER, "e3"))
        another_process_appends(path, "e4")
        append(store, LEDGER, drafts(LEDGER, "e5"))

    with SqliteStore(path) as store:
        assert [row.event_id for row in store.read(LEDGER)] == ["e1", "e2", "e3", "e4", "e5"]
        assert verify_log(store, LEDGER) == Verification(5, None)
