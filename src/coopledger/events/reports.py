"""Reports: numbers, statements and declared states; assertions, never counted as facts."""

import attrs
from attrs.converters import optional

from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import Act, Event, event
from coopledger.fields import identifier, identifiers, instrument_kinds, text, texts
from coopledger.terms import InstrumentKind
from coopledger.values import number_or_words

__all__ = [
    "FigureReported",
    "ImplementationReported",
    "MilestoneReached",
    "NoteAdded",
    "StatementMade",
    "StatusReported",
]


@event
@attrs.frozen(kw_only=True)
class FigureReported(Act):
    """Somebody reported a number: an assertion, never counted as facts.

    Attributes:
        figure: The id, chosen by the user.
        measure: What was counted, such as ``cooperation documents signed``.
        value: A whole number, or the words used instead.
        period: The time that it covers (EDTF).
        partners: The partners named, as free text.
        partnership: The partnership, if it is about one.
        kinds: The kinds of instrument counted.
    """

    figure: str = attrs.field(converter=identifier)
    measure: str = attrs.field(converter=text)
    value: int | str = attrs.field(converter=number_or_words)
    period: EdtfDate = attrs.field(converter=edtf)
    partners: tuple[str, ...] = attrs.field(default=(), converter=texts)
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    kinds: tuple[InstrumentKind, ...] = attrs.field(default=(), converter=instrument_kinds)


@event
@attrs.frozen(kw_only=True)
class ImplementationReported(Act):
    """Something agreed earlier is being carried out; ``instrument`` or ``partnership`` is given.

    Attributes:
        instrument: The instrument that is carried out.
        partnership: The partnership, where no instrument is named.
        period: The time that it covers (EDTF).
        partners: The partners named, as free text.
    """

    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    period: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    partners: tuple[str, ...] = attrs.field(default=(), converter=texts)


@event
@attrs.frozen(kw_only=True)
class MilestoneReached(Act):
    """A step worth naming is done; ``instrument`` or ``partnership`` is given.

    Attributes:
        name: The milestone.
        instrument: The instrument that it belongs to.
        partnership: The partnership, where no instrument is named.
    """

    name: str = attrs.field(converter=text)
    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))


@event
@attrs.frozen(kw_only=True)
class StatusReported(Act):
    """Somebody declared where a thing stands; kept beside the derived state, never in its place.

    Attributes:
        subject: The id of any noun.
        state: The declared state, in the declarer's words.
    """

    subject: str = attrs.field(converter=identifier)
    state: str = attrs.field(converter=text)


@event
@attrs.frozen(kw_only=True)
class StatementMade(Act):
    """Something was said that obliges nobody.

    Attributes:
        partnership: The partnership that it is about.
        text: What was said.
        by: Who said it, as free text.
    """

    partnership: str = attrs.field(converter=identifier)
    text: str = attrs.field(converter=text)
    by: tuple[str, ...] = attrs.field(default=(), converter=texts)


@event
@attrs.frozen(kw_only=True)
class NoteAdded(Event):
    """Somebody wrote something down about a thing, or about several.

    Attributes:
        subject: What it is about: ids of any nouns.
        text: The note.
    """

    subject: tuple[str, ...] = attrs.field(converter=identifiers)
    text: str = attrs.field(converter=text)
