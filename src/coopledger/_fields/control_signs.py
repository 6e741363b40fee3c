r"""Control characters in the texts of an event, which nothing that is recorded today holds.

They are those of Unicode's category Cc, without the line feed and the tab. ``\r\n``, with which
forms and other systems end a line, is read as ``\n``. Events in older logs may hold them: these
are read, verified, exported and restored as they are, and shown with escapes.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from coopledger._fields.bounds import faults_of, is_list, texts_of
from coopledger._fields.reading import ID_LENGTH, invalid, is_mapping
from coopledger.errors import FieldError

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# The end of a line, as a text or a program may write it.
_LINE_END: Final = re.compile("\r\n|[\r\x0b\x0c\x85]")


def control_faults(values: Mapping[str, object]) -> list[FieldError]:
    """Return E106 for every text that holds a control character, with the cleaned text."""
    if not any(map(_CONTROL.search, texts_of(tuple(values.values())))):
        return []  # Most events are so.
    return [
        fault.within(name)
        for name, value in values.items()
        for fault in faults_of(value, _text_faults)
    ]


def without_controls(value: str) -> str:
    """Return the text without control characters, where one that ends a line is a line feed."""
    return _CONTROL.sub("", _LINE_END.sub("\n", value))


def with_line_feeds(value: object) -> object:
    r"""Return a plain JSON value whose texts have ``\n`` in place of ``\r\n``; keys stay."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if is_mapping(value):
        return {name: with_line_feeds(part) for name, part in value.items()}
    return [with_line_feeds(part) for part in value] if is_list(value) else value


def _text_faults(value: str) -> Iterator[FieldError]:
    """Yield the fault of a text that holds control characters."""
    found = _CONTROL.search(value)
    if found is None:
        return
    meant = without_controls(value)
    if not meant or meant.isspace():
        yield invalid(value, "holds nothing but control characters: say something")
    elif len(meant) <= ID_LENGTH:
        yield invalid(value, f"holds control characters; did you mean {meant!r}?")
    else:
        place = f"U+{ord(found[0]):04X} at character {found.start() + 1}"
        yield invalid(value, f"holds control characters, {place} first: take them out")
