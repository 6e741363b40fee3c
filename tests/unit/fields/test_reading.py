"""Readers of fields: friendly where the meaning is sure, never guessing."""

from collections.abc import Callable
from enum import StrEnum

import pytest

from coopledger._fields.reading import conditions_named, name_as_given
from coopledger._fields.words import instrument_kind, instrument_kinds, party_kind
from coopledger.errors import FieldError
from coopledger.packs.readers import (
    boolean,
    identifier,
    identifiers,
    non_negative,
    text,
    texts,
)
from coopledger.terms import InstrumentKind, PartyKind

Read = Callable[..., object]


class Shouted(str):
    """Text that prints in another way than it is."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


class Other(StrEnum):
    """List with a word of the same letters as another."""

    STATE = "state"


FRIENDLY: list[tuple[Read, object, object]] = [
    (text, " a b ", " a b "),
    (text, "a\u2028\n\x00", "a\u2028\n\x00"),
    (identifier, "Hà Nội / 2", "Hà Nội / 2"),
    (identifier, "x" * 200, "x" * 200),
    (identifier, "Ha\u0300 No\u0323\u0302i", "Hà Nội"),
    (identifiers, ["e\u0301", "\u1ec7"], ("é", "\u1ec7")),
    (conditions_named, "c\u0301/e\u0301", ("\u0107/é",)),
    (name_as_given, "Ha\u0300", "Ha\u0300"),
    (text, "Ha\u0300", "Ha\u0300"),
    (identifiers, "vn", ("vn",)),
    (identifiers, ["vn", "fr"], ("vn", "fr")),
    (identifiers, (part for part in ("vn", "fr")), ("vn", "fr")),
    (identifiers, [], ()),
    (texts, "a b", ("a b",)),
    (instrument_kind, "mou", InstrumentKind.MOU),
    (instrument_kinds, "mou", (InstrumentKind.MOU,)),
    (instrument_kinds, ["mou", InstrumentKind.LOI], (InstrumentKind.MOU, InstrumentKind.LOI)),
    (party_kind, Other.STATE, PartyKind.STATE),
    (non_negative, 0, 0),
    (non_negative, 2**53, 2**53),
    (boolean, False, False),
]


@pytest.mark.parametrize(("read", "value", "expected"), FRIENDLY)
def test_a_value_whose_meaning_is_sure_is_read(read: Read, value: object, expected: object) -> None:
    assert read(value) == expected


REFUSED: list[tuple[Read, object, str]] = [
    (text, None, "None is no text"),
    (text, b"a", "b'a' is no text"),
    (text, "", "'' is no text: say something"),
    (text, "\u2028", "'\\u2028' is no text: say something"),
    (text, "a\udc80", "'a\\udc80' holds half a surrogate pair, which UTF-8 cannot write"),
    (identifier, " a", "' a' has blanks at its ends; did you mean 'a'?"),
    (identifier, "a\u00a0", "'a\\xa0' has blanks at its ends; did you mean 'a'?"),
    (identifier, "x" * 201, "is longer than the 200 characters of an id"),
    (identifier, "a\nb", "'a\\nb' has line breaks or control characters, which an id has not"),
    (identifier, "a\u2028b", "'a\\u2028b' has line breaks or control characters"),
    (identifier, "a\x85b", "'a\\x85b' has line breaks or control characters"),
    (identifier, 5, "5 is no id: give it as text"),
    (identifiers, {"vn", "fr"}, "has no order: give a list or a tuple"),
    (identifiers, ["vn", "vn"], "'vn' is named twice"),
    (identifiers, ["é", "e\u0301"], "'é' is named twice"),
    (identifiers, ["vn", 5], "[1]: 5 is no id: give it as text"),
    (identifiers, {"party": "vn"}, "{'party': 'vn'} is no id: give one as text, or a list of them"),
    (texts, [["a"]], "['a'] is no text"),
    (instrument_kind, "MOU", "'MOU' is not one of treaty, agreement, protocol, mou, loi"),
    (instrument_kind, 1, "1 is not one of treaty, agreement, protocol, mou, loi"),
    (party_kind, "minister", "did you mean 'ministry'?"),
    (non_negative, True, "True is no whole number"),
    (non_negative, 2.0, "2.0 is no whole number"),
    (non_negative, "2", "'2' is no whole number"),
    (non_negative, -1, "-1"),
    (non_negative, 2**53 + 1, "9007199254740993"),
    (boolean, 1, "1 is neither True nor False"),
    (boolean, "true", "'true' is neither True nor False"),
]


@pytest.mark.parametrize(("read", "value", "message"), REFUSED)
def test_nothing_is_guessed(read: Read, value: object, message: str) -> None:
    with pytest.raises(FieldError) as refused:
        read(value)

    assert refused.value.code == "E106"
    assert message in str(refused.value)


@pytest.mark.parametrize("read", [text, identifier])
def test_a_text_is_kept_as_a_plain_text(read: Read) -> None:
    value = read(Shouted("vn"))

    assert (type(value), value) == (str, "vn")


def test_a_long_value_is_shown_cut_short() -> None:
    with pytest.raises(FieldError) as refused:
        boolean("x" * 10_000)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    assert len(str(refused.value)) < 150
