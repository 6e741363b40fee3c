"""Corrections: events about events. They mend what we wrote, not what happened."""

import attrs

from coopledger._fields.reading import event_id, text
from coopledger.events.envelope import Event, event
from coopledger.values import FrozenMapping, json_mapping, number_or_words


@attrs.frozen(kw_only=True)
class Correction(Event):
    """What every event about another event has.

    Attributes:
        target: The id of the other event.
    """

    target: str = attrs.field(converter=event_id)


@event("event-corrected")
@attrs.frozen(kw_only=True)
class EventCorrected(Correction):
    """Fields of an earlier event are replaced from this record time on.

    Attributes:
        target: The id of the event.
        changes: The fields with their new values; None clears a field.
        reason: Why.
    """

    changes: FrozenMapping = attrs.field(converter=json_mapping)
    reason: str = attrs.field(converter=text)


@event("event-retracted")
@attrs.frozen(kw_only=True)
class EventRetracted(Correction):
    """An earlier event counts as never recorded, from this record time on.

    Attributes:
        target: The id of the event.
        reason: Why.
    """

    reason: str = attrs.field(converter=text)


@event("source-added")
@attrs.frozen(kw_only=True)
class SourceAdded(Correction):
    """Another source says the same; it stands in the envelope's ``source``.

    Attributes:
        target: The id of the event that it supports.
    """


@event("fact-disputed")
@attrs.frozen(kw_only=True)
class FactDisputed(Correction):
    """Another source says otherwise: listed as a conflict, changes nothing.

    Attributes:
        target: The id of the event.
        field: The field that is disputed.
        alternative: What the other source says.
    """

    field: str = attrs.field(converter=text)
    alternative: int | str = attrs.field(converter=number_or_words)
