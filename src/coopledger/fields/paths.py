"""How the path of a file is read."""

import os
from pathlib import Path

from coopledger.fields.reading import EMPTY, require, wrong

__all__ = ["path"]

_NONE = "is no path of a file"


def path(value: str | os.PathLike[str]) -> Path:
    """The path of a file, the home folder in place of ``~``; a file need not be there.

    Raises:
        FieldError: E106 for what can be the path of none.
    """
    try:
        plain = os.fspath(value)
    except TypeError:
        raise wrong(value, _NONE) from None
    require(plain, str, "is no text")
    if not plain or plain.isspace():
        raise wrong(plain, EMPTY)
    if "\0" in plain:
        raise wrong(plain, f"{_NONE}: no name holds a NUL character")
    scheme, is_url, _ = plain.partition("://")
    if is_url:
        # The rest is not told: there may be a password in it.
        raise wrong(f"{scheme}://...", f"{_NONE}: give one")
    try:
        os.fsencode(plain)
    except UnicodeEncodeError:
        raise wrong(plain, "holds half a surrogate pair, which no file name does") from None
    try:
        return Path(plain).expanduser()
    except RuntimeError:
        raise wrong(plain, "begins with the home folder of nobody who is known here") from None
