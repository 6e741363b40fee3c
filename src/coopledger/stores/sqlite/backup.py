"""Copy of an SQLite log while others write to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from coopledger._log.chain import Head
from coopledger.stores.database import head_in, name_of
from coopledger.stores.protocol import Tell
from coopledger.stores.sqlite.failures import plain_errors
from coopledger.stores.sqlite.file import LogFile

_PAGES = 256  # in one step, after each of which the progress is reported
_HEADS = "SELECT ledger, position, chain, recorded_us FROM head WHERE position > 0"


def copied(
    file: LogFile, source: sqlite3.Connection, target: Path, *, tell: Tell
) -> dict[str, Head]:
    """Copy a file into an empty one while others write to it; return the heads of that moment.

    With SQLite's own backup, page by page, within one transaction that reads. The transaction
    holds the moment: without it the backup would begin again whenever another process has written
    between two steps, and on a busy log never end. VACUUM INTO keeps a moment too, and writes a
    smaller file; but it tells nothing of its progress, cannot be broken off, and gives another
    file than the one that is kept. Writers wait for neither; what they add meanwhile stays in the
    WAL until it is done. The copy is not yet on the disk.

    Raises:
        StoreError: One of them cannot be read or written.
    """
    with plain_errors(str(file)):
        try:
            source.execute("BEGIN")
            heads = source.execute(_HEADS).fetchall()
            size: int = source.execute("PRAGMA page_size").fetchone()[0]
            with plain_errors(str(target)):
                _copy_pages(source, target, page_bytes=size, tell=tell)
        finally:
            if source.in_transaction:
                source.execute("ROLLBACK")
    return {name_of(ledger): head_in(ledger, [columns]) for ledger, *columns in heads}


def _copy_pages(source: sqlite3.Connection, target: Path, *, page_bytes: int, tell: Tell) -> None:
    """Copy page by page; without a journal, as what is cut off is thrown away."""

    def tell_bytes(_: int, left: int, pages: int) -> None:  # as SQLite calls after each step
        tell((pages - left) * page_bytes, pages * page_bytes)

    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy, pages=_PAGES, progress=tell_bytes)
