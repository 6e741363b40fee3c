"""Statements of an SQLite log, and how the columns that they bring are read as rows.

Every table is named with its database, `main`: on a connection of a host there may be tables of
the same names that are temporary, or in an attached file. The tables are STRICT, but that holds
back nobody who writes to the file without SQLite: columns are read for what they are.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from types import NoneType
from typing import Any, ClassVar, TypeVar

from coopledger._log.chain import Head, Row
from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.database import LAST_POSITION, OTHER_KIND, PAGE_ROWS, Reading, Statements
from coopledger.stores.protocol import Listed, Names
from coopledger.stores.sqlite import naming
from coopledger.stores.sqlite.failures import is_undecodable

_Answer = TypeVar("_Answer")

BEGIN_LEDGER = (
    "INSERT INTO main.head (ledger, position, chain) "
    "SELECT ?, 0, ? WHERE NOT EXISTS (SELECT 1 FROM main.head WHERE ledger = ?)"
)
INSERT = (
    "INSERT INTO main.event (ledger, position, event_id, type, v, recorded_us, effective, payload, "
    "digest, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Brings the head with each of the rows after a position.
READ_BACK = """
SELECT head.position, head.chain, head.recorded_us, event.ledger, event.position, event_id, type, v,
    event.recorded_us, effective, payload, digest, event.chain
FROM main.head JOIN main.event ON event.ledger = head.ledger AND event.position > ?
WHERE head.ledger = ? ORDER BY event.position
"""
OTHERWISE = (
    "the file made something else of what was to be stored, so nothing was recorded: its triggers "
    "were changed or removed; copy the log into a new file with copy_to"
)
ZONE = "SELECT CAST(zone AS BLOB) FROM main.head WHERE ledger = ?"
SETTLE_ZONE = "UPDATE main.head SET zone = ? WHERE ledger = ? AND zone IS NULL"
MAIN_FILE = "SELECT file FROM pragma_database_list WHERE name = 'main'"

STATEMENTS: Statements[str] = Statements(
    format="PRAGMA user_version",
    head="SELECT +position, +chain, +recorded_us FROM main.head WHERE ledger = ?",
    ledgers="SELECT ledger FROM main.head WHERE position > 0 ORDER BY ledger",
    cursors="""
SELECT subscription.name, epoch, position, reached, failures, last_error,
    after, up_to, replayed, error, types
FROM main.subscription LEFT JOIN main.parked USING (ledger, name)
WHERE ledger = ? ORDER BY name, after, up_to
""",
    cursor="""
SELECT name, epoch, position, reached, failures, last_error
FROM main.subscription WHERE ledger = ? AND name = ?
""",
    take_cursor="""
INSERT INTO main.subscription (ledger, name, epoch, position, reached, failures)
VALUES (?, ?, 1, ?, ?, 0)
ON CONFLICT (ledger, name) DO UPDATE SET epoch = epoch + 1
RETURNING name, epoch, position, reached, failures, last_error
""",
    move_cursor="""
UPDATE main.subscription SET position = ?, reached = ?, failures = ?, last_error = ?
WHERE ledger = ? AND name = ? AND epoch = ? AND position = ?
""",
    park="""
INSERT INTO main.parked (ledger, name, after, up_to, replayed, error, types)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (ledger, name, after, up_to)
DO UPDATE SET replayed = excluded.replayed, error = excluded.error, types = excluded.types
""",
    unpark="DELETE FROM main.parked WHERE ledger = ? AND name = ? AND after = ? AND up_to = ?",
)

# Of some ids those that come before a position.
EARLIER_IDS = (
    "SELECT event_id FROM main.event WHERE ledger = ? AND position < ? AND event_id IN ({marks})"
)

_ROWS = "SELECT {columns} FROM main.event WHERE ledger = ? AND "
_PAGE = _ROWS + "position > ? AND position <= ? ORDER BY position LIMIT ?"

# Halves the positions between two bounds until they meet.
_POSITION_AT = """
WITH RECURSIVE
    asked(ledger, until) AS (VALUES (?, ?)),
    bounds(low, high) AS (
        SELECT 0, position FROM main.head JOIN asked USING (ledger)
        UNION ALL
        SELECT
            iif(ifnull(event.recorded_us <= until, 0), event.position, low),
            iif(ifnull(event.recorded_us <= until, 0), high, low + (high - low + 1) / 2 - 1)
        FROM bounds CROSS JOIN asked
        LEFT JOIN main.event
            ON event.ledger = asked.ledger AND event.position = low + (high - low + 1) / 2
        WHERE low < high
    )
