"""Lines of bytes with their numbers, in bounded memory whatever the file holds.

A line ends at a line feed and nowhere else: U+2028 and U+0085 may stand inside of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import attrs

from coopledger.errors import FieldError, Finding, RefusedError
from coopledger.interchange.files import Source

__all__ = ["LONGEST", "Line", "lines", "located", "refusal"]

# In bytes: longer than the text of any treaty, and small enough that even the most wasteful
# JSON of that length takes no more than some hundred megabytes when it is read.
LONGEST = 4 * 2**20
MOST_WORDS = 2000  # Letters of a message: what a line holds may be told, not repeated.

_PIECE = 2**16
_MARK = b"\xef\xbb\xbf"  # What some editors put in front of UTF-8.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ARRAY = re.compile(rb"\s*\[\s*(\{|$)")  # Around all the events, or with the first of them.


@attrs.frozen
class Line:
    """One line of a file.

    Attributes:
        file: How messages call the file.
        number: Its number, from 1.
        data: Its bytes without the line feed; of a line that is too long only the beginning.
        is_cut: Whether the line is too long.
        is_ended: Whether a line feed ends it, as it does every line but perhaps the last.
    """

    file: str
    number: int
    data: bytes
    is_cut: bool
    is_ended: bool

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on the line."""
        return not self.data.strip()


def lines(file: Source, *, drop: Callable[[bytes], object]) -> Iterator[Line]:
    """The lines of the file, one by one.

    What a line has beyond `LONGEST` goes to ``drop`` in pieces, after the line was given.

    Raises:
        RefusedError: The file is UTF-16, or one JSON array: nothing in it can be read.
        StoreError: The file cannot be read.
    """
    number = 0
    while data := file.line(LONGEST + 1):
        number += 1
        if number == 1:
            data = data.removeprefix(_MARK)
            _refuse_other_form(file.name, data)
        is_ended = data.endswith(b"\n")
        is_cut = not is_ended and len(data) > LONGEST
        yield Line(file.name, number, data.removesuffix(b"\n"), is_cut, is_ended)
        while is_cut and (piece := file.line(_PIECE)):
            drop(piece)
            is_cut = not piece.endswith(b"\n")


def refusal(line: Line, faults: Iterable[FieldError]) -> RefusedError:
    """The error about a line that tells no event."""
    return RefusedError(tuple(located(fault.finding(), line) for fault in faults))


def located(finding: Finding, line: Line) -> Finding:
    """The finding with the file and the line to which it belongs, in bounded words."""
    message = finding.message
    if len(message) > MOST_WORDS:
        message = f"{message[:MOST_WORDS]}..."
    return attrs.evolve(finding, file=line.file, line=line.number, message=message)


def _refuse_other_form(name: str, data: bytes) -> None:
    """Refuses the whole file at once, rather than each of its lines."""
    if data.startswith(_UTF_16):
        message = "the file is UTF-16: save it as UTF-8"
    elif _ARRAY.match(data):
        message = "the file is one JSON array: write one object a line, no brackets or commas"
    else:
        return
    raise RefusedError((Finding("E106", message, file=name, line=1),))
