"""Reports: progress, declared states, numbers, statements and notes."""

from typing import ClassVar

import attrs

from coopledger._fields.reading import identifier, identifiers, text, texts
from coopledger._fields.words import direction, instrument_kinds, yield_kind
from coopledger._frozen import frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import NAMES, PARTIES_IN_WORDS, Act, Deed, Event, event
from coopledger.terms import Direction, InstrumentKind, Noun, YieldKind
from coopledger.values import FrozenMapping, counts, number_or_words


@event("implementation-reported")
@frozen_event(kw_only=True)
class ImplementationReported(Deed):
    """Progress of something agreed earlier; ``instrument`` or ``partnership`` is given.

    Attributes:
        instrument: The instrument that is carried out.
        partnership: The partnership, where no instrument is named.
        period: The time that it covers (EDTF).
        partners: The partners named, as free text.
        text: What was done, in words.
        kind: What sort of thing that is.
        counts: What was counted: names, each with a number, whole or decimal.
        direction: Which way people or things went, seen from us.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = (
        *("partnership", "instrument", "period", "partners"),
        *("kind", "counts", "direction"),
    )

    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    period: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    partners: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={PARTIES_IN_WORDS: True}
    )
    text: str | None = attrs.field(default=None, converter=optional(text))
    kind: YieldKind | None = attrs.field(default=None, converter=optional(yield_kind))
    counts: FrozenMapping = attrs.field(factory=FrozenMapping, converter=counts)
    direction: Direction | None = attrs.field(default=None, converter=optional(direction))


@event("milestone-reached")
@frozen_event(kw_only=True)
class MilestoneReached(Deed):
    """Step worth naming that is done; ``instrument`` or ``partnership`` is given.

    Attributes:
        name: The milestone.
        instrument: The instrument that it belongs to.
        partnership: The partnership, where no instrument is named.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "instrument", "name")

    name: str = attrs.field(converter=text)
    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))


@event("status-reported")
@frozen_event(kw_only=True)
class StatusReported(Act):
    """Declared state of a thing; kept next to the derived state, never in its place.

    Attributes:
        subject: The id of any noun.
        state: The declared state, in the declarer's words.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("subject", "state")

    subject: str = attrs.field(converter=identifier)
    state: str = attrs.field(converter=text)


@event("figure-reported")
@frozen_event(kw_only=True)
class FigureReported(Act):
    """Number that somebody reported: an assertion, never counted as facts.

    Attributes:
        figure: The id, chosen by the user.
        measure: What was counted, such as ``cooperation documents signed``.
        value: A number, whole or decimal, or the words used instead.
        period: The time that it covers (EDTF).
        partners: The partners named, as free text.
        partnership: The partnership, if it is about one.
        kinds: The kinds of instrument counted.
        unit: In what it is counted, such as ``million USD``.
    """

    __opens__: ClassVar[Noun | None] = Noun.FIGURE
    __alike__: ClassVar[tuple[str, ...] | None] = (
        "partnership",
        "measure",
        "period",
        "kinds",
        "value",
        "unit",
        "partners",
    )

    figure: str = attrs.field(converter=identifier)
    measure: str = attrs.field(converter=text)
    value: int | float | str = attrs.field(converter=number_or_words)
    period: EdtfDate = attrs.field(converter=edtf)
    partners: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={PARTIES_IN_WORDS: True}
    )
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    kinds: tuple[InstrumentKind, ...] = attrs.field(default=(), converter=instrument_kinds)
    unit: str | None = attrs.field(default=None, converter=optional(text))


@event("statement-made")
@frozen_event(kw_only=True)
class StatementMade(Deed):
    """Statement that obliges nobody.

    Attributes:
        partnership: The partnership that it is about.
        text: What was said.
        by: Who said it, as free text.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "text")

    partnership: str = attrs.field(converter=identifier)
    text: str = attrs.field(converter=text)
    by: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={NAMES: (), PARTIES_IN_WORDS: True}
    )


@event("note-added", version=2)
@frozen_event(kw_only=True)
class NoteAdded(Event):
    """Note about a thing, or about several.

    Attributes:
        subject: What it is about: ids of any nouns.
        text: The note.
    """

    subject: tuple[str, ...] = attrs.field(converter=identifiers)
    text: str = attrs.field(converter=text)
