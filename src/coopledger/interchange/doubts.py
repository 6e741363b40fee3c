"""What bad lines would have told, so that what only follows from them is not reported again."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import cast

import attrs

from coopledger.events import Event
from coopledger.events.references import OPENING, opened_by
from coopledger.findings import Finding
from coopledger.interchange.lines import Line

__all__ = ["Doubts", "scraps"]

# Refused since something is not there: a schedule, a partnership, a party, an act, a condition.
ABSENT = frozenset("E105 E403 E503 E508 E509 E604 E607 E608".split())
# The fields that bring an id in, and those that say on what an event acts.
OPENED = tuple(dict.fromkeys(field for field, _ in OPENING.values()))
SUBJECTS = ("meeting", "proposal", "instrument", "commitment", "figure", "target")
MOST = 100_000  # A file of nothing but bad lines is not remembered whole.
LONGEST_ID = 200
SCRAP = re.compile(rf'"(id|type|{"|".join(OPENED)})"\s*:\s*("(?:[^"\\]|\\.){{1,200}}")')
SCRAPS = 2**16  # Where the ids of an event stand, if it is one.


@attrs.define
class Doubts:
    """The ids that bad lines would have brought in or acted on.

    Attributes:
        missing: What they would have brought in: their own ids, those of things.
        unsettled: On what they would have acted.
    """

    missing: set[str] = attrs.field(factory=set[str])
    unsettled: set[str] = attrs.field(factory=set[str])

    def add(self, cls: type[Event] | None, fields: Mapping[str, object]) -> None:
        """One more bad line, with what can be read of it; its type, where that is known."""
        if len(self.missing) + len(self.unsettled) > MOST:
            return
        opened = opened_by(cls) if cls is not None else None
        names = OPENED if cls is None else (opened[0],) if opened is not None else ()
        self.missing.update(_texts(fields, ("id", *names)))
        self.unsettled.update(_texts(fields, SUBJECTS))

    def explain(self, event: Event, finding: Finding) -> bool:
        """Whether the refusal of the event may only follow from a bad line before."""
        if finding.unknown is not None:
            return finding.unknown in self.missing
        if finding.code not in ABSENT:
            return False
        subjects = _texts(attrs.asdict(event, recurse=False), SUBJECTS)
        return any(name in self.missing or name in self.unsettled for name in subjects)


def scraps(line: Line) -> dict[str, object]:
    """What can still be made out of a line that is no JSON: its type, and ids."""
    text = line.data[:SCRAPS].decode(errors="replace")
    return {name: value for name, written in SCRAP.findall(text) for value in _unquoted(written)}


def _unquoted(written: str) -> Iterator[str]:
    """The text between quotes, if it can be read."""
    try:
        yield cast(str, json.loads(written))
    except ValueError:
        return


def _texts(fields: Mapping[str, object], names: tuple[str, ...]) -> Iterator[str]:
    """The texts in those fields that are short enough for an id."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and len(value) <= LONGEST_ID:
            yield value
