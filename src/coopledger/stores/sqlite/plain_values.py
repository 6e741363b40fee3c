"""Connections and cursors of our own, to which no adapter of the host applies.

``sqlite3.register_adapter(str, ...)`` is for the whole process, and changes what every statement
stores. It applies to the very type alone: where there is one, a value goes as a type of our own
that is stored the same.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

_Values = Sequence[Any]


class _Text(str):
    __slots__ = ()


class _Number(int):
    __slots__ = ()


class _Blob(bytes):
    __slots__ = ()


_OWN = {str: _Text, int: _Number, bytes: _Blob}
_ADAPTED = {(kind, sqlite3.PrepareProtocol) for kind in _OWN}


class PlainCursor(sqlite3.Cursor):
    """Cursor whose values are stored as they are, on whichever connection."""

    def execute(
        self,
        statement: str,
        values: Any = (),  # noqa: ANN401 - as sqlite3 has it
        /,
    ) -> "PlainCursor":
        """Execute a statement."""
        return super().execute(statement, _plain(values))

    def executemany(self, statement: str, rows: Iterable[Any], /) -> "PlainCursor":
        """Execute a statement for each of the rows."""
        return super().executemany(statement, _all_plain(rows))


class PlainConnection(sqlite3.Connection):
    """Connection whose values are stored as they are."""

    def execute(
        self,
        statement: str,
        values: Any = (),  # noqa: ANN401 - as sqlite3 has it
        /,
    ) -> sqlite3.Cursor:
        """Execute a statement."""
        return super().execute(statement, _plain(values))

    def executemany(self, statement: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        """Execute a statement for each of the rows."""
        return super().executemany(statement, _all_plain(rows))


def _plain(values: _Values) -> _Values:
    """Return the values, of types that nobody has registered an adapter for."""
    if _ADAPTED.isdisjoint(sqlite3.adapters):
        return values
    return tuple(_OWN[type(each)](each) if type(each) in _OWN else each for each in values)


def _all_plain(rows: Iterable[_Values]) -> Iterable[_Values]:
    return rows if _ADAPTED.isdisjoint(sqlite3.adapters) else map(_plain, rows)
