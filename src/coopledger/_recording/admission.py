"""Admission of what a caller wants recorded: events of the ledger, within its bounds.

No event is recorded that could not be exported and restored.
"""

from collections.abc import Iterable

import attrs

from coopledger._fields.bounds import MOST_BYTES, faults, most_bytes, texts_of
from coopledger._fields.control_signs import control_faults, with_line_feeds
from coopledger._fields.reading import short_repr
from coopledger._log.codec import encode, read_fields, write_fields
from coopledger._log.vocabulary import Vocabulary
from coopledger.errors import ArgumentError, FieldError, Finding, RefusedError
from coopledger.events import Event
from coopledger.events.envelope import stamped


def to_record(events: Iterable[object], *, by: str | None, vocabulary: Vocabulary) -> list[Event]:
    """Return the events, if all can be recorded; ``by`` is set where they name no recorder.

    Raises:
        ArgumentError: One of them is no event, with what it is instead.
        RefusedError: One of them is beyond the bounds of an event.
    """
    checked: list[Event] = []
    for event in events:
        if not isinstance(event, Event) or type(event) not in vocabulary:
            raise ArgumentError("events", short_repr(event), _why_no_event(event))
        keeps_recorder = by is None or event.recorded_by
        checked.append(event if keeps_recorder else stamped(event, recorded_by=by or ""))
    refuse_unbounded(checked)
    return list(map(as_read, checked))


def as_read(event: Event) -> Event:
    r"""Return the event as it is recorded: with ``\n`` in place of ``\r\n`` in its texts.

    Two texts of a list may be one then; such an event is left as it is, to be refused.
    """
    if not any("\r\n" in value for value in texts_of(tuple(vars(event).values()))):
        return event  # Most events are so.
    fields = {name: with_line_feeds(value) for name, value in write_fields(event).items()}
    try:
        return read_fields(type(event), fields, event_id=event.id)
    except RefusedError:
        return event


def control_signs(event: Event, *, index: int | None) -> list[Finding]:
    """Return E106 for each text of a new event that holds a control character.

    An event that was recorded before is never asked: an older log may hold them.
    """
    kind = type(event).__name__
    found = [fault.finding(kind, event.id) for fault in control_faults(vars(event))]
    return [attrs.evolve(each, index=index) for each in found]


def _why_no_event(value: object) -> str:
    """Return why the value cannot be recorded, and what would do instead."""
    if isinstance(value, list | tuple):
        return "is a list: give the events one by one, as in record(*events)"
    if isinstance(value, type) and issubclass(value, Event):
        return f"is the class: call it with its fields, as in {value.__name__}(when=...)"
    if isinstance(value, Event) and not type(value).__subclasses__():
        return "is of a pack that this ledger does not have: open it with packs=[it]"
    if isinstance(value, Event):
        return "is only what several types of events share: use one of those"
    return "is no event of coopledger.events"


def refuse_unbounded(events: Iterable[Event]) -> None:
    """Refuse the first event that is beyond the bounds of what a log takes in.

    A constructor refuses most of them; an event may come from an older log, too.

    Raises:
        RefusedError: E106, with every value that is beyond them.
    """
    for index, event in enumerate(events, 1):
        findings = beyond_bounds(event)
        if findings:
            raise RefusedError(tuple(attrs.evolve(each, index=index) for each in findings))


def beyond_bounds(event: Event) -> list[Finding]:
    """Return E106 for each value of the event that is beyond the bounds, or for the whole."""
    if most_bytes(vars(event)) <= MOST_BYTES:
        return []
    kind = type(event).__name__
    found = faults(vars(event))
    if not found:
        size = len(encode(event))
        if size > MOST_BYTES:
            remedy = f"is longer than {MOST_BYTES}: say it in several events"
            found = [FieldError("E106", f"an event of {size} bytes", remedy)]
    return [fault.finding(kind, event.id) for fault in found]
