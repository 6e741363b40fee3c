"""Parties and partnerships: organisations, and the ones that work together."""

from collections.abc import Mapping
from typing import ClassVar

import attrs

from coopledger._fields.reading import (
    identifier,
    identifiers,
    months,
    non_negative,
    text,
    texts,
)
from coopledger._fields.words import country, party_kind
from coopledger._frozen import frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import NAMES, Act, Deed, Event, event
from coopledger.terms import Noun, PartyKind
from coopledger.values import FrozenMapping, json_mapping


@event("party-registered")
@frozen_event(kw_only=True)
class PartyRegistered(Event):
    """Registration of a party, which is then known on every day.

    Attributes:
        party: The id, chosen by the user.
        name: The full name.
        kind: What sort of organisation it is.
        acronyms: Short names.
        other_names: Further names, in other languages for example.
        country: ISO 3166-1 alpha-2; by default that of its parent.
        parent: The party it belongs to.
        founded: When it was founded (EDTF).
        identifiers: Its numbers in registers, such as ``{"ror": "..."}``.
    """

    __opens__: ClassVar[Noun | None] = Noun.PARTY

    party: str = attrs.field(converter=identifier)
    name: str = attrs.field(converter=text)
    kind: PartyKind = attrs.field(converter=party_kind)
    acronyms: tuple[str, ...] = attrs.field(default=(), converter=texts)
    other_names: tuple[str, ...] = attrs.field(default=(), converter=texts)
    country: str | None = attrs.field(default=None, converter=optional(country))
    parent: str | None = attrs.field(default=None, converter=optional(identifier))
    founded: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    identifiers: FrozenMapping = attrs.field(factory=FrozenMapping, converter=json_mapping)


@event("party-renamed")
@frozen_event(kw_only=True)
class PartyRenamed(Act):
    """New name of a party from then on; before, the party keeps the old one.

    Attributes:
        party: The party.
        name: The new full name.
        acronyms: The new short names.
    """

    party: str = attrs.field(converter=identifier)
    name: str = attrs.field(converter=text)
    acronyms: tuple[str, ...] = attrs.field(default=(), converter=texts)


@event("party-succeeded")
@frozen_event(kw_only=True)
class PartySucceeded(Act):
    """Takeover of a party by others; open commitments, partnerships and texts pass on.

    Attributes:
        party: The party that goes, or gives something away.
        by: The party or parties that take over.
        affairs: The partnerships, instruments and commitments that pass; by default all. A
            partnership carries what belongs to it, unless that is named in another succession.
    """

    party: str = attrs.field(converter=identifier)
    by: tuple[str, ...] = attrs.field(converter=identifiers)
    affairs: tuple[str, ...] = attrs.field(default=(), converter=identifiers)


@event("partnership-opened", version=2)
@frozen_event(kw_only=True)
class PartnershipOpened(Event):
    """Two or more parties form a partnership, which has a stage; known on every day.

    Attributes:
        partnership: The id, chosen by the user.
        parties: Two or more parties.
        scope: What it is about.
        parent: The partnership it belongs to.
        responsible: Who of us sees to it, and to all that belongs to it: a person or a post in
            words, or a registered party.
        dormant_after: Days without activity after which it is dormant; by default 730.
        report_every: Months within which somebody should be heard; after them it is unheard.
    """

    __opens__: ClassVar[Noun | None] = Noun.PARTNERSHIP
    __synonyms__: ClassVar[Mapping[str, str]] = {**Event.__synonyms__, "owner": "responsible"}

    partnership: str = attrs.field(converter=identifier)
    parties: tuple[str, ...] = attrs.field(converter=identifiers)
    scope: str | None = attrs.field(default=None, converter=optional(text))
    parent: str | None = attrs.field(
        default=None, converter=optional(identifier), metadata={NAMES: (Noun.PARTNERSHIP,)}
    )
    responsible: str | None = attrs.field(default=None, converter=optional(text))
    dormant_after: int | None = attrs.field(default=None, converter=optional(non_negative))
    report_every: int | None = attrs.field(default=None, converter=optional(months))


@event("partnership-closed")
@frozen_event(kw_only=True)
class PartnershipClosed(Act):
    """End of a partnership by its parties.

    Attributes:
        partnership: The partnership.
        reason: Why.
    """

    partnership: str = attrs.field(converter=identifier)
    reason: str | None = attrs.field(default=None, converter=optional(text))


@event("party-joined")
@frozen_event(kw_only=True)
class PartyJoined(Deed):
    """New member of a partnership.

    Attributes:
        partnership: The partnership.
        party: The party that joins.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "party")

    partnership: str = attrs.field(converter=identifier)
    party: str = attrs.field(converter=identifier)


@event("party-left")
@frozen_event(kw_only=True)
class PartyLeft(Deed):
    """End of the membership of a party in a partnership.

    Attributes:
        partnership: The partnership.
        party: The party that leaves.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "party")

    partnership: str = attrs.field(converter=identifier)
    party: str = attrs.field(converter=identifier)
