"""Statements of a PostgreSQL log, with the name of its schema filled in, and how rows are read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import starmap
from typing import LiteralString, Self

import attrs
from psycopg import sql

from coopledger._log.chain import Row
from coopledger.stores.database import LAST_POSITION, PAGE_ROWS, Reading, Statements
from coopledger.stores.protocol import Listed

# Older tables, where nobody may lift them, have no index of names and no zone.
FIRST_WITH_INDEX = 3

VERSION = "SELECT coalesce(pg_catalog.max(version), 0) FROM {schema}.format"

_ROWS = (
    "SELECT position, event_id, type, v, recorded_us, effective, payload, digest, chain "
    "FROM {schema}.event WHERE ledger = %s AND "
)
_PAGE: LiteralString = "position > %s AND position <= %s ORDER BY position LIMIT %s"
_HEAD = "SELECT position, chain, recorded_us FROM {schema}.head WHERE ledger = %s"

# Arrays in binary: as text they would be longer, and what is read of them a setting. The texts that
# may be null come after another one: see `not_only_nulls`.
_APPEND = (
    "SELECT * FROM {schema}.append_listed("
    "%s, %s::bigint, %b::bytea, %s::bigint, %b::bytea, %s::text, %s::boolean, %b::text[], "
    "%b::text[], %b::text[], %b::bigint[], (%b::text[])[2:], %b::bytea[], %b::bytea[], "
    "%b::text[], %b::bigint[], %b::text[], %b::text[], %b::bigint[])"
)
_APPEND_ONE = (
    "SELECT * FROM {schema}.append_one("
    "%s, %s::bigint, %b::bytea, %s::bigint, %b::bytea, %s::text, %s::boolean, %b::text[], "
    "%s::text, %s::text, %s::bigint, %s::text, %b::bytea, %b::bytea, "
    "%b::text[], %b::text[], %b::text[])"
)
_EFFECTIVE = list(attrs.fields_dict(Row)).index("effective")
_BEGIN_LEDGER = (
    "INSERT INTO {schema}.head (ledger, position, chain) VALUES (%s, 0, %b) ON CONFLICT DO NOTHING"
)
# These two serve restorations only: an append is one call, `_APPEND`.
_INSERT = (
    "INSERT INTO {schema}.event (ledger, position, event_id, type, v, recorded_us, effective, "
    "payload, digest, chain) SELECT %s, new.* FROM unnest(%b::bigint[], %b::text[], %b::text[], "
    "%b::bigint[], %b::bigint[], (%b::text[])[2:], %b::bytea[], %b::bytea[], %b::bytea[]) AS new"
)
_MOVE_HEAD = (
    "UPDATE {schema}.head SET position = %s, chain = %b, recorded_us = %s WHERE ledger = %s "
    "RETURNING position, chain, recorded_us"
)

# Halves the stretch in which the time is, as often as it can, within the server.
_POSITION_AT = """
WITH RECURSIVE search (low, high) AS (
    SELECT 0::bigint, coalesce((SELECT position FROM {schema}.head WHERE ledger = %s), 0)
    UNION ALL
    SELECT CASE WHEN is_before THEN middle ELSE low END,
        CASE WHEN is_before THEN high ELSE middle - 1 END
    FROM (
        SELECT low, high, (low + high + 1) / 2 AS middle, (
            SELECT recorded_us <= %s FROM {schema}.event
            WHERE ledger = %s AND position = (low + high + 1) / 2
        ) AS is_before
        FROM search WHERE low < high
    ) AS halved
)
SELECT low FROM search WHERE low = high
"""
_LISTED = "SELECT position, chain FROM {schema}.listed WHERE ledger = %s"
_LISTED_WITH_RULES = (
    "SELECT position, chain, tag, rule "
    "FROM {schema}.listed LEFT JOIN {schema}.listed_tag USING (ledger) WHERE ledger = %s"
)
_RULES = "SELECT tag, rule FROM {schema}.listed_tag WHERE ledger = %s"
_NAMED = (
    "SELECT name, pg_catalog.array_agg(position ORDER BY position) FROM {schema}.naming "
    "WHERE ledger = %s AND name = ANY(%b::text[]) GROUP BY name"
)
_NAMED_AT_ONCE = """
SELECT listed.position, listed.chain, rules.tags, rules.rules, found.name, found.positions
FROM {schema}.listed CROSS JOIN (
    SELECT pg_catalog.array_agg(tag ORDER BY tag) AS tags,
        pg_catalog.array_agg(rule ORDER BY tag) AS rules
    FROM {schema}.listed_tag WHERE ledger = %s
) AS rules LEFT JOIN (
    SELECT name, pg_catalog.array_agg(position ORDER BY position) AS positions
    FROM {schema}.naming WHERE ledger = %s AND name = ANY(%b::text[]) GROUP BY name
) AS found ON true WHERE listed.ledger = %s
"""
_OPENED = (
    "SELECT position, name FROM {schema}.opening WHERE ledger = %s AND noun = %s AND position > %s "
    "ORDER BY position, name"
)
_ENTRIES_AFTER: tuple[LiteralString, ...] = (
    (
        "SELECT name, position FROM {schema}.naming "
        "WHERE ledger = %s AND (name, position) > (%s, %s) ORDER BY name, position LIMIT %s"
    ),
    (
        "SELECT noun, position, name FROM {schema}.opening "
        "WHERE ledger = %s AND (noun, position, name) > (%s, %s, %s) "
        "ORDER BY noun, position, name LIMIT %s"
    ),
)
_COUNTED = (
    "SELECT entries OPERATOR(pg_catalog.=) (("
    "SELECT pg_catalog.count(*) FROM {schema}.naming WHERE naming.ledger = listed.ledger"
    ") OPERATOR(pg_catalog.+) ("
    "SELECT pg_catalog.count(*) FROM {schema}.opening WHERE opening.ledger = listed.ledger"
    ")) FROM {schema}.listed WHERE ledger = %s"
)
_FORGET_LISTED = (
    "UPDATE {schema}.listed SET position = 0, chain = %b, entries = 0 WHERE ledger = %s"
)
_BEGIN_LISTED = (
    "INSERT INTO {schema}.listed (ledger, position, chain, entries) VALUES (%s, 0, %b, 0) "
    "ON CONFLICT DO NOTHING"
)
_MOVE_LISTED = (
    "UPDATE {schema}.listed SET position = %s, chain = %b, entries = entries + %s "
    "WHERE ledger = %s AND position = %s AND chain = %b"
)
_ADD_NAMES = (
    "INSERT INTO {schema}.naming (ledger, name, position) "
    "SELECT %s, new.* FROM unnest(%b::text[], %b::bigint[]) AS new ON CONFLICT DO NOTHING"
)
_ADD_OPENINGS = (
    "INSERT INTO {schema}.opening (ledger, noun, position, name) "
    "SELECT %s, new.* FROM unnest(%b::text[], %b::bigint[], %b::text[]) AS new "
    "ON CONFLICT DO NOTHING"
)
_SET_RULES = (
    "INSERT INTO {schema}.listed_tag (ledger, tag, rule) "
    "SELECT %s, new.* FROM unnest(%b::text[], %b::text[]) AS new "
    "ON CONFLICT (ledger, tag) DO UPDATE SET rule = excluded.rule"
)
_ZONE = "SELECT zone FROM {schema}.head WHERE ledger = %s"
_SETTLE_ZONE = "UPDATE {schema}.head SET zone = %s WHERE ledger = %s AND zone IS NULL"
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


# Each as it is written, under the name of its attribute.
_WRITTEN: dict[str, LiteralString] = {
    "format": VERSION,
    "head": _HEAD,
    "ledgers": "SELECT ledger FROM {schema}.head WHERE position > 0 ORDER BY ledger",
    "cursors": _CURSORS,
    "cursor": _CURSOR,
    "take_cursor": _TAKE_CURSOR,
    "move_cursor": _MOVE_CURSOR,
    "park": _PARK,
    "unpark": _UNPARK,
    "read": _ROWS + _PAGE,
    "find": _ROWS + "event_id = ANY(%b::text[])",
    "append": _APPEND,
    "append_one": _APPEND_ONE,
    "begin_ledger": _BEGIN_LEDGER,
    "lock_head": _HEAD + " FOR UPDATE",
    "insert": _INSERT,
    "move_head": _MOVE_HEAD,
    "rows": _ROWS + "position = ANY(%b::bigint[])",
    "position_at": _POSITION_AT,
    "listed": _LISTED_WITH_RULES,
    "lock_listed": _LISTED + " FOR UPDATE",
    "rules": _RULES,
    "named": _NAMED,
    "named_at_once": _NAMED_AT_ONCE,
    "opened": _OPENED,
    "counted": _COUNTED,
    "forget_listed": _FORGET_LISTED,
    "begin_listed": _BEGIN_LISTED,
    "move_listed": _MOVE_LISTED,
    "forget_names": "DELETE FROM {schema}.naming WHERE ledger = %s",
    "forget_openings": "DELETE FROM {schema}.opening WHERE ledger = %s",
    "add_names": _ADD_NAMES,
    "add_openings": _ADD_OPENINGS,
    "set_rules": _SET_RULES,
    "zone": _ZONE,
    "settle_zone": _SETTLE_ZONE,
}


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
        append: Calls the function that appends many events.
        append_one: Calls the one that appends a single event.
        begin_ledger: Adds the head of a ledger without events.
        lock_head: Asks for a head, and locks it.
        insert: Adds rows, in a restoration.
        move_head: Changes the head there, and returns it.
        rows: Asks for the rows at some positions.
        position_at: Asks for the last position that was recorded by a time.
        listed: Asks how far the index of names is written, and how events are listed.
        lock_listed: Asks how far it is written, and locks that.
        rules: Asks how events are listed.
        named: Asks for the positions under some names.
        named_at_once: Asks for them, and how far the index is written and by which rules.
        opened: Asks for the ids of a noun.
        entries: Ask for names of the index, and for ids, after one of them.
        counted: Asks whether as much is in the index as was written to it.
        forget_listed: Notes that nothing is in the index.
        begin_listed: Notes that an index is begun.
        move_listed: Notes that the index is written further, if it is where it was.
        forget_names: Removes the names of a ledger from the index.
        forget_openings: Removes the ids of a ledger from the index.
        add_names: Adds names to the index.
        add_openings: Adds ids to the index.
        set_rules: Notes how events are listed.
        zone: Asks for the time zone of a ledger.
        settle_zone: Gives a ledger its time zone, unless it has one.
    """

    read: bytes
    find: bytes
    append: bytes
    append_one: bytes
    begin_ledger: bytes
    lock_head: bytes
    insert: bytes
    move_head: bytes
    rows: bytes
    position_at: bytes
    listed: bytes
    lock_listed: bytes
    rules: bytes
    named: bytes
    named_at_once: bytes
    opened: bytes
    entries: tuple[bytes, ...]
    counted: bytes
    forget_listed: bytes
    begin_listed: bytes
    move_listed: bytes
    forget_names: bytes
    forget_openings: bytes
    add_names: bytes
    add_openings: bytes
    set_rules: bytes
    zone: bytes
    settle_zone: bytes

    @classmethod
    def of(cls, schema: str) -> Self:
        """Return the statements on the tables of a schema."""
        return cls(
            entries=tuple(filled(each, schema) for each in _ENTRIES_AFTER),
            **{name: filled(written, schema) for name, written in _WRITTEN.items()},
        )


