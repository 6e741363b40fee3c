"""Statements of a PostgreSQL log, with the name of its schema filled in, and how rows are read."""

from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import LiteralString, Self

import attrs
from psycopg import sql

from coopledger._log.chain import Row
from coopledger.stores.database import LAST_POSITION, PAGE_ROWS, Reading, Statements

VERSION = "SELECT coalesce(max(version), 0) FROM {schema}.format"

_ROWS = (
    "SELECT position, event_id, type, v, recorded_us, effective, payload, digest, chain "
    "FROM {schema}.event WHERE ledger = %s AND "
)
_HEAD = "SELECT position, chain, recorded_us FROM {schema}.head WHERE ledger = %s"

# Arrays of bytes in binary: as text they would be twice as long.
_APPEND = (
    "SELECT head_position, head_chain, head_us, "
    "EXISTS (SELECT FROM {schema}.subscription WHERE ledger = %s) FROM {schema}.append("
    "%s, %s::bigint, %s::bigint, %b, %s, %s, %s::bigint[], %s::text[], %b::bytea[], %b::bytea[])"
)
_BEGIN_LEDGER = (
    "INSERT INTO {schema}.head (ledger, position, chain) VALUES (%s, 0, %b) ON CONFLICT DO NOTHING"
)
# These two serve restorations and transactions of a host only: an append is one call, `_APPEND`.
_INSERT = (
    "INSERT INTO {schema}.event (ledger, position, event_id, type, v, recorded_us, effective, "
    "payload, digest, chain) SELECT %s, new.* FROM unnest(%s::bigint[], %s::text[], %s::text[], "
    "%s::bigint[], %s::bigint[], %s::text[], %b::bytea[], %b::bytea[], %b::bytea[]) AS new"
)
_MOVE_HEAD = (
    "UPDATE {schema}.head SET position = %s, chain = %b, recorded_us = %s WHERE ledger = %s"
)
_CURSORS = (
    "SELECT name, epoch, position, reached, failures, last_error, after, up_to, "
    "replayed, error, types "
    "FROM {schema}.subscription LEFT JOIN {schema}.parked USING (ledger, name) "
    "WHERE ledger = %s ORDER BY name, after, up_to"
)
_CURSOR = (
    "SELECT name, epoch, position, reached, failures, last_error "
    "FROM {schema}.subscription WHERE ledger = %s AND name = %s"
)
_TAKE_CURSOR = (
    "INSERT INTO {schema}.subscription AS old (ledger, name, epoch, position, reached, failures) "
    "VALUES (%s, %s, 1, %s, %s, 0) ON CONFLICT (ledger, name) DO UPDATE SET epoch = old.epoch + 1 "
    "RETURNING name, epoch, position, reached, failures, last_error"
)
_MOVE_CURSOR = (
    "UPDATE {schema}.subscription SET position = %s, reached = %s, failures = %s, last_error = %s "
    "WHERE ledger = %s AND name = %s AND epoch = %s AND position = %s"
)
_PARK = (
    "INSERT INTO {schema}.parked (ledger, name, after, up_to, replayed, error, types) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (ledger, name, after, up_to) "
    "DO UPDATE SET replayed = excluded.replayed, error = excluded.error, "
    "types = excluded.types"
)
_UNPARK = (
    "DELETE FROM {schema}.parked WHERE ledger = %s AND name = %s AND after = %s AND up_to = %s"
)


def filled(statement: LiteralString, schema: str) -> bytes:
    """Return the statement with the schema's name, quoted as it must be.

    To be sent with values, even with none: a percent sign in it is doubled.
    """
    name = sql.Identifier(schema).as_string(None).replace("%", "%%")
    return statement.replace("{schema}", name).encode()


@attrs.frozen(kw_only=True)
class PostgresStatements(Statements[bytes]):
    """Each statement as the bytes that are sent, made once for a store.

    Attributes:
        read: Asks for a page of rows after a position.
        find: Asks for the rows of some ids.
        append: Calls the function that appends, and asks whether anybody follows the ledger.
        begin_ledger: Adds the head of a ledger without events.
        lock_head: Asks for a head, and locks it.
        insert: Adds rows, in a restoration or a transaction of a host.
        move_head: Changes the head there.
    """

    read: bytes
    find: bytes
    append: bytes
    begin_ledger: bytes
    lock_head: bytes
    insert: bytes
    move_head: bytes

    @classmethod
    def of(cls, schema: str) -> Self:
        """Return the statements on the tables of a schema."""
        return cls(
            format=filled(VERSION, schema),
            head=filled(_HEAD, schema),
            ledgers=filled(
                "SELECT ledger FROM {schema}.head WHERE position > 0 ORDER BY ledger", schema
            ),
            cursors=filled(_CURSORS, schema),
            cursor=filled(_CURSOR, schema),
            take_cursor=filled(_TAKE_CURSOR, schema),
            move_cursor=filled(_MOVE_CURSOR, schema),
            park=filled(_PARK, schema),
            unpark=filled(_UNPARK, schema),
            read=filled(
                _ROWS + "position > %s AND position <= %s ORDER BY position LIMIT %s", schema
            ),
            find=filled(_ROWS + "event_id = ANY(%s)", schema),
            append=filled(_APPEND, schema),
            begin_ledger=filled(_BEGIN_LEDGER, schema),
            lock_head=filled(_HEAD + " FOR UPDATE", schema),
            insert=filled(_INSERT, schema),
            move_head=filled(_MOVE_HEAD, schema),
        )


class PostgresReading(Reading[bytes]):
    """Reading half of a store, on whichever connection to the database."""

    _statements: PostgresStatements

    @property
    def _common(self) -> PostgresStatements:
        """See `Reading`."""
        return self._statements

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`; page by page, so that no reader holds back the server's cleaning."""
        last = LAST_POSITION if up_to is None else up_to
        while True:
            values = (ledger, after, last, PAGE_ROWS)
            page = list(starmap(Row, self._ask(self._statements.read, values)))
            yield from page
            if len(page) < PAGE_ROWS:
                return
            after = page[-1].position

    def _rows_with(self, ledger: str, event_ids: Sequence[str]) -> Iterator[Row]:
        """See `Reading`."""
        return starmap(Row, self._ask(self._statements.find, (ledger, list(event_ids))))


def columns_of(rows: Sequence[Row]) -> list[list[object]]:
    """Return one list for each column of the rows, as `PostgresStatements.insert` takes them."""
    return [list(column) for column in zip(*map(attrs.astuple, rows), strict=True)]
