"""Index of names in an SQLite log: how it is asked, and written within a transaction.

Numbers and texts are cast, and what is missing is 0 or empty: neither a setting of a host's
connection nor what somebody wrote into the file without SQLite changes the kind of what is read.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from coopledger._frozen import frozen
from coopledger._log.chain import End, Head, Listing, Row, genesis
from coopledger.stores.protocol import IndexPage, Listed, Names

_Value = TypeVar("_Value", str, int)

# Somebody's connection within a transaction, or a cursor of it.
Writer = sqlite3.Connection | sqlite3.Cursor
# Asks for the rows of a statement with those values; nothing stays open.
Ask = Callable[[str, tuple[Any, ...]], list[Any]]

FIRST_WITH_NAMES = 3  # the version of the tables
_PAGE = 512  # names or positions in one statement
_MOST_UNSORTED = 256  # A reader looks through them, and a writer sorts them in at once.
_MOST_KNOWN = 2 * _MOST_UNSORTED  # latest events whose names are kept in memory
_START = "\0"  # No text of a log has it.

_LISTED = """
SELECT CAST(coalesce(last.position, listed.position, 0) AS INTEGER),
    CAST(coalesce(last.chain, listed.chain, x'') AS BLOB), CAST(tag AS BLOB),
    CAST(ifnull(rule, x'') AS BLOB)
FROM main.listed
LEFT JOIN main.unsorted AS last ON last.ledger = listed.ledger AND last.position = (
    SELECT max(position) FROM main.unsorted WHERE ledger = listed.ledger
)
LEFT JOIN main.listed_tag ON listed_tag.ledger = listed.ledger
WHERE listed.ledger = ?
"""
_IS_LISTED = """
EXISTS (SELECT 1 FROM main.unsorted WHERE ledger = ? AND position = ? AND chain = ?)
OR EXISTS (SELECT 1 FROM main.listed WHERE ledger = ? AND position = ? AND chain = ?)
"""
_ASK_LISTED = f"SELECT {_IS_LISTED}"
_LATEST = """
SELECT CAST(ifnull(position, 0) AS INTEGER), CAST(ifnull(names, x'') AS BLOB)
FROM main.unsorted WHERE ledger = ? AND position > ? ORDER BY position
"""
_LATEST_OPENED = """
SELECT CAST(ifnull(position, 0) AS INTEGER), CAST(ifnull(openings, x'') AS BLOB)
FROM main.unsorted WHERE ledger = ? AND position > ? AND openings <> x'' ORDER BY position
"""
_NAMED = """
SELECT CAST(ifnull(name, x'') AS BLOB), CAST(ifnull(position, 0) AS INTEGER)
FROM main.naming WHERE ledger = ? AND name IN ({marks}) ORDER BY name, position
"""
_TOUCHED = """
SELECT 1 FROM main.naming WHERE ledger = ? AND position > ? AND name IN ({marks}) LIMIT 1
"""
_OPENED = """
SELECT CAST(ifnull(position, 0) AS INTEGER), CAST(ifnull(name, x'') AS BLOB)
FROM main.opening WHERE ledger = ? AND noun = ? AND position > ? ORDER BY position, name
"""

_SORTED_UP_TO = "SELECT CAST(ifnull(position, 0) AS INTEGER) FROM main.listed WHERE ledger = ?"
# What is of another kind sorts after all that is asked for, so that no page would be the last.
_NAMES_AFTER = """
SELECT CAST(name AS BLOB), position FROM main.naming
WHERE ledger = ? AND typeof(name) = 'text' AND typeof(position) = 'integer'
AND (name, position) > (CAST(? AS TEXT), ?) ORDER BY name, position LIMIT ?
"""
_OPENINGS_AFTER = """
SELECT CAST(noun AS BLOB), position, CAST(name AS BLOB) FROM main.opening
WHERE ledger = ? AND typeof(noun) = 'text' AND typeof(position) = 'integer'
AND typeof(name) = 'text' AND (noun, position, name) > (CAST(? AS TEXT), ?, CAST(? AS TEXT))
ORDER BY noun, position, name LIMIT ?
"""

# What was written of the index, and what is in it, at one moment.
_COUNTED = """
SELECT CAST(ifnull(position, 0) AS INTEGER), CAST(ifnull(entries, 0) AS INTEGER),
    (SELECT count(*) FROM main.naming WHERE naming.ledger = listed.ledger)
    + (SELECT count(*) FROM main.opening WHERE opening.ledger = listed.ledger),
    x'', x''