class PostgresReading(Reading[bytes]):
    """Reading half of a store, on whichever connection to the database."""

    _statements: PostgresStatements
    _format: int

    @property
    def _common(self) -> PostgresStatements:
        """See `Reading`."""
        return self._statements

    def rows(self, ledger: str, positions: Collection[int]) -> dict[int, Row]:
        """See `Store.rows`; in pages, each of one round trip."""
        wanted = list(positions)
        pages = (wanted[at : at + PAGE_ROWS] for at in range(0, len(wanted), PAGE_ROWS))
        found = (self._ask(self._statements.rows, (ledger, page)) for page in pages)
        return {row.position: row for page in found for row in starmap(Row, page)}

    def position_at(self, ledger: str, recorded_us: int) -> int:
        """See `Store.position_at`; in one round trip."""
        bounded = min(max(recorded_us, -LAST_POSITION), LAST_POSITION)
        [(position,)] = self._ask(self._statements.position_at, (ledger, bounded, ledger))
        return int(position)

    def listed(self, ledger: str) -> Listed:
        """See `Store.listed`; in one round trip."""
        if self._format < FIRST_WITH_INDEX:
            return Listed.nothing(ledger)
        found = self._ask(self._statements.listed, (ledger,))
        if not found:
            return Listed.nothing(ledger)
        position, chain = found[0][:2]
        rules = {tag: rule for _, _, tag, rule in found if tag is not None}
        return Listed(position=position, chain=chain, rules=rules)

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        """See `Store.named`; in pages, each of one round trip."""
        found: dict[str, tuple[int, ...]] = dict.fromkeys(names, ())
        if self._format < FIRST_WITH_INDEX:
            return found
        wanted = list(filter(is_text, found))
        for at in range(0, len(wanted), PAGE_ROWS):
            page = self._ask(self._statements.named, (ledger, wanted[at : at + PAGE_ROWS]))
            found.update((name, tuple(positions)) for name, positions in page)
        return found

    def named_at_once(
        self, ledger: str, names: Collection[str]
    ) -> tuple[Listed, dict[str, tuple[int, ...]]]:
        """See `NamedAtOnce`; in one round trip, unless there are more names than a page holds."""
        wanted = list(filter(is_text, names))
        if self._format < FIRST_WITH_INDEX or len(wanted) > PAGE_ROWS:
            named = self.named(ledger, names)
            return self.listed(ledger), named
        found: dict[str, tuple[int, ...]] = dict.fromkeys(names, ())
        rows = self._ask(self._statements.named_at_once, (ledger, ledger, wanted, ledger))
        if not rows:
            return Listed.nothing(ledger), found
        position, chain, tags, rules = rows[0][:4]
        found.update((name, tuple(places)) for *_, name, places in rows if name is not None)
        by_tag: dict[str, str] = dict(zip(tags or (), rules or (), strict=True))
        return Listed(position=position, chain=chain, rules=by_tag), found

    def opened(self, ledger: str, noun: str, *, after: int = 0) -> list[tuple[int, str]]:
        """See `Store.opened`."""
        if self._format < FIRST_WITH_INDEX:
            return []
        return self._ask(self._statements.opened, (ledger, noun, after))

    def is_counted(self, ledger: str) -> bool:
        """See `Store.is_counted`."""
        if self._format < FIRST_WITH_INDEX:
            return True
        return all(is_counted for (is_counted,) in self._ask(self._statements.counted, (ledger,)))

    def entries(self, ledger: str) -> Iterator[tuple[str, str, int]]:
        """See `Store.entries`."""
        if self._format < FIRST_WITH_INDEX:
            return
        names, openings = self._statements.entries
        place: tuple[str | int, ...] = "", -1
        while page := self._ask(names, (ledger, *place, PAGE_ROWS)):
            yield from (("", name, position) for name, position in page)
            place = page[-1]
        place = "", -1, ""
        while page := self._ask(openings, (ledger, *place, PAGE_ROWS)):
            yield from ((noun, name, position) for noun, position, name in page)
            place = page[-1]

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

    def _zone_of(self, ledger: str) -> str | None:
        """Return the time zone of the ledger; none in older tables that could not be lifted."""
        if self._format < FIRST_WITH_INDEX:
            return None
        zones = self._ask(self._statements.zone, (ledger,))
        return zones[0][0] if zones else None

    def _rows_with(self, ledger: str, event_ids: Sequence[str]) -> Iterator[Row]:
        """See `Reading`."""
        return starmap(Row, self._ask(self._statements.find, (ledger, list(event_ids))))


def is_text(name: str) -> bool:
    """Return whether the database can hold the name: nothing is found under another one."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in name


def not_only_nulls(texts: Iterable[str | None]) -> list[str | None]:
    """Return the texts after an empty one, which the statement leaves out.

    The driver writes an array of nulls as text, and a setting tells whether that is read as nulls.
    """
    return ["", *texts]


def columns_of(rows: Sequence[Row]) -> list[list[object]]:
    """Return one list for each column of the rows, as `PostgresStatements.insert` takes them."""
    columns = [list(column) for column in zip(*map(attrs.astuple, rows), strict=True)]
    columns[_EFFECTIVE] = [*not_only_nulls(row.effective for row in rows)]
    return columns
