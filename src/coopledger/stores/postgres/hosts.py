"""Somebody's own connection to the database of a log."""

from contextlib import closing
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from coopledger.errors import QuestionError
from coopledger.fields import shown
from coopledger.stores.postgres.failures import final_errors
from coopledger.stores.postgres.server import Connection

__all__ = ["host"]

# The same for two connections only if one server, since it was started, serves one database to
# both; asked for without any right.
_IDENTITY = (
    "SELECT oid, pg_postmaster_start_time() FROM pg_catalog.pg_database "
    "WHERE datname = current_database()"
)


def host(connection: object, *, own: Connection, address: str) -> Connection:
    """The connection, once it is sure that it can take the log into its transaction.

    Args:
        connection: What somebody gives.
        own: A connection of the store itself.
        address: How the store is named in errors.

    Raises:
        QuestionError: It is none of psycopg, leads to another database, or is in no transaction
            and begins none.
    """
    if not isinstance(connection, psycopg.Connection):
        remedy = "is no connection of psycopg: give the driver's own"
        raise QuestionError("connection", shown(connection), remedy)
    given = cast(Connection, connection)
    with final_errors(address):
        if _identity(given) != _identity(own):
            remedy = f"leads to another database: give one to {address}"
            raise QuestionError("connection", shown(given), remedy)
    if given.autocommit and given.info.transaction_status is TransactionStatus.IDLE:
        remedy = "is in no transaction: begin one first"
        raise QuestionError("connection", shown(given), remedy)
    return given


def _identity(connection: Connection) -> tuple[Any, ...] | None:
    with closing(connection.cursor(row_factory=tuple_row)) as cursor:
        return cursor.execute(_IDENTITY).fetchone()