FROM main.listed WHERE ledger = ?
UNION ALL
SELECT CAST(ifnull(position, 0) AS INTEGER), CAST(ifnull(entries, 0) AS INTEGER), 0,
    CAST(ifnull(names, x'') AS BLOB), CAST(ifnull(openings, x'') AS BLOB)
FROM main.unsorted WHERE ledger = ? ORDER BY 1
"""

_BEGIN = "INSERT OR IGNORE INTO main.listed (ledger, position, chain, entries) VALUES (?, 0, ?, 0)"
_MOVE = """
UPDATE main.listed SET position = ?, chain = ?, entries = entries + ?
WHERE ledger = ? AND position = ? AND chain = ?
AND NOT EXISTS (SELECT 1 FROM main.unsorted WHERE unsorted.ledger = listed.ledger)
"""
_ADD = "INSERT INTO main.unsorted (ledger, position, chain, entries, names, openings) "
_ADD_NEXT = f"{_ADD} SELECT ?, ?, ?, ?, ?, ? WHERE {_IS_LISTED}"
_ADD_MORE = f"{_ADD} VALUES (?, ?, ?, ?, ?, ?)"
_UNSORTED = """
SELECT CAST(ifnull(position, 0) AS INTEGER), CAST(ifnull(chain, x'') AS BLOB),
    CAST(ifnull(names, x'') AS BLOB), CAST(ifnull(openings, x'') AS BLOB)
