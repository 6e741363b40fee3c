"""Values of fields that are neither ids, dates nor words of a list.

First the small values that an event holds: sources, participants, places, conditions, renewal
clauses, recurrences and amounts. Then JSON, frozen, for the extensions of an event.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar, TypeAlias, TypeGuard, cast

import attrs

from coopledger._fields.classes import build, call, filled, small_value
from coopledger._fields.money import GROUPED, unclear_sum
from coopledger._fields.reading import (
    added_months,
    boolean,
    days,
    identifier,
    invalid,
    is_mapping,
    months,
    number,
    positive,
    require,
    text,
    tuple_of,
    utf8,
    years,
)
from coopledger._fields.words import basis, country, role
from coopledger._frozen import frozen, made, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import FieldError
from coopledger.terms import Basis, Role

__all__ = [
    "Amount",
    "Condition",
    "Document",
    "EntryCondition",
    "FrozenMapping",
    "Json",
    "Participant",
    "Place",
    "Recurrence",
    "Renewal",
    "Source",
]

Json: TypeAlias = "str | int | float | bool | tuple[Json, ...] | FrozenMapping | None"

NESTING = 32  # Deeper than any honest extension, shallow enough for every reader's stack.
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
CURRENCY = re.compile(r"[A-Z]{3}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SHA256 = re.compile(r"[0-9a-f]{64}")
AMOUNT = "write a number and a currency, such as '1000.50 EUR'"


@small_value
@frozen(kw_only=True)
class Source:
    """Source of a fact; every field may be missing.

    Attributes:
        publisher: Who published it.
        title: Its title, or a few words that tell which source is meant.
        address: Where it can be read, such as a web address.
        author: Who wrote it.
        published: When it was published (EDTF).
        retrieved: When it was read by the recorder (EDTF).
        locator: The place in the source, such as a page or a section.
        quote: The words of the source itself.
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
        """Return the call that makes an equal value."""
        return call(self)


def language(value: str) -> str:
    """Return the tag of a language as in BCP 47, such as ``vi`` or ``fr-CA``."""
    value = text(value)
    if not LANGUAGE.fullmatch(value):
        raise invalid(value, "is no language: write its tag, such as 'vi', 'fr' or 'en'")
    return value


def sha256(value: str) -> str:
    """Return a SHA-256 in small hexadecimal digits."""
    value = text(value).lower()
    if not SHA256.fullmatch(value):
        raise invalid(value, "is no SHA-256: write its 64 hexadecimal digits")
    return value


@small_value
@frozen(kw_only=True)
class Document:
    """Document that holds the words themselves: a signed text, minutes, a letter.

    Attributes:
        title: Its title.
        address: Where it is, such as a path, a web address or a number in an archive.
        sha256: The SHA-256 of the file, in hexadecimal digits.
        language: The tag of its language, such as ``vi``, ``fr`` or ``en``.
        authentic: Whether it is authentic: the text itself in a language in which it was
            concluded, and no translation or draft.
    """

    title: str | None = attrs.field(default=None, converter=optional(text))
    address: str | None = attrs.field(default=None, converter=optional(text))
    sha256: str | None = attrs.field(default=None, converter=optional(sha256))
    language: str | None = attrs.field(default=None, converter=optional(language))
    authentic: bool = attrs.field(default=False, converter=boolean)

    def __repr__(self) -> str:
        """Return the call that makes an equal value."""
        return call(self)

    def __attrs_post_init__(self) -> None:
        """Refuse a document that cannot be told from others."""
        if (self.title, self.address, self.sha256) == (None, None, None):
            raise invalid(self, "says not which: give a title, an address or a sha256")


@small_value
@frozen(kw_only=True)
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
        """Return the call that makes an equal value."""
        return call(self)


@small_value
@frozen(kw_only=True)
class Place:
    """Place of an act.

    Attributes:
        name: As people say it, such as ``MOST headquarters, Hanoi``.
        country: ISO 3166-1 alpha-2.
    """

    __synonyms__: ClassVar[Mapping[str, str]] = {"title": "name"}

    name: str = attrs.field(converter=text)
    country: str | None = attrs.field(default=None, converter=optional(country))

    def __repr__(self) -> str:
        """Return the call that makes an equal value."""
        return call(self)


