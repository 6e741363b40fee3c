"""Door through which every text passes that is shown: no control sign reaches a terminal or page.

It stands below all others, since events and errors are shown as well.

A recorded text may hold anything. A terminal obeys some signs instead of showing them, and others
turn the order of what follows, so that a page would say something else than what was recorded.
"""

import re
from typing import Final

# Category Cc but for the line feed; the separators of lines and paragraphs; the marks, embeddings,
# overrides and isolates of the direction of writing; halves of pairs, which no stream can encode.
_UNSHOWN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

_LAST_OF_TWO_DIGITS: Final = 0xFF


def printable(text: str) -> str:
    r"""Return the text with control signs as escapes, such as ``\x1b``; line feeds stay.

    >>> printable("a \x1b[31mred\x1b[0m word")
    'a \\x1b[31mred\\x1b[0m word'
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSHOWN.sub(_escaped, text)


def printable_json(text: str) -> str:
    r"""Return JSON of the same value, with the control signs in its texts as escapes of JSON.

    >>> printable_json('"a\x9bword"')
    '"a\\u009bword"'
    """
    return _UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _escaped(found: re.Match[str]) -> str:
    """Return the sign as its escape; a blank for a tabulator."""
    number = ord(found[0])
    if found[0] == "\t":
        return " "
    return f"\\x{number:02x}" if number <= _LAST_OF_TWO_DIGITS else f"\\u{number:04x}"
