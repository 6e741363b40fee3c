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
    """Files that were found when a log was opened, by device and number.

    The `-shm` says how much of the WAL counts: programs with two of them write over each other.
    """

    def __init__(self, store: str, path: Path) -> None:
        """Look at the file, where a link leads in the end; SQLite keeps the others there."""
        self._store = store
        self._path = str(path)
        target = os.path.realpath(path)
        self._beside = tuple(f"{target}{ending}" for ending in ("-wal", "-shm"))
        self._main = _number(self._path)
        self._numbers = [_number(each) for each in self._beside]

    def look_again(self) -> None:
        """Take the WAL and its index for those of a connection that was just opened.

        Raises:
            StoreError: The connection leads to another file than the first one did.
        """
        self.refuse_moved()
        self._numbers = [_number(each) for each in self._beside]

    def forget(self) -> None:
        """Take the WAL and its index as they are found next: no connection is open any more."""
        self._numbers = [None] * len(self._beside)

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
            StoreError: The file, its WAL or the index of that is not the one that was opened.
        """
        self.refuse_moved()
        found = [_number(each) for each in self._beside]
        if None in found or found != self._numbers:
            self._refuse_cut_off(found)
            self._numbers = found

    def is_cut_off(self) -> bool:
        """Return whether others may write to the file by another WAL, or another index of it."""
        found = [_number(each) for each in self._beside]
        pairs = zip(self._numbers, found, strict=True)
        return any(before not in {None, now} for before, now in pairs)

    def _refuse_cut_off(self, found: list[tuple[int, int] | None]) -> None:
        """Refuse a WAL, or an index of it, that is gone or is not the one that was opened."""
        for path, before, now in zip(self._beside, self._numbers, found, strict=True):
            if now is None or before not in {None, now}:
                raise StoreError(self._store, _CUT_OFF.format(name=Path(path).name))


def _number(path: str) -> tuple[int, int] | None:
    """Return the device and the number of a file; none if there is no such file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a Path costs as much again, before each commit
    except OSError:
        return None
    return found.st_dev, found.st_ino
