"""Kept answers in a PostgreSQL log: how they are asked for, and written in one transaction."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, LiteralString, Self

import attrs
import psycopg

from coopledger.errors import StoreBusyError, StoreError
from coopledger.stores.kept import StoredBundle, Upkeep
from coopledger.stores.postgres.failures import LostConnectionError
from coopledger.stores.postgres.pool import Connection
from coopledger.stores.postgres.server import Connections
from coopledger.stores.postgres.statements import filled, is_text

_UPKEEP = (
    "SELECT revision, position, chain, day, is_whole, fingerprint, changes "
    "FROM {schema}.upkeep WHERE ledger = %s AND noun = %s"
)
_STALE = (
    "SELECT home FROM {schema}.bundle WHERE ledger = %s AND noun = %s AND until <= %s "
    "UNION SELECT home FROM {schema}.rests "
    "WHERE ledger = %s AND noun = %s AND name = ANY(%b::text[])"
)
# Seldom, so that no index is kept for it.
_NOT_YET = " UNION SELECT home FROM {schema}.bundle WHERE ledger = %s AND noun = %s AND since > %s"
_BUNDLES = (
    "SELECT home, position, since, until, is_open, name, body "
    "FROM {schema}.bundle LEFT JOIN {schema}.kept USING (ledger, noun, home) "
    "WHERE ledger = %s AND noun = %s AND revision > %s "
)
_IN_ORDER = "ORDER BY home, number"
_ROWS = "SELECT home, name, body FROM {schema}.kept WHERE ledger = %s AND noun = %s"
_HOME_OF = "SELECT home FROM {schema}.kept WHERE ledger = %s AND noun = %s AND name = %s LIMIT 1"
_TEXTS_BETWEEN = (
    "SELECT body FROM {schema}.kept WHERE ledger = %s AND noun = %s AND name >= %s AND name < %s"
)

_BEGIN_STATE = (
    "INSERT INTO {schema}.upkeep (revision, position, chain, day, is_whole, fingerprint, changes, "
    "ledger, noun) VALUES (%s, %s, %b, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_MOVE_STATE = (
    "UPDATE {schema}.upkeep SET revision = %s, position = %s, chain = %b, day = %s, is_whole = %s, "
    "fingerprint = %s, changes = %s WHERE ledger = %s AND noun = %s AND revision = %s"
)
_ADD_BUNDLES = (
    "INSERT INTO {schema}.bundle (ledger, noun, revision, home, position, since, until) "
    "SELECT %s, %s, %s, new.* "
    "FROM unnest(%b::text[], %b::bigint[], %b::bigint[], %b::bigint[]) AS new"
)
_ADD_RESTS = (
    "INSERT INTO {schema}.rests (ledger, noun, home, name) "
    "SELECT %s, %s, new.* FROM unnest(%b::text[], %b::text[]) AS new"
)
_ADD_ROWS = (
    "INSERT INTO {schema}.kept (ledger, noun, home, number, is_open, name, body) "
    "SELECT %s, %s, new.* "
    "FROM unnest(%b::text[], %b::bigint[], %b::boolean[], %b::text[], %b::text[]) AS new"
)
_FILLED: tuple[LiteralString, ...] = ("bundle", "rests", "kept")
_AT_HOMES = " AND home = ANY(%b::text[])"

_DENIED = psycopg.errors.InsufficientPrivilege
_UNWRITABLE = (_DENIED, psycopg.errors.ReadOnlySqlTransaction)

_Ask = Callable[[bytes, tuple[object, ...]], list[Any]]


@attrs.frozen(kw_only=True)
class KeptStatements:
    """Each statement as the bytes that are sent, made once for a store.

    Attributes:
        upkeep: Asks for the state of a noun.
        stale: Asks for the homes of what does not hold any more.
        stale_before: Asks on an earlier day, also for what does not hold yet.
        bundles: Asks for bundles that changed after a revision, with their rows.
        at_homes: Asks for those of them at some homes.
        rows: Asks for all rows.
        open_rows: Asks for those that are open.
        home_of: Asks where the answer about a thing is.
        texts_between: Asks for the texts of rows whose names are between two.
        begin_state: Adds the state of a noun, unless there is one.
        move_state: Changes the state, if it is of a revision.
        add_bundles: Adds bundles.
        add_rests: Adds the names on which they rest.
        add_rows: Adds their rows.
        forget: Remove all bundles of a noun with what belongs to them.
        forget_homes: Remove those at some homes.
    """

    upkeep: bytes
    stale: bytes
    stale_before: bytes
    bundles: bytes
    at_homes: bytes
    rows: bytes
    open_rows: bytes
    home_of: bytes
    texts_between: bytes
    begin_state: bytes
    move_state: bytes
    add_bundles: bytes
    add_rests: bytes
    add_rows: bytes
    forget: tuple[bytes, ...]
    forget_homes: tuple[bytes, ...]

    @classmethod
    def of(cls, schema: str) -> Self:
        """Return the statements on the tables of a schema."""
        removals: tuple[LiteralString, ...] = tuple(
            "DELETE FROM {schema}." + table + " WHERE ledger = %s AND noun = %s"  # noqa: S608 - names of tables
            for table in _FILLED
        )
        return cls(
            upkeep=filled(_UPKEEP, schema),
            stale=filled(_STALE, schema),
            stale_before=filled(_STALE + _NOT_YET, schema),
            bundles=filled(_BUNDLES + _IN_ORDER, schema),
            at_homes=filled(_BUNDLES + "AND home = ANY(%b::text[]) " + _IN_ORDER, schema),
            rows=filled(_ROWS, schema),
            open_rows=filled(_ROWS + " AND is_open", schema),
            home_of=filled(_HOME_OF, schema),
            texts_between=filled(_TEXTS_BETWEEN, schema),
            begin_state=filled(_BEGIN_STATE, schema),
            move_state=filled(_MOVE_STATE, schema),
            add_bundles=filled(_ADD_BUNDLES, schema),
            add_rests=filled(_ADD_RESTS, schema),
            add_rows=filled(_ADD_ROWS, schema),
            forget=tuple(filled(each, schema) for each in removals),
            forget_homes=tuple(filled(each + _AT_HOMES, schema) for each in removals),
        )


class PostgresKept:
    """Kept answers of all ledgers in one schema, as `KeptLog`.

    A role without rights on the tables keeps nothing, and neither does anybody in older tables.
    """

    def __init__(
        self, connections: Connections, ask: _Ask, *, schema: str, has_tables: bool
    ) -> None:
        """Ask and write through the store.

        Args:
            connections: Where to borrow a connection to write.
            ask: Returns the rows of a statement.
            schema: The schema with the tables.
            has_tables: Whether they are there.
        """
        self._connections = connections
        self._ask = ask
        self._statements = KeptStatements.of(schema)
        self._has_tables = has_tables

    def upkeep(self, ledger: str, noun: str) -> Upkeep | None:
        """See `KeptLog.upkeep`; none for a role that may not read it."""
        if not self._has_tables:
            return None
        try:
            found = self._ask(self._statements.upkeep, (ledger, noun))
        except StoreError as error:
            if isinstance(error.__cause__, _DENIED):
                return None
            raise
        for revision, position, chain, day, is_whole, fingerprint, changes in found:
            return Upkeep(
                revision=revision,
                position=position,
                chain=chain,
                day=day,
                is_whole=is_whole,
                fingerprint=fingerprint,
                changes=changes,
            )
        return None

    def begin_upkeep(self, ledger: str, noun: str, *, fingerprint: str, since: int) -> bool:
        """See `KeptLog.begin_upkeep`."""
        then = Upkeep(
            revision=since + 1,
            position=0,
            chain=b"",
            day=0,
            is_whole=False,
            fingerprint=fingerprint,
            changes="",
        )

        def remove(connection: Connection) -> None:
            for statement in self._statements.forget:
                connection.execute(statement, (ledger, noun))

        return self._change(ledger, noun, since=since, then=then, change=remove)

    def keep(
        self, ledger: str, noun: str, bundles: Iterable[StoredBundle], *, since: int, then: Upkeep
    ) -> bool:
        """See `KeptLog.keep`."""
        every = list(bundles)

        def replace(connection: Connection) -> None:
            if every:
                self._replace(connection, (ledger, noun), every, revision=then.revision)

        return self._change(ledger, noun, since=since, then=then, change=replace)

    def stale_homes(
        self,
        ledger: str,
        noun: str,
        *,
        names: Collection[str],
        day: int,
        is_earlier: bool = False,
    ) -> set[str]:
        """See `KeptLog.stale_homes`; in one round trip."""
        values = (ledger, noun, day, ledger, noun, list(filter(is_text, names)))
        if is_earlier:
            rows = self._ask(self._statements.stale_before, (*values, ledger, noun, day))
        else:
            rows = self._ask(self._statements.stale, values)
        return {home for (home,) in rows}

    def bundles(
        self, ledger: str, noun: str, *, homes: Collection[str] | None = None, after: int = 0
    ) -> list[StoredBundle]:
        """See `KeptLog.bundles`; in one round trip."""
        if homes is None:
            found = self._ask(self._statements.bundles, (ledger, noun, after))
        else:
            values = (ledger, noun, after, list(filter(is_text, homes)))
            found = self._ask(self._statements.at_homes, values)
        rows: dict[tuple[str, int, int, int], list[tuple[bool, str, str]]] = {}
        for home, position, since, until, is_open, name, body in found:
            of_bundle = rows.setdefault((home, position, since, until), [])
            if name is not None:
                of_bundle.append((is_open, name, body))
        return [
            StoredBundle(home=home, position=position, since=since, until=until, rows=of_bundle)
            for (home, position, since, until), of_bundle in rows.items()
        ]

    def kept_rows(self, ledger: str, noun: str, *, only_open: bool) -> list[tuple[str, str, str]]:
        """See `KeptLog.kept_rows`."""
        statement = self._statements.open_rows if only_open else self._statements.rows
        return self._ask(statement, (ledger, noun))

    def home_of(self, ledger: str, noun: str, name: str) -> str | None:
        """See `KeptLog.home_of`."""
        if not is_text(name):
            return None
        return next(
            (home for (home,) in self._ask(self._statements.home_of, (ledger, noun, name))), None
        )

    def texts_between(self, ledger: str, noun: str, *, first: str, end: str) -> list[str]:
        """See `KeptLog.texts_between`."""
        rows = self._ask(self._statements.texts_between, (ledger, noun, first, end))
        return [body for (body,) in rows]

    def _change(
        self,
        ledger: str,
        noun: str,
        *,
        since: int,
        then: Upkeep,
        change: Callable[[Connection], None],
    ) -> bool:
        """Commit the change and the state, if the revision has not moved; return whether.

        Where the commit was cut off it may have been done: then the revision has moved on, and
        what is there is taken as if others had kept it.
        """
        if not self._has_tables:
            return False
        state = (then.revision, then.position, then.chain, then.day, then.is_whole)
        values = (*state, then.fingerprint, then.changes, ledger, noun)
        statements = self._statements
        try:
            with self._connections.aside() as connection:
                if since:
                    moved = connection.execute(statements.move_state, (*values, since)).rowcount
                else:
                    moved = connection.execute(statements.begin_state, values).rowcount
                if moved != 1:
                    return False
                change(connection)
                connection.execute("COMMIT")
        except (StoreBusyError, LostConnectionError):
            return False
        except StoreError as error:
            if isinstance(error.__cause__, _UNWRITABLE):
                return False
            raise
        return True

    def _replace(
        self,
        connection: Connection,
        key: tuple[str, str],
        bundles: Iterable[StoredBundle],
        *,
        revision: int,
    ) -> None:
        """Put each bundle in the place of the one at the same home; the last one of a home."""
        every = {bundle.home: bundle for bundle in bundles}
        for statement in self._statements.forget_homes:
            connection.execute(statement, (*key, list(every)))
        columns = _columns(
            (bundle.home, bundle.position, bundle.since, bundle.until) for bundle in every.values()
        )
        connection.execute(self._statements.add_bundles, (*key, revision, *columns))
        rests = [(home, name) for home, bundle in every.items() for name in set(bundle.rests_on)]
        if rests:
            connection.execute(self._statements.add_rests, (*key, *_columns(rests)))
        rows = [
            (home, number, *row)
            for home, bundle in every.items()
            for number, row in enumerate(bundle.rows)
        ]
        if rows:
            connection.execute(self._statements.add_rows, (*key, *_columns(rows)))


def _columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    """Return one list for each column of the rows."""
    return [list(column) for column in zip(*rows, strict=True)]
