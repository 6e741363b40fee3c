"""Texts of events: what people wrote in words, by which an event is found again."""

from collections.abc import Iterator
from typing import Any, cast

import attrs

from coopledger._fields.reading import text, texts
from coopledger._frozen import READS_GIVEN
from coopledger.events._references import once_per_class
from coopledger.events.corrections import Correction
from coopledger.events.envelope import Event
from coopledger.values import Condition, Document, Participant, Place, Source

# Of small values, the fields that hold words of people.
PARTS: dict[type, tuple[str, ...]] = {
    Source: ("title", "quote"),
    Document: ("title",),
    Participant: ("person", "post"),
    Place: ("name",),
    Condition: ("text",),
}
# Texts about the recording, and names of fields.
NOT_WORDS = frozenset({"recorded_by", "inferred"})


def texts_in(event: Event) -> Iterator[tuple[str, str]]:
    """Yield each text of the event with its field, such as ``title`` or ``place.name``.

    What is about another event has none: its reasons are about the record.
    """
    said = vars(event)
    plain, small = _fields_of_words(type(event))
    for field in plain:
        value: str | tuple[str, ...] = said.get(field, ())
        for each in (value,) if isinstance(value, str) else value:
            yield field, each
    for field in small:
        values: object = said.get(field, ())
        several = cast(tuple[object, ...], values) if isinstance(values, tuple) else (values,)
        for part in several:
            yield from _texts_of(field, part)


def people_in(event: Event) -> Iterator[Participant]:
    """Yield the participants of the event who are called by their names."""
    return (each for each in event.participants if each.person is not None)


def _texts_of(field: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield each text of a small value with its path."""
    for name in PARTS.get(type(value), ()):
        part: str | None = getattr(value, name)
        if part is not None:
            yield f"{field}.{name}", part


@once_per_class
def _fields_of_words(cls: type[Event]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of the class that hold texts, and those that may hold small values."""
    if issubclass(cls, Correction):
        return (), ()
    fields = [field for field in attrs.fields(cls) if field.name not in NOT_WORDS]
    names = [kind.__name__ for kind in PARTS]
    plain = [field.name for field in fields if _reader(field) in {text, texts}]
    small = [field.name for field in fields if any(name in repr(field.type) for name in names)]
    return tuple(plain), tuple(small)


def _reader(field: Any) -> object:  # noqa: ANN401 - attrs types its attributes loosely
    """Return the reader of the field for all values but None."""
    return getattr(field.converter, READS_GIVEN, field.converter)
