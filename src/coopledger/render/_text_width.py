"""How much room text takes on a screen, and how it is broken into lines.

Room is counted in columns: a letter takes one, a mark above or below it none (Vietnamese is
often written with them apart), a wide letter of East Asia two.
"""

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"


def room(text: str) -> int:
    """How many columns the text takes."""
    return len(text) if text.isascii() else sum(map(_room, text))


def flat(text: str) -> str:
    """The text on one line: blanks and line breaks become one blank, control signs a ``�``."""
    return "".join(
        "�" if unicodedata.category(sign) == "Cc" else sign for sign in " ".join(text.split())
    )


def elided(text: str, columns: int) -> str:
    """The text if it fits into the columns, else its beginning and an ellipsis."""
    if room(text) <= columns:
        return text
    return next(_pieces(text, columns - 1)).rstrip() + ELLIPSIS


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines that fit into the columns, broken at blanks; too long words are cut."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, columns):
            longer = f"{lines[-1]} {piece}" if lines[-1] else piece
            if room(longer) <= columns:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, columns: int) -> Iterator[str]:
    """The word cut where it no longer fits; a mark stays with its letter."""
    piece, used = "", 0
    for sign in word:
        needed = _room(sign)
        if piece and used + needed > columns:
            yield piece
            piece, used = "", 0
        piece, used = piece + sign, used + needed
    yield piece


def _room(sign: str) -> int:
    """How many columns one sign takes."""
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1