SELECT CAST(low AS INTEGER) FROM bounds WHERE low >= high
"""

_COLUMN_TYPES = {
    (int, str, str, int, int, effective, bytes, bytes, bytes) for effective in (str, NoneType)
}


# On a connection of our own; see `SqliteReading`.
_OWN_COLUMNS = "position, event_id, type, v, recorded_us, effective, payload, digest, chain"


class SqliteReading(Reading[str]):
    """Reading half of a store, on whichever connection to the file."""

    _COLUMNS: ClassVar[str] = _OWN_COLUMNS

    @property
    def _common(self) -> Statements[str]:
        """See `Reading`."""
        return STATEMENTS

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`; page by page, so that no reader holds back a checkpoint."""
        last, size = LAST_POSITION if up_to is None else up_to, PAGE_ROWS
        statement = _PAGE.format(columns=self._COLUMNS)
        while True:
            try:
                page = self._columns(statement, (ledger, after, last, size))
            except (StoreError, UnicodeDecodeError) as error:
                if isinstance(error, StoreError) and not is_undecodable(error):
                    raise
                if size == 1:
                    raise DamagedLogError(ledger, after + 1, "a text is no UTF-8") from error
                size = 1  # The rows before the bad one are given, and its position is named.
                continue
            for position, columns in enumerate(page, after + 1):
                yield _row(ledger, columns, position=position)
            if len(page) < size:
                return
            after = page[-1][0]

    def rows(self, ledger: str, positions: Collection[int]) -> dict[int, Row]:
        """See `Store.rows`; in pages of positions, each of one moment."""
        rows: dict[int, Row] = {}
        for marks, page in naming.in_pages(positions):
            statement = _ROWS.format(columns=self._COLUMNS) + f"position IN ({marks})"
            try:
                columns = self._columns(statement, (ledger, *page))
            except (StoreError, UnicodeDecodeError) as error:
                if isinstance(error, StoreError) and not is_undecodable(error):
                    raise
                # One by one, as the bad one is to be named.
                each = (row for at in page for row in self.read(ledger, after=at - 1, up_to=at))
                rows.update((row.position, row) for row in each)
                continue
            for values in columns:
                rows[values[0]] = _row(ledger, values, position=values[0])
        return rows

    def position_at(self, ledger: str, recorded_us: int) -> int:
        """See `Store.position_at`; within one question."""
        rows = self._ask(_POSITION_AT, (ledger, recorded_us))
        return rows[0][0] if rows else 0

    def listed(self, ledger: str) -> Listed:
        """See `Store.listed`; nothing in an older log that could not be lifted."""
        return self._ask_index(
            lambda: naming.listed(self._ask, ledger), nothing=Listed.nothing(ledger)
        )

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        """See `Store.named`."""
        return self._ask_index(
            lambda: naming.named(self._ask, ledger, names), nothing=dict.fromkeys(names, ())
        )

    def opened(self, ledger: str, noun: str, *, after: int = 0) -> list[tuple[int, str]]:
        """See `Store.opened`."""
        return self._ask_index(
            lambda: naming.opened(self._ask, ledger, noun, after=after), nothing=[]
        )

    def _ask_index(self, ask: Callable[[], _Answer], *, nothing: _Answer) -> _Answer:
        """Return the answer of the index, or what is to be said of tables without one."""
        try:
            return ask()
        except StoreError:
            if self._ask(STATEMENTS.format, ())[0][0] >= naming.FIRST_WITH_NAMES:
                raise
            return nothing

    def _is_touched(self, ledger: str, head: Head, names: Names, *, seen: int) -> bool:
        """Return whether an event after the position may be found under one of the names."""
        return self._ask_index(
            lambda: naming.is_touched(self._ask, ledger, head, names, seen=seen), nothing=True
        )

    def _rows_with(self, ledger: str, event_ids: Sequence[str]) -> list[Row]:
        """See `Reading`."""
        statement = _with_ids(self._COLUMNS, event_ids)
        rows = self._columns(statement, (ledger, *event_ids))
        return [_row(ledger, columns, position=columns[0]) for columns in rows]

    def _columns(self, statement: str, values: tuple[str | int, ...]) -> list[Any]:
        """Return the columns of the rows that a query brings."""
        return self._ask(statement, values)


def rows_with(ask: naming.Ask, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
    """Return the rows with some ids, few enough for one statement, on a connection of our own."""
    columns = ask(_with_ids(_OWN_COLUMNS, event_ids), (ledger, *event_ids))
    rows = (_row(ledger, each, position=each[0]) for each in columns)
    return {row.event_id: row for row in rows}


def _with_ids(columns: str, event_ids: Sequence[str]) -> str:
    """Return the statement that brings the rows with so many ids."""
    return _ROWS.format(columns=columns) + f"event_id IN ({', '.join('?' * len(event_ids))})"


def _row(ledger: str, columns: tuple[Any, ...], *, position: int) -> Row:
    """Return the row with the columns.

    Raises:
        DamagedLogError: The columns are no row; names the position.
    """
    if tuple(map(type, columns)) not in _COLUMN_TYPES:
        raise DamagedLogError(ledger, position, OTHER_KIND)
    return Row(*columns)


def values_of(ledger: str, row: Row) -> tuple[str | int | bytes | None, ...]:
    """Return the values of a row that is inserted."""
    return (
        ledger,
        row.position,
        row.event_id,
        row.type,
        row.v,
        row.recorded_us,
        row.effective,
        row.payload,
        row.digest,
        row.chain,
    )


def zone_in(rows: Sequence[tuple[bytes | None]]) -> str | None:
    """Return the zone in the only row, if there is one; what is no UTF-8 names none either."""
    return next((zone.decode(errors="replace") for (zone,) in rows if zone is not None), None)