@small_value
@frozen(kw_only=True)
class Condition:
    """Condition on which a commitment begins to bind.

    Attributes:
        id: Its name within the commitment, without a slash.
        text: The condition in words.
    """

    __synonyms__: ClassVar[Mapping[str, str]] = {"what": "text"}

    id: str = attrs.field(converter=identifier)
    text: str | None = attrs.field(default=None, converter=optional(text))

    def __repr__(self) -> str:
        """Return the call that makes an equal value."""
        return call(self)

    def __attrs_post_init__(self) -> None:
        """Refuse a slash, which separates the commitment from the condition."""
        if "/" in self.id:
            raise invalid(self.id, "the id of a condition has no slash")


@small_value
@frozen(kw_only=True)
class Renewal:
    """Renewal clause of a text.

    Attributes:
        tacit: Whether it renews itself when nobody gives notice.
        years: The length of each further term; unknown if neither years nor months are given.
        notice_months: How long before the end notice must be given; unknown if missing.
        months: The months of that length, beside its years.
        times: How often it renews itself after an end that was said; without a limit if missing.
        notice_days: Or how long before the end notice must be given, in days.
    """

    tacit: bool = attrs.field(default=False, converter=boolean)
    years: int | None = attrs.field(default=None, converter=optional(years))
    notice_months: int | None = attrs.field(default=None, converter=optional(months))
    months: int | None = attrs.field(default=None, converter=optional(added_months))
    times: int | None = attrs.field(default=None, converter=optional(positive))
    notice_days: int | None = attrs.field(default=None, converter=optional(days))

    def __repr__(self) -> str:
        """Return the call that makes an equal value."""
        return call(self)

    def __attrs_post_init__(self) -> None:
        """Refuse two lengths of notice."""
        if self.notice_months is not None and self.notice_days is not None:
            raise invalid(self, "has two lengths of notice: give notice_months or notice_days")


@small_value
@frozen(kw_only=True)
class EntryCondition:
    """Condition of a text for its entry into force: so many consents, and a length of time.

    Attributes:
        consents: How many parties must have consented.
        days: The length after the last of these consents, in days.
        months: Or that length in months.
    """

    consents: int | None = attrs.field(default=None, converter=optional(positive))
    days: int | None = attrs.field(default=None, converter=optional(days))
    months: int | None = attrs.field(default=None, converter=optional(months))

    def __repr__(self) -> str:
        """Return the call that makes an equal value."""
        return call(self)

    def __attrs_post_init__(self) -> None:
        """Refuse a condition without content, and two lengths."""
        if (self.consents, self.days, self.months) == (None, None, None):
            raise invalid(self, "says nothing: give consents, days or months")
        if self.days is not None and self.months is not None:
            raise invalid(self, "has two lengths: give days or months")


@small_value
@frozen(kw_only=True)
class Recurrence:
    """Rhythm of a commitment that is due again and again, counted from its first due date.

    Exactly one length is given. Without ``until`` and ``times`` it has no end of its own.

    Attributes:
        months: The length from one date to the next, in months.
        years: Or that length in years.
        days: Or that length in days.
        until: The last day on which a date may fall (EDTF).
        times: Or how many dates there are, the first one counted.
    """

    months: int | None = attrs.field(default=None, converter=optional(months))
    years: int | None = attrs.field(default=None, converter=optional(years))
    days: int | None = attrs.field(default=None, converter=optional(days))
    until: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    times: int | None = attrs.field(default=None, converter=optional(positive))

    def __repr__(self) -> str:
        """Return the call that makes an equal value."""
        return call(self)

    def __attrs_post_init__(self) -> None:
        """Refuse no length, an empty one and two of them, and two ends."""
        lengths = [item for item in (self.months, self.years, self.days) if item is not None]
        if len(lengths) != 1:
            found = "two lengths" if lengths else "no length"
            raise invalid(self, f"has {found}: give one of months, years and days")
        if not lengths[0]:
            raise invalid(self, "has a length of nothing: dates come at least a day apart")
        if self.until is not None and self.times is not None:
            raise invalid(self, "has two ends: give until or times")


