"""Corrections: events about events, and things registered twice.

They change the record, not the past.
"""

import attrs

from coopledger._fields.reading import event_id, identifier, text
from coopledger._frozen import frozen_event
from coopledger.events.envelope import Event, event
from coopledger.values import FrozenMapping, json_mapping, number_or_words


@frozen_event(kw_only=True)
class Correction(Event):
    """Base of every event about another event.

    Attributes:
        target: The id of the other event.
    """

    target: str = attrs.field(converter=event_id)


@event("event-corrected")
@frozen_event(kw_only=True)
class EventCorrected(Correction):
    """Correction of fields of an earlier event, from this record time on.

    Attributes:
        target: The id of the event.
        changes: The fields with their new values; None clears a field.
        reason: Why.
    """

    changes: FrozenMapping = attrs.field(converter=json_mapping)
    reason: str = attrs.field(converter=text)


@event("event-retracted")
@frozen_event(kw_only=True)
class EventRetracted(Correction):
    """Retraction of an earlier event, which counts as never recorded from this record time on.

    Attributes:
        target: The id of the event.
        reason: Why.
    """

    reason: str = attrs.field(converter=text)


@event("source-added")
@frozen_event(kw_only=True)
class SourceAdded(Correction):
    """Further source of the same statement, given in the envelope's ``source``.

    Attributes:
        target: The id of the event that it supports.
    """


@event("fact-disputed")
@frozen_event(kw_only=True)
class FactDisputed(Correction):
    """Dispute by another source: listed as a conflict, changes nothing.

    Attributes:
        target: The id of the event.
        field: The field that is disputed.
        alternative: The value in the other source.
    """

    field: str = attrs.field(converter=text)
    alternative: int | float | str = attrs.field(converter=number_or_words)


@event("same-as")
@frozen_event(kw_only=True)
class SameAs(Event):
    """Merger of a thing that was registered twice, from this record time on.

    Whatever names the duplicate is read as naming the other. Retracted, it takes them apart again.

    Attributes:
        duplicate: The id that was one too many; it stays known and answers as the other.
        same_as: The id of the same noun under which all questions answer.
    """

    duplicate: str = attrs.field(converter=identifier)
    same_as: str = attrs.field(converter=identifier)
