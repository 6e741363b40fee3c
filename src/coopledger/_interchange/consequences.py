"""What bad lines would have told, so that what only follows from them is not reported again."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import cast

import attrs

from coopledger import events
from coopledger._interchange.lines import Line
from coopledger._log.vocabulary import TAGS
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.terms import Noun


def _types(*bases: type[Event]) -> tuple[type[Event], ...]:
    """Return the event types that are built on one of the classes, or are one of them."""
    return tuple(cls for _, cls in TAGS.values() if issubclass(cls, bases))


# What is refused since something is not there, and the acts that would have brought it about.
CAUSES: dict[str, tuple[type[Event], ...]] = {
    "E105": (events.MeetingScheduled,),
    "E403": _types(events.ProposalAct),
    "E503": (events.InstrumentRegistered,),
    "E508": (events.TerminationNotified,),
    "E509": _types(
        events.InstrumentRegistered,
        events.InstrumentSigned,
        events.InstrumentProvisionallyApplied,
        events.InstrumentEnteredIntoForce,
        events.InstrumentProlonged,
    ),
    "E604": (events.CommitmentMade,),
    "E607": (events.CommitmentMade, events.CommitmentAssigned),
    "E608": (events.CommitmentMade, events.CommitmentDelegated),
}
# The fields that bring an id in, and those that say on what an event acts.
OPENED = tuple(Noun)
SUBJECTS = ("meeting", "proposal", "instrument", "commitment", "figure", "target")
MOST = 100_000  # A file of nothing but bad lines is not remembered whole.
LONGEST_ID = 200
SCRAP = re.compile(rf'"(id|type|{"|".join(OPENED)})"\s*:\s*("(?:[^"\\]|\\.){{1,200}}")')
SCRAPS = 2**16  # Where the ids of an event stand, if it is one.


@attrs.define
class Consequences:
    """The ids that bad lines would have brought in or acted on.

    Attributes:
        missing: What they would have brought in: their own ids, those of things.
        unsettled: On what they would have acted, each with the type of the act, if it is known.
    """

    missing: set[str] = attrs.field(factory=set[str])
    unsettled: set[tuple[str, type[Event] | None]] = attrs.field(
        factory=set[tuple[str, type[Event] | None]]
    )

    def add(self, cls: type[Event] | None, fields: Mapping[str, object]) -> None:
        """One more bad line, with what can be read of it; its type, where that is known."""
        if len(self.missing) + len(self.unsettled) > MOST:
            return
        names = OPENED if cls is None else (cls.__opens__,) if cls.__opens__ is not None else ()
        self.missing.update(_texts(fields, ("id", *names)))
        self.unsettled.update((name, cls) for name in _texts(fields, SUBJECTS))

    def explain(self, event: Event, finding: Finding) -> bool:
        """Whether the refusal of the event may only follow from a bad line before."""
        if finding.unknown is not None:
            return finding.unknown in self.missing
        causes = CAUSES.get(finding.code)
        if causes is None:
            return False
        subjects = _texts(attrs.asdict(event, recurse=False), SUBJECTS)
        acts = product(subjects, (*causes, None))
        return not self.unsettled.isdisjoint(acts)


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