@small_value
@frozen(kw_only=True)
class Amount:
    """Sum of money as promised.

    Attributes:
        value: A decimal number as text, such as ``250000.50``, with at most as many decimals as
            ISO 4217 gives the currency.
        currency: ISO 4217, such as ``EUR``.
    """

    value: str = attrs.field(converter=text)
    currency: str = attrs.field(converter=text)

    def __repr__(self) -> str:
        """Return the call that makes an equal value."""
        return call(self)

    def __attrs_post_init__(self) -> None:
        """Refuse a sum that may mean another one, beside what no log holds."""
        self.__stored__()
        unclear = unclear_sum(self.value, self.currency)
        if unclear:
            found = f"{self.value} {self.currency}"
            raise invalid(found, unclear)

    def __stored__(self) -> None:
        """Refuse a value that is no decimal number, and a currency that is no code.

        Older logs may hold sums with more decimals than the currency has: these are read.
        """
        if not DECIMAL.fullmatch(self.value):
            raise invalid(self.value, "is no decimal number: write it as text, such as '250000.50'")
        if not CURRENCY.fullmatch(self.currency):
            raise invalid(self.currency, "is no currency code of ISO 4217, such as 'EUR'")


SMALL_VALUES = (
    *(Source, Document, Participant, Place, Condition, Renewal, EntryCondition),
    *(Recurrence, Amount),
)


def sources(value: Source | Mapping[str, object] | str | Iterable[object]) -> tuple[Source, ...]:
    """Return one source or several; a text is an address if it looks like one, else a title."""
    return tuple_of(value, _source)


def documents(
    value: Document | Mapping[str, object] | str | Iterable[object],
) -> tuple[Document, ...]:
    """Return one document or several; a text is an address if it looks like one, else a title."""
    return tuple_of(value, _document)


def participants(
    value: Participant | Mapping[str, object] | str | Iterable[object],
) -> tuple[Participant, ...]:
    """Return one participant or several; a text is the name of a person."""
    return tuple_of(value, partial(build, Participant, alone="person"))


def place(value: Place | Mapping[str, object] | str) -> Place:
    """Return a place; a text is its name."""
    return build(Place, value, alone="name")


def conditions(
    value: Condition | Mapping[str, object] | str | Iterable[object],
) -> tuple[Condition, ...]:
    """Return one condition or several, no id twice; a text is the condition's id."""
    items = tuple_of(value, partial(build, Condition, alone="id"))
    tuple_of([condition.id for condition in items], identifier)  # Refuses an id named twice.
    return items


def renewal(value: Renewal | Mapping[str, object]) -> Renewal:
    """Return a renewal clause."""
    return build(Renewal, value)


def entry_condition(value: EntryCondition | Mapping[str, object]) -> EntryCondition:
    """Return the condition of a text for its entry into force."""
    return build(EntryCondition, value)


def recurrence(value: Recurrence | Mapping[str, object]) -> Recurrence:
    """Return the rhythm of a commitment that is due again and again."""
    return build(Recurrence, value)


def amount(value: Amount | Mapping[str, object] | str) -> Amount:
    """Return a sum of money; a text is a number and a currency, such as ``250000 EUR``."""
    if isinstance(value, str):
        number, _, currency = value.partition(" ")
        is_currency = CURRENCY.fullmatch(currency)
        unclear = is_currency and GROUPED.fullmatch(number) and unclear_sum(number, currency)
        if unclear:
            raise invalid(value, unclear)
        if not (DECIMAL.fullmatch(number) and is_currency):
            raise invalid(value, f"is no amount: {AMOUNT}")
        value = {"value": number, "currency": currency}
    elif isinstance(value, int | float):
        raise invalid(value, f"has no currency: {AMOUNT}")
    return build(Amount, value)


def computed_amount(value: str, currency: str) -> Amount:
    """Return a sum that was added up, which may have three decimals that nobody wrote."""
    return filled(made(Amount), {"value": value, "currency": currency})


def recorded_amount(value: object) -> object:
    """Return an amount as an older correction holds it; any other value as it is.

    It may be one that can be read in two ways, and that no constructor takes today.
    """
    parts = value
    if isinstance(value, str):
        number, _, currency = value.partition(" ")
        parts = {"value": number, "currency": currency}
    if not is_mapping(parts) or set(parts) != {"value", "currency"}:
        return value
    patterns = (parts["value"], DECIMAL), (parts["currency"], CURRENCY)
    if all(isinstance(part, str) and pattern.fullmatch(part) for part, pattern in patterns):
        return filled(made(Amount), dict(parts))
    return value


