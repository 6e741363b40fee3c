"""Admission of events: no event is recorded that could not be exported and restored."""

from collections.abc import Iterable

import attrs

from coopledger._fields.bounds import MOST_BYTES, faults, most_bytes
from coopledger._log.codec import encode
from coopledger.errors import FieldError, Finding, RefusedError
from coopledger.events import Event


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
