"""What is said to an SQLite log.

Every table is named with its database, `main`: on a connection of a host there may be tables of
the same names that are temporary, or in an attached file.
"""

from coopledger.stores.rows import Row

__all__ = [
    "BEGIN_LEDGER",
    "HEAD",
    "INSERT",
    "LEDGERS",
    "MAIN_FILE",
    "columns",
    "find",
    "read",
]

HEAD = "SELECT +position, +chain, +recorded_us FROM main.head WHERE ledger = ?"
BEGIN_LEDGER = (
    "INSERT INTO main.head (ledger, position, chain) "
    "SELECT ?, 0, ? WHERE NOT EXISTS (SELECT 1 FROM main.head WHERE ledger = ?)"
)
INSERT = (
    "INSERT INTO main.event (ledger, position, event_id, type, v, recorded_us, effective, payload, "
    "digest, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
LEDGERS = "SELECT ledger FROM main.head WHERE position > 0 ORDER BY ledger"
MAIN_FILE = "SELECT file FROM pragma_database_list WHERE name = 'main'"

_ROWS = "SELECT {columns} FROM main.event WHERE ledger = ? AND "


def read(columns: str) -> str:
    """A page of rows, in the order of their positions."""
    where = "position > ? AND position <= ? ORDER BY position LIMIT ?"
    return _ROWS.format(columns=columns) + where


def find(columns: str, number: int) -> str:
    """The rows of so many ids."""
    return f"{_ROWS.format(columns=columns)}event_id IN ({', '.join('?' * number)})"


def columns(ledger: str, row: Row) -> tuple[str | int | bytes | None, ...]:
    """The values of a row that is inserted."""
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