FROM main.unsorted WHERE ledger = ? ORDER BY position
"""
# As many as there were to be, whatever is in a row: to sort in hides nothing.
_SORTED = """
UPDATE main.listed SET position = ?, chain = ?, entries = entries + (
    SELECT sum(unsorted.entries) FROM main.unsorted WHERE unsorted.ledger = listed.ledger
) WHERE ledger = ?
"""
_NAME = "INSERT OR IGNORE INTO main.naming (ledger, name, position) VALUES (?, ?, ?)"
_OPEN = "INSERT OR IGNORE INTO main.opening (ledger, noun, position, name) VALUES (?, ?, ?, ?)"
_RULE = "INSERT OR REPLACE INTO main.listed_tag (ledger, tag, rule) VALUES (?, ?, ?)"
_REMOVE_UNSORTED = "DELETE FROM main.unsorted WHERE ledger = ?"
_REMOVE = (
    "DELETE FROM main.naming WHERE ledger = ?",
    "DELETE FROM main.opening WHERE ledger = ?",
    _REMOVE_UNSORTED,
    "DELETE FROM main.listed WHERE ledger = ?",
)


@frozen
class Latest:
    """Names of the latest events, as far as they were read; a position never changes its names.

    Attributes:
        position: The position of the last of them.
        positions: The positions under each name, ascending.
        count: How many events they are.
    """

    position: int
    positions: Mapping[bytes, tuple[int, ...]]
    count: int

    def read_on(self, ask: Ask, ledger: str) -> "Latest":
        """Return these names with those of later events; what is sorted in meanwhile is not read.

        Of many events only those are read again that are not sorted in yet.
        """
        if self.count > _MOST_KNOWN:
            return NO_LATEST.read_on(ask, ledger)
        rows = ask(_LATEST, (ledger, self.position))
        if not rows:
            return self
        positions = dict(self.positions)
        for position, names in rows:
            for name in _texts(names):
                positions[name] = (*positions.get(name, ()), position)
        return Latest(rows[-1][0], positions, self.count + len(rows))


NO_LATEST = Latest(0, {}, 0)


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
        return Listed.nothing(ledger)
    position, chain, _, _ = rows[0]
    rules = {_text(tag): _text(rule) for _, _, tag, rule in rows if tag is not None}
    return Listed(position=position, chain=chain, rules=rules)


def named(
    ask: Ask, ledger: str, names: Collection[str], *, latest: Latest | None = None
) -> dict[str, tuple[int, ...]]:
    """Return the positions under each of the names, ascending.

    ``latest`` are the names of the latest events, if they were just read.
    """
    wanted = storable(names)
    # First the latest, which somebody may sort in meanwhile.
    if latest is None:
        latest = NO_LATEST.read_on(ask, ledger) if wanted else NO_LATEST
    positions: dict[str, list[int]] = {name: [] for name in names}
    for marks, page in in_pages(wanted):
        for name, position in ask(_NAMED.format(marks=marks), (ledger, *page)):
            positions[_text(name)].append(position)
    for name in wanted:
        its = positions[name]
        later = latest.positions.get(name.encode(), ())
        its += [each for each in later if each > max(its, default=0)] if later else ()
    return {name: tuple(each) for name, each in positions.items()}


def opened(ask: Ask, ledger: str, noun: str, *, after: int) -> list[tuple[int, str]]:
    """Return each id of the noun with the position that may have brought it in, in order."""
    latest = ask(_LATEST_OPENED, (ledger, after))
    rows = ask(_OPENED, (ledger, noun, after))
    for place, (position, name) in enumerate(rows):  # Each in its place: there may be many.
        rows[place] = position, _text(name)
    end = rows[-1][0] if rows else after
    for position, openings in latest:
        if position > end:
            rows += [(position, name) for each, name in _openings(openings) if each == noun]
    return rows


def entries(ask: Ask, ledger: str) -> Iterator[tuple[str, str, int]]:
    """Yield all that is in the index; see `Store.entries`."""
    # First the latest, which somebody may sort in meanwhile.
    latest = ask(_UNSORTED, (ledger,))
    end = max((position for (position,) in ask(_SORTED_UP_TO, (ledger,))), default=0)
    place: tuple[Any, ...] = b"", -1
    while page := ask(_NAMES_AFTER, (ledger, *place, _PAGE)):
        yield from (("", _text(name), at) for name, at in page if at <= end)
        place = page[-1]
    place = b"", -1, b""
    while page := ask(_OPENINGS_AFTER, (ledger, *place, _PAGE)):
        yield from ((_text(noun), _text(name), at) for noun, at, name in page if at <= end)
        place = page[-1]
    for position, _, names, openings in latest:
        if position > end:
            yield from (("", _text(name), position) for name in _texts(names))
            yield from ((noun, name, position) for noun, name in _openings(openings))


def is_counted(ask: Ask, ledger: str) -> bool:
    """Return whether as much is in the index as was written to it; see `Store.is_counted`."""
    rows = ask(_COUNTED, (ledger, ledger))
    written = sum(entries for _, entries, _, _, _ in rows)
    held = sum(
        sorted_in + len(_texts(names)) + len(_openings(openings))
        for _, _, sorted_in, names, openings in rows
    )
    positions = [position for position, *_ in rows]
    first = next(iter(positions), 0)
    return written == held and positions == list(range(first, first + len(rows)))


def is_touched(ask: Ask, ledger: str, head: Head, names: Names, *, seen: int) -> bool:
    """Return whether an event after the position may be found under one of the names."""
    if names is None or not ask(_ASK_LISTED, (ledger, head.position, head.chain) * 2)[0][0]:
        return True
    wanted = storable(names)
    keys = {name.encode() for name in wanted}
    return any(
        not keys.isdisjoint(_texts(each)) for _, each in ask(_LATEST, (ledger, seen))
    ) or any(
        ask(_TOUCHED.format(marks=marks), (ledger, seen, *page)) for marks, page in in_pages(wanted)
    )


def begin(writer: Writer, ledger: str) -> None:
    """Begin the index of a ledger without events."""
    writer.execute(_BEGIN, (ledger, genesis(ledger)))


def move(writer: Writer, ledger: str, head: Head, *, since: Head | Listed, entries: int) -> bool:
    """Say that the index is sorted up to the head, if it was up to there; return whether."""
    values = (head.position, head.chain, entries, ledger, since.position, since.chain)
    return writer.execute(_MOVE, values).rowcount == 1


def extend(
    writer: Writer, ledger: str, rows: Sequence[Row], listings: Iterable[Listing], *, since: End
) -> bool:
    """Write the names of rows that were just added, if the index is written up to there.

    Else the index stays behind, as an older program has left it. Return whether it was written.
    """
    if since.position == 0:
        begin(writer, ledger)
    place = ledger, since.position, since.chain
    first, *more = [
        (ledger, row.position, row.chain, listing.entries, *_packed(listing))
        for row, listing in zip(rows, listings, strict=True)
    ]
    if writer.execute(_ADD_NEXT, (*first, *place, *place)).rowcount != 1:
        return False
    if more:
        writer.executemany(_ADD_MORE, more)
    if rows[-1].position // _MOST_UNSORTED > since.position // _MOST_UNSORTED:
        sort_in(writer, ledger)
    return True


def sort_in(writer: Writer, ledger: str) -> None:
    """Put the latest names to their places."""
    rows = writer.execute(_UNSORTED, (ledger,)).fetchall()
    if rows:
        write(
            writer,
            ledger,
            [
                (
                    position,
                    Listing(
                        names=tuple(map(_text, _texts(names))), opened=tuple(_openings(openings))
                    ),
                )
                for position, _, names, openings in rows
            ],
        )
        writer.execute(_SORTED, (*rows[-1][:2], ledger))
        writer.execute(_REMOVE_UNSORTED, (ledger,))


def write(writer: Writer, ledger: str, listings: Iterable[tuple[int, Listing]]) -> None:
    """Write the names of some positions to their places."""
    names: list[tuple[str, str, int]] = []
    openings: list[tuple[str, str, int, str]] = []
    for position, listing in listings:
        names += [(ledger, name, position) for name in listing.names]
        openings += [(ledger, noun, position, name) for noun, name in listing.opened]
    if names:
        writer.executemany(_NAME, sorted(names))
    if openings:
        writer.executemany(_OPEN, sorted(openings))


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
        sort_in(writer, ledger)
        writer.executemany(_RULE, [(ledger, tag, rule) for tag, rule in sorted(rules.items())])
    entries = sum(listing.entries for _, listing in listings)
    if not move(writer, ledger, head, since=since, entries=entries):
        return False
    write(writer, ledger, listings)
    return True


def remove(writer: Writer, ledger: str) -> None:
    """Remove the index, to begin it once more; the rules stay."""
    for statement in _REMOVE:
        writer.execute(statement, (ledger,))
    begin(writer, ledger)


def _packed(listing: Listing) -> tuple[bytes, bytes]:
    """Return the names, and nouns with ids, each text after the sign that begins one."""
    opened = [text for opening in listing.opened for text in opening]
    return _joined(listing.names), _joined(opened)


def _joined(texts: Sequence[str]) -> bytes:
    return _START.join(("", *texts)).encode()


def _openings(packed: bytes) -> list[tuple[str, str]]:
    """Return each noun and id."""
    texts = [_text(text) for text in _texts(packed)]
    return list(zip(texts[::2], texts[1::2], strict=False))


def _texts(packed: bytes) -> list[bytes]:
    return packed.split(b"\0")[1:]


def storable(names: Iterable[str]) -> Sequence[str]:
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
