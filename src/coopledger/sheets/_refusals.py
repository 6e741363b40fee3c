"""Refusal of a file that holds no table, before its name is known."""

from coopledger.errors import ArgumentError


def unreadable(words: str) -> ArgumentError:
    """Return the refusal of a file, in words that follow its name; see `_files.reading`."""
    return ArgumentError("file", "", words)
