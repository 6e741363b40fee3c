"""Quick readers of payloads as this library writes them.

A quick reader takes the value of one field, in plain JSON, and returns the very value that the
strict reader would return, or raises. It may raise for a sound value as well, such as null: all
that is unusual is left to the strict readers, which also find the words for what is wrong. So a
quick reader may be short, and may never be lenient.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, cast

import attrs

from coopledger import values
from coopledger._fields import reading, words
from coopledger._fields.classes import defaults, not_at_default
from coopledger._frozen import READS_GIVEN, made
from coopledger.dates import edtf, known_date
from coopledger.errors import FieldError
from coopledger.terms import (
    Basis,
    CommitmentFirmness,
    Direction,
    Force,
    InstrumentKind,
    InstrumentState,
    PartyKind,
    ProposalFirmness,
    RenewalDecision,
    ReservationKind,
    Role,
    YieldKind,
)

Reader = Callable[[Any], Any]
StrictReader = Callable[[Any], Reader]  # From a field of a class to its strict reader.

# What a quick reader may raise.
UNUSUAL = (FieldError, KeyError, TypeError, ValueError)

# Under another name, so that type checkers go on taking what JSON holds for anything.
_type_of: Callable[[Any], Any] = type

_REMEMBERED = 32_768
_FEW = 8  # small values, of which none may be another one


@lru_cache(_REMEMBERED)
def _known_id(value: str) -> str:
    """Return an id, the same text for all that name the id."""
    return reading.identifier(value)


def _list_of(read: Reader) -> Reader:
    """Return the reader of a list in which nothing is named twice."""

    def items_of(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - JSON holds anything
        if _type_of(value) is not list:
            raise TypeError
        items = tuple(map(read, value))
        if len(items) > 1 and len(set(items)) < len(items):
            raise ValueError
        return items

    return items_of


# The reader that a class gives to its field, without `optional` -> the quick reader of the field.
_TEXTS_AND_NUMBERS: Mapping[object, Reader] = {
    reading.event_id: reading.identifier,
    reading.identifier: _known_id,
    reading.identifiers: _list_of(_known_id),
    reading.text: reading.text,
    reading.texts: _list_of(reading.text),
    reading.boolean: reading.boolean,
    reading.non_negative: reading.non_negative,
    reading.positive: reading.positive,
    reading.years: reading.years,
    reading.months: reading.months,
    reading.added_months: reading.added_months,
    reading.days: reading.days,
    reading.percent: reading.percent,
    values.number_or_words: values.number_or_words,
    values.language: values.language,
    values.sha256: values.sha256,
    values.json_mapping: values.json_mapping,
    values.counts: values.counts,
    edtf: known_date,
    words.country: words.country,
    words.party_kind: words.by_text(PartyKind).__getitem__,
    words.instrument_kind: words.by_text(InstrumentKind).__getitem__,
    words.instrument_state: words.by_text(InstrumentState).__getitem__,
    words.force: words.by_text(Force).__getitem__,
    words.accession: {str(word): word for word in words.ACCESSIONS}.__getitem__,
    words.ratification: {str(word): word for word in words.RATIFICATIONS}.__getitem__,
    words.renewal_decision: words.by_text(RenewalDecision).__getitem__,
    words.reservation_kind: words.by_text(ReservationKind).__getitem__,
    words.proposal_firmness: words.by_text(ProposalFirmness).__getitem__,
    words.commitment_firmness: words.by_text(CommitmentFirmness).__getitem__,
    words.role: words.by_text(Role).__getitem__,
    words.yield_kind: words.by_text(YieldKind).__getitem__,
    words.direction: words.by_text(Direction).__getitem__,
    words.basis: words.by_text(Basis).__getitem__,
}
_SMALL: Mapping[object, type[attrs.AttrsInstance]] = {
    values.place: values.Place,
    values.renewal: values.Renewal,
    values.entry_condition: values.EntryCondition,
    values.recurrence: values.Recurrence,
    values.amount: values.Amount,
}
_SMALL_ONES: Mapping[object, type[attrs.AttrsInstance]] = {
    values.sources: values.Source,
    values.documents: values.Document,
    values.participants: values.Participant,
    values.conditions: values.Condition,
}


def _object_reader(cls: type[attrs.AttrsInstance], strict: StrictReader) -> Reader:
    """Return the reader of the objects of a class; of fields without a quick one, the strict one.

    The class is one whose objects hold what was said.
    """
    fields = attrs.fields(made(cls))
    # With the name as the class has it: a name out of JSON would be another text for each object.
    readers = {field.name: (field.name, _field_reader(field, strict)) for field in fields}
    required = readers.keys() - defaults(cls).keys()
    said = not_at_default(cls)
    check = stored_check(cls)
    new, fill = cls.__new__, object.__setattr__  # What `filled` does, without its calls.

    def read(value: Any) -> attrs.AttrsInstance:  # noqa: ANN401 - JSON holds anything
        if _type_of(value) is not dict:
            raise TypeError
        if not value.keys() >= required:
            raise KeyError
        fields: dict[str, Any] = {}
        for given, item in value.items():
            name, read_item = readers[given]
            fields[name] = read_item(item)
        instance = new(cls)
        fill(instance, "__dict__", said(fields))
        if check is not None:
            check(instance)
        return instance

    return read


# The cast is for type checkers, which take the hash of a class for that of its instances.
object_reader = cast(
    "Callable[[type[attrs.AttrsInstance], StrictReader], Reader]", cache(_object_reader)
)


def stored_check(cls: type[attrs.AttrsInstance]) -> Callable[[object], None] | None:
    """Return the check of a stored object of the class, if there is one."""
    made_check: Callable[[object], None] | None = getattr(cls, "__attrs_post_init__", None)
    return getattr(cls, "__stored__", made_check)


def _field_reader(field: Any, strict: StrictReader) -> Reader:  # noqa: ANN401 - attrs types it loosely
    """Return the quick reader of a field; the strict one if there is none."""
    own = _without_optional(field.converter)
    if own in _TEXTS_AND_NUMBERS:
        return _TEXTS_AND_NUMBERS[own]
    if own in _SMALL:
        return object_reader(_SMALL[own], strict)
    if own in _SMALL_ONES:
        most = 1 if own is values.conditions else _FEW  # No two conditions have one id.
        return _small_ones(object_reader(_SMALL_ONES[own], strict), strict(field), most=most)
    return strict(field)


def _small_ones(read: Reader, strict: Reader, *, most: int) -> Reader:
    """Return the reader of a list of small values, which is quick for a few of them."""

    def items_of(value: Any) -> Any:  # noqa: ANN401 - JSON holds anything
        if _type_of(value) is not list or len(value) > most:
            return strict(value)
        items = tuple(map(read, value))
        if len(items) > 1 and len(set(items)) < len(items):
            raise ValueError
        return items

    return items_of


def _without_optional(converter: Any) -> object:  # noqa: ANN401 - attrs types it loosely
    """Return the reader to which `optional` leaves all values but None."""
    return getattr(converter, READS_GIVEN, converter)
