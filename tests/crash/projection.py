"""Projection of a log into a table of its own, which is killed while both are written.

The table and the place in the log up to which it goes are written in one transaction.
"""

import sqlite3
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import attrs
import psycopg

from coopledger import Ledger
from coopledger.stores.sqlite import SqliteStore
from coopledger.subscriptions import Batch
from tests import servers
from tests.crash.postgres import open_postgres, schema_of
from tests.crash.recorders import LEDGER, OpenStore, Recorder, noon, parties

__all__ = ["FILE", "SERVER", "Projection"]

NAME = "table"
BATCH_SIZE = 7
OTHER_WORK_SECONDS = 0.02

# A connection of sqlite3 or of psycopg, which are used alike.
Connect = Callable[[Path], Any]
Write = Callable[[Any, Batch], None]


@attrs.frozen(kw_only=True)
class Projection:
    """Table beside a log.

    Attributes:
        open_store: Opens the log.
        connect: Connects to the same file or schema, as the reader of the log does.
        mark: What stands for a value in a statement there.
    """

    open_store: OpenStore
    connect: Connect
    mark: str

    @contextmanager
    def recorder(self, path: Path) -> Generator[Recorder, None, None]:
        """Record, and write each event to the table."""
        with self._recorder(path, self._write_and_save) as record:
            yield record

    @contextmanager
    def careless_recorder(self, path: Path) -> Generator[Recorder, None, None]:
        """Record, commit the table, and save its position in the log only after other work."""

        def write(connection: Any, batch: Batch) -> None:  # noqa: ANN401 - see Connect
            self._write(connection, batch)
            connection.commit()
            time.sleep(OTHER_WORK_SECONDS)
            batch.save()

        with self._recorder(path, write) as record:
            yield record

    def check(self, path: Path) -> int:
        """Check that the table holds the log up to the saved position, each event once."""
        with closing(self.open_store(path)) as store, closing(self.connect(path)) as connection:
            position = next((cursor.position for cursor in store.cursors(LEDGER)), 0)
            expected = [(row.position, row.event_id) for row in store.read(LEDGER, up_to=position)]
            _make_table(connection)
            db_cursor = connection.cursor()
            db_cursor.execute("SELECT position, event_id FROM own ORDER BY position")
            rows = list(db_cursor.fetchall())
        assert rows == expected, f"{len(rows)} in the table, which goes up to position {position}"
        return len(rows)

    @contextmanager
    def _recorder(self, path: Path, write: Write) -> Generator[Recorder, None, None]:
        ledger = Ledger(self.open_store(path), name=LEDGER, clock=noon)
        with ledger, closing(self.connect(path)) as connection:
            _make_table(connection)
            subscription = ledger.subscribe(NAME, batch_size=BATCH_SIZE)

            def record(event_ids: Sequence[str]) -> Sequence[int]:
                receipt = ledger.record(*parties(event_ids))
                for batch in subscription.batches():
                    write(connection, batch)
                return [stored.position for stored in receipt.events]

            yield record

    def _write_and_save(self, connection: Any, batch: Batch) -> None:  # noqa: ANN401 - see Connect
        self._write(connection, batch)
        batch.save(connection=connection)
        connection.commit()

    def _write(self, connection: Any, batch: Batch) -> None:  # noqa: ANN401
        rows = [(each.position, each.event.id) for each in batch.events]
        insert = f"INSERT INTO own VALUES ({self.mark}, {self.mark})"  # noqa: S608 - two marks
        connection.cursor().executemany(insert, rows)


def _make_table(connection: Any) -> None:  # noqa: ANN401 - see Connect
    """Make the table without a key, so that an event taken in twice shows."""
    connection.cursor().execute(
        "CREATE TABLE IF NOT EXISTS own (position BIGINT, event_id VARCHAR(99))"
    )
    connection.commit()


def _connected(path: Path) -> Any:  # noqa: ANN401 - see Connect
    schema = schema_of(path)
    settings = f"-c search_path={schema}"
    return psycopg.connect(servers.address(), application_name=schema, options=settings)


FILE = Projection(open_store=SqliteStore, connect=sqlite3.connect, mark="?")
SERVER = Projection(open_store=open_postgres, connect=_connected, mark="%s")