def number_or_words(value: float | Decimal | str) -> int | float | str:
    """Return the reported figure: a number, whole or decimal, or the words used instead."""
    if isinstance(value, str):
        return text(value)
    given = cast(object, value)  # For callers whom no type checker has warned.
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise invalid(value, "is no text and no number: give it as one of them")
    return number(value)


def _source(value: object) -> Source:
    """Return one source."""
    return build(Source, value, alone=_alone(value))


def _document(value: object) -> Document:
    """Return one document."""
    return build(Document, value, alone=_alone(value))


def _alone(value: object) -> str:
    """Return the field for which a text alone stands."""
    return "address" if isinstance(value, str) and "://" in value else "title"


class FrozenMapping(Mapping[str, Json]):
    """Mapping from text to JSON values that never changes and can be hashed."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Json] | Iterable[tuple[str, Json]] = ()) -> None:
        """Copy the items, whose values must be frozen already."""
        self._items = dict(items)

    def __getitem__(self, key: str) -> Json:
        """Return the value under the key."""
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys in the order given."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        """Return whether the other is a mapping of the same items, in any order."""
        if isinstance(other, FrozenMapping):
            return self._items == other._items
        return self._items == dict(other) if is_mapping(other) else NotImplemented

    def __hash__(self) -> int:
        """Return a hash over the items, in any order."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """Return the items as a dictionary shows them."""
        return repr(self._items)

    def __reduce__(self) -> tuple[type["FrozenMapping"], tuple[dict[str, Json]]]:
        """Pickle the items alone."""
        return FrozenMapping, (self._items,)


def json_mapping(value: Mapping[str, object]) -> FrozenMapping:
    """Return a mapping of plain JSON values, copied and frozen; dates and words become text.

    Raises:
        FieldError: E106 for a value that JSON cannot hold, and for nesting deeper than 32.
    """
    if isinstance(value, FrozenMapping):
        return value
    require(value, Mapping, "is no mapping")
    return _mapping(value, NESTING)


def counts(value: Mapping[str, float | Decimal]) -> FrozenMapping:
    """Return what was counted: names, each with a number, whole or decimal."""
    if not is_mapping(value):
        raise invalid(value, "is no mapping of names to numbers, such as {'students': 12}")
    return FrozenMapping((text(name), _counted(name, each)) for name, each in value.items())


def _counted(name: str, value: object) -> int | float:
    """Return the number that is counted under the name."""
    try:
        return number(cast(float, value))
    except FieldError as error:
        raise error.within(name) from None


def _mapping(value: Mapping[str, object], depth: int) -> FrozenMapping:
    """Return a frozen copy; keys are texts."""
    return FrozenMapping((text(key), _json(item, depth)) for key, item in value.items())


def _json(value: object, depth: int) -> Json:
    """Return one JSON value, frozen."""
    if value is None or isinstance(value, bool):  # A bool is an int too, so it comes first.
        return value
    if isinstance(value, str):
        return utf8(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, EdtfDate | date):
        return edtf(value).text
    return _nested(value, depth)


def _nested(value: object, depth: int) -> Json:
    """Return a list, a mapping or one of our own values, frozen down to its last part."""
    if depth == 0:
        raise invalid(value, f"is nested deeper than {NESTING}")
    if _is_list(value):
        return tuple(_json(item, depth - 1) for item in value)
    cls = type(value)
    if attrs.has(cls):
        fields = {name: getattr(value, name) for name in attrs.fields_dict(cls)}
        value = {name: item for name, item in fields.items() if item is not None}
    if is_mapping(value):
        return _mapping(value, depth - 1)
    raise invalid(value, f"is a {cls.__name__}, which JSON has not")


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Return whether JSON writes the value as an array."""
    return isinstance(value, list | tuple)


def _number(value: float) -> int | float:
    """Return a number that every reader of JSON keeps as it is."""
    if isinstance(value, int):  # Before any look at it as a float, for which it may be too large.
        if abs(value) > 2**53:
            raise invalid(value, "is beyond the whole numbers that every reader keeps exact")
    elif not math.isfinite(value):
        raise invalid(value, "is no number of JSON")
    return value


def plain(value: Json) -> Any:  # noqa: ANN401 - JSON holds anything
    """Return a frozen JSON value as the lists and dictionaries that JSON writers know."""
    if isinstance(value, FrozenMapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value
