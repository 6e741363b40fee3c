"""Reports: numbers, statements and notes; assertions, never counted as facts."""

import attrs
from attrs.converters import optional

from coopledger._fields.reading import identifier, identifiers, text, texts
from coopledger._fields.words import instrument_kinds
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import NAMES, PARTIES_IN_WORDS, Act, Deed, Event, event
from coopledger.terms import InstrumentKind, Noun
from coopledger.values import number_or_words


@event("figure-reported")
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

    __opens__ = Noun.FIGURE
    __alike__ = ("partnership", "measure", "period", "kinds", "value", "partners")

    figure: str = attrs.field(converter=identifier)
    measure: str = attrs.field(converter=text)
    value: int | str = attrs.field(converter=number_or_words)
    period: EdtfDate = attrs.field(converter=edtf)
    partners: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={PARTIES_IN_WORDS: True}
    )
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    kinds: tuple[InstrumentKind, ...] = attrs.field(default=(), converter=instrument_kinds)


@event("statement-made")
@attrs.frozen(kw_only=True)
class StatementMade(Deed):
    """Something was said that obliges nobody.

    Attributes:
        partnership: The partnership that it is about.
        text: What was said.
        by: Who said it, as free text.
    """

    __alike__ = ("partnership", "text")

    partnership: str = attrs.field(converter=identifier)
    text: str = attrs.field(converter=text)
    by: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={NAMES: (), PARTIES_IN_WORDS: True}
    )


@event("note-added", version=2)
@attrs.frozen(kw_only=True)
class NoteAdded(Event):
    """Somebody wrote something down about a thing, or about several.

    Attributes:
        subject: What it is about: ids of any nouns.
        text: The note.
    """

    subject: tuple[str, ...] = attrs.field(converter=identifiers)
    text: str = attrs.field(converter=text)
