"""Index of names in an SQLite log: how it is asked, and written within a transaction.

Numbers and texts are cast: neither a setting of a host's connection nor what somebody wrote into
the file without SQLite changes the kind of what is read.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from coopledger._log.chain import Head, Listing, Row, genesis, head_at
from coopledger.stores.protocol import IndexPage, Listed, Names

_Value = TypeVar("_Value", str, int)

# Somebody's connection within a transaction, or a cursor of it.
Writer = sqlite3.Connection | sqlite3.Cursor
# Asks for the rows of a statement with those values; nothing stays open.
Ask = Callable[[str, tuple[Any, ...]], list[Any]]

FIRST_WITH_NAMES = 3  # the version of the tables
_PAGE = 512  # names or positions in one statement

_LISTED = """
SELECT CAST(listed.position AS INTEGER), CAST(listed.chain AS BLOB),
    CAST(tag AS BLOB), CAST(rule AS BLOB)
FROM main.listed LEFT JOIN main.listed_tag USING (ledger) WHERE ledger = ?
"""
_IS_LISTED = "SELECT 1 FROM main.listed WHERE ledger = ? AND position = ? AND chain = ?"
_NAMED = """
SELECT CAST(name AS BLOB), CAST(position AS INTEGER)
FROM main.naming WHERE ledger = ? AND name IN ({marks}) ORDER BY name, position
"""
_TOUCHED = """
SELECT 1 FROM main.naming WHERE ledger = ? AND position > ? AND name IN ({marks}) LIMIT 1
"""
_OPENED = """
SELECT CAST(position AS INTEGER), CAST(name AS BLOB)
FROM main.opening WHERE ledger = ? AND noun = ? AND position > ? ORDER BY position, name
"""

_BEGIN = "INSERT OR IGNORE INTO main.listed (ledger, position, chain) VALUES (?, 0, ?)"
_MOVE = """
UPDATE main.listed SET position = ?, chain = ? WHERE ledger = ? AND position = ? AND chain = ?
"""
_NAME = "INSERT OR IGNORE INTO main.naming (ledger, name, position) VALUES (?, ?, ?)"
_OPEN = "INSERT OR IGNORE INTO main.opening (ledger, noun, position, name) VALUES (?, ?, ?, ?)"
_RULE = "INSERT OR REPLACE INTO main.listed_tag (ledger, tag, rule) VALUES (?, ?, ?)"
_REMOVE = (
    "DELETE FROM main.naming WHERE ledger = ?",
    "DELETE FROM main.opening WHERE ledger = ?",
    "DELETE FROM main.listed WHERE ledger = ?",
)


def in_pages(values: Collection[_Value]) -> Iterator[tuple[str, tuple[_Value, ...]]]:
    """Yield the values in pages, each with its marks for a statement.

    A page is filled up to a power of two with its last value, so that few statements are used.
    """
    every = tuple(values)
    for start in range(0, len(every), _PAGE):
        page = every[start : start + _PAGE]
        size = 1 << (len(page) - 1).bit_length()
        page += page[-1:] * (size - len(page))
        yield ", ".join("?" * size), page


def listed(ask: Ask, ledger: str) -> Listed:
    """Return how far the index is written, and by which rules."""
    rows = ask(_LISTED, (ledger,))
    if not rows:
        return Listed(position=0, chain=genesis(ledger), rules={})
    position, chain, _, _ = rows[0]
    rules = {_text(tag): _text(rule) for _, _, tag, rule in rows if tag is not None}
    return Listed(position=position, chain=chain, rules=rules)


def named(ask: Ask, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Return the positions under each of the names, ascending."""
    positions: dict[str, list[int]] = {name: [] for name in names}
    for marks, page in in_pages(_storable(positions)):
        for name, position in ask(_NAMED.format(marks=marks), (ledger, *page)):
            positions[_text(name)].append(position)
    return {name: tuple(each) for name, each in positions.items()}


def opened(ask: Ask, ledger: str, noun: str, *, after: int) -> list[tuple[int, str]]:
    """Return each id of the noun with the position that may have brought it in, in order."""
    rows = ask(_OPENED, (ledger, noun, after))
    return [(position, _text(name)) for position, name in rows]


def is_touched(ask: Ask, ledger: str, head: Head, names: Names, *, seen: int) -> bool:
    """Return whether an event after the position may be found under one of the names."""
    if names is None or not ask(_IS_LISTED, (ledger, head.position, head.chain)):
        return True
    return any(
        ask(_TOUCHED.format(marks=marks), (ledger, seen, *page))
        for marks, page in in_pages(_storable(names))
    )


def begin(writer: Writer, ledger: str) -> None:
    """Begin the index of a ledger without events."""
    writer.execute(_BEGIN, (ledger, genesis(ledger)))


def move(writer: Writer, ledger: str, head: Head, *, since: Head | Listed) -> bool:
    """Say that the index is written up to the head, if it was up to there; return whether."""
    values = (head.position, head.chain, ledger, since.position, since.chain)
    return writer.execute(_MOVE, values).rowcount == 1


def extend(
    writer: Writer, ledger: str, rows: Sequence[Row], listings: Iterable[Listing], *, since: Head
) -> bool:
    """Write the names of rows that were just added, if the index is written up to there.

    Else the index stays behind, as an older program has left it. Return whether it was written.
    """
    if since.position == 0:
        begin(writer, ledger)
    is_listed = move(writer, ledger, head_at(rows[-1]), since=since)
    if is_listed:
        write(writer, ledger, zip([row.position for row in rows], listings, strict=True))
    return is_listed


def write(writer: Writer, ledger: str, listings: Iterable[tuple[int, Listing]]) -> None:
    """Write the names of some positions."""
    names: list[tuple[str, str, int]] = []
    openings: list[tuple[str, str, int, str]] = []
    for position, listing in listings:
        names += [(ledger, name, position) for name in listing.names]
        openings += [(ledger, noun, position, name) for noun, name in listing.opened]
    if names:
        writer.executemany(_NAME, names)
    if openings:
        writer.executemany(_OPEN, openings)


def write_page(
    writer: Writer,
    ledger: str,
    page: IndexPage,
    *,
    since: Head,
    rules: Mapping[str, str] | None,
) -> bool:
    """Write a page of the index; return whether it was written up to there, else roll back.

    The first page comes with the rules; where it begins with the log, an older index is removed.
    """
    head, listings = page
    if rules is not None:
        if since.position == 0:
            remove(writer, ledger)
        writer.executemany(_RULE, [(ledger, tag, rule) for tag, rule in sorted(rules.items())])
    if not move(writer, ledger, head, since=since):
        return False
    write(writer, ledger, listings)
    return True


def remove(writer: Writer, ledger: str) -> None:
    """Remove the index, to begin it once more; the rules stay."""
    for statement in _REMOVE:
        writer.execute(statement, (ledger,))
    begin(writer, ledger)


def _storable(names: Iterable[str]) -> Sequence[str]:
    """Return the names that a file can hold: half a surrogate pair names nothing."""
    return [name for name in names if name.isascii() or _is_whole(name)]


def _is_whole(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(value: bytes) -> str:
    """Return a text that was read as bytes; one that was damaged is like no other."""
    return value.decode(errors="replace")
