"""What lies where another log is to be put: told from strangers, and from what is in use."""

import os
from contextlib import closing
from pathlib import Path

from coopledger.errors import StoreError
from coopledger.stores.sqlite.file import LogFile

__all__ = ["refuse_irreplaceable"]

# What SQLite keeps beside a file that a program has open, or has left in the middle of its work:
# a new file under the old name must not come to lie beside it.
_OPEN = ("-wal", "-journal")
_PATIENCE_SECONDS = 1.0


def refuse_irreplaceable(path: Path) -> None:
    """Refuses a file that is none of ours, or that some program has open.

    What a program that was killed has left beside it is taken into the file first, by opening
    and closing it.

    Raises:
        StoreError: Says which of the two, and what would do; a stranger's file is not touched.
        NewerLogError: A newer version of coopledger made it.
    """
    file = LogFile(path=path, durability="durable", patience_seconds=_PATIENCE_SECONDS)
    file.refuse_stranger()
    if _left(path) is not None:
        with closing(file.connect()):
            pass  # who closes it last tidies up
    left = _left(path)
    if left is not None:
        reason = f"a program has it open, as {left} shows: close it, or name another file"
        raise StoreError(str(path), reason)


def _left(path: Path) -> str | None:
    """The first file beside it that shows that it is in use, if there is one."""
    beside = (f"{os.path.realpath(path)}{ending}" for ending in _OPEN)
    return next(filter(os.path.exists, beside), None)
