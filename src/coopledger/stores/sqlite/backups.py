"""A whole SQLite file is copied while others write to it.

SQLite's own backup, page by page, within one transaction that reads. The transaction holds the
moment: without it the backup would begin anew whenever another process has written between two
steps, and on a busy log never end. VACUUM INTO keeps a moment too, and writes a smaller file; but
it tells nothing of its progress, cannot be broken off, and gives another file than the one that
is kept. Writers wait for neither; what they add meanwhile stays in the WAL until it is done.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from coopledger.stores.protocol import Tell
from coopledger.stores.rows import Head
from coopledger.stores.sqlite.failures import plain_errors
from coopledger.stores.sqlite.file import LogFile

__all__ = ["copied"]

_PAGES = 256  # in one step, between which progress is told

_HEADS = "SELECT ledger, position, chain, recorded_us FROM head WHERE position > 0"


def copied(
    file: LogFile, source: sqlite3.Connection, place: Path, *, tell: Tell
) -> dict[str, Head]:
    """Writes the file anew at the place, where an empty one lies; the heads of that moment.

    It is not yet on the disk.

    Raises:
        StoreError: One of them cannot be read or written.
    """
    with plain_errors(str(file)):
        source.execute("BEGIN")
        try:
            found = source.execute(_HEADS).fetchall()
            size: int = source.execute("PRAGMA page_size").fetchone()[0]
            with plain_errors(str(place)):
                _write(source, place, _told(tell, size))
        finally:
            source.execute("ROLLBACK")
    return {
        ledger: Head(position=position, chain=chain, recorded_us=recorded_us)
        for ledger, position, chain, recorded_us in found
    }


def _write(
    source: sqlite3.Connection, place: Path, told: Callable[[int, int, int], object]
) -> None:
    """Copies page by page; no journal, as what is cut off is thrown away."""
    with closing(sqlite3.connect(place, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target, pages=_PAGES, progress=told)


def _told(tell: Tell, page_bytes: int) -> Callable[[int, int, int], object]:
    """What SQLite calls after each step with a code, the pages to come, and all pages."""
    return lambda _, left, pages: tell((pages - left) * page_bytes, pages * page_bytes)
