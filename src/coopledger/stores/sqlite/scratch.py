"""Drafts on their way into a log, in a file without a name that is gone with the program."""

import json
import sqlite3
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from threading import Lock
from typing import Any

from coopledger._frozen import frozen
from coopledger._log.chain import Draft, Listing, Row
from coopledger.stores.database import PAGE_ROWS
from coopledger.stores.protocol import Closing
from coopledger.stores.sqlite.failures import plain_errors

_WHERE = "temporary file"

# Nothing outlives the program, so that there is nothing to be rolled back or to be synced. SQLite
# writes a database without a name to the disk only once it no longer fits into its cache.
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8000;
CREATE TABLE draft (
    position INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
    v INTEGER NOT NULL, recorded_us INTEGER NOT NULL, effective TEXT, payload BLOB NOT NULL,
    digest BLOB NOT NULL, chain BLOB NOT NULL, listing TEXT NOT NULL
);
CREATE TABLE naming (name TEXT, position INTEGER, PRIMARY KEY (name, position)) WITHOUT ROWID;
CREATE TABLE opening (
    noun TEXT, position INTEGER, name TEXT, PRIMARY KEY (noun, position, name)
) WITHOUT ROWID;
CREATE TABLE asked (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE number (
    kind TEXT, key BLOB, value INTEGER NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
BEGIN;
"""
_COLUMNS = "position, event_id, type, v, recorded_us, effective, payload, digest, chain"


@frozen
class Spooled:
    """Row on trial, and the names under which its event is found.

    Attributes:
        row: The row as it would be stored; without a chain unless it is stored.
        listing: Its names.
    """

    row: Row
    listing: Listing


class Scratch(Closing):
    """Drafts that were tried and are not stored yet, found by position, by id and by name.

    Memory does not grow with them. After `close` they are gone, as they are when the program is
    killed: the file never had a name.
    """

    def __init__(self) -> None:
        """Begin without drafts.

        Raises:
            StoreError: No temporary file can be made.
        """
        self._lock = Lock()
        with plain_errors(_WHERE):
            self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self._connection.executescript(_SCHEMA)

    def add(self, page: Sequence[Spooled], *, asked: Iterable[str]) -> None:
        """Add drafts after those before, and the names on which their trial rested."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_values, page)
            )
            connection.executemany(
                "INSERT OR IGNORE INTO naming VALUES (?, ?)",
                ((name, each.row.position) for each in page for name in each.listing.names),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO opening VALUES (?, ?, ?)",
                (
                    (noun, each.row.position, name)
                    for each in page
                    for noun, name in each.listing.opened
                ),
            )
            connection.executemany("INSERT OR IGNORE INTO asked VALUES (?)", _columns(asked))

    def rests_on(self, names: Iterable[str], *, after: int) -> bool:
        """Return whether a trial asked for one of the names, or a draft after the position has it.

        Drafts up to the position are stored already.
        """
        return any(
            self._ask("SELECT 1 FROM asked WHERE name = ?", (name,))
            or self._ask("SELECT 1 FROM naming WHERE name = ? AND position > ?", (name, after))
            for name in names
        )

    def read(self, *, after: int, up_to: int) -> Iterator[Row]:
        """Yield the rows between two positions, which are read page by page."""
        statement = (
            f"SELECT {_COLUMNS} FROM draft WHERE position > ? AND position <= ? "  # noqa: S608 - constant
            "ORDER BY position LIMIT ?"
        )
        while page := self._ask(statement, (after, up_to, PAGE_ROWS)):
            yield from (Row(*columns) for columns in page)
            after = page[-1][0]

    def pages(self, *, after: int) -> Iterator[list[Draft]]:
        """Yield the drafts after a position, page by page."""
        statement = (
            "SELECT position, event_id, type, v, effective, payload, digest, listing FROM draft "
            "WHERE position > ? ORDER BY position LIMIT ?"
        )
        while page := self._ask(statement, (after, PAGE_ROWS)):
            yield [_draft(columns) for columns in page]
            after = page[-1][0]

    def find(self, event_ids: Iterable[str]) -> dict[str, Row]:
        """Return the rows of those of the ids that are here, by id."""
        rows = (Row(*columns) for columns in self._ask_for("event_id", event_ids))
        return {row.event_id: row for row in rows}

    def rows(self, positions: Iterable[int]) -> dict[int, Row]:
        """Return the rows at those of the positions that are here, by position."""
        rows = (Row(*columns) for columns in self._ask_for("position", positions))
        return {row.position: row for row in rows}

    def named(self, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        """Return the positions under each of the names, ascending."""
        statement = "SELECT position FROM naming WHERE name = ? ORDER BY position"
        return {name: tuple(p for (p,) in self._ask(statement, (name,))) for name in names}

    def opened(self, noun: str, *, after: int) -> list[tuple[int, str]]:
        """Return each id of the noun with its position, in position order."""
        statement = (
            "SELECT position, name FROM opening WHERE noun = ? AND position > ? "
            "ORDER BY position, name"
        )
        return self._ask(statement, (noun, after))

    def number(self, kind: str, key: bytes) -> int | None:
        """Return the number that was kept for the key; None if none was."""
        rows = self._ask("SELECT value FROM number WHERE kind = ? AND key = ?", (kind, key))
        return rows[0][0] if rows else None

    def keep_numbers(self, kind: str, numbers: Iterable[tuple[bytes, int]]) -> None:
        """Keep a number for each key, in place of an earlier one."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO number VALUES (?, ?, ?)",
                ((kind, key, number) for key, number in numbers),
            )

    def close(self) -> None:
        """Forget all; a second call does nothing."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection, None, None]:
        with self._lock, plain_errors(_WHERE):
            yield self._connection

    def _ask(self, statement: str, values: Sequence[object]) -> list[Any]:
        with self._lock, plain_errors(_WHERE):
            return self._connection.execute(statement, values).fetchall()

    def _ask_for(self, column: str, values: Iterable[object]) -> Iterator[Any]:
        """Yield the columns of the rows that have one of the values in the column."""
        rest = iter(values)
        while page := list(islice(rest, PAGE_ROWS)):
            marks = ", ".join("?" * len(page))
            yield from self._ask(
                f"SELECT {_COLUMNS} FROM draft WHERE {column} IN ({marks})",  # noqa: S608 - constants
                page,
            )


def _columns(values: Iterable[str]) -> Iterator[tuple[str]]:
    return ((value,) for value in values)


def _values(spooled: Spooled) -> tuple[object, ...]:
    """Return the columns of a draft; a row has no others than these and its listing."""
    row, listing = spooled.row, spooled.listing
    return (
        *(row.position, row.event_id, row.type, row.v, row.recorded_us, row.effective),
        *(row.payload, row.digest, row.chain),
        json.dumps([listing.names, listing.opened]),
    )


def _draft(columns: Sequence[Any]) -> Draft:
    """Return the draft in its columns, of which the first is its position."""
    _, event_id, tag, v, effective, payload, digest, text = columns
    names, opened = json.loads(text)
    listing = Listing(names=tuple(names), opened=tuple((noun, name) for noun, name in opened))
    return Draft(
        event_id=event_id,
        type=tag,
        v=v,
        effective=effective,
        payload=payload,
        digest=digest,
        listing=listing,
    )
