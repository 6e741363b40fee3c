"""The addresses of logs: the path of a file, and what is none."""

import os
from pathlib import Path

from coopledger.errors import QuestionError, StoreError
from coopledger.fields import asked, shown, text

__all__ = ["path_of"]


def path_of(address: str | os.PathLike[str]) -> Path:
    """The path of a file, the home folder in place of ``~``.

    Raises:
        StoreError: It is the address of something else.
        QuestionError: It is no path.
    """
    path = asked("address", text, address if isinstance(address, str) else _text_of(address))
    if path == ":memory:":
        raise QuestionError("address", shown(path), "is no file: use Ledger.in_memory()")
    if "://" in path:
        raise StoreError(path, "this version keeps a log in an SQLite file: give its path")
    return Path(path).expanduser()


def _text_of(address: os.PathLike[str]) -> str:
    """A path as text.

    Raises:
        QuestionError: It is no path.
    """
    try:
        return os.fspath(address)
    except TypeError:
        raise QuestionError("address", shown(address), "is no path of a file") from None
