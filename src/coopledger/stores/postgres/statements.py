"""What a store says to the server, with the name of the schema filled in."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import Any, LiteralString, Self

import attrs
from psycopg import sql

from coopledger._log.chain import Head, Row, beginning

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
_INSERT = (
    "INSERT INTO {schema}.event (ledger, position, event_id, type, v, recorded_us, effective, "
    "payload, digest, chain) SELECT %s, new.* FROM unnest(%s::bigint[], %s::text[], %s::text[], "
    "%s::bigint[], %s::bigint[], %s::text[], %b::bytea[], %b::bytea[], %b::bytea[]) AS new"
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
_TAKE = (
    "INSERT INTO {schema}.subscription AS old (ledger, name, epoch, position, reached, failures) "
    "VALUES (%s, %s, 1, %s, %s, 0) ON CONFLICT (ledger, name) DO UPDATE SET epoch = old.epoch + 1 "
    "RETURNING name, epoch, position, reached, failures, last_error"
)
_MOVE = (
    "UPDATE {schema}.subscription SET position = %s, reached = %s, failures = %s, last_error = %s "
    "WHERE ledger = %s AND name = %s AND epoch = %s AND position = %s"
)
_UNPARK = (
    "DELETE FROM {schema}.parked WHERE ledger = %s AND name = %s AND after = %s AND up_to = %s"
)
_PARK = (
    "INSERT INTO {schema}.parked (ledger, name, after, up_to, replayed, error, types) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (ledger, name, after, up_to) "
    "DO UPDATE SET replayed = excluded.replayed, error = excluded.error, "
    "types = excluded.types"
)


@attrs.frozen(kw_only=True)
class Statements:
    """Each statement as the bytes that are sent, made once for a store."""

    format: bytes
    head: bytes
    read: bytes
    find: bytes
    ledgers: bytes
    append: bytes
    begin_ledger: bytes
    lock_head: bytes
    insert: bytes
    move_head: bytes
    cursors: bytes
    cursor: bytes
    take: bytes
    move: bytes
    unpark: bytes
    park: bytes

    @classmethod
    def of(cls, schema: str) -> Self:
        """The statements on the tables of a schema."""
        return cls(
            format=filled("SELECT coalesce(max(version), 0) FROM {schema}.format", schema),
            head=filled(_HEAD, schema),
            read=filled(
                _ROWS + "position > %s AND position <= %s ORDER BY position LIMIT %s", schema
            ),
            find=filled(_ROWS + "event_id = ANY(%s)", schema),
            ledgers=filled(
                "SELECT ledger FROM {schema}.head WHERE position > 0 ORDER BY ledger", schema
            ),
            append=filled(_APPEND, schema),
            begin_ledger=filled(
                "INSERT INTO {schema}.head (ledger, position, chain) VALUES (%s, 0, %b) "
                "ON CONFLICT DO NOTHING",
                schema,
            ),
            lock_head=filled(_HEAD + " FOR UPDATE", schema),
            insert=filled(_INSERT, schema),
            move_head=filled(
                "UPDATE {schema}.head SET position = %s, chain = %b, recorded_us = %s "
                "WHERE ledger = %s",
                schema,
            ),
            cursors=filled(_CURSORS, schema),
            cursor=filled(_CURSOR, schema),
            take=filled(_TAKE, schema),
            move=filled(_MOVE, schema),
            unpark=filled(_UNPARK, schema),
            park=filled(_PARK, schema),
        )


def filled(statement: LiteralString, schema: str) -> bytes:
    """The statement with the schema's name, quoted as it must be.

    To be sent with values, be they none: a percent sign stands doubled in it.
    """
    name = sql.Identifier(schema).as_string(None).replace("%", "%%")
    return statement.replace("{schema}", name).encode()


# How a log is read, on whichever connection.

_PAGE_ROWS = 500
_PAGE_IDS = 500
_LAST = 2**63 - 1


class Reading(ABC):
    """The reading half of a store."""

    _statements: Statements

    def head(self, ledger: str) -> Head:
        """See `Store.head`."""
        found = self._ask(self._statements.head, (ledger,))
        if not found:
            return beginning(ledger)
        position, chain, recorded_us = found[0]
        return Head(position=position, chain=chain, recorded_us=recorded_us)

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`; page by page, so that no reader holds back the server's cleaning."""
        last = _LAST if up_to is None else up_to
        while True:
            page = list(
                starmap(Row, self._ask(self._statements.read, (ledger, after, last, _PAGE_ROWS)))
            )
            yield from page
            if len(page) < _PAGE_ROWS:
                return
            after = page[-1].position

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """See `Store.find`; in pages of ids, each of one moment."""
        found: dict[str, Row] = {}
        for start in range(0, len(event_ids), _PAGE_IDS):
            some = list(event_ids[start : start + _PAGE_IDS])
            rows = starmap(Row, self._ask(self._statements.find, (ledger, some)))
            found.update((row.event_id, row) for row in rows)
        return found

    @abstractmethod
    def _ask(self, statement: bytes, values: tuple[object, ...]) -> list[Any]:
        """All rows of a query, whose types the tables promise; nothing stays open."""
