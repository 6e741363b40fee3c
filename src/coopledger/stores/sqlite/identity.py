"""Identity of the files that a store has open: another log in their place is told.

SQLite goes on writing to a file that was moved or removed while it was open, and what it writes
there is nowhere once the file is closed.
"""

import os
from pathlib import Path

from coopledger.errors import StoreError

_MOVED = (
    "the file was moved, removed or replaced while it was open, so nothing can be recorded: put it "
    "back, or save what this program still reads with export_jsonl, then open the log again"
)
_CUT_OFF = (
    "{name} was removed or replaced while the log was open, so nothing can be recorded: save what "
    "this program still reads with export_jsonl, then open the log again"
)


class Identity:
    """Files that were found when a log was opened, by device and number."""

    def __init__(self, store: str, path: Path) -> None:
        """Look at the file, where a link leads in the end; SQLite keeps the WAL there."""
        self._store = store
        self._path = str(path)
        self._wal = f"{os.path.realpath(path)}-wal"
        self._main = _number(self._path)
        self._wal_number = _number(self._wal)

    def look_again(self) -> None:
        """Take the WAL for that of a connection that was just opened.

        Raises:
            StoreError: The connection leads to another file than the first one did.
        """
        self.refuse_moved()
        self._wal_number = _number(self._wal)

    def refuse_moved(self) -> None:
        """Refuse another file, or none, in the place of the log.

        Raises:
            StoreError: Says what to do.
        """
        if _number(self._path) != self._main:
            raise StoreError(self._store, _MOVED)

    def refuse_other(self) -> None:
        """Refuse to commit where what is written would be nowhere.

        Raises:
            StoreError: The file or its WAL is not the one that was opened.
        """
        self.refuse_moved()
        wal = _number(self._wal)
        if wal is None or self._wal_number not in {None, wal}:
            raise StoreError(self._store, _CUT_OFF.format(name=Path(self._wal).name))
        self._wal_number = wal


def _number(path: str) -> tuple[int, int] | None:
    """Return the device and the number of a file; none if there is no such file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a Path costs as much again, before each commit
    except OSError:
        return None
    return found.st_dev, found.st_ino
