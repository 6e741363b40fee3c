"""Findings on bad lines as a person needs them to mend the file.

A field of a wrong form is shown as it can be written. A finding that only follows from a bad line
before is left out: the ids that bad lines would have brought in, and the things on which they
would have acted, are remembered for that.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import product
from typing import get_args, get_origin

import attrs

from coopledger import events
from coopledger._interchange.lines import Line, is_list, is_object
from coopledger._log.forms import TEXT_FIELDS, only_part
from coopledger._log.vocabulary import TAGS, Fields
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.terms import Noun
from coopledger.values import Amount, Renewal

# Of small values for which one text is not enough, an example.
EXAMPLES: dict[object, Fields] = {
    Amount: {"value": "1000.50", "currency": "EUR"},
    Renewal: {"tacit": True, "years": 5},
}
NUMBER = re.compile(r"[0-9]{1,9}")
MOST_SHOWN = 100  # Letters: a longer value is no example.


def with_form(finding: Finding, cls: type[Event], fields: Fields) -> Finding:
    """Return the finding with the field as it can be written, where only its form is wrong."""
    name = (finding.field or "").split(".")[0].split("[")[0]
    attributes = attrs.fields_dict(cls)
    if finding.code != "E106" or name not in attributes or name not in fields:
        return finding
    value = fields[name]
    if value is None:
        return attrs.evolve(finding, message=finding.message.replace("None", "null", 1))
    form = json.dumps(_formed(attributes[name].type, value), ensure_ascii=False)
    is_other = form != json.dumps(value, ensure_ascii=False)
    if not is_other or len(form) > MOST_SHOWN or not form.isprintable():
        return finding
    return attrs.evolve(finding, message=f"{finding.message}; write it as {form}")


def _formed(kind: object, value: object) -> object:
    """Return the value in the form of the type, as far as the value allows."""
    kind = only_part(kind)
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return [_formed(item, each) for each in (value if is_list(value) else [value])]
    if isinstance(kind, type) and attrs.has(kind):
        return _formed_object(kind, value)
    if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if kind is int and isinstance(value, str) and NUMBER.fullmatch(value):
        return int(value)
    return value


def _formed_object(kind: type[attrs.AttrsInstance], value: object) -> object:
    """Return a small value as an object of its fields."""
    if is_object(value):
        types = {name: field.type for name, field in attrs.fields_dict(kind).items()}
        return {name: _formed(types.get(name), part) for name, part in value.items()}
    if kind in TEXT_FIELDS and isinstance(value, str):
        return {TEXT_FIELDS[kind]: value}
    return EXAMPLES.get(kind, value)


def _types(*bases: type[Event]) -> tuple[type[Event], ...]:
    """Return the event types that are built on one of the classes, or are one of them."""
    return tuple(cls for _, cls in TAGS.values() if issubclass(cls, bases))


# Code of a refusal for want of something, and the acts that would have brought it about.
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
    "E610": (*(events.CommitmentFulfilled, events.CommitmentReleased, events.CommitmentCancelled),),
    "E611": (events.CommitmentMade, events.CommitmentVaried),
}
# The fields that bring an id in, and those that name the thing on which an event acts.
OPENED = tuple(Noun)
SUBJECTS = ("meeting", "proposal", "instrument", "commitment", "figure", "obstacle", "target")
MOST = 100_000  # Ids: a file of nothing but bad lines is not remembered whole.
LONGEST_ID = 200
LEGIBLE = re.compile(rf'"(id|type|{"|".join(OPENED)})"\s*:\s*("(?:[^"\\]|\\.){{1,200}}")')
SEARCHED = 2**16  # Bytes from the start of a line: the ids of an event are among its first.


@attrs.define
class Consequences:
    """Ids that bad lines would have brought in or acted on.

    Attributes:
        missing: The ids that they would have brought in: those of events and of things.
        unsettled: The ids on which they would have acted, each with the type of the act, if that
            is known.
    """

    missing: set[str] = attrs.field(factory=set[str])
    unsettled: set[tuple[str, type[Event] | None]] = attrs.field(
        factory=set[tuple[str, type[Event] | None]]
    )

    def add(self, cls: type[Event] | None, fields: Mapping[str, object]) -> None:
        """Add a bad line with its legible fields, and its type where that is known."""
        if len(self.missing) + len(self.unsettled) > MOST:
            return
        opened = OPENED if cls is None else filter(None, [cls.__opens__])
        self.missing.update(_ids(fields, ("id", *opened)))
        self.unsettled.update((name, cls) for name in _ids(fields, SUBJECTS))

    def explain(self, event: Event, finding: Finding) -> bool:
        """Return whether the refusal of the event may only follow from a bad line before."""
        if finding.unknown is not None:
            return finding.unknown in self.missing
        causes = CAUSES.get(finding.code)
        if causes is None:
            return False
        subjects = _ids(attrs.asdict(event, recurse=False), SUBJECTS)
        acts = product(subjects, (*causes, None))
        return not self.unsettled.isdisjoint(acts)


def legible_fields(line: Line) -> dict[str, object]:
    """Return the type and the ids that can be read from a line that is no JSON."""
    text = line.data[:SEARCHED].decode(errors="replace")
    fields: dict[str, object] = {}
    for name, value in LEGIBLE.findall(text):
        with suppress(ValueError):  # An escape that JSON does not have.
            fields[name] = json.loads(value)
    return fields


def _ids(fields: Mapping[str, object], names: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts in those fields that are short enough for an id."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and len(value) <= LONGEST_ID:
            yield value
