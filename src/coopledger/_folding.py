"""Texts in the form in which they are compared: without case, diacritics and invisible signs."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from unicodedata import category, combining, normalize

_LOOKALIKES = Path(__file__).with_name("lookalikes.txt")

# Letters and marks that show nothing by themselves, beside all of the category Cf.
_UNSEEN_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
# Letters with a stroke or joined ones, which Unicode takes for letters of their own.
_OTHER_LETTERS = {
    "đ": "d",
    "ð": "d",
    "ø": "o",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "\u0131": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
# Marks above and below a letter have such a class; vowels and other parts of a script have less.
_DIACRITIC = 200
# Scripts that write no blanks between words: Thai, Lao, Myanmar, Khmer, kana, Chinese characters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_PIECES = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_PLAIN = re.compile(r"[a-z0-9]+")  # Most texts are plain, and read several times as fast.
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")


class _Letters(dict[int, str]):
    """Folded form of each letter, made when the letter is first met."""

    def __missing__(self, code: int) -> str:
        """Return the letter in its folded form."""
        sign = chr(code)
        is_left_out = is_unseen(sign) or combining(sign) >= _DIACRITIC
        self[code] = "" if is_left_out else _OTHER_LETTERS.get(sign, sign)
        return self[code]


_FOLDED = _Letters()


def is_unseen(sign: str) -> bool:
    """Return whether nobody sees the sign, which is no blank."""
    return category(sign) == "Cf" or sign in _UNSEEN_LETTERS


def is_odd_blank(sign: str) -> bool:
    """Return whether the sign is a blank that is none of the keyboard's."""
    return sign.isspace() and sign != " "


def cleaned(name: str) -> str:
    """Return the name without signs that nobody sees, and with plain blanks."""
    signs = (" " if is_odd_blank(sign) else sign for sign in name if not is_unseen(sign))
    return " ".join("".join(signs).split())


def folded(text: str) -> str:
    """Return the text in small letters, without diacritics and signs that nobody sees.

    Letters with a stroke, such as ``đ``, are those without it.
    """
    if text.isascii():
        return text.lower()
    return normalize("NFKD", normalize("NFKD", text).casefold()).translate(_FOLDED)


def caseless(name: str) -> str:
    """Return the name in small letters and one normal form, without signs that nobody sees.

    Diacritics stay: in names they tell one from another.
    """
    if name.isascii():
        return name.casefold()
    seen = "".join(sign for sign in name if not is_unseen(sign))
    return normalize("NFC", normalize("NFC", seen).casefold())


def skeleton(name: str) -> str:
    """Return what two names have in common that look alike.

    Letters and digits of ASCII look like themselves alone, so that ``c1`` and ``cl`` are two.
    """
    plain = folded(name)
    return plain if plain.isascii() else plain.translate(_lookalikes())


@cache
def _lookalikes() -> Mapping[int, str]:
    """Return the letter or digit of ASCII for each letter that looks like one."""
    rows = (
        line.split()
        for line in _LOOKALIKES.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    return {ord(letter): plain for plain, letters in rows for letter in letters}


def pieces(text: str) -> list[str]:
    """Return the words of a text in folded form; of a script without blanks, whole stretches."""
    plain = folded(text)
    return (_PLAIN if plain.isascii() else _PIECES).findall(plain)


def words(text: str) -> set[str]:
    """Return under which words a text is found: of a script without blanks, each letter."""
    found = pieces(text)
    return set(found) if text.isascii() else set(_as_words(found))


def _as_words(found: Iterable[str]) -> Iterable[str]:
    """Yield each word, and each letter of a stretch without blanks."""
    for piece in found:
        if _IS_UNSPACED.match(piece):
            yield from piece
        else:
            yield piece


def holds(text: str, wanted: str) -> bool:
    """Return whether a word of the text begins with the piece, or the piece is in a stretch."""
    if _IS_UNSPACED.match(wanted):
        return wanted in folded(text)
    return any(piece.startswith(wanted) for piece in pieces(text))
