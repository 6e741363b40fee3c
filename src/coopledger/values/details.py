"""Small values inside events: where a fact comes from, who was there, on what condition."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

import attrs
from attrs.converters import optional

from coopledger.countries import country
from coopledger.dates import EdtfDate, edtf
from coopledger.fields import (
    basis,
    build,
    call,
    flag,
    identifier,
    months,
    role,
    several,
    text,
    whole,
    wrong,
    years,
)
from coopledger.terms import Basis, Role

__all__ = [
    "Amount",
    "Condition",
    "Participant",
    "Place",
    "Renewal",
    "Source",
    "amount",
    "conditions",
    "number_or_words",
    "participants",
    "place",
    "renewal",
    "sources",
]

DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
CURRENCY = re.compile(r"[A-Z]{3}")
AMOUNT = "write a number and a currency, such as '1000.50 EUR'"


@attrs.frozen(kw_only=True)
class Source:
    """Where a fact comes from; every field may be missing.

    Attributes:
        publisher: Who published it.
        title: Its title, or a few words that tell which source is meant.
        address: Where it can be read, such as a web address.
        author: Who wrote it.
        published: When it was published (EDTF).
        retrieved: When it was read by the recorder (EDTF).
        locator: The place in the source, such as a page or a section.
        quote: The words that say it.
        basis: What the fact rests on: official, press, minutes, memory, inferred.
    """

    publisher: str | None = attrs.field(default=None, converter=optional(text))
    title: str | None = attrs.field(default=None, converter=optional(text))
    address: str | None = attrs.field(default=None, converter=optional(text))
    author: str | None = attrs.field(default=None, converter=optional(text))
    published: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    retrieved: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    locator: str | None = attrs.field(default=None, converter=optional(text))
    quote: str | None = attrs.field(default=None, converter=optional(text))
    basis: Basis | None = attrs.field(default=None, converter=optional(basis))

    def __repr__(self) -> str:
        """The call that makes an equal value."""
        return call(self)


@attrs.frozen(kw_only=True)
class Participant:
    """Somebody who took part: a person, a post, or both.

    Attributes:
        person: The name of the person.
        post: The office held, such as ``Deputy Director in charge``.
        party: The id of the party represented.
        role: What the participant was there for.
    """

    person: str | None = attrs.field(default=None, converter=optional(text))
    post: str | None = attrs.field(default=None, converter=optional(text))
    party: str | None = attrs.field(default=None, converter=optional(identifier))
    role: Role | None = attrs.field(default=None, converter=optional(role))

    def __repr__(self) -> str:
        """The call that makes an equal value."""
        return call(self)


@attrs.frozen(kw_only=True)
class Place:
    """Where an act took place.

    Attributes:
        name: As people say it, such as ``MOST headquarters, Hanoi``.
        country: ISO 3166-1 alpha-2.
    """

    __synonyms__: ClassVar[Mapping[str, str]] = {"title": "name"}

    name: str = attrs.field(converter=text)
    country: str | None = attrs.field(default=None, converter=optional(country))

    def __repr__(self) -> str:
        """The call that makes an equal value."""
        return call(self)


@attrs.frozen(kw_only=True)
class Condition:
    """What must happen before a commitment binds.

    Attributes:
        id: Its name within the commitment, without a slash.
        text: The condition in words.
    """

    __synonyms__: ClassVar[Mapping[str, str]] = {"what": "text"}

    id: str = attrs.field(converter=identifier)
    text: str | None = attrs.field(default=None, converter=optional(text))

    def __repr__(self) -> str:
        """The call that makes an equal value."""
        return call(self)

    def __attrs_post_init__(self) -> None:
        """Refuses a slash, which separates the commitment from the condition."""
        if "/" in self.id:
            raise wrong(self.id, "the id of a condition has no slash")


@attrs.frozen(kw_only=True)
class Renewal:
    """How a text renews itself.

    Attributes:
        tacit: Whether it renews itself when nobody gives notice.
        years: The length of each further term; unknown if missing.
        notice_months: How long before the end notice must be given; unknown if missing.
    """

    tacit: bool = attrs.field(default=False, converter=flag)
    years: int | None = attrs.field(default=None, converter=optional(years))
    notice_months: int | None = attrs.field(default=None, converter=optional(months))

    def __repr__(self) -> str:
        """The call that makes an equal value."""
        return call(self)


@attrs.frozen(kw_only=True)
class Amount:
    """A sum of money as promised.

    Attributes:
        value: A decimal number as text, such as ``250000.50``.
        currency: ISO 4217, such as ``EUR``.
    """

    value: str = attrs.field(converter=text)
    currency: str = attrs.field(converter=text)

    def __repr__(self) -> str:
        """The call that makes an equal value."""
        return call(self)

    def __attrs_post_init__(self) -> None:
        """Refuses what is no decimal number and no currency code."""
        if not DECIMAL.fullmatch(self.value):
            raise wrong(self.value, "is no decimal number: write it as text, such as '250000.50'")
        if not CURRENCY.fullmatch(self.currency):
            raise wrong(self.currency, "is no currency code of ISO 4217, such as 'EUR'")


def sources(value: Source | Mapping[str, object] | str | Iterable[object]) -> tuple[Source, ...]:
    """One source or several; a text is an address if it looks like one, else a title."""
    return several(value, _source)


def participants(
    value: Participant | Mapping[str, object] | str | Iterable[object],
) -> tuple[Participant, ...]:
    """One participant or several; a text is the name of a person."""
    return several(value, partial(build, Participant, alone="person"))


def place(value: Place | Mapping[str, object] | str) -> Place:
    """A place; a text is its name."""
    return build(Place, value, alone="name")


def conditions(
    value: Condition | Mapping[str, object] | str | Iterable[object],
) -> tuple[Condition, ...]:
    """One condition or several, no id twice; a text is the condition's id."""
    found = several(value, partial(build, Condition, alone="id"))
    several([condition.id for condition in found], identifier)
    return found


def renewal(value: Renewal | Mapping[str, object]) -> Renewal:
    """A renewal clause."""
    return build(Renewal, value)


def amount(value: Amount | Mapping[str, object] | str) -> Amount:
    """A sum of money; a text is a number and a currency, such as ``250000 EUR``."""
    if isinstance(value, str):
        number, _, currency = value.partition(" ")
        if not (DECIMAL.fullmatch(number) and CURRENCY.fullmatch(currency)):
            raise wrong(value, f"is no amount: {AMOUNT}")
        value = {"value": number, "currency": currency}
    elif isinstance(value, int | float):
        raise wrong(value, f"has no currency: {AMOUNT}")
    return build(Amount, value)


def number_or_words(value: int | str) -> int | str:
    """What was reported: a whole number, or the words used instead."""
    if isinstance(value, str):
        return text(value)
    if type(value) is not int:
        raise wrong(value, "is no text and no whole number: give it as one of them")
    return whole(value)


def _source(value: object) -> Source:
    """One source."""
    looks_like_address = isinstance(value, str) and "://" in value
    return build(Source, value, alone="address" if looks_like_address else "title")
