"""Index of names in a PostgreSQL database, written apart from an append."""

from collections.abc import Iterable, Mapping, Sequence

import attrs
import psycopg

from coopledger._log.chain import Head, Listing, genesis
from coopledger.errors import CoopledgerError, StoreBusyError, StoreError
from coopledger.stores.postgres.appending import names_in, openings_in
from coopledger.stores.postgres.pool import Connection
from coopledger.stores.postgres.server import Connections
from coopledger.stores.postgres.statements import PostgresStatements
from coopledger.stores.protocol import IndexPage, Listed

_UNWRITABLE = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)


class _FasterError(CoopledgerError):
    """Signal that somebody else wrote the index; the transaction is rolled back."""


@attrs.frozen(kw_only=True)
class IndexWriter:
    """Writer of the index of one ledger.

    Attributes:
        connections: Where to borrow a connection.
        statements: What to say on it.
        ledger: The ledger.
    """

    connections: Connections
    statements: PostgresStatements
    ledger: str

    def write(self, pages: Iterable[IndexPage], *, rules: Mapping[str, str], since: Listed) -> bool:
        """Write the pages, each in a transaction of its own; return whether all are written."""
        try:
            self._begin(rules, since)
            position, chain = since.position, since.chain
            for head, listings in pages:
                self._add(head, listings, position=position, chain=chain)
                position, chain = head.position, head.chain
        except (_FasterError, StoreBusyError):
            return False
        except StoreError as error:
            if isinstance(error.__cause__, _UNWRITABLE):
                return False
            raise
        return True

    def _begin(self, rules: Mapping[str, str], since: Listed) -> None:
        """Note the rules; at the beginning, remove an older index first.

        Raises:
            _FasterError: The index is not where it was.
        """
        statements, ledger = self.statements, self.ledger
        with self.connections.transaction(is_derived=True) as own:
            if not since.position:
                own.execute(statements.begin_listed, (ledger, genesis(ledger)))
            here = own.execute(statements.lock_listed, (ledger,), binary=True).fetchall()
            if since.position:
                if here != [(since.position, since.chain)]:
                    raise _FasterError
            elif here[0][0]:
                own.execute(statements.forget_names, (ledger,))
                own.execute(statements.forget_openings, (ledger,))
                own.execute(statements.forget_listed, (genesis(ledger), ledger))
            if rules:
                own.execute(statements.set_rules, (ledger, list(rules), list(rules.values())))

    def _add(
        self,
        head: Head,
        listings: Sequence[tuple[int, Listing]],
        *,
        position: int,
        chain: bytes,
    ) -> None:
        """Write one page, if the index is at the position still.

        Raises:
            _FasterError: It is not.
        """
        entries = sum(listing.entries for _, listing in listings)
        move = (head.position, head.chain, entries, self.ledger, position, chain)
        with self.connections.transaction(is_derived=True) as own:
            if own.execute(self.statements.move_listed, move).rowcount != 1:
                raise _FasterError
            add_page(own, self.statements, self.ledger, listings)


def add_page(
    connection: Connection,
    statements: PostgresStatements,
    ledger: str,
    page: Sequence[tuple[int, Listing]],
) -> None:
    """Add the names at some positions to the index."""
    names, named = names_in(page)
    nouns, opened, openers = openings_in(page)
    if names:
        connection.execute(statements.add_names, (ledger, names, named))
    if nouns:
        connection.execute(statements.add_openings, (ledger, nouns, openers, opened))
