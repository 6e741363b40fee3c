"""Somebody's own connection to the file of a log."""

import os
import sqlite3
from pathlib import Path

from coopledger.errors import QuestionError
from coopledger.fields import shown
from coopledger.stores.sqlite.failures import plain_errors
from coopledger.stores.sqlite.file import LogFile

__all__ = ["host"]

_MAIN = "SELECT file FROM pragma_database_list WHERE name = 'main'"
_LEGACY = -1  # sqlite3.LEGACY_TRANSACTION_CONTROL, which Python 3.11 does not name


def host(connection: object, file: LogFile) -> sqlite3.Connection:
    """The connection, once it is sure that it can take the log into its transaction.

    Raises:
        QuestionError: It is none of sqlite3, leads to another file, or is in no transaction and
            begins none.
    """
    if not isinstance(connection, sqlite3.Connection):
        remedy = "is no connection of sqlite3: give the driver's own"
        raise QuestionError("connection", shown(connection), remedy)
    with plain_errors(str(file)):
        cursor = connection.cursor()
        cursor.row_factory = None
        ((path,),) = cursor.execute(_MAIN).fetchall()
    if not _is_same(os.fsdecode(path), file):
        remedy = f"leads to {shown(os.fsdecode(path))}: give one to {file}"
        raise QuestionError("connection", shown(connection), remedy)
    if not (connection.in_transaction or _begins_itself(connection)):
        remedy = "is in no transaction: begin one first"
        raise QuestionError("connection", shown(connection), remedy)
    return connection


def _is_same(path: str, file: LogFile) -> bool:
    """Whether the path leads to the file; a database in memory has none."""
    return bool(path) and Path(path).samefile(file.place)


def _begins_itself(connection: sqlite3.Connection) -> bool:
    """Whether the driver begins a transaction before it writes."""
    is_legacy = getattr(connection, "autocommit", _LEGACY) == _LEGACY
    return is_legacy and connection.isolation_level is not None
