"""Good lines of a file, and numbers of lines: a few bytes for each line."""

import re
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

import attrs

from coopledger._interchange.lines import Line, located
from coopledger.errors import Finding

if TYPE_CHECKING:
    from coopledger.stores.sqlite.scratch import Scratch

ID_LETTERS = 32
_OWN_ID = re.compile(rf"(event )?\b([0-9a-f]{{{ID_LETTERS}}})\b")


class NumbersById(Protocol):
    """Numbers of lines by ids."""

    def get(self, key: str, /) -> int | None:
        """Return the number; None if there is none."""
        ...


def locate(finding: Finding, line: Line, *, is_named: bool, own_ids: NumbersById) -> Finding:
    """Return the finding with its line, and without ids that no line ever gave."""
    name = finding.event_id if is_named else None
    message = citing_lines(finding.message, own_ids)
    return located(attrs.evolve(finding, event_id=name, index=None, message=message), line)


def citing_lines(message: str, own_ids: NumbersById) -> str:
    """Return the message with the numbers of lines in place of ids that were made of them.

    ``own_ids`` gives the line of each such id, which is neither in the file nor in the ledger.
    """

    def cite(match: re.Match[str]) -> str:
        line = own_ids.get(match[2])
        if line is None:
            return match[0]
        return f"line {line}" if match[1] else f"on line {line}"

    return _OWN_ID.sub(cite, message)


class GoodLines:
    """Lines whose events can be recorded, or were recorded before, in their order.

    Attributes:
        places: For each line the position at which its event was recorded before; 0 if it was not.
    """

    def __init__(self) -> None:
        """Begin without lines."""
        self.places: array[int] = array("q")
        self._numbers: array[int] = array("q")
        self._named: array[int] = array("b")
        self._file = ""

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.places)

    def add(self, line: Line, *, is_named: bool, place: int) -> None:
        """Add a line, which may give its event's id itself, and whose event may be recorded."""
        self._file = line.file
        self._numbers.append(line.number)
        self._named.append(is_named)
        self.places.append(place)

    def new(self) -> "array[int]":
        """Return the numbers, from 0, of those that were not recorded before."""
        return array("q", (each for each, place in enumerate(self.places) if not place))

    def old(self) -> "array[int]":
        """Return the numbers, from 0, of those that were."""
        return array("q", (each for each, place in enumerate(self.places) if place))

    def locate(
        self, findings: Iterable[Finding], among: Sequence[int], own_ids: NumbersById
    ) -> tuple[Finding, ...]:
        """Return findings whose index, from 1, says which of some lines they are about."""
        return tuple(self._locate(each, among[(each.index or 1) - 1], own_ids) for each in findings)

    def _locate(self, finding: Finding, number: int, own_ids: NumbersById) -> Finding:
        line = Line(self._file, self._numbers[number], b"", is_cut=False, is_ended=True)
        return locate(finding, line, is_named=bool(self._named[number]), own_ids=own_ids)


class Numbers:
    """Numbers by texts, such as the line of an id: in memory, until they are spilled."""

    def __init__(self, kind: str) -> None:
        """Begin without numbers; ``kind`` tells them from others in the same scratch."""
        self._kind = kind
        self._recent: dict[str, int] = {}
        self._scratch: Scratch | None = None

    def get(self, key: str, /) -> int | None:
        """Return the number of the text; None if it has none."""
        number = self._recent.get(key)
        if number is None and self._scratch is not None:
            return self._scratch.number(self._kind, _bytes(key))
        return number

    def keep(self, key: str, number: int) -> None:
        """Keep the number of the text, in place of an earlier one."""
        self._recent[key] = number

    def spill(self, scratch: "Scratch") -> None:
        """Move all numbers to the scratch, always the same one."""
        scratch.keep_numbers(self._kind, ((_bytes(key), n) for key, n in self._recent.items()))
        self._recent.clear()
        self._scratch = scratch


def _bytes(key: str) -> bytes:
    """Return the bytes of a text, which may hold half of a pair of surrogates."""
    return key.encode(errors="surrogatepass")
